import { describe, expect, it } from "vitest"
import { tabLabel } from "../../relay/pages/desk/label.ts"
import { BEAT_EVERY, IDLE_AFTER, isBeatDue, isUsedSince, stateOf } from "../../relay/pages/desk/use.ts"
import { hashWith, keyFrom, keyIn } from "../../relay/pages/kit/key.ts"
import { codeIn, headerOf } from "../../relay/pages/mailbox/mails.ts"
import { checkFields, fieldOf, originsIn } from "../../relay/pages/setup/fields.ts"
import type { DeliveryView } from "../../shared/protocol/views.ts"

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
    const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
    expect(tabLabel(agent)).toBe("Chrome on Linux (tab)")
    expect(tabLabel(agent.replace("Chrome", "HeadlessChrome"))).toBe("Chrome on Linux (tab)")
    expect(tabLabel(`${agent} Edg/140.0`)).toBe("Edge on Linux (tab)")
    expect(tabLabel("?")).toBe("Browser on another system (tab)")
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
