import { expect } from "vitest"
import { MINUTE, SECOND } from "../../../shared/words/time.ts"
import { until } from "../../kit/until.ts"
import type { Seen, Situation } from "./situation.ts"
import type { Agent, Company } from "./town.ts"

/** Situations of missed conversations: somebody is there, nobody joins, the visitor leaves. */

/** Ada sits there; the visitor writes and closes the page at once. */
const leave = async (
  company: Company,
): Promise<{ seq: number; agent: Agent; device: Awaited<ReturnType<Company["sitDown"]>> }> => {
  const [agent] = company.team
  const device = await company.sitDown(agent!)
  await company.tab(true)
  const seq = await company.write()
  await company.tab(false)
  return { seq, agent: agent!, device }
}

const left = async (company: Company, length = 70 * SECOND): Promise<Seen> => {
  const { seq, agent } = await leave(company)
  await company.pass(length)
  return { seq, agent }
}

const missed = (situation: Omit<Situation, "kind">): Situation => ({ ...situation, kind: "missed" })

export const MISSED: Situation[] = [
  missed({
    row: "it is in the spam folder",
    title: "the notice of a missed conversation is a mail like others",
    code: "delivered",
    stage: async (company) => {
      const seen = await left(company)
      await until("the mail to be delivered", async () => {
        const { verdicts } = await company.view(seen.agent)
        return verdicts.find((one) => one.kind === "missed" && one.reason.code === "delivered")
      })
      return seen
    },
    facts: ({ agent }) => ({ address: agent.address, mail: { subject: "Do you deliver to Brno?" } }),
  }),
  missed({
    row: "missed: nobody was online then",
    title: "the agent quits before it counts as missed",
    code: "nobody-online",
    company: { wait: 90 * SECOND },
    stage: async (company) => {
      const { seq, agent, device } = await leave(company)
      await company.pass(20 * SECOND)
      await company.quit(device)
      await company.pass(75 * SECOND)
      return { seq, agent }
    },
    facts: () => ({ at: expect.any(Number), dueAt: expect.any(Number) }),
  }),
  missed({
    row: "missed: somebody joined",
    title: "a colleague joins after the visitor has left",
    code: "joined",
    company: { agents: ["Ada", "Ben"], wait: 2 * MINUTE },
    stage: async (company) => {
      const seen = await left(company)
      const path = `/api/conversations/${company.conversationId()}/join`
      await company.ask(company.team[1]!, "POST", path)
      return seen
    },
    facts: () => ({ who: "Ben", at: expect.any(Number) }),
    says: () => ["Ben"],
  }),
  missed({
    row: "missed: the visitor came back",
    title: "after a minute, before it was due",
    code: "visitor-returned",
    company: { wait: 2 * MINUTE },
    stage: async (company) => {
      const seen = await left(company, 80 * SECOND)
      await company.tab(true)
      return seen
    },
    facts: () => ({ at: expect.any(Number) }),
  }),
  missed({
    row: "missed: not in the plan",
    title: "a free account",
    code: "plan",
    company: { plan: "free" },
    stage: (company) => left(company),
    facts: () => ({ plan: "free", needed: "standard" }),
    says: () => ["Free", "Standard"],
  }),
  missed({
    row: "notices are off",
    title: "an agent's own switch for missed conversations",
    code: "notifications-off",
    stage: async (company) => {
      await company.ask(company.team[0]!, "PATCH", "/api/me", { missedNotices: false })
      return left(company)
    },
    facts: () => ({ whose: "agent", since: expect.any(Number) }),
    says: () => [/missed|zmeškan|verpasst|perdid|manqué/],
  }),
  missed({
    row: "notices are off",
    title: "the account's switch for missed conversations",
    code: "notifications-off",
    stage: async (company) => {
      await company.ask(company.team[0]!, "PATCH", "/api/settings", { missedNotices: false })
      return left(company)
    },
    facts: () => ({ whose: "account", since: expect.any(Number) }),
    says: () => [/missed|zmeškan|verpasst|perdid|manqué/],
  }),
]
