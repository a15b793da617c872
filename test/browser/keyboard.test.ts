import type { Frame, Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { openTown, type Town } from "../kit/screens/town.ts"
import { until } from "../kit/until.ts"
import { tabTo } from "./desk-house.ts"

/** The main job without a mouse: a visitor writes, an agent answers and closes, an admin adds a site. */

let pages: BuiltPages
let town: Town
let browser: Chromium

beforeAll(async () => {
  pages = await buildPages()
  town = await openTown({ pages: pages.folder })
  browser = await launchChromium({ width: 1200, height: 800 })
})
afterAll(async () => {
  await browser?.close()
  await town?.stop()
  await pages?.remove()
})

/** A page in which a mouse does nothing at all. */
const openWithoutMouse = async (path: string, token: string | null): Promise<Page> => {
  const page = await browser.context.newPage()
  await page.addInitScript((kept) => {
    if (kept !== null && self === top) localStorage.setItem("porchlight.desk.session.1", kept)
    for (const event of ["pointerdown", "mousedown", "mouseup", "touchstart"])
      addEventListener(event, (one) => one.stopImmediatePropagation(), { capture: true })
  }, token)
  await page.goto(`${town.relay.url}${path}`)
  return page
}

const boxFrame = (page: Page): Promise<Frame> =>
  until("the box's frame", () => page.frames().find((frame) => frame.url().includes("/box/frame")))

/** What has the focus in a frame, by its tag. */
const focused = (frame: Frame): Promise<string> =>
  frame.evaluate(() => (document.hasFocus() ? (document.activeElement?.tagName ?? "") : ""))

/** Presses Tab until the focus is on such an element of the frame. */
const tabInto = async (page: Page, frame: Frame, tag: string): Promise<void> => {
  for (let press = 0; press < 40; press++) {
    if ((await focused(frame)) === tag) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`no ${tag} of ${frame.url()} can be reached by Tab`)
}

it("a visitor writes, an agent answers and closes", async () => {
  const visit = await openWithoutMouse("/demo", null)
  const box = await boxFrame(visit)
  await box.locator(".launcher").waitFor()
  await tabInto(visit, box, "BUTTON")
  await visit.keyboard.press("Enter")
  await until("the box has the focus where one writes", async () => (await focused(box)) === "TEXTAREA")
  await visit.keyboard.type("Do you deliver to Brno?")
  await visit.keyboard.press("Enter")
  await box.locator(".message:not([data-state])").getByText("Do you deliver to Brno?").waitFor()

  const desk = await openWithoutMouse("/desk", town.token)
  await desk.locator("[data-conversation]").first().waitFor()
  await desk.keyboard.press("j")
  await desk.keyboard.press("Enter")
  await desk.locator(".desk-bubble").getByText("Do you deliver to Brno?").waitFor()
  await desk.keyboard.press("r")
  await until("one can write", () => desk.evaluate(() => document.activeElement?.id === "desk-answer"))
  await desk.keyboard.type("We do, within two days.")
  await desk.keyboard.press("Enter")
  await box.locator(".message").getByText("We do, within two days.").waitFor()
  await desk.locator(".desk-message[data-author=agent]").getByText("We do, within two days.").waitFor()
  await desk.keyboard.press("Escape")
  await tabTo(desk, "Close")
  await desk.keyboard.press("Enter")
  await desk.locator(".desk-who-marks").getByText("Closed").waitFor()
  await desk.close()

  // The box gives the focus back to where it was opened.
  await visit.keyboard.press("Escape")
  await until("the launcher has the focus", async () => (await focused(box)) === "BUTTON")
  await visit.close()
})

it("an admin adds a site", async () => {
  const admin = await openWithoutMouse("/admin", town.token)
  await admin.locator(".admin-screen h1").first().waitFor()
  await tabTo(admin, "Sites")
  await admin.keyboard.press("Enter")
  await admin.getByRole("heading", { level: 1, name: "Sites" }).waitFor()
  await tabTo(admin, "Add a site")
  await admin.keyboard.press("Enter")
  const dialog = admin.getByRole("dialog")
  await dialog.waitFor()
  const reach = async (label: string): Promise<void> => {
    const field = dialog.getByLabel(label, { exact: true })
    for (let press = 0; press < 20; press++) {
      if (await field.evaluate((element) => element === document.activeElement)) return
      await admin.keyboard.press("Tab")
    }
    throw new Error(`the field ${label} cannot be reached by Tab`)
  }
  await reach("Name")
  await admin.keyboard.type("The lamp blog")
  await reach("Allowed on")
  await admin.keyboard.press("Control+A")
  await admin.keyboard.type("https://blog.lamplight.example")
  await tabTo(admin, "Add a site")
  await admin.keyboard.press("Enter")
  await admin.getByRole("heading", { level: 2, name: "The lamp blog" }).waitFor()
  const sites = await town.run("listSites", { accountId: town.company.accountId })
  expect(sites.map(({ origins }) => origins)).toContainEqual(["https://blog.lamplight.example"])
  await until("the focus is back on the page", () =>
    admin.evaluate(() => document.activeElement !== null && document.activeElement !== document.body),
  )
  await admin.close()
})
