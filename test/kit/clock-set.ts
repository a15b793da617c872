import { expect, onTestFinished } from "vitest"
import { steadyClock } from "../../relay/clock.ts"
import type { Millis } from "../../shared/words/time.ts"
import { ofType as agentOf, connectAgent } from "./agent-socket.ts"
import { startRelay } from "./relay.ts"
import { until } from "./until.ts"
import { connectVisitor, ofType } from "./visitor-socket.ts"

/** Somebody sets the clock of a relay that runs: nobody is gone by that, no mail comes early, late or never. */
export const setClock = async (by: Millis): Promise<void> => {
  let moved = 0
  const clock = steadyClock({}, { says: () => Date.now() + moved, runs: () => performance.now() })
  const relay = await startRelay({ clock })
  onTestFinished(() => relay.stop())
  const company = await relay.setUp({ grace: 2, wait: 2 })
  const token = await relay.signIn()
  const device = await connectAgent(relay, token)
  device.beat()
  await device.push(agentOf("ack"))
  const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
  await until("the light is on", () => box.pushes.filter(ofType("light")).at(-1)?.on !== false)

  moved = by
  // Its next beat is soon after, as always; the light has not gone off meanwhile, nor does it.
  device.beat()
  const acks = () => device.pushes.filter(agentOf("ack")).length
  await until("the beat after it is stored", () => acks() >= 2)
  expect(box.pushes.filter(ofType("light")).every(({ on }) => on)).toBe(true)

  // Then the agent goes, and what a visitor writes is mailed after its two seconds: not at once, not in an hour.
  box.send({ type: "open", language: "en", zone: "UTC" })
  await box.push(ofType("you"))
  await device.close()
  box.send({ type: "write", key: "after-the-change", text: "Is anybody there?", page: null })
  await box.push(ofType("ack"))
  const from = performance.now()
  const notices = async () =>
    (await relay.mailsTo(company.address)).filter((text) => text.includes("Is anybody there?"))
  // After a gap nobody counts as gone for a minute (rules.md), so that forward takes that minute too.
  await until("the notice", async () => (await notices()).length > 0, by > 0 ? 100_000 : 15_000)
  expect(performance.now() - from).toBeGreaterThan(1_500)
  expect(await notices()).toHaveLength(1)
  await box.close()
}
