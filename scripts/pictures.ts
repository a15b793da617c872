import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { simpleParser } from "mailparser"
import nodemailer from "nodemailer"
import type { Page } from "playwright-core"
import { MINUTE, SECOND } from "../shared/words/time.ts"
import { builtExtension } from "../test/browser/toolbar-house.ts"
import { type Chromium, launchChromium } from "../test/kit/chromium.ts"
import { startRelay, type TestRelay, testClock } from "../test/kit/relay.ts"
import { type SmtpSink, startSmtpSink } from "../test/kit/smtp-sink.ts"
import { replyPartOf } from "../test/kit/sunk-mail.ts"
import { until } from "../test/kit/until.ts"

/**
 * Takes the pictures of the docs from the running product (`npm run pictures`): a visitor writes while nobody
 * is there, the mail goes out, the agent answers it, signs in by the toolbar, and the light is on.
 */
const DOCS = new URL("../docs/img/", import.meta.url)
/** The parts that the docs' picture is put together from. */
const PARTS = new URL("../test-results/pictures/", import.meta.url)
const AGENT = "anna@lamplight.example"
const QUESTION = "Does the lamp “Evening” stand salt air? We are right by the sea."
const ANSWER = "It does: it is galvanized under the enamel, and made for the coast."

interface House {
  relay: TestRelay
  sink: SmtpSink
  browser: Chromium
}

type Options = Parameters<Page["screenshot"]>[0]

const save = async (folder: URL, name: string, page: Page, options: Options = {}): Promise<void> => {
  // Nothing in the middle of a movement, nor of writing.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
  const file = new URL(`${name}.png`, folder)
  writeFileSync(file, await page.screenshot({ scale: "device", caret: "hide", ...options }))
  console.log(`wrote ${fileURLToPath(file)}`)
}

const mailTo = (sink: SmtpSink, address: string, index: number) =>
  until(`mail ${index} to ${address}`, () => sink.mails.filter(({ to }) => to.includes(address))[index])

const takeBox = async ({ relay, sink, browser }: House): Promise<void> => {
  const page = await browser.page(`${relay.url}/demo`)
  const box = await until("the box's frame", () =>
    page.frames().find((frame) => frame.url().includes("/box/frame")),
  )
  await box.getByRole("button").first().click()
  const writing = box.getByRole("textbox", { name: "Your message" })
  await writing.fill(QUESTION)
  await writing.press("Enter")
  await box.getByRole("textbox", { name: /e-mail/i }).fill("vera@visitor.example")
  await box.getByRole("button", { name: "Save" }).click()
  await relay.pass(2 * MINUTE + SECOND)

  const notice = await mailTo(sink, AGENT, 0)
  const { text = "" } = await simpleParser(notice.raw)
  const client = nodemailer.createTransport({ host: "127.0.0.1", port: relay.smtpPort, ignoreTLS: true })
  await client.sendMail({
    from: `Anna <${AGENT}>`,
    to: `${replyPartOf(notice)}@${relay.config.mailDomain}`,
    subject: "Re: your message",
    text: `${ANSWER}\n\n${text.replace(/^/gm, "> ")}`,
  })
  client.close()
  await box.getByText(ANSWER).waitFor()
  await page.mouse.move(10, 10)
  const panel = await page.locator("iframe").boundingBox()
  if (panel) await save(PARTS, "chat-box", page, { clip: panel })
}

const takeMail = async ({ sink, browser }: House): Promise<void> => {
  const { html } = await simpleParser((await mailTo(sink, AGENT, 0)).raw)
  const page = await browser.page("about:blank")
  await page.setViewportSize({ width: 470, height: 600 })
  await page.setContent(html === false ? "" : html)
  await save(PARTS, "mail", page)
}

const takePopup = async ({ relay, sink }: House): Promise<void> => {
  const size = { width: 360, height: 556 }
  const browser = await launchChromium({ ...size, scale: 2, extension: builtExtension("chrome-mv3") })
  try {
    const popup = await browser.page(await browser.extensionUrl("popup.html"))
    await popup.getByLabel("Relay").fill(relay.url)
    await popup.getByLabel("E-mail address").fill(AGENT)
    await popup.getByRole("button", { name: "Send me a code" }).click()
    const { text = "" } = await simpleParser((await mailTo(sink, AGENT, 1)).raw)
    await popup.getByLabel("Six-digit code").fill(/\b\d{6}\b/.exec(text)?.[0] ?? "")
    await popup.locator(".connection[data-state=live]").waitFor()
    await popup.getByRole("heading", { name: "The light is on" }).waitFor()
    await save(PARTS, "popup", popup)
  } finally {
    await browser.close()
  }
}

const inline = (name: string): string =>
  `data:image/png;base64,${readFileSync(new URL(`${name}.png`, PARTS)).toString("base64")}`

/** The three side by side, as README shows them. */
const takeAll = async ({ browser }: House): Promise<void> => {
  const page = await browser.page("about:blank")
  await page.setViewportSize({ width: 1260, height: 600 })
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 24px; display: flex; gap: 24px; align-items: flex-start; justify-content: center;
           background: linear-gradient(160deg, #1d2433, #46506b) }
    img { display: block; border-radius: 8px; box-shadow: 0 8px 32px #0008; height: 552px }
  </style>
  <img src="${inline("popup")}"><img src="${inline("chat-box")}"><img src="${inline("mail")}">`)
  await save(DOCS, "porchlight", page)
}

for (const folder of [DOCS, PARTS]) mkdirSync(folder, { recursive: true })
const sink = await startSmtpSink()
const relay = await startRelay({ clock: testClock(), outbound: `smtp://127.0.0.1:${sink.port}` })
const browser = await launchChromium({ width: 960, height: 680, scale: 2 })
try {
  await relay.setUp()
  const house = { relay, sink, browser }
  await takeBox(house)
  await takeMail(house)
  await takePopup(house)
  await takeAll(house)
} finally {
  await browser.close()
  await relay.stop()
  await sink.close()
}
