import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { enterVisitor, openPage, write } from "./desk-house.ts"

/** An agent changes in their profile where notices go and with what they sign in. */
const NEW = "anna@home.example"

let pages: BuiltPages
let relay: TestRelay
let clock: HandClock
let company: Company
let browser: Chromium

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  clock = testClock()
  relay = await startRelay({ clock, pages: pages.folder })
  company = await relay.setUp()
  browser = await launchChromium({ width: 1200, height: 800 })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await pages?.remove()
})

/** The newest code among the mails to an address that came after so many. */
const codeTo = (address: string, before: number): Promise<string> =>
  until(`a code to ${address}`, async () => {
    const mail = (await relay.mailsTo(address)).slice(before).at(-1) ?? ""
    return /^ {4}(\d{6})$/m.exec(mail)?.[1]
  })

const signIn = async (page: Page, address: string): Promise<void> => {
  await page.getByLabel("E-mail address").fill(address)
  const before = (await relay.mailsTo(address)).length
  await page.getByRole("button", { name: "Send me a code" }).click()
  await page.getByLabel("Six-digit code").fill(await codeTo(address, before))
  await page.getByRole("tab", { name: "Unserved" }).waitFor()
}

const openProfile = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "you and your team" }).click()
  await page.getByRole("button", { name: "Profile" }).click()
  await page.getByRole("region", { name: "Where your notices go" }).waitFor()
}

/** A visitor writes while nobody is available, and time passes until the notice is due. */
const beMissed = async (text: string): Promise<void> => {
  const anna = { accountId: company.accountId, agentId: company.agentId }
  const { me } = await relay.store.run("readProfile", anna, clock.now())
  if (me.intent !== "unavailable")
    await relay.store.run(
      "setIntent",
      { ...anna, intent: "unavailable", version: me.intentVersion },
      clock.now(),
    )
  const visitor = await enterVisitor(relay, company.siteKey)
  await write(visitor, text)
  await visitor.close()
  await relay.pass(2 * MINUTE + SECOND)
}

const noticesTo = async (address: string): Promise<string[]> =>
  (await relay.mailsTo(address)).filter((mail) => mail.includes("wrote on"))

it("a code goes to the new address; once entered it gets the notices and signs in, and the old one is told", async () => {
  const page = await openPage(browser, `${relay.url}/desk`)
  await signIn(page, company.address)
  await openProfile(page)
  const part = page.getByRole("region", { name: "Where your notices go" })
  await part.getByText(company.address).waitFor()
  await part.getByRole("button", { name: "Change the address" }).click()
  await part.getByLabel("New e-mail address").fill(NEW)
  await part.getByRole("button", { name: "Send a code" }).click()
  const code = await codeTo(NEW, 0)

  // Not confirmed yet: nothing but the code goes there.
  await beMissed("Is anybody there?")
  await until("the notice at the old address", async () => (await noticesTo(company.address)).length === 1)
  expect(await relay.mailsTo(NEW)).toHaveLength(1)

  const wrong = code === "000000" ? "111111" : "000000"
  await part.getByLabel("Six-digit code").fill(wrong)
  await part.getByRole("button", { name: "Confirm" }).click()
  await part.getByRole("alert").waitFor()
  await part.getByLabel("Six-digit code").fill(code)
  await part.getByRole("button", { name: "Confirm" }).click()
  await part.getByText(NEW).first().waitFor()
  await until("the old address is told", async () =>
    (await relay.mailsTo(company.address)).some((mail) => mail.includes("From now on: a…@home.example")),
  )
  await beMissed("And now?")
  await until("the notice at the new address", async () => (await noticesTo(NEW)).length === 1)
  expect(await noticesTo(company.address)).toHaveLength(1)
  await page.close()

  const before = (await relay.mailsTo(NEW)).length
  await api({ url: relay.url }, "POST", "/api/sign-in/code", { address: NEW })
  const device = { kind: "tab", label: "Test" }
  const body = { address: NEW, code: await codeTo(NEW, before), device }
  const signedIn = await api<{ agent: { id: string } }>({ url: relay.url }, "POST", "/api/sign-in", body)
  expect(signedIn.agent.id).toBe(company.agentId)
}, 120_000)
