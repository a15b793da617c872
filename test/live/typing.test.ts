import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ConversationView } from "../../shared/protocol/views.ts"
import { type AgentSocket, ofType as agentOf, connectAgent } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

/** Opens the box and writes; gives the conversation that begins so. */
const begin = async (
  relay: TestRelay,
  box: VisitorSocket,
  token: string,
): Promise<ConversationView["id"]> => {
  box.send({ type: "open", language: "en", zone: "UTC" })
  await box.push(ofType("you"))
  box.send({ type: "write", key: "first-message", text: "Hello?", page: null })
  await box.push(ofType("ack"))
  const list = await api<{ conversations: ConversationView[] }>(
    { ...relay, token },
    "GET",
    "/api/conversations?list=all",
  )
  return list.conversations[0]!.id
}

const typed = (agent: AgentSocket) => agent.pushes.filter(agentOf("typing"))

/** What was asked for before this is answered: frames of one socket are taken in their order. */
const roundTrip = async (box: VisitorSocket): Promise<void> => {
  const seq = box.pushes.filter(ofType("contact")).length
  box.send({ type: "contact", address: "vera@home.example", name: null })
  await until("an answer", () => box.pushes.filter(ofType("contact")).length > seq)
}

describe.each(STORES)("who is writing on %s", (kind) => {
  let relay: TestRelay
  let company: Company
  let token: string
  let box: VisitorSocket

  beforeEach(async () => {
    relay = await startRelay({ store: kind })
    company = await relay.setUp()
    token = await relay.signIn()
    box = await connectVisitor({ ...relay, siteKey: company.siteKey })
  })
  afterEach(async () => {
    await box.close()
    await relay.stop()
  })

  const screen = () => connectAgent(relay, token, { role: "screen" })
  const eventsNow = async (): Promise<number> =>
    (
      await relay.store.run(
        "readEvents",
        { accountId: company.accountId, after: Number.MAX_SAFE_INTEGER, limit: 1 },
        relay.clock.now(),
      )
    ).cursor

  test("is seen by who looks at the conversation, and by nobody else; nothing of it is stored", async () => {
    const conversation = await begin(relay, box, token)
    const [looking, elsewhere] = [await screen(), await screen()]
    looking.send({ type: "look", conversation })
    await roundTrip(box)
    const before = await eventsNow()
    box.send({ type: "typing", on: true })
    expect(await looking.push(agentOf("typing"))).toEqual({
      type: "typing",
      conversationId: conversation,
      agentId: null,
      name: null,
      on: true,
    })
    looking.send({ type: "look", conversation: null })
    // Taken in order: once it answers this, it does not look any more.
    looking.send({ type: "typing", conversation, on: true })
    expect(await box.push(ofType("typing"))).toEqual({ type: "typing", name: "Anna", on: true })
    box.send({ type: "typing", on: true })
    await roundTrip(box)
    expect(typed(looking)).toHaveLength(1)
    expect(typed(elsewhere)).toEqual([])
    const { events } = await relay.store.run(
      "readEvents",
      { accountId: company.accountId, after: before, limit: 100 },
      relay.clock.now(),
    )
    expect(events.filter(({ kind: what }) => what !== "visitor")).toEqual([])
    await Promise.all([looking.close(), elsewhere.close()])
  })

  test("a colleague sees that an answer is being written, the writer's own screens do not", async () => {
    const conversation = await begin(relay, box, token)
    await relay.addAgent(company, "Ben", "ben@lamplight.example")
    const bens = await relay.signIn("ben@lamplight.example")
    const [own, ben] = [await screen(), await connectAgent(relay, bens, { role: "screen" })]
    for (const one of [own, ben]) one.send({ type: "look", conversation })
    await until("both look", async () => {
      box.send({ type: "typing", on: true })
      return typed(own).length > 0 && typed(ben).length > 0
    })
    own.send({ type: "typing", conversation, on: true })
    await until("Ben sees it", () => typed(ben).some(({ name, on }) => name === "Anna" && on))
    // Whoever goes has stopped.
    await own.close()
    await until("Ben sees the end", () => typed(ben).some(({ name, on }) => name === "Anna" && !on))
    expect(typed(own).filter(({ agentId }) => agentId !== null)).toEqual([])
    await ben.close()
  })

  test("before there is a conversation, in a foreign one, and too often, nothing is told", async () => {
    box.send({ type: "open", language: "en", zone: "UTC" })
    await box.push(ofType("you"))
    box.send({ type: "typing", on: true })
    await roundTrip(box)
    const conversation = await begin(relay, box, token)
    const other = await relay.store.run(
      "createAccount",
      { name: "Other", language: "en", zone: "UTC", graceMs: 1000, waitMs: 1000 },
      relay.clock.now(),
    )
    await relay.store.run(
      "createAgent",
      { ...other, name: "Eve", address: "eve@other.example", role: "admin", language: "en", zone: "UTC" },
      relay.clock.now(),
    )
    const eve = await connectAgent(relay, await relay.signIn("eve@other.example"), { role: "screen" })
    eve.send({ type: "look", conversation })
    eve.send({ type: "typing", conversation, on: true })
    const anna = await screen()
    anna.send({ type: "look", conversation })
    anna.send({ type: "typing", conversation, on: true })
    await box.push(ofType("typing"))
    for (let n = 0; n < 30; n++) box.send({ type: "typing", on: n % 2 === 0 })
    await roundTrip(box)
    expect(box.pushes.filter(ofType("typing")).map(({ name }) => name)).toEqual(["Anna"])
    expect(typed(eve)).toEqual([])
    expect(typed(anna).filter(({ on }) => on).length).toBeLessThanOrEqual(4)
    await Promise.all([eve.close(), anna.close()])
  })

  test("a visitor who goes has stopped", async () => {
    const conversation = await begin(relay, box, token)
    const agent = await screen()
    agent.send({ type: "look", conversation })
    await until("it is seen", () => {
      box.send({ type: "typing", on: true })
      return typed(agent).length > 0
    })
    await box.close()
    await until("it is over", () => typed(agent).at(-1)?.on === false)
    await agent.close()
  })
})

test("from relay to relay, both ways", async () => {
  const one = await startRelay({ store: "postgres" })
  const two = await startRelay({ beside: one })
  const { siteKey } = await one.setUp()
  const token = await one.signIn()
  const box = await connectVisitor({ ...one, siteKey })
  const conversation = await begin(one, box, token)
  const agent = await connectAgent(two, token, { role: "screen" })
  agent.send({ type: "look", conversation })
  agent.send({ type: "typing", conversation, on: true })
  expect(await box.push(ofType("typing"))).toMatchObject({ name: "Anna", on: true })
  box.send({ type: "typing", on: true })
  expect(await agent.push(agentOf("typing"))).toMatchObject({ agentId: null, on: true })
  await Promise.all([box.close(), agent.close()])
  await two.stop()
  await one.stop()
})
