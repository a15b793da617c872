import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AgentSocket, connectAgent } from "../kit/agent-socket.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { startChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import { enterVisitor, write } from "./desk-house.ts"

/** A real relay: somebody is online in a browser, and quits; the picture says who kept the sites online when. */

let pages: BuiltPages
let relay: TestRelay
let browser: Browser
let company: Company
let visitor: VisitorSocket
let device: AgentSocket
let admin: Page
/** When Ben's light went on. */
let onSince = 0

const answer = () => admin.locator(".tl-answer")
const axis = () => admin.getByRole("slider")
const told = (words: RegExp) =>
  until(`the picture says ${words}`, async () => {
    const text = (await answer().textContent()) ?? ""
    return words.test(text) ? text : undefined
  })

/** What the window is, as the picture calls itself. */
const name = () => admin.locator("section.tl").getAttribute("aria-label")
const lengthOf = async (): Promise<number> =>
  Number(await axis().getAttribute("aria-valuemax")) - Number(await axis().getAttribute("aria-valuemin"))

const openAdmin = async (token: string, hash: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
  await context.addInitScript((session) => localStorage.setItem("porchlight.desk.session.1", session), token)
  const page = await context.newPage()
  page.on("pageerror", (error) => {
    throw error
  })
  await page.goto(`${relay.url}/admin${hash}`)
  return page
}

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  relay = await startRelay({ pages: pages.folder })
  browser = await startChromium()
  company = await relay.setUp({ grace: 0, wait: 1 })
  // Ben is there, in a browser that is not the one that looks.
  await relay.addAgent(company, "Ben", "ben@lamplight.example")
  device = await connectAgent(relay, await relay.signIn("ben@lamplight.example"))
  device.beat()
  const lit = await device.event("light", (event) => event.on)
  onSince = lit.at
  visitor = await enterVisitor(relay, company.siteKey)
  await write(visitor, "Do you deliver to Brno?")
  const token = await relay.signIn()
  // Whoever looks at the picture is there too, unless they say that they are not.
  await relay.store.run(
    "setIntent",
    { accountId: company.accountId, agentId: company.agentId, intent: "unavailable", version: 1 },
    relay.clock.now(),
  )
  admin = await openAdmin(token, "#/timeline")
  await admin.getByRole("heading", { level: 1, name: "Timeline" }).waitFor()
  await admin.locator(".tl").waitFor()
})
afterAll(async () => {
  await visitor?.close()
  await device?.close()
  await browser?.close()
  await relay?.stop()
  await pages?.remove()
})

