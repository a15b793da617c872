import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { watchMainThread } from "../kit/main-thread.ts"
import { storeConversations } from "../kit/many-conversations.ts"
import type { Company } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { type DeskHouse, enterVisitor, openDeskHouse, openPage, write } from "./desk-house.ts"

/**
 * From a tenth of a second on a person notices that it stands still. It is the thread's own time, as tests share their
 * cores; and half as much again, as the two halves of one core slow each other down.
 */
const LONGEST_TASK = 150

const STORED = 10_000

let house: DeskHouse
let company: Company
let desk: Page
let thread: Awaited<ReturnType<typeof watchMainThread>>
/** Bytes of answers of the API, by path without its query. */
const transferred = new Map<string, number>()

beforeAll(async () => {
  house = await openDeskHouse()
  company = await house.relay.setUp()
  await storeConversations(house.relay, company, STORED)
  const token = await house.relay.signIn()
  desk = await openPage(house.browser, `${house.relay.url}/desk`)
  await desk.evaluate((value) => localStorage.setItem("porchlight.desk.session.1", value), token)
  desk.on("response", async (response) => {
    const { pathname } = new URL(response.url())
    if (!pathname.startsWith("/api/")) return
    const { responseBodySize } = await response.request().sizes()
    transferred.set(pathname, (transferred.get(pathname) ?? 0) + responseBodySize)
  })
  thread = await watchMainThread(desk)
  await desk.reload()
  await rows().first().waitFor()
})
afterAll(() => house?.stop())

const rows = () => desk.locator(".desk-rows a")
const names = () => desk.locator(".desk-rows .desk-row-name").allTextContents()
const tab = (name: string) => desk.getByRole("tab", { name })
/** Tasks of the page since it was asked last that took longer than a person should notice, ms. */
const longTasks = async () => (await thread.tasks(LONGEST_TASK)).map(({ own }) => Math.round(own))
const sent = (path: string): number => transferred.get(path) ?? 0

