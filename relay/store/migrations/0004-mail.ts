import type { Migration } from "./index.ts"
import { addColumns, createIndexes, createTables, type NewIndex, type NewTable } from "./kit.ts"

/**
 * The mail relay: names at the mail domains, mails on their way through, attachments, what was checked, bounces,
 * how destinations fare. relay/store/tables.ts says what each column means.
 */

const COLUMNS: Record<string, string> = {
  accounts: `mail_domain?`,
  deliveries: `mail_id? note? bounced_at:bigint?`,
  inbound_mails: `auth? attachments:integer=0`,
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
    columns: `account_id id conversation_id seq:integer inbound_mail_id? name type size:integer bytes:bytes
      at:bigint`,
    parents: { conversation_id: "conversations" },
  },
  bounces: {
    key: ["account_id", "id"],
    columns: `account_id id delivery_id action outcome answer raw:bytes at:bigint`,
  },
  destinations: {
    key: ["account_id", "address"],
    columns: `account_id address failures:integer failing_since:bigint? outcome? answer? server?
      last_at:bigint delivered_at:bigint? fallback? fallback_by? fallback_at:bigint?`,
  },
}

const INDEXES: NewIndex[] = [
  { name: "mail_names_by_owner", on: "mail_names", columns: ["account_id", "owner_kind", "owner_id"] },
  { name: "mails_by_time", on: "mails", columns: ["at"] },
  { name: "deliveries_by_mail", on: "deliveries", columns: ["account_id", "mail_id"], where: "mail_id" },
  { name: "attachments_by_message", on: "attachments", columns: ["account_id", "conversation_id", "seq"] },
  { name: "bounces_by_delivery", on: "bounces", columns: ["account_id", "delivery_id"] },
]

export const mail: Migration = {
  name: "0004-mail",
  up: async (db, dialect) => {
    await addColumns(db, COLUMNS, dialect)
    await createTables(db, TABLES, dialect)
    await createIndexes(db, INDEXES)
  },
}
