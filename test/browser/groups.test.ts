import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { boxOf, codeFrom, input, launcher, says, startVisits, type Visits, write } from "./visits.ts"

/**
 * Groups from end to end: Anna answers for sales, Ben for returns; a shop lets its visitors choose, a page for
 * returns has a tag that names the group.
 */

const ANNA = "anna@lamplight.example"
const BEN = "ben@lamplight.example"

let visits: Visits
let relay: TestRelay
let company: Company
let admin: { url: string; token: string }
let shop: string
let returnsPage: string
let returns: string
let sales: string
let second: string

beforeAll(async () => {
  visits = await startVisits()
})
afterAll(() => visits?.close())

beforeEach(async () => {
  relay = await startRelay({ pages: visits.pages })
  company = await relay.setUp()
  const ben = await relay.addAgent(company, "Ben", BEN)
  admin = { url: relay.url, token: await relay.signIn() }
  const group = (name: string, members: string[]) =>
    api<{ groupId: string }>(admin, "POST", "/api/groups", { name, members })
  sales = (await group("Sales", [company.agentId])).groupId
  returns = (await group("Returns", [ben])).groupId
  const site = { groups: [sales, returns] }
  await api(admin, "PATCH", `/api/sites/${company.siteId}`, site)
  const made = { name: "Lamplight returns", origins: ["*"] }
  const { siteKey, siteId } = await api<{ siteKey: string; siteId: string }>(
    admin,
    "POST",
    "/api/sites",
    made,
  )
  second = siteId
  shop = await visits.site(relay, company.siteKey)
  returnsPage = await visits.site(relay, siteKey, `data-group="${returns}"`)
})
afterEach(() => relay?.stop())

const deskOf = async (address: string): Promise<Page> => {
  const before = (await relay.mailsTo(address)).length
  return visits.desk(relay, address, () => codeFrom(relay, address, before))
}

/** What waits for the agent of this desk. */
const waitsAt = async (desk: Page): Promise<string[]> => {
  const token = await desk.evaluate(() => localStorage.getItem("porchlight.desk.session.1") ?? "")
  const { waiting } = await api<ToolbarState>({ url: relay.url, token }, "GET", "/api/toolbar")
  return waiting.map(({ excerpt }) => excerpt)
}

const choice = (page: Page, name: string) => boxOf(page).getByRole("button", { name: new RegExp(`^${name}`) })

describe("two sites, one with a choice of groups and one whose tag names a group", () => {
  it("each shows its own light, and what is written reaches the desks of its own audience", async () => {
    const [there, elsewhere] = [await visits.person(), await visits.person()]
    const [inShop, atReturns] = [await visits.visit(there, shop), await visits.visit(elsewhere, returnsPage)]
    await launcher(inShop).click()
    await launcher(atReturns).click()
    await choice(inShop, "Sales Nobody is here").waitFor()
    await expect.poll(() => says(atReturns).textContent()).toBe("Nobody is here right now")

    const ben = await deskOf(BEN)
    await choice(inShop, "Returns Somebody is here").waitFor()
    await choice(inShop, "Sales Nobody is here").waitFor()
    await expect.poll(() => says(atReturns).textContent()).toBe("Somebody is here")
    await choice(inShop, "Sales").click()
    await expect.poll(() => says(inShop).textContent()).toBe("Nobody is here right now")

    const anna = await deskOf(ANNA)
    await expect.poll(() => says(inShop).textContent()).toBe("Somebody is here")
    await write(inShop, "A lamp for sale?")
    await write(atReturns, "This one is broken")
    await anna.getByText("A lamp for sale?").first().waitFor()
    await ben.getByText("This one is broken").first().waitFor()
    // Whom it waits for, as badge, title and popup say it.
    expect(await waitsAt(anna)).toEqual(["A lamp for sale?"])
    expect(await waitsAt(ben)).toEqual(["This one is broken"])
    expect(visits.errors).toEqual([])
  })

  it("by the keyboard alone: chosen, kept over pages, changed, and both conversations are there again", async () => {
    const visitor = await visits.person()
    const page = await visits.visit(visitor, shop)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await choice(page, "Sales").waitFor()
    const focused = (name: string) =>
      expect.poll(() => choice(page, name).evaluate((button) => button === document.activeElement)).toBe(true)
    await focused("Sales")
    await page.keyboard.press("Enter")
    await expect.poll(() => input(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await boxOf(page).getByText("To: Sales").waitFor()
    await write(page, "for sales")
    await input(page).fill("half a th")

    await page.reload()
    await boxOf(page).getByText("for sales").waitFor()
    await boxOf(page).getByText("To: Sales").waitFor()
    await expect.poll(() => input(page).inputValue()).toBe("half a th")

    await boxOf(page).getByRole("button", { name: "Change" }).focus()
    await page.keyboard.press("Enter")
    await focused("Sales")
    await page.keyboard.press("Tab")
    await focused("Returns")
    await page.keyboard.press("Enter")
    await boxOf(page).getByText("To: Returns").waitFor()
    await expect.poll(() => boxOf(page).getByText("for sales").count()).toBe(0)
    // What was half written goes along.
    await expect.poll(() => input(page).inputValue()).toBe("half a th")
    await write(page, "for returns")

    await boxOf(page).getByRole("button", { name: "Change" }).click()
    await choice(page, "Sales").click()
    await boxOf(page).getByText("for sales").waitFor()
    await expect.poll(() => boxOf(page).getByText("for returns").count()).toBe(0)

    // Another visit of the same person, in a tab of its own: where they last wrote.
    const later = await visits.visit(visitor, shop)
    await launcher(later).click()
    await boxOf(later).getByText("for returns").waitFor()
    await boxOf(later).getByText("To: Returns").waitFor()
  })

  it("a group that is deleted is no choice any more; the conversation in it goes on", async () => {
    const page = await visits.visit(await visits.person(), returnsPage)
    await launcher(page).click()
    await write(page, "before it was deleted")
    await api(admin, "POST", `/api/groups/${returns}/delete`, {})
    await page.reload()
    await boxOf(page).getByText("before it was deleted").waitFor()
    // Sales is all that is left to choose, and still not where the visitor is.
    await api(admin, "PATCH", `/api/sites/${second}`, { groups: [sales] })
    await page.reload()
    await boxOf(page).getByText("before it was deleted").waitFor()
    await write(page, "and after")
    const anna = await deskOf(ANNA)
    await anna.getByText("and after").first().waitFor()
    await anna.getByText("and after").first().click()
    await anna.getByText("before it was deleted").first().waitFor()
  })
})
