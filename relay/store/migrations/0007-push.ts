import type { Migration } from "./index.ts"
import { addColumns, createIndexes, createTables } from "./kit.ts"

/** Push to phones: what is to be sent, and how it fares. relay/store/tables-push.ts says what each column means. */
export const push: Migration = {
  name: "0007-push",
  up: async (db, dialect) => {
    await addColumns(
      db,
      { devices: `push_at:bigint? push_failed_at:bigint? push_failure? push_answer?` },
      dialect,
    )
    await createTables(
      db,
      {
        pushes: {
          key: ["account_id", "conversation_id", "device_id"],
          columns: `account_id conversation_id device_id agent_id kind seq:integer over:integer attempts:integer
            next_at:bigint sent_at:bigint? claimed_by? gives_up_at:bigint`,
        },
      },
      dialect,
    )
    await createIndexes(db, [{ name: "pushes_next", on: "pushes", columns: ["next_at"] }])
  },
}
