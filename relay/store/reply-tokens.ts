import { type AccountId, type AgentId, type ConversationId, randomBase32 } from "../../shared/words/ids.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { ReplyTokenRow } from "./tables-conversations.ts"

/** 26 characters of base32: 130 random bits (mail.md asks for 128). */
const TOKEN_LENGTH = 26

/** Who is to answer: the holder of a token, at an address, in a conversation. */
export interface Holder {
  conversationId: ConversationId
  holder: ReplyTokenRow["holder"]
  agentId: AgentId | null
  address: string
}

/** The agent too: an address that was one's redirect may be another's now, who answers in their own name. */
const keyOf = ({ conversationId, holder, agentId, address }: Holder): string =>
  `${conversationId} ${holder} ${agentId ?? ""} ${address}`

/** The tokens of these holders, in their order; made for those who have none yet. */
export const replyTokens = async (
  tx: Tx,
  accountId: AccountId,
  holders: readonly Holder[],
): Promise<string[]> => {
  const known = new Map<string, string>()
  for (const some of inChunks([...new Set(holders.map((one) => one.conversationId))])) {
    const rows = await tx.db
      .selectFrom("reply_tokens")
      .select(["token", "conversation_id", "holder", "agent_id", "address"])
      .where("account_id", "=", accountId)
      .where("conversation_id", "in", some)
      .execute()
    for (const { token, conversation_id: conversationId, holder, agent_id: agentId, address } of rows)
      known.set(keyOf({ conversationId, holder, agentId, address }), token)
  }
  const made: ReplyTokenRow[] = []
  const tokens = holders.map((one) => {
    const key = keyOf(one)
    const token = known.get(key) ?? randomBase32(TOKEN_LENGTH)
    if (!known.has(key)) {
      known.set(key, token)
      made.push({
        account_id: accountId,
        token,
        conversation_id: one.conversationId,
        holder: one.holder,
        agent_id: one.agentId,
        address: one.address,
        created_at: tx.now,
      })
    }
    return token
  })
  for (const some of inChunks(made)) {
    await tx.db.insertInto("reply_tokens").values(some).execute()
    await tx.db
      .insertInto("directory")
      .values(
        some.map((row) => ({
          kind: "reply-token" as const,
          key: row.token,
          account_id: accountId,
          target: row.conversation_id,
        })),
      )
      .execute()
  }
  return tokens
}

/** The token with which the holder at this address answers in this conversation; made when there is none. */
export const replyToken = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  to: Omit<Holder, "conversationId">,
): Promise<string> => (await replyTokens(tx, accountId, [{ conversationId, ...to }]))[0]!

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
