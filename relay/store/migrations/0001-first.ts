import { type ColumnDataType, sql } from "kysely"
import type { Migration } from "./index.ts"

/**
 * The first tables. relay/store/tables.ts says what each column means.
 *
 * Primary keys are led by account_id, so that the data can be distributed by account. Foreign keys stay
 * inside an account and never name `accounts` itself: on PostgreSQL each would lock the account's row for
 * sharing, and of two actions that both did so neither could then go on to `lock` it.
 */
interface Table {
  key: string[]
  /** `name`, `name:type`; text when no type is named; a `?` allows null. */
  columns: string
  /** Table → the column that, with account_id, names its row. */
  parents?: Record<string, string>
}

const TABLES: Record<string, Table> = {
  accounts: {
    key: ["id"],
    columns: `
      id name language zone plan grace_ms:bigint wait_ms:bigint offline_notices:smallint
      offline_notices_at:bigint missed_notices:smallint inbox_address? inbox_mode event_seq:bigint
      hold_until:bigint? created_at:bigint`,
  },
  sites: {
    key: ["account_id", "id"],
    columns: `
      account_id id name key origins language created_at:bigint`,
  },
  groups: {
    key: ["account_id", "id"],
    columns: `
      account_id id name inbox_address? inbox_mode deleted_at:bigint? created_at:bigint`,
  },
  agents: {
    key: ["account_id", "id"],
    columns: `
      account_id id name address role active:smallint active_at:bigint language zone intent
      intent_version:integer intent_at:bigint offline_notices:smallint offline_notices_at:bigint
      missed_notices:smallint there:smallint there_since:bigint? there_until:bigint? created_at:bigint`,
  },
  group_members: {
    key: ["account_id", "group_id", "agent_id"],
    columns: `
      account_id group_id agent_id`,
    parents: { groups: "group_id", agents: "agent_id" },
  },
  devices: {
    key: ["account_id", "id"],
    columns: `
      account_id id agent_id kind label token_hash state? interval_ms:bigint boot_id seq:bigint
      beat_at:bigint? seen_at:bigint? ended_at:bigint? held_until:bigint? presence changes_at:bigint?
      last_used_at:bigint revoked_at:bigint? created_at:bigint`,
    parents: { agents: "agent_id" },
  },
  audiences: {
    key: ["account_id", "group_id"],
    columns: `
      account_id group_id there:smallint there_until:bigint? light:smallint light_at:bigint`,
  },
  sign_in_codes: {
    key: ["account_id", "id"],
    columns: `
      account_id id agent_id code_hash tries:integer created_at:bigint expires_at:bigint
      used_at:bigint?`,
  },
  visitors: {
    key: ["account_id", "id"],
    columns: `
      account_id id site_id secret_hash name? address? language zone page_url? page_title?
      closed_at:bigint? created_at:bigint`,
    parents: { sites: "site_id" },
  },
  visitor_tabs: {
    key: ["account_id", "visitor_id", "tab_id"],
    columns: `
      account_id visitor_id tab_id relay_id opened_at:bigint`,
  },
  conversations: {
    key: ["account_id", "id"],
    columns: `
      account_id id site_id group_id? visitor_id channel state joined_by? joined_at:bigint?
      handed_back_at:bigint? last_seq:integer last_message_at:bigint uncovered_seq:integer?
      uncovered_at:bigint? uncovered_mail_at:bigint? batch not_before:bigint? t0:bigint?
      due_at:bigint? visitor_seen_seq:integer answer_due_at:bigint? answer_mailed_seq:integer
      created_at:bigint`,
    parents: { sites: "site_id", visitors: "visitor_id" },
  },
  messages: {
    key: ["account_id", "conversation_id", "seq"],
    columns: `
      account_id conversation_id seq:integer id author agent_id? channel text client_key?
      inbound_mail_id? covered_at:bigint? covered_by? at:bigint`,
    parents: { conversations: "conversation_id" },
  },
  watermarks: {
    key: ["account_id", "conversation_id", "agent_id"],
    columns: `
      account_id conversation_id agent_id seq:integer at:bigint`,
    parents: { conversations: "conversation_id" },
  },
  verdicts: {
    key: ["account_id", "conversation_id", "seq", "agent_id"],
    columns: `
      account_id conversation_id seq:integer agent_id code facts delivery_id? at:bigint`,
    parents: { conversations: "conversation_id" },
  },
  deliveries: {
    key: ["account_id", "id"],
    columns: `
      account_id id kind conversation_id? agent_id? to_address message_id content state
      attempts:integer next_at:bigint? gives_up_at:bigint claimed_by? claimed_until:bigint? outcome?
      answer? server? created_at:bigint settled_at:bigint?`,
  },
  captured_mails: {
    key: ["account_id", "delivery_id"],
    columns: `
      account_id delivery_id raw:bytes at:bigint`,
    parents: { deliveries: "delivery_id" },
  },
  reply_tokens: {
    key: ["account_id", "token"],
    columns: `
      account_id token conversation_id holder agent_id? address created_at:bigint`,
    parents: { conversations: "conversation_id" },
  },
  inbound_mails: {
    key: ["account_id", "id"],
    columns: `
      account_id id conversation_id token envelope_from from_address? subject message_id raw:bytes
      text state at:bigint`,
    parents: { conversations: "conversation_id" },
  },
  events: {
    key: ["account_id", "seq"],
    columns: `
      account_id seq:bigint kind conversation_id? body at:bigint`,
  },
  directory: {
    key: ["kind", "key"],
    columns: `
      kind key account_id target`,
  },
  relays: {
    key: ["id"],
    columns: `
      id started_at:bigint seen_at:bigint`,
  },
  relay_secrets: {
    key: ["name"],
    columns: `
      name value created_at:bigint`,
  },
}

