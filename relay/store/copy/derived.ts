import { indexAll } from "../migrations/0005-search.ts"
import type { Target } from "./places.ts"

/** Tables that each database works out from others, in its own way: not copied, but made anew. */
export const DERIVED: readonly string[] = ["search_entries", "search_words"]

/** Makes them, in a database that was filled. */
export const rebuildDerived = async ({ db, dialect }: Pick<Target, "db" | "dialect">): Promise<void> => {
  // Its words go with an entry.
  await db.deleteFrom("search_entries").execute()
  await indexAll({ db, dialect })
}
