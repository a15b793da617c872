import nodemailer from "nodemailer"
import type { Frame, Page } from "playwright-core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Why } from "../../relay/actions/read-conversations.ts"
import type { HandClock } from "../../relay/clock.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { type MailDomain, mailDomain } from "../kit/mail-domain.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { type SinkMail, type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { builtExtension } from "./toolbar-house.ts"

/**
 * The main job on real parts: the chat box on the demo page, the built extension, a real SMTP server that
 * takes what the relay sends, a real SMTP client that answers, a DNS server that says whose mail it is. Only the
 * relay's clock is set by hand.
 */
let sink: SmtpSink
let dns: DnsServer
let relay: TestRelay
let clock: HandClock
let company: Company
let visitor: Chromium

beforeEach(async () => {
  sink = await startSmtpSink()
  clock = testClock()
  dns = await startDnsServer(LAMPLIGHT.zone)
  relay = await startRelay({
    clock,
    outbound: `smtp://127.0.0.1:${sink.port}`,
    env: { PORCHLIGHT_MAIL_CHECKS: "on", PORCHLIGHT_DNS: dns.address },
  })
  company = await relay.setUp()
  visitor = await launchChromium()
})

afterEach(async () => {
  await visitor?.close()
  await relay?.stop()
  await sink?.close()
  await dns?.close()
})

/** The company's own mail: signed, and from one server only, which is not the one that forgers have. */
const LAMPLIGHT = mailDomain("lamplight.example", { spf: "ip4:192.0.2.1 -all" })

/** The demo page with the box open. */
const openBox = async (): Promise<{ page: Page; box: Frame }> => {
  const page = await visitor.page(`${relay.url}/demo`)
  const box = await until("the box's frame", () =>
    page.frames().find((frame) => frame.url().includes("/box/frame")),
  )
  await box.getByRole("button").first().click()
  await box.getByRole("textbox", { name: "Your message" }).waitFor()
  return { page, box }
}

const write = async (box: Frame, text: string): Promise<void> => {
  await box.getByRole("textbox", { name: "Your message" }).fill(text)
  await box.getByRole("textbox", { name: "Your message" }).press("Enter")
  await until("the message is stored", async () => (await conversation()) !== undefined)
}

const conversation = async () =>
  (
    await relay.store.run(
      "listConversations",
      { accountId: company.accountId, agentId: company.agentId, list: "all", limit: 5 },
      clock.now(),
    )
  ).conversations[0]

const messages = async () => {
  const conversationId = (await conversation())!.id
  return (await relay.store.run("readConversation", { ...company, conversationId }, clock.now())).messages
}

const why = async (): Promise<Why> =>
  relay.store.run("why", { conversationId: (await conversation())!.id }, clock.now())

const verdictOf = async (agentId: AgentId, seq = 1) =>
  (await why()).verdicts.find((verdict) => verdict.agentId === agentId && verdict.seq === seq)?.reason

const header = (mail: SinkMail, name: string): string =>
  new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, "im")
    .exec(mail.raw.toString())?.[1]
    ?.replace(/\r\n\s+/g, " ") ?? ""

const addressIn = (field: string): string => /<([^>]+)>/.exec(field)?.[1] ?? field.trim()

/** Answers a mail as a mail program does: to its From, with its thread and its words quoted; signed by `by`. */
const reply = async (mail: SinkMail, from: string, text: string, by?: MailDomain): Promise<void> => {
  const client = nodemailer.createTransport({
    host: "127.0.0.1",
    port: relay.smtpPort,
    ignoreTLS: true,
    ...(by && { dkim: by.dkim }),
  })
  const quoted = mail.raw.toString().split("\r\n\r\n").slice(1).join("\n\n").split(/\r?\n/).slice(0, 20)
  await client.sendMail({
    from,
    to: addressIn(header(mail, "From")),
    subject: `Re: ${header(mail, "Subject")}`,
    inReplyTo: header(mail, "Message-ID"),
    references: header(mail, "Message-ID"),
    text: `${text}\n\nOn Monday, somebody wrote:\n${quoted.map((line) => `> ${line}`).join("\n")}\n`,
  })
  client.close()
}

const mailsTo = (address: string): SinkMail[] => sink.mails.filter((mail) => mail.to.includes(address))

const subjectsTo = (address: string): string[] => mailsTo(address).map((mail) => header(mail, "Subject"))

