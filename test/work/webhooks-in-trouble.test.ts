import { expect, test } from "vitest"
import { handClock } from "../../relay/clock.ts"
import { readConfig } from "../../relay/config.ts"
import type { House } from "../../relay/house.ts"
import { silentLog } from "../../relay/log.ts"
import { startWebhooks } from "../../relay/work/webhooks.ts"
import { SECOND } from "../../shared/words/time.ts"
import { until } from "../kit/until.ts"

/** The loop alone, over a store that fails where it is told to. */
const open = (fails: (name: string, input: { accountId?: string; among?: string[] | null }) => boolean) => {
  const clock = handClock(1_000_000)
  const asked: [string, unknown][] = []
  const posted: string[] = []
  let nudge = (_ids: string[]): void => undefined
  const claim = { accountId: "good", id: "one", webhookId: "w", attempt: 1, url: "u", secrets: [], body: "b" }
  let claims = [claim]
  const answers: Record<string, () => unknown> = {
    nextWebhooks: () => ({ behind: ["bad", "good"], nextAt: null }),
    feedWebhooks: () => ({ more: false }),
    claimWebhooks: () => {
      const due = claims
      claims = []
      return { claims: due, nextAt: null }
    },
    settleWebhook: () => ({ settled: true }),
  }
  const store = {
    run: async (name: string, input: object) => {
      asked.push([name, input])
      if (fails(name, input)) throw new Error(`${name} fails`)
      return answers[name]?.()
    },
    onNudge: (listener: typeof nudge) => {
      nudge = listener
      return () => undefined
    },
  }
  const house = { store, clock, log: silentLog(), relayId: "relay", config: readConfig({}) }
  const outside = {
    post: async (url: string) => {
      posted.push(url)
      return { status: 204, headers: {}, text: "" }
    },
  }
  const loop = startWebhooks(house as unknown as House, outside as never)
  return { loop, clock, asked, posted, nudge: (ids: string[]) => nudge(ids) }
}

test("what cannot be told of one account holds up no other", async () => {
  const { loop, posted, asked } = open(
    (name, { accountId }) => name === "feedWebhooks" && accountId === "bad",
  )
  await until("the post", () => posted.length === 1)
  expect(asked.filter(([name]) => name === "feedWebhooks").map(([, input]) => input)).toEqual([
    { accountId: "bad" },
    { accountId: "good" },
  ])
  await loop.stop()
})

test("what happened while the store was away is looked for once it is back, not a minute later", async () => {
  let away = false
  const { loop, clock, asked, nudge } = open((name) => away && name === "nextWebhooks")
  const looks = () => asked.filter(([name]) => name === "nextWebhooks").map(([, input]) => input)
  await until("the first look", () => clock.nextWake() !== null && looks().length === 1)
  away = true
  nudge(["good"])
  clock.advance(SECOND)
  await until("a look in vain", () => clock.nextWake() !== null && looks().length > 1)
  away = false
  const before = looks().length
  clock.advance(2 * SECOND)
  await until("the next look", () => looks().length > before)
  expect(looks()[before]).toEqual({ among: null })
  await loop.stop()
})
