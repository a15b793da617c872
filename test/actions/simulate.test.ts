import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Foresight, ForesightOf } from "../../shared/protocol/views.ts"
import type { GroupId } from "../../shared/words/ids.ts"
import type { NoticeKind, Plan } from "../../shared/words/nouns.ts"
import { SECOND } from "../../shared/words/time.ts"
import { openWorld, type World } from "../kit/world.ts"

/** What is foreseen is what happens, if the visitor then writes and nothing else changes. */

interface Someone {
  intent: "available" | "busy" | "unavailable"
  device: "none" | "present" | "fading"
  offlineNotices: boolean
  missedNotices: boolean
  /** In the group that the visitor may write to, in another one, or in none. */
  group: "sales" | "returns" | "none"
  redirect: "none" | "along-with" | "instead-of"
}

interface Plot {
  agents: Someone[]
  plan: Plan
  offlineNotices: boolean
  missedNotices: boolean
  inbox: "none" | "along-with" | "instead-of"
  /** The hours of the account: none set, or closed all week. */
  hours: "none" | "closed"
  toGroup: boolean
}

const someone: fc.Arbitrary<Someone> = fc.record({
  intent: fc.constantFrom("available", "available", "busy", "unavailable"),
  device: fc.constantFrom("none", "none", "present", "fading"),
  offlineNotices: fc.boolean(),
  missedNotices: fc.boolean(),
  group: fc.constantFrom("sales", "returns", "none"),
  redirect: fc.constantFrom("none", "none", "along-with", "instead-of"),
})

const plot: fc.Arbitrary<Plot> = fc.record({
  agents: fc.array(someone, { minLength: 1, maxLength: 3 }),
  plan: fc.constantFrom("pro", "pro", "standard", "free"),
  offlineNotices: fc.constantFrom(true, true, true, false),
  missedNotices: fc.constantFrom(true, true, true, false),
  inbox: fc.constantFrom("none", "none", "along-with", "instead-of"),
  hours: fc.constantFrom("none", "none", "closed"),
  toGroup: fc.boolean(),
})

/** Sets the scene; gives the group that is written to. */
const stage = async (w: World, plot: Plot): Promise<GroupId | null> => {
  const { accountId } = w
  const idsIn = (group: string) =>
    w.team.filter((_, index) => plot.agents[index]!.group === group).map((agent) => agent.id)
  const sales = await w.run("createGroup", { accountId, name: "Sales", members: idsIn("sales") })
  await w.run("createGroup", { accountId, name: "Returns", members: idsIn("returns") })
  const { offlineNotices, missedNotices, plan } = plot
  const hours = plot.hours === "none" ? null : { zone: "UTC", week: [], exceptions: [] }
  await w.run("setAccount", { accountId, offlineNotices, missedNotices, plan, hours })
  if (plot.inbox !== "none")
    await w.run("redirect", { accountId, ownerKind: "account", ownerId: accountId, mode: plot.inbox })
  for (const [index, one] of plot.agents.entries()) {
    const { id, devices } = w.team[index]!
    const { offlineNotices, missedNotices } = one
    await w.run("setAgent", { accountId, agentId: id, offlineNotices, missedNotices })
    if (one.redirect !== "none")
      await w.run("redirect", { accountId, ownerKind: "agent", ownerId: id, mode: one.redirect })
    if (one.intent !== "available") await w.intent(id, one.intent)
    if (one.device !== "none") await w.beat(devices[0]!, "active")
  }
  await w.pass(60 * SECOND)
  for (const [index, one] of plot.agents.entries())
    if (one.device === "fading") await w.quit(w.team[index]!.devices[0]!)
  return plot.toGroup ? sales.groupId : null
}

/** The visitor writes and closes the page at once; then nothing else happens for a while. */
const writeAndLeave = async (w: World, groupId: GroupId | null): Promise<void> => {
  const { accountId, siteId, visitorId } = w
  const tab = { accountId, visitorId, tabId: "tab-0001", relayId: "relay" }
  await w.run("openTab", tab)
  const message = { key: "key-00000001", text: "Is anybody there?", page: null }
  await w.run("takeVisitorMessage", { accountId, siteId, groupId, visitorId, ...message })
  await w.run("closeTab", tab)
  await w.pass(200 * SECOND)
}