describe(`a desk with ${STORED} conversations`, () => {
  it("opens with the newest, the true counts, and little on the line", async () => {
    expect((await names())[0]).toBe("Visitor 0")
    await expect.poll(() => tab("Unserved").textContent()).toContain("5,000")
    expect(await tab("All").textContent()).toContain("10,000")
    expect(await rows().count()).toBeLessThan(60)
    expect(sent("/api/conversations")).toBeLessThan(60_000)
    expect(await longTasks()).toEqual([])
  })

  it("is scrolled to its end without standing still, and draws no more rows on the way", async () => {
    await tab("All").click()
    const before = sent("/api/conversations")
    // As a person scrolls: as far as there is something, again and again.
    const most = await desk.evaluate(
      async (oldest) => {
        const panel = document.querySelector("#desk-panel")!
        const end = performance.now() + 80_000
        for (let drawn = 0; ; ) {
          panel.scrollTo(0, panel.scrollHeight)
          await new Promise(requestAnimationFrame)
          const names = [...document.querySelectorAll(".desk-rows .desk-row-name")]
          drawn = Math.max(drawn, names.length)
          if (names.some((name) => name.textContent === oldest)) return drawn
          if (performance.now() > end) throw new Error(`not at the end after 80 s: ${panel.scrollHeight} px`)
        }
      },
      `Visitor ${STORED - 1}`,
    )
    expect(most).toBeLessThan(60)
    expect(await desk.locator(".desk-rows > li").last().getAttribute("aria-setsize")).toBe(String(STORED))
    // Each page once.
    expect(sent("/api/conversations") - before).toBeLessThan(STORED * 500)
    expect(await longTasks()).toEqual([])
  }, 90_000)

  it("switches lists at once, from what it has", async () => {
    const before = sent("/api/conversations")
    for (const name of ["Unserved", "All", "Unserved", "All"]) {
      await tab(name).click()
      await desk.locator(`#desk-panel[aria-labelledby="desk-tab-${name.toLowerCase()}"] a`).first().waitFor()
    }
    // Where it was left.
    await until("the oldest is in view again", async () => (await names()).includes(`Visitor ${STORED - 1}`))
    expect(sent("/api/conversations")).toBe(before)
    expect(await longTasks()).toEqual([])
  })

  it("takes in what happens, where one looks nothing moves, and only what changed is sent", async () => {
    const [pages, listed] = [sent("/api/conversations"), sent("/api/listed")]
    /** Who stands in the middle of the list, and where. */
    const inView = () =>
      desk.locator("#desk-panel").evaluate((panel) => {
        const { left, top, height } = panel.getBoundingClientRect()
        const row = document.elementFromPoint(left + 40, top + height / 2)?.closest("a")
        return `${row?.querySelector(".desk-row-name")?.textContent} at ${row?.getBoundingClientRect().top}`
      })
    const looked = await inView()
    const visitor = await enterVisitor(house.relay, company.siteKey)
    await write(visitor, "Anybody there?")
    await expect.poll(() => tab("All").textContent()).toContain("10,001")
    await expect.poll(() => tab("Unserved").textContent()).toContain("5,001")
    expect(await inView()).toBe(looked)
    await tab("Unserved").click()
    await desk.getByText("Anybody there?").waitFor()
    expect(sent("/api/conversations")).toBe(pages)
    expect(sent("/api/listed") - listed).toBeLessThan(6000)
    expect(await longTasks()).toEqual([])
    visitor.close()
  })

  it("is walked through by keys, and what has the focus is never taken away", async () => {
    await tab("All").click()
    await desk.locator("#desk-panel").evaluate((element) => element.scrollTo(0, 0))
    // Of those without an answer it is every second: all are shown, from the top.
    await expect.poll(async () => (await names()).slice(1, 3)).toEqual(["Visitor 0", "Visitor 1"])
    await rows().first().focus()
    for (let step = 0; step < 40; step++) await desk.keyboard.press("j")
    const focused = () =>
      desk.evaluate(() => document.activeElement?.querySelector(".desk-row-name")?.textContent ?? "")
    await expect.poll(focused).toBe("Visitor 39")
    await desk.locator("#desk-panel").evaluate((element) => element.scrollTo(0, 400_000))
    await desk.waitForFunction(() => document.querySelector(".desk-rows li:nth-child(5)"))
    expect(await focused()).toBe("Visitor 39")
    await desk.keyboard.press("k")
    await expect.poll(focused).toBe("Visitor 38")
    await desk.keyboard.press("End")
    await expect.poll(focused).toBe(`Visitor ${STORED - 1}`)
    await desk.keyboard.press("Home")
    await expect.poll(focused).toMatch(/Visitor$/)
    expect(await longTasks()).toEqual([])
  })
})

describe("search", () => {
  it("finds one among them by its words, and shows it as text", async () => {
    await desk.keyboard.press("/")
    await desk.getByLabel("Search in all conversations").pressSequentially("lamp 7777")
    const found = desk.getByRole("listbox", { name: "Search" }).getByRole("option")
    await expect.poll(() => found.count()).toBe(1)
    expect(await found.locator("mark").allTextContents()).toEqual(["lamp", "7777"])
    await desk.keyboard.press("Enter")
    await desk.getByRole("heading", { name: "Visitor 7777" }).waitFor()
    await desk.keyboard.press("Escape")
    expect(await longTasks()).toEqual([])
  })

  it("goes on from where it was, also from within an answer by Ctrl+K", async () => {
    await desk.keyboard.press("Control+k")
    expect(await desk.getByRole("listbox", { name: "Search" }).getByRole("option").count()).toBe(1)
    await desk.getByLabel("Search in all conversations").fill("lamp")
    await expect
      .poll(() => desk.getByRole("listbox", { name: "Search" }).getByRole("option").count())
      .toBe(20)
    for (let step = 0; step < 25; step++) await desk.keyboard.press("ArrowDown")
    await expect
      .poll(() => desk.getByRole("listbox", { name: "Search" }).getByRole("option").count())
      .toBeGreaterThan(20)
    await desk.getByLabel("Search in all conversations").fill("unheard-of")
    await desk.getByText("Nothing found").waitFor()
    await desk.keyboard.press("Escape")
    expect(await longTasks()).toEqual([])
  })
})
