import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { type HandClock, handClock } from "../../relay/clock.ts"
import type { OfficeHours } from "../../shared/words/hours.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { type AgentSocket, connectAgent } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { boxOf, input, launcher, says, startVisits, type Visits, write } from "./visits.ts"

/** Office hours that close while somebody writes; set by the API, on the relay's clock, set by hand. */

/** Today's noon: the browser says the day as it is on its own clock. */
const NOON = Math.floor(Date.now() / DAY) * DAY + 12 * HOUR

let visits: Visits
let relay: TestRelay
let clock: HandClock
let company: Company
let admin: { url: string; token: string }
let agent: AgentSocket
let shop: string

beforeAll(async () => {
  visits = await startVisits()
})
afterAll(() => visits?.close())

beforeEach(async () => {
  clock = handClock(NOON - 10 * SECOND)
  relay = await startRelay({ clock, pages: visits.pages })
  company = await relay.setUp()
  admin = { url: relay.url, token: await relay.signIn() }
  shop = await visits.site(relay, company.siteKey)
  agent = await connectAgent(relay, admin.token)
  agent.beat({ intervalMs: 60_000 })
  await agent.push((push): push is typeof push => push.type === "ack")
})
afterEach(async () => {
  await agent?.close()
  await relay?.stop()
})

/** Every day from 8:00 UTC until noon. */
const hours: OfficeHours = {
  zone: "UTC",
  week: ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ day, from: "08:00", to: "12:00" })),
  exceptions: [],
}

const close = async (): Promise<void> => {
  await api(admin, "PATCH", "/api/settings", { hours })
  await relay.pass(11 * SECOND)
}

it("what is being written stays and is sent; the box says when somebody is back, and asks for an address", async () => {
  const page = await visits.visit(await visits.person({ timezoneId: "Europe/Prague" }), shop)
  const winter = new Date(NOON).toLocaleTimeString("en-GB", { timeZone: "Europe/Prague" }) === "13:00:00"
  // From midnight in Prague on it is said on the day itself.
  const dayIn = (at: number) => new Date(at).toLocaleDateString("en-GB", { timeZone: "Europe/Prague" })
  const day = dayIn(NOON + 20 * HOUR) === dayIn(Date.now()) ? "today" : "tomorrow"
  const back = `We are back ${day} at ${winter ? "9:00" : "10:00"}`
  await launcher(page).click()
  await write(page, "Is the brass one in stock?")
  await expect.poll(() => boxOf(page).getByLabel("Your e-mail address").count()).toBe(0)
  await input(page).pressSequentially("And how much is")
  await close()

  await expect.poll(() => says(page).textContent()).toBe(back)
  const note = boxOf(page).getByRole("log").getByText(`Nobody is here right now. ${back}. Go on`)
  await note.waitFor()
  await expect.poll(() => input(page).inputValue()).toBe("And how much is")
  await expect.poll(() => input(page).evaluate((field) => field === document.activeElement)).toBe(true)
  await input(page).pressSequentially(" it?")
  await input(page).press("Enter")
  await boxOf(page).locator(".message:not([data-state])", { hasText: "And how much is it?" }).waitFor()

  await boxOf(page).getByLabel("Your e-mail address for our answer").fill("vera@visitor.example")
  await boxOf(page).getByRole("button", { name: "Save" }).click()
  await boxOf(page).getByText("our answer goes to vera@visitor.example").waitFor()
  // Closed hours count as nobody there, though the agent is: the notice goes out after the two minutes.
  await relay.pass(2 * MINUTE)
  const mails = async () => (await relay.mailsTo(company.address)).join("\n")
  await expect.poll(mails).toContain("And how much is it?")
})

it("a visitor who comes while they are closed reads it before the first word, in their own language", async () => {
  await close()
  const person = await visits.person({ timezoneId: "UTC", locale: "de-DE" })
  const page = await visits.visit(person, shop)
  await boxOf(page).getByRole("button", { name: "Wir sind morgen ab 8:00 Uhr wieder da" }).click()
  await expect.poll(() => says(page).textContent()).toBe("Wir sind morgen ab 8:00 Uhr wieder da")
  await boxOf(page).getByLabel("Ihre E-Mail-Adresse").waitFor()
})

it("negative control: hours that stay open say nothing and ask for nothing", async () => {
  const page = await visits.visit(await visits.person(), shop)
  await launcher(page).click()
  await input(page).pressSequentially("And how much is")
  const open = { ...hours, week: hours.week.map((span) => ({ ...span, to: "23:00" })) }
  await api(admin, "PATCH", "/api/settings", { hours: open })
  await relay.pass(11 * SECOND)
  await write(page, "And how much is it?")
  await expect.poll(() => says(page).textContent()).toBe("Somebody is here")
  await expect.poll(() => boxOf(page).getByLabel("Your e-mail address").count()).toBe(0)
})
