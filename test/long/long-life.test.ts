import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { DeviceView, ToolbarState } from "../../shared/protocol/views.ts"
import { SECOND } from "../../shared/words/time.ts"
import {
  builtExtension,
  openBrowser,
  openPopup,
  signInByFirefox,
  signInByPopup,
} from "../browser/toolbar-house.ts"
import { api } from "../kit/api.ts"
import { startPlainChromium } from "../kit/chromium.ts"
import { launchFirefox } from "../kit/firefox.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

/**
 * Browsers stop the background of an extension after half a minute without an event. What keeps it beating,
 * frames of the socket in Chromium and alarms in Firefox, shows only in real time and without a debugger.
 */

let relay: TestRelay
let company: Company
let token: string
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-long-life-"))

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
  token = await relay.signIn()
})

afterAll(async () => {
  await relay?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const deviceOf = async (browser: string): Promise<DeviceView | undefined> => {
  const { devices } = await api<ToolbarState>({ url: relay.url, token }, "GET", "/api/toolbar")
  return devices.find(({ label }) => label.startsWith(browser))
}

/** Watches five beats come, 20 s apart: three more than a background without them would live to send. */
const watchBeats = async (browser: string): Promise<void> => {
  const seen: number[] = []
  await until(
    `five beats of ${browser}`,
    async () => {
      const device = await deviceOf(browser)
      if (device?.presence === "present" && device.seenAt !== seen.at(-1)) seen.push(device.seenAt!)
      return seen.length >= 5
    },
    110 * SECOND,
  )
  const pauses = seen.slice(1).map((at, i) => at - seen[i]!)
  expect(Math.max(...pauses)).toBeLessThan(45 * SECOND)
}

const chromiumLives = async (): Promise<void> => {
  const profile = path.join(folder, "chromium")
  const browser = await openBrowser({ profile })
  await signInByPopup({ relay, company }, await openPopup(browser))
  await browser.close()
  await until("Chromium is closed", async () => (await deviceOf("Chrome"))?.presence === "fading")
  // Started again, it is signed in still, and nobody has opened anything.
  const plain = await startPlainChromium(profile, builtExtension("chrome-mv3"))
  try {
    await watchBeats("Chrome")
  } finally {
    await plain.end()
  }
}

const firefoxLives = async (): Promise<void> => {
  await using firefox = await launchFirefox({ extension: builtExtension("firefox-mv3") })
  await signInByFirefox({ relay, company }, firefox)
  await firefox.leave()
  await watchBeats("Firefox")
}

it("beats on in both browsers for as long as they run, with no page of ours open", async () => {
  await Promise.all([chromiumLives(), firefoxLives()])
}, 180_000)
