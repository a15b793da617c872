import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Presence } from "../../shared/words/nouns.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { builtExtension, openBrowser, openPopup, signInByPopup } from "../browser/toolbar-house.ts"
import { type AgentScreen, connectScreen } from "../kit/agent-screen.ts"
import { type Chromium, launchChromium, type PlainChromium, startPlainChromium } from "../kit/chromium.ts"
import { type Display, startDisplay } from "../kit/display.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

/**
 * One person at one computer, in real time: a Chromium on a screen, that nobody drives, with the toolbar in
 * it; mouse and screen saver are moved from outside. What they do is seen where visitors see it, on a chat
 * box in a second browser.
 */

/** Shorter than in life, and longer than a socket may be silent (45 s), so that stopping is seen to fade. */
const GRACE = 55 * SECOND
/** The least that can be set. */
const IDLE_MINUTES = 1
/** A beat that is due comes within it, and what the browser looks at once a second. */
const SLACK = 20 * SECOND

let relay: TestRelay
let company: Company
let screen: AgentScreen
let display: Display
let visitors: Chromium
let site: Page
let plain: PlainChromium
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-idle-"))
const profile = path.join(folder, "chromium")

const signInOnce = async (): Promise<void> => {
  const browser = await openBrowser({ profile })
  await signInByPopup({ relay, company }, await openPopup(browser))
  const settings = await browser.page(await browser.extensionUrl("options.html"))
  await settings.locator("select[name=idle]").selectOption(String(IDLE_MINUTES))
  await until("it is kept", () =>
    settings.evaluate(async () => (await chrome.storage.local.get("idleMinutes")).idleMinutes === 1),
  )
  await browser.close()
}

declare const chrome: { storage: { local: { get(key: string): Promise<Record<string, unknown>> } } }

const startAtScreen = async (): Promise<PlainChromium> =>
  startPlainChromium(profile, builtExtension("chrome-mv3"), display.name)

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp({ grace: GRACE / SECOND, wait: 20 })
  screen = await connectScreen(relay.url, await relay.signIn())
  await signInOnce()
  visitors = await launchChromium({ width: 600, height: 500 })
  site = await visitors.page(`${relay.url}/demo`)
  display = await startDisplay()
  display.move()
  plain = await startAtScreen()
}, 60_000)

afterAll(async () => {
  await plain?.end()
  await display?.stop()
  await visitors?.close()
  await screen?.close()
  await relay?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const presence = (): Presence | undefined =>
  screen.toolbar().devices.find(({ kind }) => kind === "extension")?.presence

/** What the launcher on the site shows. */
const boxLit = async (): Promise<boolean> => {
  const frame = site.frames().find((each) => each.url().includes("/box/frame"))
  if (frame === undefined) return false
  return (await frame.locator(".launcher[data-on=true]").count()) > 0
}

const becomes = async (wanted: Presence, withinMs: number): Promise<number> => {
  await until(`the device is ${wanted}`, () => presence() === wanted, withinMs)
  return performance.now()
}

const isBack = async (): Promise<void> => {
  await becomes("present", SLACK)
  await until("the box is lit", boxLit)
}

/** The box stays lit through the grace, of which there is at least so much left, and goes dark with its end. */
const fadesAndGoes = async (fadesWithin: number, least = GRACE - SLACK): Promise<void> => {
  const fadingSince = await becomes("fading", fadesWithin)
  expect(await boxLit()).toBe(true)
  const goneAt = await becomes("gone", GRACE + SLACK)
  expect(goneAt - fadingSince).toBeGreaterThan(least)
  await until("the box is dark", async () => !(await boxLit()))
}

describe("somebody at a computer", () => {
  it("is there while the mouse moves; idle for the time that was set, the light fades and goes; a move brings it back", async () => {
    display.move()
    await isBack()
    display.move()
    const movedAt = performance.now()
    await fadesAndGoes(IDLE_MINUTES * MINUTE + SLACK)
    // Not idle before the time was over, whatever the browser's own preset is.
    expect(performance.now() - movedAt).toBeGreaterThan(IDLE_MINUTES * MINUTE + GRACE - SLACK)
    display.move()
    await isBack()
  })

  it("goes on to the next status by a key of the keyboard, on whatever page they are", async () => {
    display.press("alt+shift+s")
    await until("busy", () => screen.toolbar().me.intent === "busy")
    display.press("alt+shift+s")
    await until("unavailable", () => screen.toolbar().me.intent === "unavailable")
    display.press("alt+shift+s")
    await until("available", () => screen.toolbar().me.intent === "available")
    await until("the box is lit", boxLit)
  })

  it("fades at once when the screen is locked, and is back when it is unlocked", async () => {
    display.move()
    await isBack()
    display.lock()
    await fadesAndGoes(SLACK)
    display.unlock()
    display.move()
    await isBack()
  })

  it("fades when the machine stops dead, as in sleep, and is back when it wakes", async () => {
    display.move()
    await isBack()
    plain.signal("SIGSTOP")
    // Two beats and a little may stay out (45 s) before anybody doubts; then the grace runs from the last one. A
    // relay that hears no answer on the socket ends it before, and the grace runs from then.
    await fadesAndGoes(45 * SECOND + SLACK, 0)
    plain.signal("SIGCONT")
    display.move()
    await isBack()
  })

  it("fades at once when the browser is killed, and is back when it is started again, signed in", async () => {
    display.move()
    await isBack()
    plain.signal("SIGKILL")
    await fadesAndGoes(5 * SECOND)
    display.move()
    plain = await startAtScreen()
    await isBack()
  })
})
