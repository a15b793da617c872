import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { enterVisitor, write } from "../browser/desk-house.ts"
import { type Device, openPhoneHouse, type PhoneHouse } from "../browser/phone-house.ts"
import {
  builtExtension,
  openBrowser,
  openPopup,
  signInByFirefox,
  signInByPopup,
} from "../browser/toolbar-house.ts"
import { api } from "../kit/api.ts"
import type { Chromium } from "../kit/chromium.ts"
import { type Firefox, launchFirefox } from "../kit/firefox.ts"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"

/**
 * Two agents with three toolbars and a phone, in one run and in real time. Anna has Chrome and a phone, Ben has
 * Firefox at work and Chrome at home. Each step begins where the one before it ended.
 */

const BEN = "ben@lamplight.example"
const WAIT = 25 * SECOND

declare const chrome: { storage: { local: { get(key: string): Promise<Record<string, unknown>> } } }

let house: PhoneHouse
let anna: { browser: Chromium; popup: Page; phone: Device }
let ben: { work: Firefox; home: Chromium; popup: Page; token: string }
const visitors: VisitorSocket[] = []

beforeAll(async () => {
  house = await openPhoneHouse()
  const { relay, company } = house
  const { accountId } = company
  await relay.store.run("setAccount", { accountId, waitMs: WAIT, graceMs: 30 * SECOND }, relay.clock.now())
  await relay.addAgent(company, "Ben", BEN)

  const chromium = await openBrowser()
  const popup = await openPopup(chromium)
  await signInByPopup({ relay, company }, popup)
  const phone = await house.device()
  await phone.signIn(company.address)
  await phone.page.getByRole("button", { name: "Turn on notifications" }).click()
  anna = { browser: chromium, popup, phone }

  const bens = { relay, company: { ...company, address: BEN } }
  const work = await launchFirefox({ extension: builtExtension("firefox-mv3") })
  await signInByFirefox(bens, work)
  const home = await openBrowser()
  const bensPopup = await openPopup(home)
  await signInByPopup(bens, bensPopup)
  ben = { work, home, popup: bensPopup, token: await relay.signIn(BEN) }
}, 120_000)

afterAll(async () => {
  for (const visitor of visitors) await visitor.close()
  await ben?.work.close()
  await ben?.home.close()
  await anna?.browser.close()
  await house?.stop()
})

/** What the relay has for Ben, asked by a device of his that is never there. */
const asBen = (): Promise<ToolbarState> =>
  api<ToolbarState>({ url: house.relay.url, token: ben.token }, "GET", "/api/toolbar")

const mate = async (name: string) => (await asBen()).team.find((each) => each.name === name)

/** Of which conversations a toolbar tells; the desktop itself takes notifications down after some seconds. */
const notified = async (browser: Chromium): Promise<string[]> =>
  (await browser.worker()).evaluate(async () => {
    const { notified } = await chrome.storage.local.get("notified")
    return Object.keys(notified ?? {})
  })

const newVisitor = async (text: string): Promise<string> => {
  const visitor = await enterVisitor(house.relay, house.company.siteKey)
  visitors.push(visitor)
  await write(visitor, text)
  const caller = { url: house.relay.url, token: ben.token }
  const { conversations } = await api<{ conversations: { id: string; excerpt: string }[] }>(
    caller,
    "GET",
    "/api/conversations?list=all",
  )
  return conversations.find(({ excerpt }) => excerpt === text)!.id
}

const press = (page: Page, status: string): Promise<void> =>
  page.getByRole("radio", { name: status, exact: true }).check({ force: true })

const shows = (page: Page, status: string): Promise<void> =>
  page.getByRole("radio", { name: status, exact: true, checked: true }).waitFor()

describe("two agents, three toolbars and a phone", () => {
  it("a status pressed in one place is everywhere: toolbar to phone, phone to toolbar, one person to the other", async () => {
    await press(anna.popup, "Busy")
    await shows(anna.phone.page, "Busy")
    await ben.work.see(
      "Anna is busy, in Firefox",
      `return [...document.querySelectorAll("[aria-labelledby=team] li")].some(({ textContent }) => /Anna.*busy/s.test(textContent))`,
    )
    await press(anna.phone.page, "Available")
    await shows(anna.popup, "Available")
    // Ben's own has not moved.
    await shows(ben.popup, "Available")
  })

  it("a message is told on every toolbar, not on the phone of who sits at a computer; joined once, it is gone everywhere", async () => {
    await anna.phone.setVisible(false)
    const conversation = await newVisitor("Do you deliver to Brno?")
    for (const browser of [anna.browser, ben.home])
      await until("it is told", async () => (await notified(browser)).includes(conversation))
    expect(await anna.phone.shown()).toEqual([])
    expect(house.service.arrived).toEqual([])

    await ben.work.open(`desk.html#/c/${conversation}`)
    await ben.work.see(
      "Ben joins it, in Firefox",
      `const join = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Join")
       join?.click()
       return join !== undefined`,
    )
    for (const browser of [anna.browser, ben.home])
      await until("it is gone", async () => !(await notified(browser)).includes(conversation))
    await ben.work.open("popup.html")
  })

  it("the phone holds the light alone, and rings, once Anna's browser is gone and Ben is unavailable", async () => {
    await ben.work.click("[data-intent=unavailable] input")
    await shows(ben.popup, "Unavailable")
    await anna.browser.kill()
    await until(
      "Anna is there by phone only",
      async () => (await mate("Anna"))?.presence === "reachable",
      MINUTE,
    )
    expect((await asBen()).light).toBe(true)
    await ben.popup.getByText(/Anna.*by phone/).waitFor()

    const mails = (await house.relay.mailsTo(house.company.address)).length
    const conversation = await newVisitor("Is the lamp galvanized?")
    expect(await anna.phone.deliver()).toMatchObject({ type: "message", conversation })
    // Ben is unavailable: he is not disturbed.
    expect(await notified(ben.home)).not.toContain(conversation)
    // A phone is not there: after the wait it is mailed, and the phone no longer counts until it is used.
    const [mail] = await until(
      "the notice",
      async () => {
        const all = (await house.relay.mailsTo(house.company.address)).slice(mails)
        return all.length > 0 && all
      },
      WAIT + 20 * SECOND,
    )
    expect(mail).toContain("Is the lamp galvanized?")
    await until("the light is off", async () => !(await asBen()).light)
    await until("Ben sees it", () =>
      ben.popup
        .locator(".light[data-on=false]")
        .count()
        .then((count) => count > 0),
    )
  })

  it("whoever comes back is told of what still waits, and the light is on again", async () => {
    await press(ben.popup, "Available")
    await until("Ben is told of what waits", async () => (await notified(ben.home)).length > 0)
    await until("the light is on", async () => (await asBen()).light)
    await anna.phone.setVisible(true)
    await anna.phone.page.mouse.move(20, 20)
    await until(
      "Anna's phone is in use",
      async () => (await mate("Anna"))?.presence === "present",
      30 * SECOND,
    )
  })
})
