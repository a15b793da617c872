import { actions } from "../../relay/actions/index.ts"
import { openSqliteDirect } from "../../relay/store/sqlite-direct.ts"
import type { InputOf, OutputOf, Store, Tx } from "../../relay/store/store.ts"
import type { ConversationRow, MessageRow, VerdictRow } from "../../relay/store/tables-conversations.ts"
import type { DeliveryRow } from "../../relay/store/tables-mail.ts"
import type { RedirectRow } from "../../relay/store/tables-people.ts"
import {
  type AccountId,
  type AgentId,
  type ConversationId,
  type DeviceId,
  newId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import type { IdleState, Intent } from "../../shared/words/nouns.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"

/** An account put into the tables as it is, without the ways a person takes: rules are tried on it. */
interface Seed {
  agents: number
  devices: number
  grace: Millis
  wait: Millis
}

const START: Millis = Date.UTC(2026, 0, 5, 9)

const seed = async (tx: Tx, { agents, devices, grace, wait }: Seed) => {
  const accountId = newId("account")
  const siteId = newId("site")
  await tx.db
    .insertInto("accounts")
    .values({
      id: accountId,
      name: "Lamps Ltd",
      language: "en",
      zone: "UTC",
      plan: "pro",
      grace_ms: grace,
      wait_ms: wait,
      offline_notices: 1,
      offline_notices_at: tx.now,
      missed_notices: 1,
      missed_notices_at: tx.now,
      hours: null,
      busy_texts: null,
      version: 1,
      changes_at: null,
      event_seq: 0,
      hold_until: null,
      created_at: tx.now,
    })
    .execute()
  await tx.db
    .insertInto("audiences")
    .values({
      account_id: accountId,
      group_id: "",
      there: 0,
      there_until: null,
      light: 0,
      light_at: tx.now,
      busy: 0,
      who: "{}",
    })
    .execute()
  const site = {
    account_id: accountId,
    id: siteId,
    name: "Lamps",
    key: siteId,
    origins: '["*"]',
    language: "en" as const,
    groups: "[]",
  }
  await tx.db
    .insertInto("sites")
    .values({ ...site, created_at: tx.now })
    .execute()
  await tx.db
    .insertInto("directory")
    .values({ kind: "site-key", key: siteId, account_id: accountId, target: siteId })
    .execute()
  const team: { id: AgentId; devices: DeviceId[] }[] = []
  for (let n = 0; n < agents; n++) {
    const id = newId("agent")
    const name = ["Ada", "Ben", "Cleo", "Dan"][n]!
    await tx.db
      .insertInto("agents")
      .values({
        account_id: accountId,
        id,
        name,
        address: `${name.toLowerCase()}@lamps.example`,
        role: n === 0 ? "admin" : "agent",
        active: 1,
        active_at: tx.now,
        language: "en",
        zone: "UTC",
        intent: "available",
        intent_version: 1,
        intent_at: tx.now,
        offline_notices: 1,
        offline_notices_at: tx.now,
        missed_notices: 1,
        missed_notices_at: tx.now,
        intent_until: null,
        intent_back: null,
        override_until: null,
        address_by: null,
        address_at: null,
        removed_at: null,
        open: 1,
        there: 0,
        there_since: null,
        there_until: null,
        picture: null,
        created_at: tx.now,
      })
      .execute()
    const own: DeviceId[] = []
    for (let d = 0; d < devices; d++) {
      const device = newId("device")
      own.push(device)
      await tx.db
        .insertInto("devices")
        .values({
          account_id: accountId,
          id: device,
          agent_id: id,
          kind: "extension",
          label: `${name}'s browser ${d + 1}`,
          token_hash: device,
          state: null,
          interval_ms: 20 * SECOND,
          boot_id: "",
          seq: -1,
          beat_at: null,
          seen_at: null,
          ended_at: null,
          held_until: null,
          presence: "gone",
          changes_at: null,
          last_used_at: tx.now,
          push: null,
          push_at: null,
          push_failed_at: null,
          push_failure: null,
          push_answer: null,
          lease_ended_at: null,
          tells_idle: 1,
          used_at: null,
          presumed_idle_at: null,
          revoked_at: null,
          created_at: tx.now,
        })
        .execute()
    }
    team.push({ id, devices: own })
  }
  return { accountId, siteId, team }
}

/** Looks at the tables as they are. */
const look = async (tx: Tx, { accountId }: { accountId: AccountId }) => ({
  conversations: await tx.db
    .selectFrom("conversations")
    .selectAll()
    .where("account_id", "=", accountId)
    .execute(),
  messages: await tx.db
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("at")
    .orderBy("seq")
    .execute(),
  deliveries: await tx.db
    .selectFrom("deliveries")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .execute(),
  verdicts: await tx.db.selectFrom("verdicts").selectAll().where("account_id", "=", accountId).execute(),
  audience: await tx.db
    .selectFrom("audiences")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("group_id", "=", "")
    .executeTakeFirstOrThrow(),
  agents: await tx.db
    .selectFrom("agents")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("name")
    .execute(),
  devices: await tx.db.selectFrom("devices").selectAll().where("account_id", "=", accountId).execute(),
})

/** Changes a row as an operator's statement would. */
const patch = async (
  tx: Tx,
  {
    table,
    set,
  }: { table: "accounts" | "agents" | "deliveries" | "devices"; set: Record<string, string | number | null> },
) => {
  await tx.db.updateTable(table).set(set).execute()
}

/** Sets a redirect as its screens would, to info@. */
const redirect = async (
  tx: Tx,
  given: {
    accountId: AccountId
    ownerKind: RedirectRow["owner_kind"]
    ownerId: string
    mode: RedirectRow["mode"]
  },
): Promise<void> => {
  await tx.db
    .insertInto("redirects")
    .values({
      account_id: given.accountId,
      owner_kind: given.ownerKind,
      owner_id: given.ownerId,
      address: "info@lamps.example",
      mode: given.mode,
      set_by: "Ada",
      set_at: tx.now,
    })
    .execute()
}

const table = { ...actions, seed, look, patch, redirect }
type WorldActions = typeof table

/**
 * A small company on a hand-set clock, with the real actions on a real (in-memory) SQLite: agents with
 * devices, one visitor, a relay that gives signs of life and takes its turns while time passes.
 */
export const openWorld = async (options: Partial<Seed> = {}) => {
  const store: Store<WorldActions> = await openSqliteDirect({ file: ":memory:", actions: table })
  let now = START
  let relayUp = true
  const run = <N extends keyof WorldActions & string>(
    name: N,
    input: InputOf<WorldActions[N]>,
  ): Promise<OutputOf<WorldActions[N]>> => store.run(name, input, now)
  const { accountId, siteId, team } = await run("seed", {
    agents: 2,
    devices: 2,
    grace: 2 * MINUTE,
    wait: 2 * MINUTE,
    ...options,
  })
  await run("startRelay", { relayId: "relay", mailDomain: "porchlight.test" })
  const { visitorId } = await run("createVisitor", { accountId, siteId, language: "en", zone: "UTC" })
  const seqs = new Map<string, number>()
  const alive = new Map<DeviceId, IdleState>()
  let keys = 0

  const tick = async (): Promise<void> => {
    await run("changePresences", { limit: 100 })
    await run("judgeDue", { limit: 100 })
    await run("mailDueAnswers", { limit: 100 })
  }

  const beat = async (deviceId: DeviceId, state: IdleState): Promise<void> => {
    const agent = team.find((one) => one.devices.includes(deviceId))!
    const seq = (seqs.get(deviceId) ?? 0) + 1
    seqs.set(deviceId, seq)
    alive.set(deviceId, state)
    const given = {
      accountId,
      agentId: agent.id,
      deviceId,
      beat: { bootId: "boot-0001", seq, state, intervalMs: 20 * SECOND },
    }
    await run("takeBeats", { beats: [given] })
  }

  /** Moves to a moment, in seconds from the start, with the relay's signs on the way, and its turns as told. */
  const to = async (
    second: number,
    { everySecond = false, turn = false, sign = true } = {},
  ): Promise<void> => {
    const end = START + second * SECOND
    while (now < end) {
      now = Math.min(end, now + (everySecond ? SECOND : 30 * SECOND))
      if (sign) await run("signRelay", { relayId: "relay" })
      if (everySecond) await tick()
    }
    if (turn) await tick()
  }

  /** Lets time pass in steps of at most 10 s: devices in use beat, the relay signs and takes its turns. */
  const pass = async (length: Millis, { turns = true, beats = true } = {}): Promise<void> => {
    const end = now + length
    while (now < end) {
      now = Math.min(end, (Math.floor((now - START) / (10 * SECOND)) + 1) * 10 * SECOND + START)
      if (!relayUp) continue
      await run("signRelay", { relayId: "relay" })
      if (turns) await tick()
      if (beats && (now - START) % (20 * SECOND) === 0)
        for (const [device, state] of [...alive]) await beat(device, state)
    }
  }

  return {
    accountId,
    siteId,
    visitorId: visitorId as VisitorId,
    team,
    run,
    tick,
    to,
    pass,
    beat,
    now: () => now,
    start: START,
    /** The browser quits: its socket closes. */
    quit: async (deviceId: DeviceId) => {
      alive.delete(deviceId)
      await run("endDevice", { accountId, deviceId, bootId: null })
    },
    /** The browser falls silent: nothing is heard any more. */
    silence: (deviceId: DeviceId) => void alive.delete(deviceId),
    intent: async (agentId: AgentId, intent: Intent) => {
      const { agents } = await run("look", { accountId })
      const version = agents.find((one) => one.id === agentId)!.intent_version
      await run("setIntent", { accountId, agentId, intent, version })
    },
    write: async (text = "Is anybody there?"): Promise<{ conversationId: ConversationId; seq: number }> => {
      keys += 1
      const { conversationId, message } = await run("takeVisitorMessage", {
        accountId,
        siteId: siteId as SiteId,
        groupId: null,
        visitorId,
        key: `key-${String(keys).padStart(8, "0")}`,
        text,
        page: null,
      })
      return { conversationId, seq: message.seq }
    },
    relayDown: () => {
      relayUp = false
    },
    relayBack: async () => {
      relayUp = true
      await run("startRelay", { relayId: "relay", mailDomain: "porchlight.test" })
    },
    look: (): Promise<{
      conversations: ConversationRow[]
      messages: MessageRow[]
      deliveries: DeliveryRow[]
      verdicts: VerdictRow[]
      audience: { there: number; there_until: number | null; light: number }
      agents: {
        id: AgentId
        name: string
        there: number
        there_since: number | null
        there_until: number | null
      }[]
      devices: { id: DeviceId; presence: string }[]
    }> => run("look", { accountId }),
    /** Seconds after the start at which notices were queued. */
    mailedAt: async (): Promise<number[]> =>
      (await run("look", { accountId })).deliveries
        .filter((mail) => mail.kind === "offline-notice")
        .map((mail) => (mail.created_at - START) / SECOND),
    /** The verdict of an agent about a message of the first conversation. */
    verdict: async (agent: AgentId, seq = 1): Promise<Reason | undefined> => {
      const row = (await run("look", { accountId })).verdicts.find(
        (one) => one.agent_id === agent && one.seq === seq,
      )
      return row && (JSON.parse(row.facts) as Reason)
    },
    close: () => store.close(),
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>
