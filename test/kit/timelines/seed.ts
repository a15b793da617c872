import type { Tx } from "../../../relay/store/store.ts"
import {
  type AccountId,
  type AgentId,
  type DeviceId,
  type GroupId,
  newId,
  type SiteId,
  type VisitorId,
} from "../../../shared/words/ids.ts"
import type { Plan } from "../../../shared/words/nouns.ts"
import { type Millis, SECOND } from "../../../shared/words/time.ts"

/** A company to be put into the tables as it is. Hours are JSON of OfficeHours. */
export interface Company {
  grace: Millis
  wait: Millis
  plan: Plan
  hours: string | null
  groups: { hours: string | null }[]
  agents: { admin: boolean; groups: number[]; address: string; devices: { phone: boolean }[] }[]
  visitors: number
}

/** Its ids, in the order given. */
export interface Seeded {
  accountId: AccountId
  siteId: SiteId
  groups: GroupId[]
  agents: { id: AgentId; devices: DeviceId[] }[]
  visitors: VisitorId[]
}

/** Puts a company into the tables, without the ways a person takes. */
export const seedCompany = async (tx: Tx, company: Company): Promise<Seeded> => {
  const account_id = newId("account")
  const created_at = tx.now
  const siteId = newId("site")
  const ids: Seeded = {
    accountId: account_id,
    siteId,
    groups: company.groups.map(() => newId("group")),
    agents: company.agents.map(({ devices }) => ({
      id: newId("agent"),
      devices: devices.map(() => newId("device")),
    })),
    visitors: Array.from({ length: company.visitors }, () => newId("visitor")),
  }
  await tx.db
    .insertInto("accounts")
    .values({
      id: account_id,
      name: "Lamps Ltd",
      language: "en",
      zone: "UTC",
      plan: company.plan,
      grace_ms: company.grace,
      wait_ms: company.wait,
      offline_notices: 1,
      offline_notices_at: created_at,
      missed_notices: 1,
      missed_notices_at: created_at,
      hours: company.hours,
      busy_texts: null,
      version: 1,
      changes_at: null,
      event_seq: 0,
      hold_until: null,
      created_at,
    })
    .execute()
  await tx.db
    .insertInto("sites")
    .values({
      account_id,
      id: siteId,
      name: "Lamps",
      key: siteId,
      origins: '["*"]',
      language: "en",
      groups: "[]",
      created_at,
    })
    .execute()
  const groups = company.groups.map(({ hours }, n) => ({
    account_id,
    id: ids.groups[n]!,
    name: `Group ${n}`,
    hours,
    deleted_at: null,
    created_at,
  }))
  if (groups.length > 0) await tx.db.insertInto("groups").values(groups).execute()
  await tx.db
    .insertInto("agents")
    .values(
      company.agents.map(({ admin, address }, n) => ({
        account_id,
        id: ids.agents[n]!.id,
        name: `Agent ${n}`,
        address,
        role: admin ? ("admin" as const) : ("agent" as const),
        active: 1 as const,
        active_at: created_at,
        language: "en" as const,
        zone: "UTC",
        intent: "available" as const,
        intent_version: 1,
        intent_at: created_at,
        offline_notices: 1 as const,
        offline_notices_at: created_at,
        missed_notices: 1 as const,
        missed_notices_at: created_at,
        intent_until: null,
        intent_back: null,
        override_until: null,
        address_by: null,
        address_at: null,
        removed_at: null,
        open: 1 as const,
        there: 0 as const,
        there_since: null,
        there_until: null,
        picture: null,
        created_at,
      })),
    )
    .execute()
  const members = company.agents.flatMap((agent, n) =>
    agent.groups.map((group) => ({
      account_id,
      group_id: ids.groups[group]!,
      agent_id: ids.agents[n]!.id,
    })),
  )
  if (members.length > 0) await tx.db.insertInto("group_members").values(members).execute()
  await tx.db
    .insertInto("devices")
    .values(
      company.agents.flatMap(({ devices }, n) =>
        devices.map(({ phone }, d) => ({
          account_id,
          id: ids.agents[n]!.devices[d]!,
          agent_id: ids.agents[n]!.id,
          kind: phone ? ("phone" as const) : ("extension" as const),
          label: `Device ${d}`,
          token_hash: ids.agents[n]!.devices[d]!,
          state: null,
          interval_ms: 20 * SECOND,
          boot_id: "",
          seq: -1,
          beat_at: null,
          seen_at: null,
          ended_at: null,
          held_until: null,
          presence: "gone" as const,
          changes_at: null,
          last_used_at: created_at,
          push: phone ? "{}" : null,
          push_at: null,
          push_failed_at: null,
          push_failure: null,
          push_answer: null,
          lease_ended_at: null,
          tells_idle: 1 as const,
          used_at: null,
          presumed_idle_at: null,
          revoked_at: null,
          created_at,
        })),
      ),
    )
    .execute()
  await tx.db
    .insertInto("visitors")
    .values(
      ids.visitors.map((id) => ({
        account_id,
        id,
        site_id: siteId,
        secret_hash: id,
        name: null,
        address: null,
        language: "en" as const,
        zone: "UTC",
        page_url: null,
        page_title: null,
        closed_at: null,
        created_at,
      })),
    )
    .execute()
  return ids
}
