import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import type { VisitorPush } from "../../shared/protocol/live.ts"
import type { BoxState } from "../../shared/protocol/views.ts"
import type { OfficeHours } from "../../shared/words/hours.ts"
import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { type AgentSocket, connectAgent } from "../kit/agent-socket.ts"
import { type Company, START, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

/** What chat boxes are told of lights, groups and hours. It is Monday, 9:00 UTC. */

let relay: TestRelay
let clock: HandClock
let company: Company
let open: { close(): Promise<unknown> }[]

beforeEach(async () => {
  open = []
  clock = testClock()
  relay = await startRelay({ clock })
  company = await relay.setUp()
})
afterEach(async () => {
  await Promise.all(open.map((socket) => socket.close()))
  await relay.stop()
})

const hours = (from: string, to: string): OfficeHours => ({
  zone: "UTC",
  week: ([1, 2, 3, 4, 5] as const).map((day) => ({ day, from, to })),
  exceptions: [],
})

const box = async (
  plan: { visitor?: string; group?: string; chosen?: string } = {},
): Promise<VisitorSocket> => {
  const socket = await connectVisitor({ ...relay, siteKey: company.siteKey, ...plan })
  open.push(socket)
  return socket
}

/** What it shows from the beginning. */
const shown = async (socket: VisitorSocket): Promise<BoxState> => (await socket.push(ofType("welcome"))).box

type Light = Extract<VisitorPush, { type: "light" }>
const isLight =
  (is: (push: Light) => boolean) =>
  (push: VisitorPush): push is Light =>
    push.type === "light" && is(push)

/** An agent who is here and stays: the test's steps are shorter than what a silent device is given. */
const here = async (address = company.address): Promise<AgentSocket> => {
  const agent = await connectAgent(relay, await relay.signIn(address))
  open.push(agent)
  agent.beat({ intervalMs: 60_000 })
  await agent.push((push): push is typeof push => push.type === "ack")
  return agent
}

const setHours = (value: OfficeHours | null) =>
  relay.store.run("setAccount", { accountId: company.accountId, hours: value }, clock.now())

const addGroup = async (name: string, members: AgentId[]): Promise<GroupId> =>
  (await relay.store.run("createGroup", { accountId: company.accountId, name, members }, clock.now())).groupId

const offer = (groups: GroupId[]) =>
  relay.store.run("setSite", { accountId: company.accountId, siteId: company.siteId, groups }, clock.now())

const write = async (socket: VisitorSocket, text: string): Promise<void> => {
  const key = crypto.randomUUID()
  if (socket.visitor() === null) {
    socket.send({ type: "open", language: "en", zone: "UTC" })
    await socket.push(ofType("you"))
  }
  socket.send({ type: "write", key, text, page: null })
  await socket.push((push): push is typeof push => push.type === "ack" && push.key === key)
}

const conversations = async () =>
  (
    await relay.store.run(
      "listConversations",
      { accountId: company.accountId, agentId: company.agentId, list: "all", limit: 10 },
      clock.now(),
    )
  ).conversations

describe("office hours", () => {
  test("closed: says when somebody is back, and no longer once they opened, though nobody is here", async () => {
    await setHours(hours("09:30", "17:00"))
    const socket = await box()
    expect(await shown(socket)).toMatchObject({ light: false, opensAt: START + 30 * MINUTE })
    await relay.pass(30 * MINUTE)
    expect(await socket.push(ofType("light"))).toMatchObject({ on: false, opensAt: null })
  })

  test("that close while somebody is here: the light goes off, and it says when it is back", async () => {
    await setHours(hours("08:00", "09:01"))
    await here()
    const socket = await box()
    expect(await shown(socket)).toMatchObject({ light: true, opensAt: null })
    await relay.pass(MINUTE)
    const off = await socket.push(isLight(({ on, opensAt }) => !on && opensAt !== null))
    expect(off.opensAt).toBe(START + DAY - HOUR)
  })

  test("that are changed are there at once, in both directions", async () => {
    const socket = await box()
    expect(await shown(socket)).toMatchObject({ light: false, opensAt: null })
    await setHours(hours("10:00", "12:00"))
    await socket.push(isLight(({ opensAt }) => opensAt === START + HOUR))
    await setHours(null)
    await socket.push(isLight(({ opensAt }) => opensAt === null))
  })

  test("are ignored, and kept, where the plan has none", async () => {
    await setHours(hours("10:00", "12:00"))
    await relay.store.run("setAccount", { accountId: company.accountId, plan: "free" }, clock.now())
    await here()
    expect(await shown(await box())).toMatchObject({ light: true, opensAt: null })
    await relay.store.run("setAccount", { accountId: company.accountId, plan: "standard" }, clock.now())
    expect(await shown(await box())).toMatchObject({ light: false, opensAt: START + HOUR })
  })
})

describe("groups", () => {
  let sales: GroupId
  let returns: GroupId

  beforeEach(async () => {
    const ben = await relay.addAgent(company, "Ben", "ben@lamplight.example")
    sales = await addGroup("Sales", [company.agentId])
    returns = await addGroup("Returns", [ben])
  })

  test("to choose from, each with its light, live", async () => {
    await offer([sales, returns])
    const socket = await box()
    expect(await shown(socket)).toMatchObject({
      light: false,
      groupId: null,
      groups: [
        { id: sales, name: "Sales", on: false },
        { id: returns, name: "Returns", on: false },
      ],
    })
    await here("ben@lamplight.example")
    const lit = await socket.push(isLight(({ on, groups }) => on && groups.some((group) => group.on)))
    expect(lit.groups.map(({ name, on }) => [name, on])).toEqual([
      ["Sales", false],
      ["Returns", true],
    ])
  })

  test("one is chosen: its light, its conversation; and that is not leaving", async () => {
    await offer([sales, returns])
    const agent = await here()
    const socket = await box()
    await write(socket, "to nobody in particular")
    socket.send({ type: "group", group: returns })
    const chosen = await socket.push(
      (push): push is Extract<VisitorPush, { type: "welcome" }> =>
        push.type === "welcome" && push.box.groupId === returns,
    )
    expect(chosen.box).toMatchObject({ light: false, messages: [] })
    expect(chosen.box.groups).toHaveLength(2)
    // The newest comes first: a moment later, or it would be the order of two ids.
    await relay.pass(SECOND)
    await write(socket, "to returns")
    expect((await conversations()).map(({ excerpt, group }) => [excerpt, group])).toEqual([
      ["to returns", "Returns"],
      ["to nobody in particular", null],
    ])
    await agent.event("message", ({ message }) => message.text === "to returns")
    const left = agent.events().filter((event) => event.kind === "visitor" && !event.here)
    expect(left).toEqual([])
    await here("ben@lamplight.example")
    await socket.push(isLight(({ on }) => on))
  })

  test("a visitor who comes again is where they wrote last; what they chose in this visit goes before", async () => {
    await offer([sales, returns])
    const first = await box({ chosen: sales })
    await write(first, "to sales")
    const visitor = first.visitor()!
    expect(await shown(await box({ visitor }))).toMatchObject({
      groupId: sales,
      messages: [{ text: "to sales" }],
    })
    expect(await shown(await box({ visitor, chosen: returns }))).toMatchObject({
      groupId: returns,
      messages: [],
    })
  })

  test("the tag names one: no choice, and its light alone", async () => {
    await offer([sales, returns])
    const [there, elsewhere] = [await box({ group: sales }), await box({ group: returns })]
    expect(await shown(there)).toMatchObject({ groupId: sales, groups: [], light: false })
    await here()
    await there.push(isLight(({ on, groups }) => on && groups.length === 0))
    await write(elsewhere, "anybody?")
    expect(elsewhere.pushes.filter(ofType("light"))).toEqual([])
  })

  test("one to choose from is no choice: it is that one", async () => {
    await offer([returns])
    expect(await shown(await box())).toMatchObject({ groupId: returns, groups: [] })
  })

  test("an unknown one, of the tag or chosen, counts as none", async () => {
    expect(await shown(await box({ group: "gr_unknown" }))).toMatchObject({ groupId: null, groups: [] })
    await offer([sales, returns])
    const odd = await box({ group: "gr_unknown", chosen: "gr_odd" })
    expect(await shown(odd)).toMatchObject({ groupId: null, groups: [{ id: sales }, { id: returns }] })
  })

  test("negative control: one that the site does not offer cannot be chosen", async () => {
    await offer([sales, await addGroup("Repairs", [])])
    expect(await shown(await box({ chosen: returns }))).toMatchObject({ groupId: null })
  })

  test("one that is deleted counts as none, and its conversation goes on", async () => {
    const first = await box({ group: sales })
    await write(first, "about my order")
    await relay.store.run("deleteGroup", { accountId: company.accountId, groupId: sales }, clock.now())
    await write(first, "still about it")
    const again = await box({ group: sales, visitor: first.visitor()! })
    expect((await shown(again)).messages.map(({ text }) => text)).toEqual([
      "about my order",
      "still about it",
    ])
    await write(again, "and again")
    expect(await conversations()).toHaveLength(1)
    await here("ben@lamplight.example")
    for (const socket of [first, again]) await socket.push(isLight(({ on }) => on))
  })

  test("has hours of its own, which say when it is back", async () => {
    await setHours(hours("09:15", "17:00"))
    await relay.store.run(
      "setGroup",
      { accountId: company.accountId, groupId: returns, hours: hours("11:00", "12:00") },
      clock.now(),
    )
    expect((await shown(await box({ group: returns }))).opensAt).toBe(START + 2 * HOUR)
    expect((await shown(await box({ group: sales }))).opensAt).toBe(START + 15 * MINUTE)
    expect((await shown(await box())).opensAt).toBe(START + 15 * MINUTE)
  })

  test("are ignored where the plan has none: everybody's light, no choice", async () => {
    await offer([sales, returns])
    await relay.store.run("setAccount", { accountId: company.accountId, plan: "standard" }, clock.now())
    await here()
    expect(await shown(await box({ group: returns }))).toMatchObject({
      light: true,
      groupId: null,
      groups: [],
    })
  })
})

test("another account's group is nobody's", async () => {
  const plan = { name: "Other", language: "en", zone: "UTC", graceMs: MINUTE, waitMs: MINUTE } as const
  const { accountId } = await relay.store.run("createAccount", plan, clock.now())
  const theirs = { accountId, name: "Theirs", members: [] }
  const { groupId } = await relay.store.run("createGroup", theirs, clock.now())
  expect(await shown(await box({ group: groupId }))).toMatchObject({ groupId: null, groups: [] })
})
