import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { api } from "../kit/api.ts"
import { until } from "../kit/until.ts"
import { ofType, type VisitorSocket } from "../kit/visitor-socket.ts"
import {
  type DeskHouse,
  enterVisitor,
  newestConversation,
  openDeskHouse,
  openPage,
  tabTo,
  write,
} from "./desk-house.ts"

const ADDRESS = "ada@lamplight.example"
const PAYLOADS = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(2)</script>",
  "javascript:alert(3) https://x.example/\"onmouseover='alert(4)'",
  "</textarea><svg onload=alert(5)>",
]

let house: DeskHouse
let siteKey = ""

beforeAll(async () => {
  house = await openDeskHouse()
})
afterAll(() => house?.stop())

const tokenOf = async (page: Page): Promise<string> =>
  (await page.evaluate(() => localStorage.getItem("porchlight.desk.session.1"))) ?? ""

const signIn = async (page: Page, mailbox: Page): Promise<void> => {
  const before = await mailbox.locator(".mailbox-code code").count()
  await page.getByLabel("E-mail address").fill(ADDRESS)
  await page.keyboard.press("Enter")
  await page.getByText("a code is on its way").waitFor()
  const code = mailbox.locator(".mailbox-code code")
  await until("the code is on the mailbox page", async () => (await code.count()) > before)
  // Six digits are enough: nothing else is to be pressed.
  await page.getByLabel("Six-digit code").pressSequentially((await code.first().textContent()) ?? "")
  await page.getByRole("tab", { name: "Unserved" }).waitFor()
}

describe("set-up by its page", () => {
  it("asks for the key when it is missing or wrong", async () => {
    const page = await openPage(house.browser, `${house.relay.url}/setup`)
    await page.getByLabel("Link or key").fill("not-the-key")
    await page.keyboard.press("Enter")
    await page.getByText("That is not this relay’s key").waitFor()
    await page.getByLabel("Link or key").fill(`${house.relay.url}/setup#key=${house.relay.key}`)
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "Set up Porchlight" }).waitFor()
    await page.close()
  })

  it("says beside each field what is wrong with it, then leads on", async () => {
    const page = await openPage(house.browser, `${house.relay.url}/setup#key=${house.relay.key}`)
    await page.getByRole("button", { name: "Set up" }).click()
    await expect.poll(() => page.getByText("Please fill this in.").count()).toBe(5)
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("company")

    await page.locator("[name=company]").fill("Lamplight & Co")
    await page.locator("[name=name]").fill(PAYLOADS[0]!)
    await page.locator("[name=address]").fill("ada@nowhere")
    await page.locator("[name=siteName]").fill("Lamplight")
    await page.locator("[name=origins]").fill("lamplight.example/shop http://127.0.0.1:8080")
    await page.getByRole("button", { name: "Set up" }).click()
    await page.getByText("It should look like name@example.com").waitFor()
    await page.locator("[name=address]").fill(ADDRESS)
    await page.getByText("10 seconds, for trying it out").click()
    await page.getByRole("button", { name: "Set up" }).click()

    await page.getByRole("heading", { name: "All set up" }).waitFor()
    const tag = (await page.locator("#snippet").textContent()) ?? ""
    expect(tag).toContain(`src="${house.relay.url}/box.js"`)
    siteKey = /data-site="([^"]+)"/.exec(tag)?.[1] ?? ""
    expect(siteKey).not.toBe("")

    await page.reload()
    await page.getByText("This relay is set up already").waitFor()
    await page.close()
    const [account] = await house.relay.store.run("listAccounts", {}, house.relay.clock.now())
    const [site] = await house.relay.store.run(
      "listSites",
      { accountId: account!.id },
      house.relay.clock.now(),
    )
    expect(site?.origins).toEqual(["https://lamplight.example", "http://127.0.0.1:8080"])
  })
})

