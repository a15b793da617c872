import { expect } from "vitest"
import type { OfficeHours } from "../../shared/words/hours.ts"
import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import type { Company } from "./company.ts"

/** What admins see of a company. */
export const settings = (company: Company) => company.run("readSettings", { accountId: company.accountId })

/** Refused as expected, and nothing of the settings, mails or events is different. */
export const unchanged = async (
  company: Company,
  refused: () => Promise<unknown>,
  expected: object,
): Promise<void> => {
  const { accountId } = company
  const all = async () => ({
    settings: await settings(company),
    mails: await company.run("listDeliveries", { accountId: null, limit: 200 }),
    cursor: (await company.run("readEvents", { accountId, after: 0, limit: 1000 })).cursor,
  })
  const before = await all()
  await expect(refused()).rejects.toMatchObject(expected)
  expect(await all()).toEqual(before)
}

/** Another company on the same relay, with one of each thing. */
export const otherCompany = async (company: Company) => {
  const account = { name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
  const { accountId } = await company.run("createAccount", account)
  const eve = {
    name: "Eve",
    address: "eve@other.example",
    role: "admin",
    language: "en",
    zone: "UTC",
  } as const
  const { agentId } = await company.run("createAgent", { accountId, ...eve })
  const { groupId } = await company.run("createGroup", { accountId, name: "Elsewhere", members: [agentId] })
  const site = { name: "Other", origins: ["*"] }
  const { siteId } = await company.run("createSite", { accountId, language: "en", ...site })
  return { accountId, agentId, groupId, siteId }
}

let keys = 0

/** A new visitor writes to a group; gives the conversation as Ada sees it now. */
export const writeTo = async (company: Company, groupId: GroupId | null, text = "Hello?") => {
  const { accountId, siteId, adaId } = company
  const { visitorId } = await company.newVisitor()
  keys += 1
  const key = `settings-${keys}`
  const wrote = { accountId, siteId, groupId, visitorId, key, text, page: null }
  const { conversationId } = await company.run("takeVisitorMessage", wrote)
  return {
    conversationId,
    visitorId,
    view: () => company.run("readConversation", { accountId, agentId: adaId, conversationId }),
    /** Codes about an agent, of its first message. */
    codeFor: async (agentId: AgentId) => {
      const { verdicts } = await company.run("why", { conversationId })
      return verdicts.find((one) => one.agentId === agentId && one.kind === "offline" && one.seq === 1)
        ?.reason.code
    },
  }
}

/** Open on Mondays in the morning, in Prague: the company's clock starts on one, at 10:00 there. */
export const MORNINGS: OfficeHours = {
  zone: "Europe/Prague",
  week: [{ day: 1, from: "08:00", to: "12:00" }],
  exceptions: [],
}

/** Never open at the company's time. */
export const NIGHTS: OfficeHours = {
  zone: "Europe/Prague",
  week: [{ day: 1, from: "22:00", to: "02:00" }],
  exceptions: [],
}
