import path from "node:path"
import type { Actions } from "../../relay/actions/index.ts"
import { openSqlite } from "../../relay/store/sqlite.ts"
import type { Store } from "../../relay/store/store.ts"
import type { AccountId, AgentId, SiteId } from "../../shared/words/ids.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"

/** Fills a store through the product's own actions, with a past of its own making. */
export const ACTIONS_URL = new URL("../../relay/actions/index.ts", import.meta.url)

export const AGENT = "anna@agents.example"
export const MAIL_DOMAIN = "porchlight.example"
const SEEDER = "re_seed"

export const openSeeded = (data: string): Promise<Store<Actions>> =>
  openSqlite({ file: path.join(data, "porchlight.db"), actionsUrl: ACTIONS_URL })

export interface Company {
  accountId: AccountId
  agentId: AgentId
  siteId: SiteId
  siteKey: string
}

/** One company whose notices go out at once. */
export const seedCompany = async (store: Store<Actions>, now: Millis, waitMs = 0): Promise<Company> => {
  await store.run("startRelay", { relayId: SEEDER, mailDomain: MAIL_DOMAIN }, now)
  return store.run(
    "setUp",
    {
      company: "Lamplight & Co",
      agent: { name: "Anna", address: AGENT, language: "en", zone: "UTC" },
      site: { name: "Lamplight", origins: ["*"] },
      graceMs: 0,
      waitMs,
    },
    now,
  )
}

/** Does `work` for 0 … count-1, so many at a time: as many sockets would. */
export const inParallel = async (
  count: number,
  width: number,
  work: (n: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane))
}

const WIDTH = 64

export const visitorAddress = (n: number): string => `visitor${n}@visitors.example`

/** Visitors who wrote once; `closed`: an agent has dealt with it, nothing is due. */
export const seedMessages = async (
  store: Store<Actions>,
  { accountId, agentId, siteId }: Company,
  count: number,
  at: Millis,
  { closed = false } = {},
): Promise<void> => {
  await inParallel(count, WIDTH, async (n) => {
    const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
    const { visitorId } = await store.run("createVisitor", visitor, at)
    const message = { key: `seed-${n}-message`, text: `Do you have lamp ${n}?`, page: null }
    const to = { accountId, siteId, groupId: null, visitorId }
    const { conversationId } = await store.run("takeVisitorMessage", { ...to, ...message }, at)
    if (closed) await store.run("closeConversation", { accountId, agentId, conversationId }, at)
  })
}

/**
 * Visitors who wrote, left their address and went; an agent answered after that. Their answers are in the
 * queue by `at` + 2 min.
 */
export const seedAnswers = async (
  store: Store<Actions>,
  { accountId, agentId, siteId }: Company,
  count: number,
  at: Millis,
): Promise<void> => {
  await inParallel(count, WIDTH, async (n) => {
    const { visitorId } = await store.run(
      "createVisitor",
      { accountId, siteId, language: "en", zone: "UTC" },
      at,
    )
    const tab = { accountId, visitorId, tabId: `tab-${n}`, relayId: SEEDER }
    await store.run("openTab", tab, at)
    await store.run("setContact", { accountId, visitorId, address: visitorAddress(n), name: null }, at)
    const { conversationId } = await store.run(
      "takeVisitorMessage",
      {
        accountId,
        siteId,
        groupId: null,
        visitorId,
        key: `seed-${n}-message`,
        text: `Do you have lamp ${n}?`,
        page: null,
      },
      at,
    )
    await store.run(
      "answerConversation",
      { accountId, agentId, conversationId, key: `seed-${n}-answer`, text: `We do have lamp ${n}.` },
      at,
    )
    await store.run("closeTab", tab, at)
  })
  for (let done = false; !done; ) {
    const { mailed } = await store.run("mailDueAnswers", { limit: 500 }, at + 2 * MINUTE)
    done = mailed === 0
  }
}

/** Lets time pass for the relay's signs of life, so that a relay that starts at `until` sees no gap. */
export const passTime = async (store: Store<Actions>, from: Millis, until: Millis): Promise<void> => {
  for (let at = from; at <= until; at += 30 * SECOND) await store.run("signRelay", { relayId: SEEDER }, at)
  await store.run("signRelay", { relayId: SEEDER }, until)
}