describe("the desk in a tab", () => {
  let desk: Page
  let mailbox: Page
  let visitor: VisitorSocket

  beforeAll(async () => {
    mailbox = await openPage(house.browser, `${house.relay.url}/mailbox#key=${house.relay.key}`)
    await mailbox.getByText("No mail yet").waitFor()
    // As the link on the sign-in page has it: this browser knows the key by now.
    await mailbox.goto(`${house.relay.url}/mailbox`)
    await mailbox.getByText("No mail yet").waitFor()
    desk = await openPage(house.browser, `${house.relay.url}/desk`)
    visitor = await enterVisitor(house.relay, siteKey)
  })
  afterAll(() => visitor?.close())

  it("signs in by the code on the mailbox page, and is a device that holds the light", async () => {
    await signIn(desk, mailbox)
    await desk.getByText("Nobody is waiting").waitFor()
    await visitor.push((push): push is typeof push => push.type === "light" && push.on)
    await desk.getByText("The light is on").waitFor()
  })

  it("shows a message as it comes, as text whatever is in it, by keys alone", async () => {
    for (const payload of PAYLOADS) await write(visitor, payload)
    const row = desk.locator(".desk-row")
    await row.getByText(PAYLOADS[3]!).waitFor()
    await row.locator(".count", { hasText: "4" }).waitFor()

    await desk.keyboard.press("j")
    await desk.keyboard.press("Enter")
    for (const payload of PAYLOADS.slice(0, 2))
      await desk.locator(".desk-bubble").getByText(payload).waitFor()
    await expect.poll(() => desk.locator(".desk-bubble :is(img, script, svg:not(.icon))").count()).toBe(0)
    await desk.getByText("<i>Lamps</i> & more").waitFor()
    await expect.poll(() => desk.evaluate(() => document.activeElement?.tagName)).toBe("H2")
    expect(new URL(desk.url()).hash).toMatch(/^#\/c\/co_/)
  })

  it("counts as opened once it was looked at for a second", async () => {
    const token = await tokenOf(desk)
    await until("the verdict says opened", async () => {
      const { verdicts } = await newestConversation(house.relay, token)
      return verdicts.some(({ reason }) => reason.code === "opened")
    })
    await desk.locator(".desk-verdicts [data-code=opened]").waitFor()
    await desk.locator(".desk-row .count").waitFor({ state: "detached" })
  })

  it("answers by Enter, keeps Shift+Enter for lines, and joins by answering", async () => {
    await desk.keyboard.press("r")
    await desk.keyboard.type("Good evening.")
    await desk.keyboard.press("Shift+Enter")
    await desk.keyboard.type("How can I help?")
    await desk.keyboard.press("Enter")
    const { message } = await visitor.push(ofType("message"))
    expect(message).toMatchObject({ author: "agent", text: "Good evening.\nHow can I help?" })
    await desk.locator(".desk-message[data-author=agent]").getByText("How can I help?").waitFor()
    await desk.locator(".desk-who-marks").getByText("You", { exact: true }).waitFor()
    await expect.poll(() => desk.locator(".desk-pending").count()).toBe(0)
    await expect.poll(() => desk.locator("#desk-answer").inputValue()).toBe("")

    await write(visitor, "A lamp, please.")
    await desk.locator(".desk-bubble").getByText("A lamp, please.").waitFor()
    visitor.send({ type: "seen", seq: message.seq })
    await desk.getByText(/^Seen \d/).waitFor()
  })

  it("keeps a draft over a reload, and an answer that finds no line until there is one", async () => {
    await desk.locator("#desk-answer").fill("half a sent")
    await desk.reload()
    await desk.locator("#desk-answer").waitFor()
    await until("the draft is back", async () => {
      return (await desk.locator("#desk-answer").inputValue()) === "half a sent"
    })

    await house.browser.context.setOffline(true)
    await desk.locator("#desk-answer").fill("Said without a line.")
    await desk.locator("#desk-answer").press("Enter")
    await desk.locator(".desk-pending[data-state=waiting]").getByText("Waiting for the connection").waitFor()
    await house.browser.context.setOffline(false)
    await desk.locator(".desk-pending").waitFor({ state: "detached" })
    const { messages } = await newestConversation(house.relay, await tokenOf(desk))
    expect(messages.filter(({ text }) => text === "Said without a line.")).toHaveLength(1)
  })

  it("hands back, joins and closes by keys, and goes back to where it came from", async () => {
    await desk.locator(".desk-who").focus()
    await tabTo(desk, "Hand back")
    await desk.keyboard.press("Enter")
    await desk.getByRole("button", { name: "Join" }).waitFor()
    await desk.getByRole("button", { name: "Join" }).press("Enter")
    await desk.getByRole("button", { name: "Hand back" }).waitFor()
    await until("the composer has the focus", () =>
      desk.evaluate(() => document.activeElement?.id === "desk-answer"),
    )
    await desk.keyboard.press("Escape")
    await tabTo(desk, "Close")
    await desk.keyboard.press("Enter")
    await desk.locator(".desk-who-marks").getByText("Closed").waitFor()

    await desk.getByRole("tab", { name: "All" }).click()
    await desk.locator(".desk-row").waitFor()
    await desk.locator(".desk-who").focus()
    await desk.keyboard.press("Escape")
    await desk.getByText("Choose a conversation").waitFor()
    await expect.poll(() => desk.evaluate(() => document.activeElement?.className)).toContain("desk-row")

    await write(visitor, "One more thing.")
    await desk.locator(".desk-row").getByText("One more thing.").waitFor()
    await desk.getByRole("tab", { name: "Unserved 1" }).waitFor()
  })

  it("changes the status on all devices, and shows what another device has changed", async () => {
    const token = await tokenOf(desk)
    await desk.locator("[name=desk-intent]").first().focus()
    await desk.keyboard.press("ArrowRight")
    const toolbar = await until("the relay has the status", async () => {
      const state = await api<{ me: { intent: string; intentVersion: number } }>(
        { url: house.relay.url, token },
        "GET",
        "/api/toolbar",
      )
      return state.me.intent === "busy" && state
    })
    await api({ url: house.relay.url, token }, "PUT", "/api/me/intent", {
      intent: "available",
      version: toolbar.me.intentVersion,
    })
    await until("the desk shows it", () => desk.locator("[name=desk-intent]").first().isChecked())
  })

  it("posts an unconfirmed answer once somebody has looked at it", async () => {
    const { relay } = house
    const token = await tokenOf(desk)
    await desk.locator("[name=desk-intent]").nth(2).focus()
    await desk.keyboard.press("Space")
    // Nobody is there: after the 10 s of the trial the notice is captured.
    await mailbox.getByText("Notice · kept here").first().waitFor({ timeout: 30_000 })
    await mailbox.getByText("Notice · kept here").first().click()
    const facts = (await mailbox.locator(".mailbox-facts").textContent()) ?? ""
    const replyToken = /r-([a-z2-7]+)@/.exec(facts)?.[1] ?? ""
    expect(replyToken).not.toBe("")
    const said = "Come on Monday.\n<script>alert(6)</script>"
    const { outcome } = await relay.store.run(
      "takeReply",
      {
        token: replyToken,
        envelopeFrom: "eve@elsewhere.example",
        raw: Buffer.from(`From: Eve <eve@elsewhere.example>\r\nSubject: Re\r\n\r\n${said}\r\n`),
        auth: null,
        mail: {
          from: "eve@elsewhere.example",
          subject: "Re: lamps",
          messageId: "<1@elsewhere.example>",
          text: said,
          automatic: false,
        },
      },
      relay.clock.now(),
    )
    expect(outcome).toBe("unconfirmed")

    await desk.locator(".desk-row").getByText("Unconfirmed answer").waitFor()
    await desk.locator(".desk-row").first().click()
    const card = desk.locator(".desk-unconfirmed")
    await card.getByText("eve@elsewhere.example").waitFor()
    await card.getByText("<script>alert(6)</script>").waitFor()
    await card.getByRole("button", { name: "Show the e-mail" }).click()
    await desk.getByRole("dialog").getByText("From: Eve <eve@elsewhere.example>").waitFor()
    await desk.keyboard.press("Escape")
    expect(visitor.pushes.some((push) => push.type === "message" && push.message.text === said)).toBe(false)

    await card.getByRole("button", { name: "Post it" }).click()
    await visitor.push((push): push is typeof push => push.type === "message" && push.message.text === said)
    await card.waitFor({ state: "detached" })
    const { deliveries } = await newestConversation(relay, token)
    await expect.poll(() => desk.locator(".desk-mail").count()).toBe(deliveries.length)
  })

  it("shows mails formatted without letting them run or load anything", async () => {
    const asked: string[] = []
    mailbox.on("request", (request) => asked.push(request.url()))
    const frame = mailbox.frameLocator(".mailbox-frame")
    await frame.getByText("One more thing.").waitFor()
    await mailbox.getByRole("radio", { name: "Text" }).check()
    await mailbox.locator("pre").getByText("One more thing.").waitFor()
    await mailbox.getByRole("radio", { name: "Headers" }).check()
    await mailbox.locator("pre").getByText("Message-ID:").waitFor()
    expect(asked.filter((url) => !url.startsWith(house.relay.url))).toEqual([])
  })

  it("is one device in several tabs, and the next one holds it when the first is closed", async () => {
    const token = await tokenOf(desk)
    const own = async () => {
      const { devices } = await api<ToolbarState>({ url: house.relay.url, token }, "GET", "/api/toolbar")
      expect(devices).toHaveLength(1)
      return devices[0]!
    }
    const second = await openPage(house.browser, desk.url())
    await second.getByRole("tab", { name: "Unserved" }).waitFor()
    const waiting = () =>
      second.evaluate(async () => {
        const { pending = [] } = await navigator.locks.query()
        return pending.filter(({ name }) => name === "porchlight.desk.device").length
      })
    await until("the second tab stands in line", async () => (await waiting()) === 1)
    expect((await own()).presence).toBe("present")
    await desk.close()
    desk = second
    await until("it holds the device", async () => (await waiting()) === 0)
    await until("the device is present again", async () => (await own()).presence === "present")
  })

  it("saves name and language, and speaks it at once", async () => {
    await desk.getByRole("button", { name: /you and your team/ }).click()
    await desk.getByRole("button", { name: "Profile" }).click()
    await desk.getByLabel("Name").fill("Ada")
    await desk.getByLabel("Language").selectOption("de")
    await desk.getByRole("button", { name: "Save" }).click()
    await desk.getByText("Gespeichert.").waitFor()
    await desk.keyboard.press("Escape")
    await desk.getByRole("tab", { name: "Offen" }).waitFor()
    await expect.poll(() => desk.evaluate(() => document.documentElement.lang)).toBe("de")
  })

  it("signs out and takes the light at once, leaving nothing behind", async () => {
    const token = await tokenOf(desk)
    await desk.getByRole("radio", { name: "Verfügbar" }).check()
    await desk.getByText("Das Licht ist an").waitFor()
    const lights = visitor.pushes.length
    await desk.getByRole("button", { name: /Sie und Ihr Team/ }).click()
    await desk.getByRole("button", { name: "Abmelden" }).click()
    await desk.getByRole("button", { name: /Abmelden und/ }).click()
    await desk.getByRole("heading", { name: "Sign in to the desk" }).waitFor()
    await until("the box is told that the light is off", () =>
      visitor.pushes.slice(lights).some((push) => push.type === "light" && !push.on),
    )
    await expect.poll(() => desk.evaluate(() => Object.keys(localStorage))).toEqual([])
    await expect(api({ url: house.relay.url, token }, "GET", "/api/toolbar")).rejects.toThrow("401")
  })
})
