import { sql } from "kysely"
import type { Migration } from "./index.ts"

/**
 * History: what an event is about (a device, an agent, the light of a group), so that how things stood at any
 * moment is found without reading what happened before; and how far history was swept.
 * relay/store/tables.ts says what each column means.
 */
export const history: Migration = {
  name: "0003-history",
  up: async (db, dialect) => {
    await db.schema.alterTable("events").addColumn("subject", "text").execute()
    const field = (name: string) =>
      dialect === "sqlite"
        ? sql`json_extract(body, ${sql.lit(`$.${name}`)})`
        : sql`(body::json ->> ${sql.lit(name)})`
    await sql`update events set subject = ${field("deviceId")} where kind = 'presence'`.execute(db)
    await sql`update events set subject = ${field("agentId")} where kind = 'intent'`.execute(db)
    await sql`update events set subject = 'light:' || coalesce(${field("groupId")}, '')
      where kind = 'light'`.execute(db)
    await db.schema
      .createIndex("events_by_subject")
      .on("events")
      .columns(["account_id", "subject", "seq"])
      .where(sql.ref("subject"), "is not", null)
      .execute()
    await db.schema
      .createTable("event_sweeps")
      .addColumn("account_id", "text", (to) => to.notNull())
      .addColumn("seq", "bigint", (to) => to.notNull())
      .addColumn("swept_at", "bigint", (to) => to.notNull())
      .addPrimaryKeyConstraint("event_sweeps_key", ["account_id"])
      .execute()
  },
}
