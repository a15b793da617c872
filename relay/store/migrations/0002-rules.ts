import { type Kysely, sql } from "kysely"
import type { Migration } from "./index.ts"
import { addColumns, createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * Groups, hours, missed conversations, busy, redirects, phones: what the whole of the rules needs.
 * relay/store/tables.ts says what each column means.
 */

const COLUMNS: Record<string, string> = {
  accounts: `missed_notices_at:bigint=0 hours? busy_texts? version:integer=1 changes_at:bigint?`,
  sites: `groups=[]`,
  groups: `hours?`,
  agents: `missed_notices_at:bigint=0 intent_until:bigint? intent_back? override_until:bigint? address_by?
    address_at:bigint? removed_at:bigint? open:smallint=1`,
  devices: `push? lease_ended_at:bigint? tells_idle:smallint=1 used_at:bigint? presumed_idle_at:bigint?`,
  audiences: `busy:smallint=0 who={}`,
  conversations: `missed_due_at:bigint? unanswered_at:bigint? bot_due_at:bigint? bot_at:bigint? taken_by?`,
}

const TABLES: Record<string, NewTable> = {
  redirects: {
    key: ["account_id", "owner_kind", "owner_id"],
    columns: `account_id owner_kind owner_id address mode set_by set_at:bigint`,
  },
  verified_addresses: {
    key: ["account_id", "address"],
    columns: `account_id address verified_by verified_at:bigint`,
  },
  address_codes: {
    key: ["account_id", "id"],
    columns: `account_id id purpose agent_id? address code_hash tries:integer created_at:bigint
      expires_at:bigint used_at:bigint?`,
  },
  verdicts_by_kind: {
    key: ["account_id", "conversation_id", "seq", "agent_id", "kind"],
    columns: `account_id conversation_id seq:integer agent_id kind code facts delivery_id? at:bigint`,
    parents: { conversation_id: "conversations" },
  },
}

/** Verdicts get one row a kind; those so far are all of offline notices. */
const moveVerdicts = async (db: Kysely<unknown>): Promise<void> => {
  await sql`insert into verdicts_by_kind
    (account_id, conversation_id, seq, agent_id, kind, code, facts, delivery_id, at)
    select account_id, conversation_id, seq, agent_id, 'offline', code, facts, delivery_id, at
    from verdicts`.execute(db)
  await db.schema.dropTable("verdicts").execute()
  await db.schema.alterTable("verdicts_by_kind").renameTo("verdicts").execute()
  await db.schema
    .createIndex("verdicts_by_agent")
    .on("verdicts")
    .columns(["account_id", "agent_id", "at"])
    .execute()
  await db.schema
    .createIndex("verdicts_by_delivery")
    .on("verdicts")
    .columns(["account_id", "delivery_id"])
    .where(sql.ref("delivery_id"), "is not", null)
    .execute()
}

/** General inboxes are redirects of a group or the account; they were in use, so they count as verified. */
const moveInboxes = async (db: Kysely<unknown>): Promise<void> => {
  for (const [table, kind, account] of [
    ["accounts", "account", "id"],
    ["groups", "group", "account_id"],
  ] as const) {
    const columns = sql`${sql.ref(account)}, ${sql.lit(kind)}, id, inbox_address, inbox_mode, '', created_at`
    const from = sql`from ${sql.table(table)} where inbox_address is not null`
    await sql`insert into redirects
      (account_id, owner_kind, owner_id, address, mode, set_by, set_at) select ${columns} ${from}`.execute(db)
    await sql`insert into verified_addresses (account_id, address, verified_by, verified_at)
      select ${sql.ref(account)}, inbox_address, '', min(created_at) ${from}
      group by ${sql.ref(account)}, inbox_address
      on conflict do nothing`.execute(db)
    for (const column of ["inbox_address", "inbox_mode"])
      await db.schema.alterTable(table).dropColumn(column).execute()
  }
}

/** Who is there for each audience, since when: nobody is to seem to have come by this. */
const fillWho = async (db: Kysely<unknown>): Promise<void> => {
  const audiences = await sql<{ account_id: string; group_id: string }>`
    select account_id, group_id from audiences where there = 1`.execute(db)
  for (const { account_id: account, group_id: group } of audiences.rows) {
    const groupsOf = sql`select members.group_id from group_members members
      join groups on groups.account_id = members.account_id and groups.id = members.group_id
      where members.account_id = ${account} and members.agent_id = agents.id and groups.deleted_at is null`
    const { rows } = await sql<{ id: string; there_since: number }>`
      select id, there_since from agents
      where account_id = ${account} and active = 1 and there = 1 and there_since is not null
        and (${group} = '' or not exists (${groupsOf}) or ${group} in (${groupsOf}))`.execute(db)
    const who = JSON.stringify(Object.fromEntries(rows.map((row) => [row.id, Number(row.there_since)])))
    await sql`update audiences set who = ${who}
      where account_id = ${account} and group_id = ${group}`.execute(db)
  }
}

const INDEXES: NewIndex[] = [
  { name: "accounts_changing", on: "accounts", columns: ["changes_at"], where: "changes_at" },
  {
    name: "conversations_missed_due",
    on: "conversations",
    columns: ["missed_due_at"],
    where: "missed_due_at",
  },
  {
    name: "conversations_missed_due_in_account",
    on: "conversations",
    columns: ["account_id", "missed_due_at"],
    where: "missed_due_at",
  },
  { name: "conversations_bot_due", on: "conversations", columns: ["bot_due_at"], where: "bot_due_at" },
  {
    name: "conversations_bot_due_in_account",
    on: "conversations",
    columns: ["account_id", "bot_due_at"],
    where: "bot_due_at",
  },
  {
    name: "conversations_unanswered",
    on: "conversations",
    columns: ["account_id", "unanswered_at"],
    where: "unanswered_at",
  },
  { name: "address_codes_by_address", on: "address_codes", columns: ["account_id", "address", "created_at"] },
  { name: "events_by_time", on: "events", columns: ["account_id", "at"] },
]

export const rules: Migration = {
  name: "0002-rules",
  up: async (db, dialect) => {
    await addColumns(db, COLUMNS, dialect)
    await createTables(db, TABLES, dialect)
    await moveVerdicts(db)
    await moveInboxes(db)
    await fillWho(db)
    await createIndexes(db, INDEXES)
    await sql`update accounts set missed_notices_at = created_at`.execute(db)
    await sql`update agents set missed_notices_at = created_at`.execute(db)
  },
}
