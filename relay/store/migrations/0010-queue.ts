import type { Kysely } from "kysely"
import type { Migration } from "./index.ts"

/**
 * A mail that is being sent has the end of its claim as its next time as well (relay/store/claims.ts), so that claims
 * that have ended are found there; an index of their own was written twice for each mail.
 */
export const queue: Migration = {
  name: "0010-queue",
  up: async (db: Kysely<unknown>) => {
    await db.schema.dropIndex("deliveries_claimed").execute()
  },
}
