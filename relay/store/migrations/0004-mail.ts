import type { Kysely } from "kysely"
import { isReserved, numbered, slugOf } from "../../../shared/words/mail-names.ts"
import type { Migration } from "./index.ts"
import { addColumns, createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * The mail relay: names at the mail domains, mails on their way through, attachments, what was checked, bounces,
 * how destinations fare. relay/store/tables.ts says what each column means.
 */

const COLUMNS: Record<string, string> = {
  accounts: `mail_domain?`,
  deliveries: `mail_id? note? bounced_at:bigint?`,
  inbound_mails: `to_address? thread? auth? hold? recheck_at:bigint? attachments:integer=0`,
}

const TABLES: Record<string, NewTable> = {
  mail_names: {
    key: ["account_id", "name"],
    columns: `account_id name owner_kind owner_id made_by made_at:bigint`,
  },
  mails: {
    key: ["account_id", "id"],
    columns: `account_id id envelope_from from_address? message_id subject auth? raw:bytes at:bigint`,
  },
  attachments: {
    key: ["account_id", "id"],
    columns: `account_id id conversation_id seq:integer position:integer inbound_mail_id? name type size:integer bytes:bytes
      at:bigint`,
    parents: { conversation_id: "conversations" },
  },
  bounces: {
    key: ["account_id", "id"],
    columns: `account_id id delivery_id action effect outcome answer raw:bytes at:bigint`,
  },
  probes: { key: ["account_id", "id"], columns: `account_id id by at:bigint` },
  destinations: {
    key: ["account_id", "address"],
    columns: `account_id address failures:integer failing_since:bigint? outcome? answer? server?
      last_at:bigint delivered_at:bigint? fallback? fallback_by? fallback_at:bigint?`,
  },
  senders_told: {
    key: ["account_id", "address"],
    columns: `account_id address since:bigint count:integer`,
  },
}

const INDEXES: NewIndex[] = [
  {
    name: "deliveries_by_conversation",
    on: "deliveries",
    columns: ["account_id", "conversation_id", "created_at"],
    where: "conversation_id",
  },
  { name: "inbound_mails_by_recheck", on: "inbound_mails", columns: ["recheck_at"], where: "recheck_at" },
  { name: "mail_names_by_owner", on: "mail_names", columns: ["account_id", "owner_kind", "owner_id"] },
  {
    name: "inbound_mails_by_chain",
    on: "inbound_mails",
    columns: ["account_id", "message_id", "conversation_id"],
  },
  { name: "visitors_by_address", on: "visitors", columns: ["account_id", "address"], where: "address" },
  { name: "mails_by_time", on: "mails", columns: ["at"] },
  { name: "deliveries_by_mail", on: "deliveries", columns: ["account_id", "mail_id"], where: "mail_id" },
  { name: "attachments_by_mail", on: "attachments", columns: ["account_id", "inbound_mail_id"] },
  { name: "attachments_by_message", on: "attachments", columns: ["account_id", "conversation_id", "seq"] },
  { name: "probes_by_time", on: "probes", columns: ["account_id", "at"] },
  { name: "bounces_by_delivery", on: "bounces", columns: ["account_id", "delivery_id"] },
  { name: "bounces_by_time", on: "bounces", columns: ["at"] },
  { name: "senders_told_by_time", on: "senders_told", columns: ["since"] },
]

export const mail: Migration = {
  name: "0004-mail",
  up: async (db, dialect) => {
    await addColumns(db, COLUMNS, dialect)
    await createTables(db, TABLES, dialect)
    // Mail that is passed on is about no conversation: it is not to be written into this index.
    await db.schema.dropIndex("deliveries_by_conversation").execute()
    await createIndexes(db, INDEXES)
    await nameEverybody(db as Kysely<Before>)
  },
}

/** What is read here, as it was when this step was written. */
interface Before {
  accounts: { id: string; created_at: number }
  groups: { account_id: string; id: string; name: string; deleted_at: number | null }
  agents: { account_id: string; id: string; name: string; removed_at: number | null }
  mail_names: Record<"account_id" | "name" | "owner_kind" | "owner_id" | "made_by", string> & {
    made_at: number
  }
  directory: Record<"kind" | "key" | "account_id" | "target", string>
}

/** Whoever is there gets the name that they would have got when they were made, the older account first. */
const nameEverybody = async (db: Kysely<Before>): Promise<void> => {
  const accounts = await db.selectFrom("accounts").selectAll().orderBy("created_at").orderBy("id").execute()
  const groups = await db.selectFrom("groups").selectAll().where("deleted_at", "is", null).execute()
  const agents = await db.selectFrom("agents").selectAll().where("removed_at", "is", null).execute()
  const groupsOf = Map.groupBy(groups, (group) => group.account_id)
  const agentsOf = Map.groupBy(agents, (agent) => agent.account_id)
  const last = new Map<string, number>()
  const taken = new Set<string>()
  const free = (slug: string): string => {
    for (;;) {
      const n = (last.get(slug) ?? 0) + 1
      last.set(slug, n)
      const name = numbered(slug, n)
      if (taken.has(name) || isReserved(name)) continue
      taken.add(name)
      return name
    }
  }
  for (const { id: accountId, created_at } of accounts) {
    const give = async (kind: string, id: string, slug: string): Promise<void> => {
      const name = free(slug)
      const row = { account_id: accountId, name, owner_kind: kind, owner_id: id, made_by: "" }
      await db
        .insertInto("mail_names")
        .values({ ...row, made_at: created_at })
        .execute()
      const entry = { kind: "mail-name", key: `${name}@`, account_id: accountId, target: `${kind}:${id}` }
      await db.insertInto("directory").values(entry).execute()
    }
    await give("account", accountId, "inbox")
    for (const { id, name } of groupsOf.get(accountId) ?? []) await give("group", id, slugOf(name, "group"))
    for (const { id, name } of agentsOf.get(accountId) ?? []) await give("agent", id, slugOf(name, "agent"))
  }
}
