import path from "node:path"
import Database from "better-sqlite3"
import { insertConversation } from "../../relay/store/conversations.ts"
import { insertMessage } from "../../relay/store/messages.ts"
import { kyselyOver } from "../../relay/store/sqlite-dialect.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { Tables } from "../../relay/store/tables.ts"
import { insertVisitor } from "../../relay/store/visitors.ts"
import { newId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import type { Company, TestRelay } from "./relay.ts"

/** As relay/open-store.ts calls it. */
const FILE = "porchlight.db"

/**
 * Puts so many conversations of one message each into the embedded store of a relay, by the statements that it
 * uses itself, in one transaction beside it. The one numbered 0 is the newest; each is a minute older than the
 * one before. Half are closed, the others unserved.
 */
export const storeConversations = async (
  relay: TestRelay,
  company: Company,
  count: number,
): Promise<void> => {
  const file = new Database(path.join(relay.config.data, FILE), { timeout: 10_000 })
  const db = kyselyOver<Tables>(file)
  const now = relay.clock.now()
  const { accountId: account_id, siteId: site_id } = company
  const tx = (at: number): Tx => ({
    ...{ db, dialect: "sqlite", now: at },
    lock: async () => undefined,
    nudge: () => undefined,
  })
  try {
    file.exec("BEGIN IMMEDIATE")
    for (let n = count - 1; n >= 0; n--) {
      const at = now - (n + 1) * MINUTE
      const [visitor_id, id] = [newId("visitor"), newId("conversation")]
      const name = `Visitor ${n}`
      await insertVisitor(tx(at), {
        ...{ account_id, id: visitor_id, site_id, secret_hash: "", name, address: null, language: "en" },
        device: null,
        ...{ zone: "UTC", page_url: null, page_title: null, closed_at: at, created_at: at },
      })
      await insertConversation(tx(at), {
        ...{ account_id, id, site_id, group_id: null, asked_group_id: null, visitor_id, channel: "chat" },
        ...{ state: n % 2 === 0 ? "unserved" : "closed", joined_by: null, joined_at: null, taken_by: null },
        ...{
          handed_back_at: null,
          last_seq: 1,
          last_message_at: at,
          uncovered_seq: null,
          uncovered_at: null,
        },
        ...{ uncovered_mail_at: null, batch: "none", not_before: null, t0: null, due_at: null },
        ...{ visitor_seen_seq: 1, visitor_seen_at: null, answer_due_at: null, answer_mailed_seq: 0 },
        ...{ missed_due_at: null, unanswered_at: null, bot_due_at: null, bot_at: null, created_at: at },
      } as const)
      await insertMessage(tx(at), {
        ...{
          account_id,
          conversation_id: id,
          seq: 1,
          id: newId("message"),
          author: "visitor",
          agent_id: null,
        },
        ...{
          channel: "chat",
          text: `Do you have lamp number ${n}?`,
          client_key: null,
          inbound_mail_id: null,
        },
        ...{ covered_at: at, covered_by: "opened", at },
      })
    }
    file.exec("COMMIT")
  } finally {
    file.close()
  }
}
