import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { deviceLabel } from "../../extension/rules/device-label.ts"
import { isHandheld } from "../../relay/pages/desk/handheld.ts"
import { tabLabel } from "../../relay/pages/desk/label.ts"
import { BEAT_EVERY, IDLE_AFTER, isBeatDue, isUsedSince, stateOf } from "../../relay/pages/desk/use.ts"
import { hashWith, keyFrom, keyIn } from "../../relay/pages/kit/key.ts"
import { codeIn, headerOf } from "../../relay/pages/mailbox/mails.ts"
import { checkFields, fieldOf, originsIn } from "../../relay/pages/setup/fields.ts"
import { en as demo } from "../../shared/i18n/demo/en.ts"
import { tellDevice } from "../../shared/i18n/device-name.ts"
import type { DeliveryView } from "../../shared/protocol/views.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import { isSameBrowser } from "../../shared/words/push.ts"

it("the demo page says in English what its catalogue says, and each of it somewhere", () => {
  const html = readFileSync(new URL("../../relay/pages/demo.html", import.meta.url), "utf8")
  const plain = (text: string): string => text.replaceAll("&amp;", "&")
  const said = [...html.matchAll(/data-say="([^"]+)">([^<]*)</g)].map(([, key, text]) => [key, plain(text!)])
  const labels = [...html.matchAll(/aria-label="([^"]+)" data-label="([^"]+)"/g)].map(([, text, key]) => [
    key,
    plain(text!),
  ])
  const title = ["title", plain(/<title>([^<]+)</.exec(html)?.[1] ?? "")]
  expect(Object.fromEntries([...said, ...labels, title])).toEqual(demo)
})

describe("a tab as a device", () => {
  it("is active for three minutes after input, and idle without any", () => {
    expect(stateOf(null, 0)).toBe("idle")
    expect(stateOf(0, IDLE_AFTER - 1)).toBe("active")
    expect(stateOf(0, IDLE_AFTER)).toBe("idle")
  })

  it("beats at once on a change, and every 20 s without one", () => {
    expect(isBeatDue(null, "idle", 0)).toBe(true)
    expect(isBeatDue({ state: "active", at: 0 }, "idle", 1)).toBe(true)
    expect(isBeatDue({ state: "active", at: 0 }, "active", BEAT_EVERY - 1)).toBe(false)
    expect(isBeatDue({ state: "active", at: 0 }, "active", BEAT_EVERY)).toBe(true)
  })

  it("says with a beat whether it was used since the last one", () => {
    expect(isUsedSince(null, 5)).toBe(true)
    expect(isUsedSince({ at: 4 }, 5)).toBe(true)
    expect(isUsedSince({ at: 5 }, 5)).toBe(false)
    expect(isUsedSince(null, null)).toBe(false)
  })

  it("is called after browser and system", () => {
    const label = (userAgent: string, maxTouchPoints = 0) => tabLabel({ userAgent, maxTouchPoints }, "tab")
    const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
    expect(label(agent)).toBe("Chrome on Linux (tab)")
    expect(label(agent.replace("Chrome", "HeadlessChrome"))).toBe("Chrome on Linux (tab)")
    expect(label(`${agent} Edg/140.0`)).toBe("Edge on Linux (tab)")
    expect(label("?")).toBe("Browser on another system (tab)")
    expect(isSameBrowser(label(agent), deviceLabel(agent, "linux"))).toBe(true)
    for (const language of LANGUAGES.filter((one) => one !== "en"))
      for (const known of [label(agent), label("?"), deviceLabel(agent, "mac"), deviceLabel("?", "fuchsia")])
        expect(tellDevice(known, language)).not.toMatch(/ on |\(tab\)|another|^Browser (?!unter)/)
    expect(tellDevice(label(agent), "de")).toBe("Chrome unter Linux (Tab)")
    expect(tellDevice(label(agent), "en")).toBe("Chrome on Linux (tab)")
    expect(tellDevice(label("?"), "cs")).toBe("Prohlížeč v jiném systému (karta)")
    // What somebody called it is nobody's to translate.
    expect(tellDevice("Chrome on laptop", "de")).toBe("Chrome on laptop")
    expect(isSameBrowser(label(`${agent} Edg/140.0`), deviceLabel(agent, "linux"))).toBe(false)
  })
})

