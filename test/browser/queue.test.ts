import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { openPage } from "./desk-house.ts"

/** An admin looks after mails that the next server does not take yet. */
const BEN = "ben@lamplight.example"
const CLEO = "cleo@lamplight.example"

let pages: BuiltPages
let sink: SmtpSink
let relay: TestRelay
let company: Company
let browser: Chromium
let page: Page

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  sink = await startSmtpSink()
  for (const address of [BEN, CLEO])
    sink.answerFor.set(address, { kind: "refuse", at: "rcpt", code: 451, text: "4.3.2 System shutting down" })
  relay = await startRelay({ pages: pages.folder, outbound: `smtp://127.0.0.1:${sink.port}` })
  company = await relay.setUp()
  const { accountId } = company
  for (const [name, address] of [
    ["Ben", BEN],
    ["Cleo", CLEO],
  ] as const)
    await relay.store.run(
      "inviteAgent",
      { accountId, by: company.agentId, name, address, role: "agent", groups: [] },
      relay.clock.now(),
    )
  browser = await launchChromium({ width: 1200, height: 900 })
  page = await openPage(browser, `${relay.url}/admin#/queue`)
  await page.getByLabel("E-mail address").fill(company.address)
  await page.getByRole("button", { name: "Send me a code" }).click()
  const code = await until("the code", () =>
    sink.mails
      .map(({ raw }) => /^Subject: (\d{6}) /m.exec(raw.toString())?.[1])
      .findLast((found) => found !== undefined),
  )
  await page.getByLabel("Six-digit code").fill(code)
  await page.getByRole("heading", { name: "Mail queue" }).waitFor()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await sink?.close()
  await pages?.remove()
})

const row = (address: string) => page.getByRole("listitem").filter({ hasText: `To ${address}` })

it("shows what waits, with the server's words", async () => {
  await row(BEN).getByText("Last answer: 451 4.3.2 System shutting down").waitFor()
  await expect.poll(() => row(BEN).textContent()).toMatch(/queued.*1 try · next/)
  await expect.poll(() => row(company.address).getByRole("button").count()).toBe(0)
})

it("holds one with a reason, and tries it again", async () => {
  await row(BEN).getByRole("button", { name: /^Hold/ }).click()
  const dialog = page.getByRole("dialog", { name: "Hold this mail?" })
  await expect.poll(() => dialog.getByRole("button", { name: "Hold it" }).isDisabled()).toBe(true)
  await dialog.getByLabel("Reason").fill("their server is moving")
  await dialog.getByRole("button", { name: "Hold it" }).click()
  await row(BEN).getByText("By Anna: their server is moving").waitFor()
  await page.getByLabel("Show").selectOption({ label: "on hold" })
  await row(CLEO).waitFor({ state: "detached" })

  sink.answerFor.delete(BEN)
  await row(BEN)
    .getByRole("button", { name: /^Try now/ })
    .click()
  await page.getByText("No such mail.").waitFor()
  await page.getByLabel("Show").selectOption({ label: "delivered" })
  await row(BEN).waitFor()
  expect(sink.mails.filter(({ to }) => to.includes(BEN))).toHaveLength(1)
})

it("drops one with a reason: it does not go out", async () => {
  await page.getByLabel("Show").selectOption({ label: "All" })
  await row(CLEO).getByRole("button", { name: /^Drop/ }).click()
  await page.getByRole("dialog").getByLabel("Reason").fill("wrong address")
  await page.getByRole("button", { name: "Drop it" }).click()
  await row(CLEO).getByText("By Anna: wrong address").waitFor()
  await row(CLEO).getByText("withdrawn", { exact: true }).waitFor()
  expect(sink.mails.filter(({ to }) => to.includes(CLEO))).toEqual([])
})

it("fits 360 px in German and in the dark", async () => {
  await page.setViewportSize({ width: 360, height: 780 })
  await page.emulateMedia({ colorScheme: "dark" })
  await relay.store.run(
    "setAgent",
    { accountId: company.accountId, agentId: company.agentId, language: "de" },
    relay.clock.now(),
  )
  await page.reload()
  await page.getByRole("heading", { name: "Mail-Warteschlange" }).waitFor()
  await row(CLEO)
    .or(page.getByText(`An ${CLEO}`))
    .first()
    .waitFor()
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/queue.png`, fullPage: true })
})
