import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Chromium } from "../kit/chromium.ts"
import { launchChromium } from "../kit/chromium.ts"
import { until } from "../kit/until.ts"
import {
  builtExtension,
  openPopup,
  openToolbarHouse,
  signInByPopup,
  type ToolbarHouse,
  visitorWrites,
} from "./toolbar-house.ts"

/** The popup by keyboard alone, what is set for one browser, and an update while somebody is signed in. */

declare const chrome: {
  commands: { onCommand: { dispatch(command: string): void } }
  action: { getTitle(of: object): Promise<string> }
  storage: {
    local: { get(key: string | null): Promise<Record<string, unknown>>; set(items: object): Promise<void> }
  }
  runtime: { getManifest(): { version: string } }
}

let house: ToolbarHouse
let browser: Chromium
let popup: Page
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-popup-"))
/** A copy, which a test makes newer. */
const extension = path.join(folder, "extension")
const profile = path.join(folder, "profile")

beforeAll(async () => {
  cpSync(builtExtension("chrome-mv3"), extension, { recursive: true })
  house = await openToolbarHouse()
  browser = await launchChromium({ width: 360, height: 600, extension, profile })
  popup = await openPopup(browser)
  await signInByPopup(house, popup)
  await visitorWrites(house, "Is anybody there?")
  await popup.getByRole("button", { name: "Is anybody there?" }).waitFor()
})

afterAll(async () => {
  await browser?.close()
  await house?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const command = async (name: string): Promise<void> =>
  (await browser.worker()).evaluate((each) => chrome.commands.onCommand.dispatch(each), name)

const intent = () => house.other.toolbar().me.intent

/** What has the focus and whether one sees it, by an outline of 2 px; null between the last and the first. */
const focused = () =>
  popup.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null
    const shown = element.matches("input[type=radio]") ? element.nextElementSibling! : element
    const { outlineStyle, outlineWidth } = getComputedStyle(shown)
    return {
      text: shown.textContent?.trim() ?? "",
      seen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
    }
  })

describe("the popup by keyboard", () => {
  it("goes through all that can be pressed, and always shows where one is", async () => {
    const found: string[] = []
    const unseen: string[] = []
    for (let press = 0; press < 12; press++) {
      await popup.keyboard.press("Tab")
      const now = await focused()
      if (now === null) continue
      found.push(now.text)
      if (!now.seen) unseen.push(now.text)
    }
    expect(unseen).toEqual([])
    const wanted = ["Available", "for 30 minutes", "Is anybody there?", "You were there when it came"]
    for (const words of [...wanted, "Open the desk", "At the side", "Sign out", "Admin", "Settings"])
      expect(
        found.some((text) => text.includes(words)),
        `${words} in ${found}`,
      ).toBe(true)
  })

  it("opens the desk at a conversation by Enter", async () => {
    const page = await openPopup(browser)
    await page.getByRole("button", { name: "Is anybody there?" }).focus()
    const opened = browser.context.waitForEvent("page")
    await page.keyboard.press("Enter")
    const desk = await opened
    await desk.waitForURL(/desk\.html#\/c\/co_/)
    await desk.close()
  })

  it("says which keys open it, switch the status and open the desk", async () => {
    await expect
      .poll(() => popup.locator("kbd").allTextContents())
      .toEqual(["Alt+Shift+L", "Alt+Shift+S", "Alt+Shift+D"])
  })

  it("one key goes on to the next status, pressed twice in a row to the one after it, and shows it", async () => {
    await command("status-next")
    await command("status-next")
    await until("unavailable", () => intent() === "unavailable")
    await command("status-next")
    await until("available", () => intent() === "available")
    await command("status-next")
    await until("busy", () => intent() === "busy")
    await popup.getByRole("radio", { name: "Busy", checked: true }).waitFor()
    const worker = await browser.worker()
    await until("the icon says so", async () =>
      (await worker.evaluate(() => chrome.action.getTitle({}))).includes("you are busy"),
    )
    await command("status-available")
    await until("available", () => intent() === "available")
  })

  it("another opens the desk", async () => {
    const opened = browser.context.waitForEvent("page")
    await command("open-desk")
    const desk = await opened
    await desk.waitForURL(/desk\.html$/)
    await desk.close()
  })
})

describe("this browser", () => {
  it("counts as idle after as many minutes as are set, 1 to 15, and keeps that", async () => {
    const settings = await browser.page(await browser.extensionUrl("options.html"))
    const choice = settings.getByLabel("You count as idle after")
    await expect.poll(() => choice.inputValue()).toBe("3")
    await expect.poll(() => choice.locator("option").allTextContents()).toHaveLength(15)
    await choice.selectOption({ label: "5 minutes" })
    await until("it is kept", () =>
      settings.evaluate(async () => (await chrome.storage.local.get("idleMinutes")).idleMinutes === 5),
    )
    await settings.reload()
    await expect.poll(() => choice.inputValue()).toBe("5")
    await settings.getByText("On this machine; nothing needs to be allowed").waitFor()
    await settings.close()
  })

  it("stays signed in when the extension is updated, and what an older version kept is taken over", async () => {
    const worker = await browser.worker()
    const before = house.device()
    await worker.evaluate(() => chrome.storage.local.set({ version: 1, toolbar: { of: "another shape" } }))
    await browser.close()
    const file = path.join(extension, "manifest.json")
    const manifest = JSON.parse(readFileSync(file, "utf8"))
    writeFileSync(file, JSON.stringify({ ...manifest, version: "9.9.9" }))
    await until("the device fades", () => house.device().presence === "fading")
    browser = await launchChromium({ width: 360, height: 600, extension, profile })
    // Nobody has opened anything of ours.
    await until("the same device is there", () => house.device().presence === "present")
    const fresh = await browser.worker()
    expect(await fresh.evaluate(() => chrome.runtime.getManifest().version)).toBe("9.9.9")
    expect(house.device().id).toBe(before.id)
    const again = await openPopup(browser)
    await again.getByRole("heading", { name: "The light is on" }).waitFor()
    await again.locator(".connection[data-state=live]").waitFor()
    expect(
      await again.evaluate(async () => (await chrome.storage.local.get("idleMinutes")).idleMinutes),
    ).toBe(5)
  })
})