describe("the timeline", () => {
  it("answers by keyboard which device keeps the sites online", async () => {
    await axis().focus()
    for (let step = 0; step < 12; step++) await admin.keyboard.press("+")
    await admin.keyboard.press("End")
    expect(await lengthOf()).toBeLessThan(180)
    expect(await told(/online by Ben/)).toContain("Ben on Test")
    await expect.poll(() => axis().getAttribute("aria-valuetext")).toBe(await answer().textContent())
  })

  it("says that nobody does once the browser has quit", async () => {
    // The finest step of the keys is a second: there is to be something to step on.
    await until("Ben was there for some seconds", async () => relay.clock.now() > onSince + 4000)
    await device.close()
    await until("the light is off", async () => {
      const { lights } = await relay.store.run(
        "readTimeline",
        { accountId: company.accountId, from: relay.clock.now() - 60_000, to: relay.clock.now() },
        relay.clock.now(),
      )
      return lights[0]?.spans.at(-1)?.on === false
    })
    // Read anew with the window of now.
    await admin.reload()
    await admin.locator(".tl").waitFor()
    await axis().focus()
    for (let step = 0; step < 12; step++) await admin.keyboard.press("+")
    await admin.keyboard.press("End")
    await told(/light was off/)
    // Back in time: there it still was Ben.
    await until("Ben's time is found again", async () => {
      await admin.keyboard.press("ArrowLeft")
      return /online by Ben on Test/.test((await answer().textContent()) ?? "")
    })
  })

  it("shows whose status, which device and what was written; each in words when pointed at", async () => {
    const line = admin.locator(".tl-row", { hasText: "Light of the sites" })
    await line.locator('.tl-bar[data-look="on"]').waitFor()
    await admin.locator('.tl-row[data-kind="device"] .tl-bar[data-look="present"]').first().hover()
    await until("words of the bar", async () =>
      /Test: in use, /.test((await admin.locator(".tl-pointed").textContent()) ?? ""),
    )
    const mark = admin.locator(".tl-mark").first()
    await mark.focus()
    await admin.getByText("A visitor wrote: “Do you deliver to Brno?”").first().waitFor()
    expect(
      await admin.getByRole("link", { name: "To the conversation" }).first().getAttribute("href"),
    ).toMatch(/^\/desk#\/c\/co_/)
  })

  it("zooms by button and wheel, and is drawn along by the pointer and moved by keys", async () => {
    const before = await lengthOf()
    await admin.getByRole("button", { name: "Zoom out" }).click()
    expect(await lengthOf()).toBeGreaterThan(before)
    await admin.getByRole("button", { name: "Hour", exact: true }).click()
    expect(await lengthOf()).toBe(3600)

    const box = (await axis().boundingBox())!
    await admin.mouse.move(box.x + 200, box.y + 60)
    await admin.keyboard.down("Control")
    await admin.mouse.wheel(0, -100)
    await admin.keyboard.up("Control")
    await until("the wheel zooms", async () => (await lengthOf()) < 3600)

    const drawn = await name()
    const from = Number(await axis().getAttribute("aria-valuemin"))
    await admin.mouse.move(box.x + 200, box.y + 60)
    await admin.mouse.down()
    await admin.mouse.move(box.x + 500, box.y + 60, { steps: 4 })
    await admin.mouse.up()
    await until("it is drawn along", async () => Number(await axis().getAttribute("aria-valuemin")) < from)
    expect(await name()).not.toBe(drawn)

    const moved = Number(await axis().getAttribute("aria-valuemin"))
    await axis().focus()
    await admin.keyboard.press("Shift+ArrowLeft")
    await until("keys move it", async () => Number(await axis().getAttribute("aria-valuemin")) < moved)
  })

  it("tells the same as a list", async () => {
    await admin.getByRole("button", { name: "Now" }).click()
    await admin.getByText("The same as a list").click()
    const row = admin.getByRole("row", { name: /Ben, Test in use/ })
    await row.first().waitFor()
    await admin
      .getByRole("row", { name: /Light of the sites on/ })
      .first()
      .waitFor()
  })

  it("shows one agent alone", async () => {
    await admin.getByRole("combobox", { name: "Agent" }).selectOption({ label: "Anna" })
    await until("Ben is gone", async () => (await admin.locator(".tl-row", { hasText: "Ben" }).count()) === 0)
    await admin.locator('.tl-row[data-kind="agent"]', { hasText: "Anna" }).waitFor()
  })
})

describe("the simulator", () => {
  it("says who would get a mail, and changes as things do", async () => {
    await admin.evaluate(() => {
      location.hash = "#/simulator"
    })
    await admin.getByRole("heading", { level: 1, name: "Simulator" }).waitFor()
    await admin.getByText("The light is off").waitFor()
    await admin
      .getByText(/A mail would go out at .* to ben@lamplight\.example, for Ben\./)
      .first()
      .waitFor()
    // Ben comes back: nobody would get an offline notice.
    device = await connectAgent(relay, await relay.signIn("ben@lamplight.example"))
    device.beat()
    await admin.getByText("The light is on").waitFor()
    await admin.getByText("No mail would go out while it stays so.").first().waitFor()
    await admin.getByText("Ben was there to answer it.").first().waitFor()
  })
})