/** Signs in with the built extension, by the code that the SMTP server got. Its popup is left open. */
const signIn = async (browser: Chromium, address: string): Promise<Page> => {
  const popup = await browser.page(await browser.extensionUrl("popup.html"))
  await popup.getByLabel("Relay").fill(relay.url)
  await popup.getByLabel("E-mail address").fill(address)
  const before = mailsTo(address).length
  await popup.getByRole("button", { name: "Send me a code" }).click()
  const mail = await until("a code by mail", () => mailsTo(address)[before])
  await popup.getByLabel("Six-digit code").fill(/\d{6}/.exec(header(mail, "Subject"))![0])
  await popup.locator(".connection[data-state=live]").waitFor()
  return popup
}

const withExtension = (): Promise<Chromium> =>
  launchChromium({ width: 420, height: 640, extension: builtExtension("chrome-mv3") })

describe("nobody is there", () => {
  it("the message becomes a mail, the answer to it is in the chat box, and by mail once the visitor left", async () => {
    const { page, box } = await openBox()
    await box.getByRole("textbox", { name: /e-mail/i }).fill("vera@visitor.example")
    await box.getByRole("button", { name: "Save" }).click()
    await write(box, "Do you repair <b>brass</b> lamps?")
    expect(await verdictOf(company.agentId)).toEqual({ code: "waiting", dueAt: clock.now() + 2 * MINUTE })
    await relay.pass(119 * SECOND)
    expect(mailsTo(company.address)).toEqual([])
    await relay.pass(SECOND)
    const notice = await until("the notice", () => mailsTo(company.address)[0])
    expect(header(notice, "From")).toMatch(/<r-[a-z2-7]{26}@porchlight\.localhost>/)
    expect(notice.raw.toString()).toContain("Do you repair <b>brass</b> lamps?")
    expect(notice.raw.toString()).toMatch(/^DKIM-Signature:/im)
    await until(
      "the server's word in the verdict",
      async () => (await verdictOf(company.agentId))?.code === "delivered",
    )

    await reply(notice, "Anna <anna@lamplight.example>", "Yes, we do: bring it in.", LAMPLIGHT)
    await box.getByText("Yes, we do: bring it in.").waitFor()
    await expect.poll(() => box.getByRole("log").innerText()).not.toContain("wrote:")
    expect((await conversation())!).toMatchObject({ state: "mine", joinedByName: "Anna" })

    await page.close()
    await until("the visitor has left", async () => {
      const view = await relay.store.run(
        "readConversation",
        { ...company, conversationId: (await conversation())!.id },
        clock.now(),
      )
      return !view.visitorHere
    })
    await reply(notice, "anna@lamplight.example", "We close at six.", LAMPLIGHT)
    await until("the second answer", async () => (await conversation())!.lastSeq === 3)
    await relay.pass(61 * SECOND)
    const answer = await until("the answer by mail", () => mailsTo("vera@visitor.example")[0])
    expect(answer.raw.toString()).toContain("We close at six.")
    expect(answer.raw.toString()).not.toContain("bring it in.")

    // Nobody vouches for visitor.example: it is posted all the same, and says so.
    await reply(answer, "vera@visitor.example", "Thank you, see you at five.")
    await until("the visitor's mail in the conversation", async () => (await conversation())!.lastSeq === 4)
    const again = await openBox()
    await again.box.getByText("Thank you, see you at five.").waitFor()
    await again.box.getByText("We close at six.").waitFor()
    expect((await messages()).map(({ author, mail }) => [author, mail?.proof ?? null])).toEqual([
      ["visitor", null],
      ["agent", { by: "dkim", domain: "lamplight.example" }],
      ["agent", { by: "dkim", domain: "lamplight.example" }],
      ["visitor", { by: "nothing" }],
    ])
  })

  it("negative control: an answer from another address is kept as unconfirmed, and not in the chat box", async () => {
    const { box } = await openBox()
    await write(box, "Hello?")
    await relay.pass(2 * MINUTE)
    const notice = await until("the notice", () => mailsTo(company.address)[0])
    await reply(notice, "eve@elsewhere.example", "Send me your card number.")
    await until("an unconfirmed answer", async () => (await conversation())!.unconfirmed === 1)
    expect((await conversation())!.lastSeq).toBe(1)
    await expect.poll(() => box.getByRole("log").innerText()).not.toContain("card number")
  })

  it("negative control: the right address without proof waits, says why, and is posted from the desk", async () => {
    const { box } = await openBox()
    await write(box, "Hello?")
    await relay.pass(2 * MINUTE)
    const notice = await until("the notice", () => mailsTo(company.address)[0])
    const evil = mailDomain("evil.example")
    Object.assign(dns.zone, evil.zone)
    await reply(notice, "Anna <anna@lamplight.example>", "We are closed for ever.")
    await reply(notice, "Anna <anna@lamplight.example>", "Signed, by somebody else.", evil)
    await until("two unconfirmed answers", async () => (await conversation())!.unconfirmed === 2)
    expect((await conversation())!.lastSeq).toBe(1)
    await expect.poll(() => box.getByRole("log").innerText()).not.toMatch(/for ever|somebody else/)

    const agent = await withExtension()
    try {
      await signIn(agent, company.address)
      const desk = await agent.page(`${await agent.extensionUrl("desk.html")}`)
      await desk.getByText("Unconfirmed answer").first().click()
      const card = desk.locator(".desk-unconfirmed").filter({ hasText: "We are closed for ever." })
      await card.getByText("Nothing proves that this e-mail really came from lamplight.example").waitFor()
      await card.getByText("Sender not proven").waitFor()
      await card.getByRole("button", { name: "Post it" }).click()
      await box.getByText("We are closed for ever.").waitFor()
      await desk.locator(".desk-message").getByText("Sender not proven").waitFor()

      // negative control: the same with proof needs nobody
      await reply(notice, "anna@lamplight.example", "Back on Monday.", LAMPLIGHT)
      await box.getByText("Back on Monday.").waitFor()
      await desk.getByText("Checked: DKIM of lamplight.example").waitFor()
    } finally {
      await agent.close()
    }
    expect((await conversation())!).toMatchObject({ unconfirmed: 1, lastSeq: 3 })
  })
})