interface Index {
  name: string
  on: string
  columns: string[]
  unique?: true
  /** Only rows where this column is not null: such an index holds what is due, not what is stored. */
  where?: string
  /** Only rows where this column is null. */
  whereNull?: string
}

const INDEXES: Index[] = [
  { name: "group_members_by_agent", on: "group_members", columns: ["account_id", "agent_id"] },
  { name: "devices_by_agent", on: "devices", columns: ["account_id", "agent_id"] },
  {
    name: "devices_changing_in_account",
    on: "devices",
    columns: ["account_id", "changes_at"],
    where: "changes_at",
  },
  { name: "devices_changing", on: "devices", columns: ["changes_at"], where: "changes_at" },
  { name: "sign_in_codes_by_agent", on: "sign_in_codes", columns: ["account_id", "agent_id", "created_at"] },
  { name: "visitor_tabs_by_relay", on: "visitor_tabs", columns: ["relay_id"] },
  { name: "conversations_by_visitor", on: "conversations", columns: ["account_id", "visitor_id"] },
  {
    name: "conversations_by_state",
    on: "conversations",
    columns: ["account_id", "state", "last_message_at"],
  },
  { name: "conversations_by_time", on: "conversations", columns: ["account_id", "last_message_at"] },
  { name: "conversations_by_batch", on: "conversations", columns: ["account_id", "batch", "due_at"] },
  {
    name: "conversations_due_in_account",
    on: "conversations",
    columns: ["account_id", "due_at"],
    where: "due_at",
  },
  {
    name: "conversations_joined",
    on: "conversations",
    columns: ["account_id", "joined_by", "last_message_at"],
    where: "joined_by",
  },
  { name: "conversations_due", on: "conversations", columns: ["due_at"], where: "due_at" },
  {
    name: "conversations_answer_due",
    on: "conversations",
    columns: ["answer_due_at"],
    where: "answer_due_at",
  },
  {
    name: "messages_by_client_key",
    on: "messages",
    columns: ["account_id", "conversation_id", "client_key"],
    unique: true,
    where: "client_key",
  },
  {
    name: "messages_uncovered",
    on: "messages",
    columns: ["account_id", "conversation_id", "author", "seq"],
    whereNull: "covered_at",
  },
  { name: "verdicts_by_agent", on: "verdicts", columns: ["account_id", "agent_id", "at"] },
  {
    name: "verdicts_by_delivery",
    on: "verdicts",
    columns: ["account_id", "delivery_id"],
    where: "delivery_id",
  },
  { name: "deliveries_next", on: "deliveries", columns: ["next_at", "created_at"], where: "next_at" },
  { name: "deliveries_claimed", on: "deliveries", columns: ["claimed_until"], where: "claimed_until" },
  {
    name: "deliveries_by_conversation",
    on: "deliveries",
    columns: ["account_id", "conversation_id", "created_at"],
  },
  { name: "deliveries_by_account", on: "deliveries", columns: ["account_id", "created_at"] },
  { name: "deliveries_by_time", on: "deliveries", columns: ["created_at"] },
  { name: "reply_tokens_by_conversation", on: "reply_tokens", columns: ["account_id", "conversation_id"] },
  {
    name: "inbound_mails_by_message_id",
    on: "inbound_mails",
    columns: ["account_id", "conversation_id", "message_id"],
    unique: true,
  },
]

export const first: Migration = {
  name: "0001-first",
  up: async (db, dialect) => {
    const typeOf = (word: string) =>
      word === "bytes" ? sql.raw(dialect === "sqlite" ? "blob" : "bytea") : (word as ColumnDataType)

    for (const [name, { key, columns, parents = {} }] of Object.entries(TABLES)) {
      let table = db.schema.createTable(name).addPrimaryKeyConstraint(`${name}_key`, key as never)
      for (const word of columns.trim().split(/\s+/)) {
        const [column = "", type = "text"] = word.replace("?", "").split(":")
        table = table.addColumn(column, typeOf(type), (to) => (word.endsWith("?") ? to : to.notNull()))
      }
      for (const [parent, column] of Object.entries(parents)) {
        const here = ["account_id", column] as never
        table = table.addForeignKeyConstraint(`${name}_${column}`, here, parent, ["account_id", "id"])
      }
      await table.execute()
    }

    for (const { name, on, columns, unique, where, whereNull } of INDEXES) {
      let index = db.schema.createIndex(name).on(on).columns(columns)
      if (unique) index = index.unique()
      if (where) index = index.where(sql.ref(where), "is not", null)
      if (whereNull) index = index.where(sql.ref(whereNull), "is", null)
      await index.execute()
    }
  },
}