describe("a phone as a device", () => {
  const android = {
    userAgent:
      "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
    maxTouchPoints: 5,
  }
  const mac =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
  const iphone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"

  it("is told from a desktop, iPads that call themselves Macs too", () => {
    expect(isHandheld(android)).toBe(true)
    expect(isHandheld({ userAgent: iphone, maxTouchPoints: 5 })).toBe(true)
    expect(isHandheld({ userAgent: mac, maxTouchPoints: 5 })).toBe(true)
    expect(isHandheld({ userAgent: mac, maxTouchPoints: 0 })).toBe(false)
    expect(tabLabel(android, "phone")).toBe("Chrome on Android (phone)")
    expect(tabLabel({ userAgent: iphone, maxTouchPoints: 5 }, "phone")).toBe("Safari on iOS (phone)")
    expect(tabLabel({ userAgent: mac, maxTouchPoints: 5 }, "phone")).toBe("Safari on iOS (phone)")
    expect(tabLabel({ userAgent: mac, maxTouchPoints: 0 }, "tab")).toBe("Safari on macOS (tab)")
  })

  it("is idle as soon as the desk is in the background", () => {
    expect(stateOf(0, 1, true)).toBe("idle")
    expect(stateOf(0, 1, false)).toBe("active")
  })
})

describe("the key of a link", () => {
  it("is read from the hash, from a whole link, or as it is", () => {
    expect(keyIn(hashWith("abc"))).toBe("abc")
    expect(keyIn("#/c/co_x")).toBeNull()
    expect(keyFrom("http://127.0.0.1:8420/setup#key=abc")).toBe("abc")
    expect(keyFrom(" abc ")).toBe("abc")
    expect(keyFrom(" ")).toBeNull()
  })
})

describe("set-up", () => {
  const say = ((key: string) => key) as never
  const good = {
    company: "C",
    name: "N",
    address: "n@example.com",
    siteName: "S",
    origins: "example.com",
    times: "daily",
  } as const

  it("takes origins as people write them", () => {
    const origins = originsIn("Example.com/shop, http://localhost:3000\n127.0.0.1:8080 * https://a.b.c:444/")
    expect(origins.map(({ origin }) => origin)).toEqual([
      "https://example.com",
      "http://localhost:3000",
      "http://127.0.0.1:8080",
      "*",
      "https://a.b.c:444",
    ])
    expect(originsIn("ftp://x.example foo javascript:alert(1)").map(({ origin }) => origin)).toEqual([
      null,
      null,
      null,
    ])
  })

  it("says what is wrong field by field", () => {
    expect(checkFields(say, good)).toEqual({})
    expect(checkFields(say, { ...good, company: " ", address: "x", origins: "foo" })).toEqual({
      company: "wrong.empty",
      address: "wrong.address",
      origins: "wrong.origin",
    })
    expect(checkFields(say, { ...good, name: "n".repeat(81) })).toEqual({ name: "wrong.long" })
  })

  it("knows the relay's names of its fields", () => {
    expect(["agent.address", "site.origins.1", "agent.zone"].map(fieldOf)).toEqual([
      "address",
      "origins",
      null,
    ])
  })
})

describe("a mail in the mailbox", () => {
  const mail = (kind: DeliveryView["kind"], subject: string) => ({ kind, subject }) as DeliveryView

  it("offers the code of a sign-in mail, and nothing of others", () => {
    expect(codeIn(mail("sign-in-code", "012345 is your code"))).toBe("012345")
    expect(codeIn(mail("sign-in-code", "1234567"))).toBeNull()
    expect(codeIn(mail("answer", "012345"))).toBeNull()
  })

  it("has a header up to the first empty line", () => {
    expect(headerOf("A: 1\r\n folded\r\n\r\nbody\r\n\r\nmore")).toBe("A: 1\r\n folded")
  })
})
