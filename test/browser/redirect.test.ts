import type { Frame, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { openPage } from "./desk-house.ts"

/**
 * A shared inbox: a visitor writes while nobody is there, one mail is at info@, somebody there takes the
 * conversation by its link, and a colleague's desk shows who has it.
 */
const INFO = "info@lamplight.example"
const BEN = "ben@lamplight.example"

let pages: BuiltPages
let relay: TestRelay
let clock: HandClock
let company: Company
let browser: Chromium

beforeAll(async () => {
  pages = await buildPages()
  clock = testClock()
  relay = await startRelay({ clock, pages: pages.folder })
  company = await relay.setUp()
  browser = await launchChromium({ width: 1200, height: 800 })
  await relay.addAgent(company, "Ben", BEN)
  await inboxInsteadOfAgents()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await pages?.remove()
})

/** As an admin does it: a code to the address, then the general inbox. */
const inboxInsteadOfAgents = async (): Promise<void> => {
  const anna = { url: relay.url, token: await relay.signIn() }
  await api(anna, "POST", "/api/addresses", { address: INFO })
  const code = await until("the code at the inbox", async () => {
    const [mail = ""] = await relay.mailsTo(INFO)
    return /^ {4}(\d{6})$/m.exec(mail)?.[1]
  })
  await api(anna, "POST", "/api/addresses/confirm", { address: INFO, code })
  await api(anna, "PUT", "/api/redirects", {
    owner: { kind: "account", id: company.accountId },
    redirect: { address: INFO, mode: "instead-of" },
  })
}

/** A visitor writes in the chat box on the demo page. */
const write = async (text: string): Promise<void> => {
  const page = await browser.page(`${relay.url}/demo`)
  const box: Frame = await until("the box's frame", () =>
    page.frames().find((frame) => frame.url().includes("/box/frame")),
  )
  await box.getByRole("button").first().click()
  const field = box.getByRole("textbox", { name: "Your message" })
  await field.fill(text)
  await field.press("Enter")
  await until("the message is stored", async () =>
    (await conversations()).some((one) => one.excerpt === text),
  )
  await page.close()
}

const conversations = async () => {
  const { accountId, agentId } = company
  const list = { accountId, agentId, list: "all", limit: 20 } as const
  return (await relay.store.run("listConversations", list, clock.now())).conversations
}

const notices = async (): Promise<string[]> =>
  (await relay.mailsTo(INFO)).filter((mail) => mail.includes("/take#"))

const linkIn = (mail: string): string => {
  const [link] = /https?:\/\/\S+\/take#\S+/.exec(mail) ?? []
  if (link === undefined) throw new Error(`no link to take it in:\n${mail}`)
  // The settings' public address has the port that was asked for, not the one that was got.
  return `${relay.url}/take${new URL(link).hash}`
}

/** Ben's desk, signed in as a person does. */
const openDesk = async (): Promise<Page> => {
  const page = await openPage(browser, `${relay.url}/desk`)
  await page.getByLabel("E-mail address").fill(BEN)
  const before = (await relay.mailsTo(BEN)).length
  await page.getByRole("button", { name: "Send me a code" }).click()
  const mail = await until("a code by mail", async () => (await relay.mailsTo(BEN))[before])
  await page.getByLabel("Six-digit code").fill(/\d{6}/.exec(mail)![0])
  await page.getByRole("tab", { name: /Unserved/ }).waitFor()
  return page
}

it("one mail goes to the inbox, its link is taken by somebody without a seat, and the desk shows who has it", async () => {
  await write("Do you repair brass lamps?")
  await relay.pass(2 * MINUTE + SECOND)
  const mail = await until("the mail at the inbox", async () => (await notices())[0])
  expect(mail).toContain("I’ll take it: ")
  expect(mail).toContain("general inbox of Lamplight & Co and stands for Anna and Ben")
  for (const address of [company.address, BEN])
    expect((await relay.mailsTo(address)).filter((one) => one.includes("brass lamps"))).toEqual([])

  const take = await openPage(browser, linkIn(mail))
  await take.getByText("Nobody has it yet.").waitFor()
  await take.getByText("Do you repair brass lamps?").waitFor()
  // Opening the link, as mail scanners do, has changed nothing.
  expect((await conversations())[0]).toMatchObject({ state: "unserved", joinedByName: null })

  const desk = await openDesk()
  await desk.getByRole("tab", { name: "All" }).click()
  await desk.getByText("Do you repair brass lamps?").first().waitFor()
  await take.getByLabel("Somebody else").check()
  await take.getByLabel("Your name").fill("Jana")
  await take.getByRole("button", { name: "I’ll take it" }).click()
  await take.getByText(`Jana (${INFO}) has it now. Colleagues see that.`).waitFor()

  await desk.getByText(`Jana (${INFO})`).first().waitFor()
  await relay.pass(10 * MINUTE)
  expect(await notices()).toHaveLength(1)

  // Whoever comes later by the same link sees that, and who takes it over relieves her.
  const later = await openPage(browser, linkIn(mail))
  await later.getByText(`Jana (${INFO}) has it, since`).waitFor()
  await later.getByLabel("Ben").check()
  await later.getByRole("button", { name: "Take it over" }).click()
  await later.getByText("Ben has it now.").waitFor()
  expect((await conversations())[0]).toMatchObject({ state: "mine", joinedByName: "Ben" })
  for (const page of [take, later, desk]) await page.close()
}, 120_000)

it("of two at the inbox at once the second is told who was faster", async () => {
  // The same visitor: what was closed is unserved again when they write.
  const { accountId, agentId } = company
  for (const { id: conversationId } of await conversations())
    await relay.store.run("closeConversation", { accountId, agentId, conversationId }, clock.now())
  await write("Is the oak lamp in stock?")
  await relay.pass(2 * MINUTE + SECOND)
  const mail = await until("the mail about it", async () =>
    (await notices()).find((one) => one.includes("oak lamp")),
  )
  const [first, second] = [await openPage(browser, linkIn(mail)), await openPage(browser, linkIn(mail))]
  await second.getByText("Nobody has it yet.").waitFor()
  await first.getByLabel("Anna").check()
  await first.getByRole("button", { name: "I’ll take it" }).click()
  await first.getByText("Anna has it now.").waitFor()
  await second.getByLabel("Ben").check()
  await second.getByRole("button", { name: "I’ll take it" }).click()
  await second.getByRole("alert").getByText("This changed while you were looking").waitFor()
  await second.getByText("Anna has it, since").waitFor()
  expect((await conversations()).find((one) => one.excerpt.includes("oak"))?.joinedByName).toBe("Anna")
  for (const page of [first, second]) await page.close()
}, 60_000)

it("a link that leads nowhere says so in one sentence, and where to go", async () => {
  const page = await openPage(browser, `${relay.url}/take#${"a".repeat(26)}`)
  await page.getByText("This link leads to no conversation any more.").waitFor()
  await expect
    .poll(() => page.getByRole("link", { name: "Open the desk" }).getAttribute("href"))
    .toBe("/desk")
  await page.goto(`${relay.url}/take`)
  await page.getByText("This link leads to no conversation any more.").waitFor()
  await page.close()
})
