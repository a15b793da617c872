import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import { busyText } from "../../shared/i18n/box/bot.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { Intent } from "../../shared/words/nouns.ts"
import { SECOND } from "../../shared/words/time.ts"
import { type AgentSocket, connectAgent } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { boxOf, launcher, startVisits, type Visits, write } from "./visits.ts"

/** The "we're busy" bot, as a visitor meets it. The relay's clock is set by hand. */

let visits: Visits
let relay: TestRelay
let clock: HandClock
let company: Company
let anna: { url: string; token: string }
let device: AgentSocket
let shop: string

beforeAll(async () => {
  visits = await startVisits()
})
afterAll(() => visits?.close())

beforeEach(async () => {
  clock = testClock()
  relay = await startRelay({ clock, pages: visits.pages })
  company = await relay.setUp()
  anna = { url: relay.url, token: await relay.signIn() }
  shop = await visits.site(relay, company.siteKey)
  device = await connectAgent(relay, anna.token)
  device.beat({ intervalMs: 60_000 })
  await device.push((push): push is typeof push => push.type === "ack")
})
afterEach(async () => {
  await device?.close()
  await relay?.stop()
})

const setIntent = async (intent: Intent): Promise<void> => {
  const { me } = await api<ToolbarState>(anna, "GET", "/api/toolbar")
  await api(anna, "PUT", "/api/me/intent", { intent, version: me.intentVersion })
}

const bot = (page: Parameters<typeof boxOf>[0]) => boxOf(page).locator(".message[data-bot=true]")

it("speaks once, after 20 s, in the site's language, and the box asks where an answer may go", async () => {
  await api(anna, "PATCH", `/api/sites/${company.siteId}`, { language: "cs" })
  await setIntent("busy")
  const page = await visits.visit(await visits.person({ locale: "en-GB" }), shop)
  await launcher(page).click()
  await boxOf(page).getByText("Somebody is here").waitFor()
  await write(page, "Anybody?")
  await relay.pass(19 * SECOND)
  await expect.poll(() => bot(page).count()).toBe(0)
  await relay.pass(SECOND)
  await bot(page).getByText(busyText("cs")).waitFor()
  await expect.poll(() => bot(page).locator("[lang=cs]").count()).toBe(1)
  await bot(page).getByText("Lamplight · Automatic answer").waitFor()
  await boxOf(page).getByLabel("Your e-mail address for our answer").waitFor()

  await write(page, "Still there?")
  await relay.pass(30 * SECOND)
  await write(page, "Hello?")
  await expect.poll(() => bot(page).count()).toBe(1)

  // It is no agent: the first answer of one is the first.
  const { conversations } = await api<{ conversations: { id: string; state: string; joinedBy: null }[] }>(
    anna,
    "GET",
    "/api/conversations?list=all",
  )
  expect(conversations).toMatchObject([{ state: "unserved", joinedBy: null }])
  await api(anna, "POST", `/api/conversations/${conversations[0]!.id}/answer`, {
    key: "answer-one",
    text: "Yes, here I am",
  })
  await boxOf(page).getByText("Yes, here I am").waitFor()
  await expect.poll(() => boxOf(page).getByLabel("Your e-mail address for our answer").count()).toBe(0)
})

it("in the account's own words, where it has any in that language", async () => {
  await api(anna, "PATCH", "/api/settings", {
    busyTexts: { en: "All our lamps are lit: <b>one moment</b>!" },
  })
  await setIntent("busy")
  const page = await visits.visit(await visits.person({ locale: "fr-FR" }), shop)
  await launcher(page).click()
  await write(page, "Anybody?")
  await relay.pass(20 * SECOND)
  await bot(page).getByText("All our lamps are lit: <b>one moment</b>!").waitFor()
})

it("negative control: says nothing where somebody is available, or has answered", async () => {
  const page = await visits.visit(await visits.person(), shop)
  await launcher(page).click()
  await write(page, "Anybody?")
  await relay.pass(30 * SECOND)
  await expect.poll(() => bot(page).count()).toBe(0)
  const { conversations } = await api<{ conversations: { id: string }[] }>(
    anna,
    "GET",
    "/api/conversations?list=all",
  )
  await api(anna, "POST", `/api/conversations/${conversations[0]!.id}/answer`, {
    key: "answer-one",
    text: "Yes",
  })
  await boxOf(page).getByText("Yes", { exact: true }).waitFor()
  await setIntent("busy")
  await write(page, "Thank you")
  await relay.pass(30 * SECOND)
  await write(page, "And goodbye")
  await expect.poll(() => bot(page).count()).toBe(0)
})
