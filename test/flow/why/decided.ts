import { expect } from "vitest"
import { MINUTE, SECOND } from "../../../shared/words/time.ts"
import type { Situation } from "./situation.ts"
import type { Agent, Company } from "./town.ts"

/** Situations in which no mail was made, or none yet, by what agents and admins did. */

const TWO = ["Ada", "Ben"]

const switchOff = (company: Company, path: string, kind: "offlineNotices" | "missedNotices") =>
  company.ask(company.team[0]!, "PATCH", path, { [kind]: false })

const awayWhenDue = async (company: Company): Promise<{ agent: Agent; seq: number }> => {
  const seq = await company.write()
  await company.pass(15 * SECOND)
  return { agent: company.team[0]!, seq }
}

export const DECIDED: Situation[] = [
  {
    row: "notices are off",
    title: "an agent's own switch",
    code: "notifications-off",
    stage: async (company) => {
      await switchOff(company, "/api/me", "offlineNotices")
      return awayWhenDue(company)
    },
    facts: () => ({ whose: "agent", since: expect.any(Number) }),
  },
  {
    row: "notices are off",
    title: "the account's switch",
    code: "notifications-off",
    stage: async (company) => {
      await switchOff(company, "/api/settings", "offlineNotices")
      return awayWhenDue(company)
    },
    facts: () => ({ whose: "account", since: expect.any(Number) }),
  },
  {
    row: "you were not really offline",
    title: "a browser that was in use",
    code: "present-on-device",
    open: true,
    stage: async (company) => {
      const [agent] = company.team
      await company.sitDown(agent!)
      const seq = await company.write()
      await company.pass(30 * SECOND)
      return { agent: agent!, seq }
    },
    facts: () => ({ device: "Firefox on Linux", kind: "extension", lastBeatAt: expect.any(Number) }),
    says: () => ["Firefox", "Linux"],
  },
  {
    row: "you were not really offline",
    title: "a phone that was in use",
    code: "present-on-device",
    open: true,
    stage: async (company) => {
      const [agent] = company.team
      await company.sitDown(agent!, "phone", "Pixel 9")
      return { agent: agent!, seq: await company.write() }
    },
    facts: () => ({ device: "Pixel 9", kind: "phone" }),
    says: () => ["Pixel 9", /phone|telefon|teléfono|téléphone/i],
  },
  {
    row: "you came back too soon",
    title: "back after the message, before it was due",
    code: "back-online",
    company: { wait: MINUTE },
    open: true,
    stage: async (company) => {
      const [agent] = company.team
      const seq = await company.write()
      await company.pass(40 * SECOND)
      await company.sitDown(agent!)
      await company.pass(MINUTE)
      return { agent: agent!, seq }
    },
    facts: () => ({ device: "Firefox on Linux", afterSeconds: 40 }),
    says: () => ["40", "Firefox", "Linux"],
  },
  {
    row: "someone opened it",
    title: "a colleague opened it before it was due",
    code: "opened",
    company: { agents: TWO, wait: MINUTE },
    stage: async (company) => {
      const [ada, ben] = company.team
      const seq = await company.write()
      await company.pass(20 * SECOND)
      await company.ask(ben!, "POST", `/api/conversations/${company.conversationId()}/open`, { seq })
      return { agent: ada!, seq }
    },
    facts: () => ({ who: "Ben", at: expect.any(Number) }),
    says: () => ["Ben"],
  },
  {
    row: "missed: somebody joined",
    title: "offline too: a colleague took it before it was due",
    code: "joined",
    company: { agents: TWO, wait: MINUTE },
    stage: async (company) => {
      const [ada, ben] = company.team
      const seq = await company.write()
      await company.pass(20 * SECOND)
      await company.ask(ben!, "POST", `/api/conversations/${company.conversationId()}/join`)
      return { agent: ada!, seq }
    },
    facts: () => ({ who: "Ben", at: expect.any(Number) }),
    says: () => ["Ben"],
  },
  {
    row: "a colleague was online",
    title: "for everybody",
    code: "colleague-online",
    company: { agents: TWO },
    open: true,
    stage: async (company) => {
      const [ada, ben] = company.team
      await company.sitDown(ben!)
      return { agent: ada!, seq: await company.write() }
    },
    facts: () => ({ who: ["Ben"], group: null }),
    says: () => ["Ben"],
  },
  {
    row: "a colleague was online",
    title: "in a group",
    code: "colleague-online",
    company: { agents: TWO },
    open: true,
    stage: async (company) => {
      const [ada, ben] = company.team
      const returns = await company.group("Returns", [ada!, ben!])
      await company.sitDown(ben!)
      return { agent: ada!, seq: await company.write("Where is my parcel?", returns) }
    },
    facts: () => ({ who: ["Ben"], group: "Returns" }),
    says: () => ["Ben", "Returns"],
  },
  {
    row: "still waiting",
    title: "nobody there, not due yet",
    code: "waiting",
    company: { wait: 2 * MINUTE },
    open: true,
    stage: async (company) => ({ agent: company.team[0]!, seq: await company.write() }),
    facts: () => ({ dueAt: expect.any(Number) }),
  },
  {
    row: "several in one",
    title: "the seventh within the hour",
    code: "folded",
    open: true,
    stage: async (company) => {
      for (let n = 1; n <= 6; n++) {
        await company.write(`message ${n}`)
        await company.pass(15 * SECOND)
      }
      const seq = await company.write("message 7")
      await company.pass(15 * SECOND)
      return { agent: company.team[0]!, seq }
    },
    facts: ({ agent }) => ({ untilAt: expect.any(Number), address: agent.address }),
    says: ({ agent }) => [agent.address],
  },
  {
    row: "not your group, not active",
    title: "for a group of others",
    code: "other-group",
    company: { agents: TWO },
    stage: async (company) => {
      const [ada, ben] = company.team
      await company.group("Sales", [ada!])
      const returns = await company.group("Returns", [ben!])
      const seq = await company.write("Where is my parcel?", returns)
      // While it waits, a change of groups may bring it to them yet.
      await company.pass(130 * SECOND)
      return { agent: ada!, seq }
    },
    facts: () => ({ group: "Returns" }),
    says: () => ["Returns"],
  },
  {
    row: "not your group, not active",
    title: "deactivated before it came",
    code: "inactive",
    company: { agents: TWO },
    stage: async (company) => {
      const [ada, ben] = company.team
      await company.ask(ada!, "PATCH", `/api/team/${ben!.id}`, { active: false })
      return { agent: ben!, seq: await company.write(), viewer: ada! }
    },
    facts: () => ({ since: expect.any(Number) }),
  },
  {
    row: "nowhere to send it",
    title: "nobody in its group, no inbox, no admin",
    code: "no-destination",
    company: { agents: TWO, admin: false },
    stage: async (company) => {
      const [ada] = company.team
      await company.group("Sales", company.team)
      const returns = await company.group("Returns", [])
      const seq = await company.write("Where is my parcel?", returns)
      await company.pass(15 * SECOND)
      return { agent: ada!, seq }
    },
    facts: () => ({}),
  },
]
