import type { AccountId, ConversationId, GroupId } from "../../shared/words/ids.ts"
import type { Tx } from "./store.ts"
import type { ConversationRow } from "./tables-conversations.ts"
import type { InboundMailRow } from "./tables-mail.ts"

/** Finding the conversation that a mail belongs to. */

/** Conversations that have mails with one of these Message-IDs. */
export const conversationsOfMails = (
  tx: Tx,
  accountId: AccountId,
  messageIds: readonly string[],
): Promise<Pick<InboundMailRow, "message_id" | "conversation_id" | "token">[]> =>
  messageIds.length === 0
    ? Promise.resolve([])
    : tx.db
        .selectFrom("inbound_mails")
        .select(["message_id", "conversation_id", "token"])
        .where("account_id", "=", accountId)
        .where("message_id", "in", messageIds)
        .execute()

/** The mail conversations, of a group or (null) without one, of whoever writes from an address; newest first. */
export const mailConversationsFrom = (
  tx: Tx,
  accountId: AccountId,
  groupId: GroupId | null,
  address: string,
): Promise<ConversationRow[]> =>
  tx.db
    .selectFrom("visitors")
    .innerJoin("conversations", (join) =>
      join
        .onRef("conversations.account_id", "=", "visitors.account_id")
        .onRef("conversations.visitor_id", "=", "visitors.id"),
    )
    .selectAll("conversations")
    .where("visitors.account_id", "=", accountId)
    .where("visitors.address", "=", address)
    // Not a chat: its address is what a stranger typed into a box, and they read there what comes.
    .where("conversations.channel", "=", "mail")
    .where("conversations.asked_group_id", groupId === null ? "is" : "=", groupId)
    .orderBy("conversations.last_message_at", "desc")
    .limit(20)
    .execute()

/** What an answer to the newest mail of a visitor is to be threaded under; undefined if they wrote none. */
export const newestMailIn = (
  tx: Tx,
  accountId: AccountId,
  id: ConversationId,
  from: string,
): Promise<Pick<InboundMailRow, "message_id" | "thread" | "subject" | "to_address"> | undefined> =>
  tx.db
    .selectFrom("inbound_mails")
    .select(["message_id", "thread", "subject", "to_address"])
    .where("account_id", "=", accountId)
    .where("conversation_id", "=", id)
    .where("from_address", "=", from)
    .where("state", "in", ["posted", "released"])
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst()
