import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { AgentId } from "../../shared/words/ids.ts"
import { SECOND } from "../../shared/words/time.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { startChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"

const BEN = "benjamin.konstantinopolitan@a-rather-long-name-for-a-mail-domain.example"
const SPARE = "office@lamplight.example"

let pages: BuiltPages
let relay: TestRelay
let sink: SmtpSink
let browser: Browser
let company: Company
let benId: AgentId
let ada: string
let ben: string
const clock = testClock()

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  sink = await startSmtpSink()
  relay = await startRelay({ pages: pages.folder, clock, outbound: `smtp://127.0.0.1:${sink.port}` })
  browser = await startChromium()
  company = await relay.setUp({ wait: 10, grace: 30 })
  benId = await relay.addAgent(company, "Benjamin Konstantinopolitan", BEN)
  ada = await signIn(company.address)
  ben = await signIn(BEN)
  await confirm(SPARE)
})
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await sink?.close()
  await pages?.remove()
})

const codeTo = (address: string): Promise<string> =>
  until(`a code for ${address}`, async () => {
    await relay.pass(SECOND)
    const mail = sink.mails.findLast(({ to }) => to[0] === address)
    return /^Subject: (\d{6})/m.exec(mail?.raw.toString() ?? "")?.[1]
  })

const signIn = async (address: string): Promise<string> => {
  await relay.store.run("askSignInCode", { address }, clock.now())
  const code = await codeTo(address)
  const device = { kind: "tab", label: "Chromium" } as const
  const signedIn = await relay.store.run("signIn", { address, code, device }, clock.now())
  if (signedIn.refused) throw new Error(signedIn.refused)
  return signedIn.token
}

const confirm = async (address: string): Promise<void> => {
  const { accountId } = company
  await relay.store.run("askAddress", { accountId, by: "Anna", address }, clock.now())
  const code = await codeTo(address)
  await relay.store.run("confirmAddress", { accountId, by: "Anna", address, code }, clock.now())
}

/** Three visitors write while nobody is there. */
const failThrice = async (): Promise<void> => {
  const answer = "5.2.2 <benjamin.konstantinopolitan> Quota exceeded (mailbox for user is full)"
  sink.answerFor.set(BEN, { kind: "refuse", at: "rcpt", code: 552, text: answer })
  const { accountId, siteId } = company
  for (const key of ["key-00000001", "key-00000002", "key-00000003"]) {
    const given = { accountId, siteId, language: "en", zone: "UTC" } as const
    const { visitorId } = await relay.store.run("createVisitor", given, clock.now())
    const written = { accountId, siteId, groupId: null, visitorId, key, text: "Hello?", page: null }
    await relay.store.run("takeVisitorMessage", written, clock.now())
    await relay.pass(15 * SECOND)
  }
  await until("three mails to have failed", async () => {
    const { destination } = await relay.store.run("readProfile", { accountId, agentId: benId }, clock.now())
    return destination.failing
  })
}

const open = async (path: string, token: string, width = 1200, language = "en"): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: language })
  await context.addInitScript((session) => localStorage.setItem("porchlight.desk.session.1", session), token)
  const page = await context.newPage()
  await page.goto(`${relay.url}${path}`)
  return page
}

describe("an address that keeps failing", () => {
  it("is shown to admins on Mail health, who choose its fallback", async () => {
    await failThrice()
    const admin = await open("/admin#/mail-health", ada)
    const section = admin.locator("section").filter({
      has: admin.getByRole("heading", { name: "Addresses that mail goes to" }),
    })
    const row = section.getByRole("listitem").filter({ hasText: BEN })
    await row.getByText("keeps failing").waitFor()
    const words = await row.innerText()
    expect(words).toContain("The mailbox is full.")
    expect(words).toContain("3 mails in a row have failed for good.")
    expect(words).toContain("552 5.2.2 <benjamin.konstantinopolitan> Quota exceeded")
    await section.getByText("1 address where nothing is wrong").waitFor()
    await row.getByLabel(`Fallback of ${BEN}`).selectOption(SPARE)
    await row.getByText("Notices go there, too, until a mail arrives here again.").waitFor()
    const { destination } = await relay.store.run(
      "readProfile",
      { accountId: company.accountId, agentId: benId },
      clock.now(),
    )
    expect(destination.fallback).toMatchObject({ address: SPARE, setBy: "Anna" })
    await admin.context().close()
  })

  it("is shown in the profile of whose it is, with what to do, and the fallback can be taken away there", async () => {
    const desk = await open("/desk", ben)
    await desk.getByRole("button", { name: /Benjamin/ }).click()
    await desk.getByRole("button", { name: "Profile" }).click()
    const part = desk.locator("section").filter({
      has: desk.getByRole("heading", { name: "Where your notices go" }),
    })
    await part.getByText("Mail to this address keeps failing.").waitFor()
    const words = await part.innerText()
    expect(words).toContain(`The mailbox ${BEN} is full`)
    expect(words).toContain("Make room in that mailbox")
    expect(words).toContain(`Notices go to ${SPARE}, too, until a mail arrives here again.`)
    await part.getByLabel("While mail keeps failing here, notices also go to").selectOption("")
    await part.getByText(`Notices go to ${SPARE}`).waitFor({ state: "detached" })
    await desk.context().close()
  })
})
