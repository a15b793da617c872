import { type AccountId, type AgentId, type ConversationId, randomBase32 } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { ReplyTokenRow } from "./tables.ts"

/** 26 characters of base32: 130 random bits (mail.md asks for 128). */
const TOKEN_LENGTH = 26

/** The token with which the holder at this address answers in this conversation; made when there is none. */
export const replyToken = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  to: { holder: ReplyTokenRow["holder"]; agentId: AgentId | null; address: string },
): Promise<string> => {
  const known = await tx.db
    .selectFrom("reply_tokens")
    .select("token")
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", conversationId)
    .where("holder", "=", to.holder)
    .where("address", "=", to.address)
    .executeTakeFirst()
  if (known) return known.token
  const token = randomBase32(TOKEN_LENGTH)
  await tx.db
    .insertInto("reply_tokens")
    .values({
      account_id: accountId,
      token,
      conversation_id: conversationId,
      holder: to.holder,
      agent_id: to.agentId,
      address: to.address,
      created_at: tx.now,
    })
    .execute()
  await tx.db
    .insertInto("directory")
    .values({ kind: "reply-token", key: token, account_id: accountId, target: conversationId })
    .execute()
  return token
}

/** Whose token it is; undefined for one that was never given out. */
export const findReplyToken = async (tx: Tx, token: string): Promise<ReplyTokenRow | undefined> => {
  const entry = await tx.db
    .selectFrom("directory")
    .select("account_id")
    .where("kind", "=", "reply-token")
    .where("key", "=", token)
    .executeTakeFirst()
  if (!entry) return undefined
  return tx.db
    .selectFrom("reply_tokens")
    .selectAll()
    .where("account_id", "=", entry.account_id)
    .where("token", "=", token)
    .executeTakeFirst()
}
