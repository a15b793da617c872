import { z } from "zod"
import { UNDOABLE_DEEDS } from "../words/nouns.ts"
import { name, text } from "./fields.ts"

/** Queries and bodies of lists, searches, whose a conversation is, and texts at hand; as http.ts. */

export const LISTS = ["unserved", "mine", "all"] as const
export const listQuery = z.object({
  list: z.enum(LISTS).default("unserved"),
  /** `next` of the page before this one. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Some conversations, as lists show them: at most 50 ids, with commas between them. */
export const listedQuery = z.object({
  ids: z
    .string()
    .max(2000)
    .transform((ids) => ids.split(",").filter((id) => id !== ""))
    .pipe(z.array(z.string().max(64)).min(1, "name at least one conversation").max(50)),
})

export const searchQuery = z.object({
  q: z.string().max(300),
  /** `next` of the page before this one. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

/** Whom a conversation is given to: a colleague, or a group (null: everybody, without a group). */
export const assignBody = z.union([
  z.strictObject({ agentId: z.string().max(64) }),
  z.strictObject({ groupId: z.string().max(64).nullable() }),
])

/** What is taken back: it has to be the last thing that one did there. */
export const undoBody = z.object({ deed: z.enum(UNDOABLE_DEEDS) })

export const cannedChangeBody = z.object({ name, text })
export const cannedBody = cannedChangeBody.extend({ shared: z.boolean().default(false) })
