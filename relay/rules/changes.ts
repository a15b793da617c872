import type { ChangeDeed, ChangedField, ChangeKind, Json } from "../../shared/words/changes.ts"

/**
 * What changed between two readings of an account's settings. Every column of these tables counts as a setting
 * unless it is named here as none: a new one is in the log without anybody thinking of it.
 */

type Row = object

/** The rows of an account that hold settings, by table. */
export interface SettingsRows {
  accounts: readonly Row[]
  sites: readonly Row[]
  groups: readonly Row[]
  agents: readonly Row[]
  group_members: readonly Row[]
  redirects: readonly Row[]
  verified_addresses: readonly Row[]
  destinations: readonly Row[]
  mail_names: readonly Row[]
  site_boxes: readonly Row[]
  webhooks: readonly Row[]
}

interface Thing {
  kind: ChangeKind
  thing: string
  /** Null where the name is looked up when the log is read. */
  name: string | null
  fields: Record<string, Json>
}

export interface Difference {
  kind: ChangeKind
  thing: string
  name: string | null
  deed: ChangeDeed
  fields: ChangedField[]
}

/** Columns that are no settings: keys, states, what is noted beside a setting, secrets. */
export const NOT_LOGGED: Record<string, readonly string[]> = {
  accounts: [
    "id",
    "version",
    "changes_at",
    "event_seq",
    "hold_until",
    "created_at",
    "offline_notices_at",
    "missed_notices_at",
  ],
  sites: ["account_id", "id", "key", "created_at"],
  groups: ["account_id", "id", "deleted_at", "created_at"],
  agents: [
    "account_id",
    "id",
    "active_at",
    "intent",
    "intent_version",
    "intent_at",
    "offline_notices_at",
    "missed_notices_at",
    "intent_until",
    "intent_back",
    "override_until",
    "address_by",
    "address_at",
    "removed_at",
    "open",
    "there",
    "there_since",
    "there_until",
    "created_at",
  ],
  redirects: ["account_id", "owner_kind", "owner_id", "set_by", "set_at"],
  verified_addresses: ["account_id", "address", "verified_by", "verified_at"],
  destinations: [
    "account_id",
    "address",
    "failures",
    "failing_since",
    "outcome",
    "answer",
    "server",
    "last_at",
    "delivered_at",
    "fallback_by",
    "fallback_at",
  ],
  mail_names: ["account_id", "name", "owner_kind", "made_by", "made_at"],
  site_boxes: ["account_id", "site_id", "identity_key"],
  webhooks: [
    "account_id",
    "id",
    "cursor",
    "secret",
    "old_secret",
    "old_until",
    "failing_since",
    "stopped_at",
    "created_at",
  ],
}

/** Columns that hold JSON. */
const AS_JSON = new Set(["hours", "busy_texts", "origins", "groups", "events"])
/** Columns that hold 0 or 1. */
const AS_SWITCH = new Set(["active", "offline_notices", "missed_notices", "rates", "transcripts"])

const readColumn = (column: string, value: unknown): Json => {
  if (value === null || value === undefined) return null
  if (AS_SWITCH.has(column)) return value === 1
  if (typeof value === "string" && (AS_JSON.has(column) || /^[[{]/.test(value))) return parsed(value)
  return typeof value === "string" || typeof value === "number" ? value : null
}

/** What only looks like JSON stays as it is. */
const parsed = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

const fieldsOf = (table: string, row: Row): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !NOT_LOGGED[table]?.includes(column))
      .map(([column, value]) => [column, readColumn(column, value)]),
  )

const at = (row: Row, column: string): string => String((row as Record<string, unknown>)[column])
const isGone = (row: Row): boolean => {
  const { removed_at, deleted_at } = row as { removed_at?: number | null; deleted_at?: number | null }
  return (removed_at ?? deleted_at ?? null) !== null
}

/** Everything that can be changed in an account, by kind and id. */
export const thingsOf = (rows: SettingsRows): Map<string, Thing> => {
  const things = new Map<string, Thing>()
  const add = (kind: ChangeKind, thing: string, name: string | null, fields: Record<string, Json>): void =>
    void things.set(`${kind} ${thing}`, { kind, thing, name, fields })
  for (const row of rows.accounts) add("account", at(row, "id"), at(row, "name"), fieldsOf("accounts", row))
  for (const row of rows.sites) {
    const box = rows.site_boxes.find((one) => at(one, "site_id") === at(row, "id"))
    const look = box === undefined ? {} : fieldsOf("site_boxes", box)
    add("site", at(row, "id"), at(row, "name"), { ...fieldsOf("sites", row), ...look })
  }
  for (const row of rows.groups.filter((one) => !isGone(one))) {
    const id = at(row, "id")
    const members = rows.group_members
      .filter((member) => at(member, "group_id") === id)
      .map((member) => at(member, "agent_id"))
    add("group", id, at(row, "name"), { ...fieldsOf("groups", row), members: members.sort() })
  }
  for (const row of rows.agents.filter((one) => !isGone(one)))
    add("agent", at(row, "id"), null, fieldsOf("agents", row))
  for (const row of rows.redirects)
    add("redirect", `${at(row, "owner_kind")}:${at(row, "owner_id")}`, null, fieldsOf("redirects", row))
  for (const row of rows.verified_addresses) add("address", at(row, "address"), null, {})
  for (const row of rows.destinations)
    add("fallback", at(row, "address"), null, fieldsOf("destinations", row))
  for (const row of rows.mail_names)
    add("mail-name", at(row, "name"), at(row, "name"), fieldsOf("mail_names", row))
  for (const row of rows.webhooks) add("webhook", at(row, "id"), at(row, "name"), fieldsOf("webhooks", row))
  return things
}

const same = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What has to be done to the one to get the other: made, changed and removed things, each with what is new. */
export const differences = (
  before: ReadonlyMap<string, Thing>,
  after: ReadonlyMap<string, Thing>,
): Difference[] => {
  const found: Difference[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(key)
    const is = after.get(key)
    const thing = is ?? was
    if (thing === undefined) continue
    const fields = changedFields(was?.fields ?? {}, is?.fields ?? {})
    const deed = was === undefined ? "made" : is === undefined ? "removed" : "changed"
    if (deed === "changed" && fields.length === 0) continue
    found.push({ kind: thing.kind, thing: thing.thing, name: thing.name, deed, fields })
  }
  return found
}

const changedFields = (from: Record<string, Json>, to: Record<string, Json>): ChangedField[] =>
  [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }))
    .filter((field) => !same(field.from, field.to))
