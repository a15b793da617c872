import { newId } from "../../shared/words/ids.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import type { AnswerMail } from "../mail/content.ts"
import { attachmentsIn } from "../store/attachments.ts"
import { answersDue, findConversation, saveConversation } from "../store/conversations.ts"
import { postedMails } from "../store/inbound-mails.ts"
import { newestMailIn } from "../store/mail-conversations.ts"
import { messagesAfter } from "../store/messages.ts"
import { enqueue, threadRoot } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import { replyToken } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow } from "../store/tables-conversations.ts"
import { agentsOfAccount } from "../store/team.ts"
import { findSite, findVisitor } from "../store/visitors.ts"
import { enter } from "./enter.ts"
import { boxMessage } from "./read-box.ts"

/** An answer gives up after this long. */
const ANSWER_LIFE = 4 * DAY

/** The unseen answers, with the visitor's last message before the first of them: what they answer. */
const excerpt = (messages: readonly MessageRow[], from: number): MessageRow[] => {
  const first = messages.findIndex((message) => message.seq > from && message.author !== "visitor")
  if (first < 0) return []
  const asked = messages.slice(0, first).findLast((message) => message.author === "visitor")
  return [...(asked ? [asked] : []), ...messages.slice(first)]
}

/** The mail that an answer by mail goes under: the visitor's newest, of a conversation that they began by mail. */
const theirMail = async (
  tx: Tx,
  { account_id: accountId, id, channel }: ConversationRow,
  address: string,
): Promise<AnswerMail["answers"] | null> => {
  const mail = channel === "mail" ? await newestMailIn(tx, accountId, id, address) : undefined
  if (!mail) return null
  const [first] = await postedMails(tx, accountId, id)
  return {
    messageId: mail.message_id,
    references: mail.thread?.split(" ") ?? [],
    subject: mail.subject,
    writtenTo: mail.to_address ?? first?.to_address ?? "",
  }
}

/** What may come along with one answer: in base64 it is under the 25 MB that most servers take. */
const ALONG_BYTES = 15_000_000

/** The files of a message, as long as there is room in the mail. */
const filesIn = async (tx: Tx, { account_id: accountId, id }: ConversationRow) => {
  const bySeq = Map.groupBy(await attachmentsIn(tx, accountId, id), ({ seq }) => seq)
  let room = ALONG_BYTES
  return (seq: number) =>
    (bySeq.get(seq) ?? []).map(({ id, name, size }) => {
      const along = size <= room
      if (along) room -= size
      return { id, name, size, along }
    })
}

const mailAnswers = async (tx: Tx, conversation: ConversationRow): Promise<boolean> => {
  const account = await enter(tx, conversation.account_id)
  const now = await findConversation(tx, account.id, conversation.id)
  if (!now || now.answer_due_at === null || now.answer_due_at > tx.now) return false
  await saveConversation(tx, account.id, now.id, { answer_due_at: null })
  const visitor = await findVisitor(tx, account.id, now.visitor_id)
  const site = await findSite(tx, account.id, now.site_id)
  const from = Math.max(now.visitor_seen_seq, now.answer_mailed_seq)
  const messages = excerpt(await messagesAfter(tx, account.id, now.id, 0), from)
  if (!visitor?.address || !site || messages.length === 0) return false
  const id = newId("delivery")
  const messageId = `<${id.replace("_", ".")}@${await mailDomain(tx)}>`
  const root = await threadRoot(tx, account.id, now.id, "answer", visitor.address)
  const agents = await agentsOfAccount(tx, account.id)
  const answers = await theirMail(tx, now, visitor.address)
  const files = await filesIn(tx, now)
  const content: AnswerMail = {
    kind: "answer",
    site: site.name,
    conversationId: now.id,
    replyToken: await replyToken(tx, account.id, now.id, {
      holder: "visitor",
      agentId: null,
      address: visitor.address,
    }),
    language: visitor.language,
    zone: visitor.zone,
    messages: messages.map((message) => {
      const { author, name, text, at } = boxMessage(message, account, agents)
      const attachments = message.author === "agent" ? files(message.seq) : []
      return { author, name, text, at, ...(attachments.length > 0 && { attachments }) }
    }),
    first: root === null,
    threadId: root?.messageId ?? messageId,
    ...(root ? { topic: root.topic } : {}),
    ...(answers && { answers }),
  }
  await enqueue(tx, {
    account_id: account.id,
    id,
    kind: "answer",
    conversation_id: now.id,
    agent_id: null,
    to_address: visitor.address,
    message_id: messageId,
    content: JSON.stringify(content),
    gives_up_at: tx.now + ANSWER_LIFE,
  })
  await saveConversation(tx, account.id, now.id, { answer_mailed_seq: messages[messages.length - 1]!.seq })
  return true
}

/** Mails the answers that no tab of a visitor has shown in time. `nextAt`: when the next are due. */
export const mailDueAnswers = async (
  tx: Tx,
  { limit }: { limit: number },
): Promise<{ mailed: number; nextAt: Millis | null }> => {
  const { due, nextAt } = await answersDue(tx, limit)
  let mailed = 0
  // In the order of their accounts' ids, as every action that locks several accounts does.
  due.sort((a, b) => (a.account_id < b.account_id ? -1 : a.account_id > b.account_id ? 1 : 0))
  for (const conversation of due) if (await mailAnswers(tx, conversation)) mailed += 1
  return { mailed, nextAt }
}
