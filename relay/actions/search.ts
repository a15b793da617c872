import type { FoundView, SearchPageView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId } from "../../shared/words/ids.ts"
import { wantedOf } from "../../shared/words/search-words.ts"
import { snippetOf } from "../rules/snippet.ts"
import { conversationsIn } from "../store/conversation-lists.ts"
import { findEntries, textsOf } from "../store/search.ts"
import type { Tx } from "../store/store.ts"
import type { SearchEntryRow } from "../store/tables-search.ts"
import { loadReader, summariesFor } from "./lists.ts"

/** Entries read at a time, and how often for one page: a conversation in which a word stands often is one hit. */
const READ = 100
const TURNS = 5

/**
 * Conversations in which everything stands that was typed (in one message, one subject, or name and address of
 * the visitor), newest first, each once a page with its newest place. No words: nothing.
 */
export const searchConversations = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId; q: string; before?: number; limit: number },
): Promise<SearchPageView> => {
  const { accountId, limit } = given
  const reader = await loadReader(tx, given)
  const wanted = wantedOf(given.q)
  if (wanted === null) return { found: [], next: null }
  const newest = new Map<ConversationId, SearchEntryRow>()
  let next: number | null = null
  let before: number | null = given.before ?? null
  for (let turn = 0; turn < TURNS && newest.size < limit; turn++) {
    const rows: SearchEntryRow[] = await findEntries(tx, accountId, wanted, { before, limit: READ })
    for (const row of rows) {
      if (newest.size === limit && !newest.has(row.conversation_id)) break
      before = Number(row.entry)
      if (!newest.has(row.conversation_id)) newest.set(row.conversation_id, row)
    }
    const all = rows.length < READ && before === Number(rows.at(-1)?.entry ?? before)
    next = all ? null : before
    if (all) break
  }
  const entries = [...newest.values()]
  const ids = entries.map((entry) => entry.conversation_id)
  const summaries = new Map(
    (await summariesFor(tx, reader, await conversationsIn(tx, accountId, ids))).map((one) => [one.id, one]),
  )
  const texts = await textsOf(tx, accountId, entries)
  return {
    found: entries.flatMap((entry): FoundView[] => {
      const summary = summaries.get(entry.conversation_id)
      if (summary === undefined) return []
      return [
        {
          summary,
          kind: entry.kind,
          seq: entry.kind === "message" ? Number(entry.ref) : null,
          at: Number(entry.at),
          snippet: snippetOf(texts.get(Number(entry.entry)) ?? "", wanted),
        },
      ]
    }),
    next,
  }
}
