import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { handClock } from "../../relay/clock.ts"
import type { Holder } from "../../shared/insight/holders.ts"
import type { Foresight, TimelineView } from "../../shared/protocol/views.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { connectAgent } from "../kit/agent-socket.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"

/** Commands go by the machine's clock: the relay's starts before it, so that what it saw lies in the past. */
const begin = Date.now() - 10 * MINUTE
let relay: TestRelay
let company: Company
let quitAt = 0

beforeAll(async () => {
  relay = await startRelay({ clock: handClock(begin) })
  company = await relay.setUp()
  const device = await connectAgent(relay, await relay.signIn())
  device.beat()
  await device.event("light", (event) => event.on)
  await relay.pass(30 * SECOND)
  quitAt = relay.clock.now()
  await device.close()
  await relay.pass(4 * MINUTE)
  const { accountId, siteId } = company
  const { visitorId } = await relay.store.run(
    "createVisitor",
    { accountId, siteId, language: "en", zone: "UTC" },
    relay.clock.now(),
  )
  const message = { key: "key-00000001", text: "Do you deliver?", page: null }
  await relay.store.run(
    "takeVisitorMessage",
    { accountId, siteId, groupId: null, visitorId, ...message },
    relay.clock.now(),
  )
})
afterAll(() => relay.stop())

const run = async (...args: string[]) => {
  const said = { out: "", err: "" }
  const code = await runCommand(args, {
    env: { PORCHLIGHT_DATA: relay.config.data },
    out: (text) => {
      said.out += `${text}\n`
    },
    err: (text) => {
      said.err += `${text}\n`
    },
    ended: Promise.resolve(),
  })
  return { code, ...said }
}

/** As a person writes a moment of this machine's zone. */
const written = (at: number): string => {
  const date = new Date(at - new Date(at).getTimezoneOffset() * MINUTE)
  return date.toISOString().slice(0, 19)
}

test("timeline tells lights, agents, devices and what happened", async () => {
  const { code, out } = await run("timeline")
  expect(code).toBe(0)
  expect(out).toMatch(/Light of the sites\n(.*\n)? {2}\S+ \S+ {2}on {2,}/)
  expect(out).toMatch(/\nAnna\n {2}\S+ \S+ {2}available/)
  expect(out).toMatch(/\n {4}\S+ \S+ {2}present/)
  expect(out).toMatch(/\n {4}\S+ \S+ {2}fading {6}2 min\n/)
  expect(out).toContain("message 1 by the visitor: “Do you deliver?”")
  expect(out).toContain("decided about message 1: waiting: Anna")
})

test("timeline as JSON is what the API answers", async () => {
  const { out } = await run("timeline", "--agent", company.address, "--json")
  const view = JSON.parse(out) as TimelineView
  expect(view.agents.map((agent) => agent.name)).toEqual(["Anna"])
  expect(view.lights[0]!.spans.some((span) => span.on)).toBe(true)
})

test("timeline --at answers who kept the site online then", async () => {
  const on = await run("timeline", "--at", written(quitAt - SECOND))
  expect(on.out).toContain("the sites were online by:\n  Anna by Test (present)")
  const off = await run("timeline", "--at", written(quitAt + 3 * MINUTE))
  expect(off.out).toContain("the light was off: nobody kept the sites online")
  const before = await run("timeline", "--at", written(begin - MINUTE))
  expect(before.out).toContain("Nothing is kept of")
  const { out } = await run("timeline", "--at", written(quitAt + MINUTE), "--json")
  const { standing } = JSON.parse(out) as { standing: { on: boolean; holders: Holder[] } }
  expect(standing).toMatchObject({ on: true, holders: [{ name: "Anna", presence: "fading" }] })
})

test.each([
  [["timeline", "--at", "yesterday"], "2026-11-20T18:40"],
  [["timeline", "--at", "2026-11-20T18:40", "--from", "2026-11-20"], "leave --from and --to out"],
  [["timeline", "--from", "2026-01-01", "--to", "2026-03-01"], "31 days"],
  [["timeline", "--from", "2999-01-01"], "not happened yet"],
  [["timeline", "--agent", "nobody@lamplight.example"], "agent list"],
  [["simulate", "--group", "Nothing"], "group list"],
  [["simulate", "now"], "not expected"],
])("%s is refused with what to do", async (args, words) => {
  const { code, err } = await run(...args)
  expect(code).not.toBe(0)
  expect(err).toContain(words)
})

test("simulate says who would get a mail, when and where, and why not", async () => {
  const { code, out } = await run("simulate")
  expect(code).toBe(0)
  expect(out).toContain("without a group: The light is off.")
  expect(out).toContain(`Times are of ${new Intl.DateTimeFormat().resolvedOptions().timeZone}.`)
  expect(out).toMatch(/a mail would go out at \S+ \S+ to anna@lamplight\.example, for Anna/)
  expect(out).toMatch(
    /Missed, .*\n {2}no mail would go out while it stays so\n {2}gets none +would be told +what to do/,
  )
})

test("simulate for a group, in another language, as JSON", async () => {
  const { accountId } = company
  await relay.store.run("createGroup", { accountId, name: "Sales", members: [] }, relay.clock.now())
  expect((await run("simulate", "--group", "Sales", "--language", "de")).out).toContain("to Sales")
  const told = JSON.parse((await run("simulate", "--group", "Sales", "--json")).out) as Foresight
  expect(told.group).toBe("Sales")
  expect(told.offline.mails.map((mail) => mail.address)).toEqual(["anna@lamplight.example"])
})