describe("somebody is there, or comes in time: no mail, and the verdict says which and who", () => {
  it("the agent comes back at +119", async () => {
    const agent = await withExtension()
    try {
      const { box } = await openBox()
      await write(box, "Hello?")
      await relay.pass(110 * SECOND)
      await signIn(agent, company.address)
      await until("the light", async () => box.getByText("Somebody is here").isVisible())
      // Past the two minutes, and less than what a silent browser is given: its beats are on the machine's clock.
      await relay.pass(40 * SECOND)
      expect(subjectsTo(company.address)).not.toContain("Hello?")
      expect(await verdictOf(company.agentId)).toMatchObject({
        code: "back-online",
        afterSeconds: 110,
        device: expect.stringMatching(/ on Linux$/),
      })
    } finally {
      await agent.close()
    }
  })

  it("opened in the extension's desk: opened, by whom; then the browser quits, and still no mail", async () => {
    const agent = await withExtension()
    try {
      await signIn(agent, company.address)
      const { box } = await openBox()
      await until("the light", async () => box.getByText("Somebody is here").isVisible())
      await write(box, "Is this lamp real?")
      expect(await verdictOf(company.agentId)).toMatchObject({
        code: "present-on-device",
        device: expect.stringMatching(/ on Linux$/),
      })
      const desk = await agent.page(`${await agent.extensionUrl("desk.html")}`)
      await desk.bringToFront()
      await desk.getByText("Is this lamp real?").first().click()
      await until("the verdict", async () => (await verdictOf(company.agentId))?.code === "opened")
      expect(await verdictOf(company.agentId)).toMatchObject({ code: "opened", who: "Anna" })
    } finally {
      await agent.kill()
    }
    await relay.pass(10 * MINUTE)
    expect(subjectsTo(company.address)).not.toContain("Is this lamp real?")
  })

  it("a colleague's browser is still there when the agent's quits: colleague-online, naming them", async () => {
    const ben = await relay.addAgent(company, "Ben", "ben@lamplight.example")
    const [first, second] = [await withExtension(), await withExtension()]
    try {
      await signIn(first, company.address)
      await signIn(second, "ben@lamplight.example")
      await first.kill()
      await until("Anna's device fades", async () => {
        const { deviceId, ...who } = { deviceId: "" as never, agentId: company.agentId }
        const [toolbar] = await relay.store.run(
          "readToolbars",
          { accountId: company.accountId, who: [{ ...who, deviceId }] },
          clock.now(),
        )
        return toolbar!.devices.every((device) => device.presence !== "present")
      })
      const { box } = await openBox()
      await write(box, "Anybody?")
      expect(await verdictOf(company.agentId)).toEqual({
        code: "colleague-online",
        who: ["Ben"],
        group: null,
      })
      expect(await verdictOf(ben)).toMatchObject({ code: "present-on-device" })
      await relay.pass(40 * SECOND)
      expect(mailsTo(company.address).filter((mail) => header(mail, "Subject").includes("Anybody"))).toEqual(
        [],
      )
      await second.kill()
      await until("Ben's device fades", async () => (await conversation())!.batch === "counting")
      await relay.pass(3 * MINUTE)
      await until("Anna gets it now", () => subjectsTo(company.address).includes("Anybody?"))
      await until("and Ben", () => subjectsTo("ben@lamplight.example").includes("Anybody?"))
    } finally {
      await first.close()
      await second.close()
    }
  })
})
