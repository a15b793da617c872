import type { CDPSession } from "playwright-core"
import { openBrowser, openPopup, signInByPopup } from "../browser/toolbar-house.ts"
import type { Chromium } from "../kit/chromium.ts"
import { startRelay } from "../kit/relay.ts"
import { quantile, type Result, rounded } from "./result.ts"

/** How long a person waits for the toolbar's popup: from its opening to the first words in it. */

const OPENINGS = 15

interface TraceEvent {
  name: string
  /** Microseconds. */
  ts: number
}

const CATEGORIES = "loading,rail,blink.user_timing,devtools.timeline"

/** Everything that the browser noted while `body` ran. */
const traced = async (cdp: CDPSession, body: () => Promise<void>): Promise<TraceEvent[]> => {
  const events: TraceEvent[] = []
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await cdp.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES.split(",") },
  })
  await body()
  const complete = new Promise<void>((resolve) => cdp.once("Tracing.tracingComplete", () => resolve()))
  await cdp.send("Tracing.end")
  await complete
  return events
}

/** Milliseconds between the start of the navigation and the first paint with content in it. */
const paintedAfter = (events: TraceEvent[]): number => {
  const paint = events.find(({ name }) => name === "firstContentfulPaint")
  const starts = events.filter(({ name, ts }) => name.endsWith("navigationStart") && ts < (paint?.ts ?? 0))
  const start = starts.sort((one, other) => one.ts - other.ts).at(-1)
  if (!start || !paint) throw new Error(`the trace has no ${start ? "paint" : "navigation"}`)
  return (paint.ts - start.ts) / 1000
}

const openOnce = async (browser: Chromium, url: string): Promise<number> => {
  const page = await browser.context.newPage()
  const cdp = await browser.context.newCDPSession(page)
  const events = await traced(cdp, async () => {
    await page.goto(url)
    await page.getByRole("heading", { name: "The light is" }).waitFor()
    // The page hears of its paint when the browser has noted it.
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0)
  })
  await page.close()
  return paintedAfter(events)
}

export const popup = async (): Promise<Result> => {
  const relay = await startRelay()
  const browser = await openBrowser()
  try {
    const company = await relay.setUp()
    const first = await openPopup(browser)
    await signInByPopup({ relay, company }, first)
    await first.getByRole("heading", { name: "The light is on" }).waitFor()
    await first.close()
    const url = await browser.extensionUrl("popup.html")
    const times: number[] = []
    for (let opening = 0; opening < OPENINGS; opening++) times.push(await openOnce(browser, url))
    return {
      name: "popup",
      title: "The toolbar's popup",
      how: `Chromium's own trace, ${OPENINGS} openings of a popup that is signed in: from the start of the navigation to the first paint with content, which is what was saved. ms.`,
      columns: ["what", "ms", "goal, at most"],
      rows: [
        ["painted, median", rounded(quantile(times, 0.5)), 100],
        ["painted, slowest", rounded(Math.max(...times)), "–"],
      ],
    }
  } finally {
    await browser.close()
    await relay.stop()
  }
}
