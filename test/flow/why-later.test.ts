import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { SECOND } from "../../shared/words/time.ts"
import { verdictOf } from "./why/check.ts"
import { DECIDED } from "./why/decided.ts"
import { MAILED } from "./why/mailed.ts"
import { MISSED } from "./why/missed.ts"
import type { Seen, Situation } from "./why/situation.ts"
import { type Company, openCompany, openTown, type Town } from "./why/town.ts"

/** What was decided says how things stood then, whatever people change afterwards. */

const final = (of: readonly Situation[]): Situation[] => of.filter((one) => !one.open)

/** One of each code and kind: what changes later is the same for all. */
const KEPT = [...final(DECIDED), ...final(MAILED), ...final(MISSED)].filter(
  (one, index, all) => all.findIndex((other) => other.code === one.code && other.kind === one.kind) === index,
)

/** All that an admin can change of what the verdicts speak of. */
const changeAll = async (company: Company, admin: Seen["agent"], seen: Seen): Promise<void> => {
  const { accountId, town, run } = company
  await company.ask(admin, "PATCH", `/api/team/${seen.agent.id}`, {
    name: "Adelheid",
    offlineNotices: false,
    missedNotices: false,
  })
  const account = { name: "Candles Ltd", offlineNotices: false, missedNotices: false, waitSeconds: 600 }
  await company.ask(admin, "PATCH", "/api/settings", account)
  const { groups } = await company.ask<{ groups: { id: string }[] }>(admin, "GET", "/api/settings")
  for (const { id } of groups) await company.ask(admin, "POST", `/api/groups/${id}/delete`, {})
  const address = `later@${company.domain}`
  await company.redirect(admin, "agent", seen.agent.id, { address, mode: "instead-of" })
  await run("setAccount", { accountId, plan: "standard" }, town.clock.now())
}

describe("kept when settings change later", () => {
  let town: Town
  beforeAll(async () => {
    town = await openTown("sink")
  })
  afterAll(() => town.stop())

  const named = KEPT.filter((one) => one.company?.admin !== false).map(
    (one) => [`${one.code} (${one.kind ?? "offline"})`, one] as const,
  )
  test.each(named)("%s", async (_, situation) => {
    const company = await openCompany(town, situation.company)
    const seen = await situation.stage(company)
    const admin = company.team[0]!
    const looker = { ...seen, viewer: admin }
    const before = await verdictOf(situation, company, looker)
    await changeAll(company, admin, seen)
    await company.pass(60 * SECOND)
    const after = await verdictOf(situation, company, looker)
    expect(after.reason).toEqual(before.reason)
    expect(after.at).toBe(before.at)
    // Negative control: it is asked about the same agent, who is somebody else by name now.
    expect(after.agentName).toBe("Adelheid")
  })

  test("negative control: what is not decided yet goes by the settings of the moment it is", async () => {
    const situation = DECIDED.find((one) => one.code === "waiting")!
    const company = await openCompany(town, situation.company)
    const seen = await situation.stage(company)
    expect((await verdictOf(situation, company, seen)).reason.code).toBe("waiting")
    await company.ask(seen.agent, "PATCH", "/api/me", { offlineNotices: false })
    await company.pass(130 * SECOND)
    expect((await verdictOf(situation, company, seen)).reason).toMatchObject({ code: "notifications-off" })
  })
})
