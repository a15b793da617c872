import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { messageIdOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import { ADDRESS_CASES } from "./hostile/address-cases.ts"
import { CONTENT_CASES } from "./hostile/content-cases.ts"
import { type Left, openScene, type Scene } from "./hostile/scene.ts"
import { SESSION_CASES } from "./hostile/session-cases.ts"

/**
 * Hostile and odd input against a whole relay in a process of its own, over raw sockets, while somebody honest
 * writes all the time. Single guards, with every variant, are tested beside this file.
 */

/** What the product's words on mail name, in their order. Each has its case here, or its test where it says. */
const NAMED: Record<string, "here" | string> = {
  "smuggling attempts with every end-of-data variant": "here",
  "STARTTLS injection": "here",
  "HTTP on the SMTP port": "here",
  "endless lines": "here",
  // a process has no clock to set
  "a byte a minute": "limits.test.ts: a mail that trickles in is given up",
  "pipelining floods": "here",
  "RCPT floods": "here",
  "source routes and `%` hacks": "here",
  "40 MB against a 25 MB limit": "here",
  "10,000-deep MIME": "here",
  "a million parts": "here",
  "header bombs": "here",
  "two From fields or none": "here",
  "encoded CRLF in Subject": "here",
  "`../../x.exe` as a file name": "here",
  "invalid UTF-8 and charsets": "here",
  "IDN in both forms": "here",
  "forged reports": "here",
  "expired, altered, upper-cased tokens": "here",
}

const CASES = [...SESSION_CASES, ...ADDRESS_CASES, ...CONTENT_CASES]

/** Of the answers that somebody honest gets. */
const SLOWEST_MS = 200
/** Of the one that is worst: another suite may have both processors just then. */
const WORST_MS = 1000
/**
 * Other programs take the processors away. How long at a time shows in how late the honest client's own timers are; an
 * answer to a mail passes so many threads and processes that each may find them taken: client, event loop, the thread
 * that checks, event loop, the one that seals, event loop, the store's, event loop, client.
 */
const HOPS = 9
/** Of one stretch of work in the relay's event loop, processor time: nothing holds everybody up. */
const STRETCH_MS = 200
/** 256 MB of mails that arrive, those that are read and sent meanwhile, and the relay itself. */
const MOST_MEMORY = 900 * 1024 * 1024

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
}, 60_000)
afterAll(() => scene?.stop())

test("everything that is named has a case", () => {
  const here = Object.keys(NAMED).filter((name) => NAMED[name] === "here")
  expect([...new Set(CASES.map((one) => one.of))].sort()).toEqual(here.sort())
})

describe("each is answered, and leaves what it should", { timeout: 90_000 }, () => {
  test.each(CASES)("$of: $name", async ({ run, hears, leaves = {}, after }) => {
    const before = scene.left()
    const answers = await run(scene)
    expect(answers).toEqual(hears.map((pattern) => expect.stringMatching(pattern)))
    const left = scene.left()
    const more = Object.fromEntries(
      Object.entries(left).map(([what, count]) => [what, count - before[what as keyof Left]]),
    )
    expect(more).toEqual({ forwards: 0, messages: 0, kept: 0, reports: 0, operator: 0, ...leaves })
    await after?.(scene)
  })
})

test("meanwhile others are served in time, memory is bounded, nothing is lost and nothing comes twice", async () => {
  const { waits, late, stored, refused } = await scene.honest()
  const sorted = waits.sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const stretch = await scene.longestStretch()
  const megabytes = Math.round(scene.peakMemory() / 1024 / 1024)
  console.log(
    `hostile: ${stored.length} honest mails, ${sorted.length} answers: p50 ${at(0.5).toFixed(1)} ms, ` +
      `p99 ${at(0.99).toFixed(0)} ms, slowest ${at(1).toFixed(0)} ms, on a machine that is late by ` +
      `${late.p99.toFixed(0)} ms (p99), ${late.worst.toFixed(0)} ms (worst); the longest stretch of work ` +
      `${stretch.toFixed(0)} ms; at most ${megabytes} MB`,
  )
  expect(refused).toEqual([])
  expect(stored.length).toBeGreaterThan(20)
  expect(stretch).toBeLessThan(STRETCH_MS)
  expect(at(0.99)).toBeLessThan(SLOWEST_MS + HOPS * late.p99)
  expect(at(1)).toBeLessThan(WORST_MS + HOPS * late.worst)
  expect(scene.peakMemory()).toBeLessThan(MOST_MEMORY)

  // Counted at the next server: each mail that was answered 250, once.
  const forwards = (): number => scene.left().forwards
  await until("all has gone on", () => scene.passedOn().length >= forwards(), 30_000)
  const toBen = (): string[] =>
    scene.sink.mails.map(messageIdOf).filter((id) => id.endsWith("@honest.example>"))
  await until("all of Jana's mails have gone on", () => toBen().length >= stored.length, 30_000)
  expect(toBen().sort()).toEqual(stored.sort())
  expect(scene.passedOn()).toHaveLength(forwards())
}, 90_000)