const mailsOf = async (w: World, kind: NoticeKind) =>
  (await w.look()).deliveries
    .filter((mail) => mail.kind === `${kind}-notice`)
    .map((mail) => ({ at: mail.created_at, address: mail.to_address }))
    .sort((a, b) => a.address.localeCompare(b.address))

const foreseen = ({ at, mails }: ForesightOf) =>
  mails.map(({ address }) => ({ at, address })).sort((a, b) => a.address.localeCompare(b.address))

const reasonsOf = async (w: World, kind: NoticeKind) =>
  Object.fromEntries(
    (await w.look()).verdicts
      .filter((row) => row.kind === kind)
      .map((row) => [row.agent_id, JSON.parse(row.facts) as unknown]),
  )

const byAgent = ({ agents }: ForesightOf) => Object.fromEntries(agents.map(({ id, reason }) => [id, reason]))

const check = async (w: World, told: Foresight): Promise<void> => {
  expect(await mailsOf(w, "offline")).toEqual(foreseen(told.offline))
  expect(await mailsOf(w, "missed")).toEqual(foreseen(told.missed))
  expect(await reasonsOf(w, "offline")).toEqual(byAgent(told.offline))
  // Those it does not concern hear so once, about the offline notice; and where that came first, no more.
  for (const [id, reason] of Object.entries(await reasonsOf(w, "missed")))
    expect(byAgent(told.missed)[id]).toEqual(reason)
}

const foresee = (w: World, groupId: GroupId | null): Promise<Foresight> =>
  w.run("simulate", { accountId: w.accountId, groupId })

describe("the simulator", () => {
  test("foresees what then happens, for random companies", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(plot, async (plot) => {
        const w = await openWorld({ agents: plot.agents.length, devices: 1 })
        try {
          const groupId = await stage(w, plot)
          const told = await foresee(w, groupId)
          await writeAndLeave(w, groupId)
          await check(w, told)
        } finally {
          await w.close()
        }
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 60) },
    )
  })

  const alone: Plot = {
    agents: [
      {
        intent: "available",
        device: "present",
        offlineNotices: true,
        missedNotices: true,
        group: "none",
        redirect: "none",
      },
    ],
    plan: "pro",
    offlineNotices: true,
    missedNotices: true,
    inbox: "none",
    hours: "none",
    toGroup: false,
  }

  test("negative control: when something else changes meanwhile, it comes differently", async () => {
    const w = await openWorld({ agents: 1, devices: 1 })
    try {
      const groupId = await stage(w, alone)
      const told = await foresee(w, groupId)
      expect(told.offline.at).toBeNull()
      expect(told.missed.mails.map((mail) => mail.address)).toEqual(["ada@lamps.example"])
      await w.quit(w.team[0]!.devices[0]!)
      await writeAndLeave(w, groupId)
      await expect(check(w, told)).rejects.toThrow()
    } finally {
      await w.close()
    }
  })

  test("writes nothing, and says when hours open", async () => {
    const w = await openWorld({ agents: 1, devices: 1 })
    try {
      const { accountId } = w
      await stage(w, alone)
      const week = [{ day: 2 as const, from: "09:00", to: "17:00" }]
      await w.run("setAccount", { accountId, hours: { zone: "UTC", week, exceptions: [] } })
      const before = await w.look()
      const events = await w.run("readEvents", { accountId, after: 0, limit: 1000 })
      const told = await foresee(w, null)
      expect(await w.look()).toEqual(before)
      expect(await w.run("readEvents", { accountId, after: 0, limit: 1000 })).toEqual(events)
      expect(told.light).toBe(false)
      expect(told.opensAt).toBe(Date.UTC(2026, 0, 6, 9))
      expect(told.offline.agents.map((agent) => agent.reason.code)).toEqual(["sent-to"])
    } finally {
      await w.close()
    }
  })

  test("refuses a group that is not there", async () => {
    const w = await openWorld({ agents: 1, devices: 1 })
    try {
      await expect(foresee(w, "gr_foreign" as GroupId)).rejects.toMatchObject({ code: "not-found" })
    } finally {
      await w.close()
    }
  })
})
