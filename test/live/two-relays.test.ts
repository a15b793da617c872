import { afterAll, beforeAll, expect, test } from "vitest"
import type { ConversationView } from "../../shared/protocol/views.ts"
import { ofType as agentOf, connectAgent } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"

let one: TestRelay
let two: TestRelay
let company: Company
let token: string

beforeAll(async () => {
  one = await startRelay({ store: "postgres" })
  two = await startRelay({ beside: one })
  company = await one.setUp()
  token = await one.signIn()
})
afterAll(async () => {
  await two.stop()
  await one.stop()
})

test("what happens at one relay is live at the other: light, messages, answers, sign-out", async () => {
  const boxHere = await connectVisitor({ ...one, siteKey: company.siteKey })
  boxHere.send({ type: "open", language: "en", zone: "UTC" })
  const { visitor } = await boxHere.push(ofType("you"))
  const boxThere = await connectVisitor({ ...two, siteKey: company.siteKey, visitor })
  const agent = await connectAgent(two, token)

  agent.beat()
  await agent.push(agentOf("ack"))
  expect((await boxHere.push(ofType("light"))).on).toBe(true)

  boxHere.send({ type: "write", key: "message-one", text: "Hello?", page: null })
  await boxHere.push(ofType("ack"))
  // A first message, of a conversation that the other relay has not heard of.
  expect((await boxThere.push(ofType("message"))).message).toMatchObject({ seq: 1, text: "Hello?" })
  const { conversationId } = await agent.event("message")

  await api({ ...two, token }, "POST", `/api/conversations/${conversationId}/answer`, {
    key: "answer-one",
    text: "Good morning!",
  })
  const isAnswer = (push: { type: string }): push is { type: "message"; message: never } =>
    push.type === "message" && "message" in push && (push.message as { seq: number }).seq === 2
  for (const box of [boxHere, boxThere])
    expect((await box.push(isAnswer as never)) as object).toMatchObject({
      message: { text: "Good morning!" },
    })

  await api({ ...one, token }, "POST", "/api/sign-out", { unavailable: true })
  expect(await agent.closed).toBe(4401)
  await until("the light is off", () => boxHere.pushes.filter(ofType("light")).at(-1)?.on === false)
  await Promise.all([boxHere.close(), boxThere.close()])
})

test("one of them restarting changes nothing", async () => {
  token = await one.signIn()
  const box = await connectVisitor({ ...one, siteKey: company.siteKey })
  const agent = await connectAgent(two, token)
  const { me } = (await agent.push(agentOf("welcome"))).toolbar
  const available = { intent: "available", version: me.intentVersion }
  await api({ ...two, token }, "PUT", "/api/me/intent", available)
  agent.beat()
  await agent.push(agentOf("ack"))
  await two.restart()
  expect(await agent.closed).toBe(1001)
  const { conversations } = await api<{ conversations: ConversationView[] }>(
    { ...two, token },
    "GET",
    "/api/conversations?list=all",
  )
  expect(conversations).toHaveLength(1)
  const toolbar = await api<{ light: boolean }>({ ...one, token }, "GET", "/api/toolbar")
  expect(toolbar.light).toBe(true)
  await box.close()
})
