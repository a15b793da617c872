import { newId } from "../../shared/words/ids.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { DAY, HOUR } from "../../shared/words/time.ts"
import type { OfflineNotice } from "../mail/content.ts"
import { foldedUntil, MESSAGES_A_NOTICE } from "../rules/offline-notice.ts"
import { judgeRecipients, type Recipient } from "../rules/recipients.ts"
import { saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { coverUpTo, uncoveredMessages } from "../store/messages.ts"
import { enqueue, noticesSince, threadRoot } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import { replyToken } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow, SiteRow, VisitorRow } from "../store/tables.ts"
import { findAudience } from "../store/team.ts"
import { type NewVerdict, saveVerdicts } from "../store/verdicts.ts"
import { findSite, findVisitor } from "../store/visitors.ts"
import { refreshBatch } from "./batch.ts"
import { asAddressee, audienceOf, liveGroup, type People } from "./people.ts"

/** A notice gives up after this long (mail.md, Sending). */
const NOTICE_LIFE = 4 * DAY

interface Case {
  people: People
  conversation: ConversationRow
  messages: MessageRow[]
  site: SiteRow
  visitor: VisitorRow
}

/** Queues the mail for one recipient; the verdicts of those it stands for are `sent-to`. */
const queueNotice = async (tx: Tx, of: Case, recipient: Recipient): Promise<NewVerdict[]> => {
  const { people, conversation, messages, site, visitor } = of
  const { account } = people
  const alone = recipient.agents.length === 1 && !recipient.inbox ? recipient.agents[0]! : null
  const agent = people.agents.find((candidate) => candidate.id === alone?.id)
  const token = await replyToken(tx, account.id, conversation.id, {
    holder: agent ? "agent" : "inbox",
    agentId: agent?.id ?? null,
    address: recipient.address,
  })
  const id = newId("delivery")
  const messageId = `<${id.replace("_", ".")}@${await mailDomain(tx)}>`
  const root = await threadRoot(tx, account.id, conversation.id, "offline-notice", recipient.address)
  const content: OfflineNotice = {
    kind: "offline-notice",
    account: account.name,
    site: site.name,
    visitor: { name: visitor.name, address: visitor.address, zone: visitor.zone },
    page: visitor.page_url === null ? null : { url: visitor.page_url, title: visitor.page_title },
    conversationId: conversation.id,
    replyToken: token,
    language: agent?.language ?? account.language,
    zone: agent?.zone ?? account.zone,
    forWhom: recipient.agents.map((one) => one.name),
    inbox: recipient.inbox,
    messages: messages.slice(0, MESSAGES_A_NOTICE).map(({ text, at }) => ({ text, at })),
    more: Math.max(0, messages.length - MESSAGES_A_NOTICE),
    first: root === null,
    threadId: root?.messageId ?? messageId,
    ...(root ? { topic: root.topic } : {}),
    reason: "nobody-online",
  }
  await enqueue(tx, {
    account_id: account.id,
    id,
    kind: "offline-notice",
    conversation_id: conversation.id,
    agent_id: agent?.id ?? null,
    to_address: recipient.address,
    message_id: messageId,
    content: JSON.stringify(content),
    gives_up_at: tx.now + NOTICE_LIFE,
  })
  const forWhom = recipient.agents.map((one) => one.name)
  const reason: Reason = { code: "sent-to", address: recipient.address, forWhom, at: tx.now }
  return recipient.agents.map((one) => ({ agentId: one.id, reason, deliveryId: id }))
}

/**
 * Judges a batch that is due: with the audience, switches and addresses of this moment it is mailed, or
 * withheld for good if nobody remains; or, where the hour's mails are used up, its due time moves.
 * Messages are claimed and mails queued in this one transaction.
 */
export const judgeBatch = async (tx: Tx, people: People, conversation: ConversationRow): Promise<void> => {
  const { account } = people
  const messages = await uncoveredMessages(tx, account.id, conversation.id)
  const site = await findSite(tx, account.id, conversation.site_id)
  const visitor = await findVisitor(tx, account.id, conversation.visitor_id)
  if (!site || !visitor) throw new Error(`conversation ${conversation.id} has lost its site or visitor`)
  const audience = audienceOf(people, conversation.group_id).map(asAddressee)
  const source = liveGroup(people, conversation.group_id)?.inbox_address
    ? liveGroup(people, conversation.group_id)!
    : account
  const { recipients, withheld } = judgeRecipients({
    audience,
    admins: people.agents.filter((agent) => agent.role === "admin" && agent.active === 1).map(asAddressee),
    account: { notices: account.offline_notices === 1, noticesAt: account.offline_notices_at },
    inbox: source.inbox_address === null ? null : { address: source.inbox_address, mode: source.inbox_mode },
  })

  const folds: number[] = []
  for (const recipient of recipients) {
    const sentAt = await noticesSince(tx, account.id, conversation.id, recipient.address, tx.now - HOUR)
    const until = foldedUntil(sentAt, tx.now)
    if (until !== null) folds.push(until)
  }
  const seqs = messages.map((message) => message.seq)
  if (folds.length > 0) {
    const untilAt = Math.max(...folds)
    await saveConversation(tx, account.id, conversation.id, { not_before: untilAt })
    const row = await findAudience(tx, account.id, conversation.group_id)
    await refreshBatch(tx, people, row, { ...conversation, not_before: untilAt })
    const reason: Reason = { code: "folded", untilAt }
    await saveVerdicts(
      tx,
      account.id,
      conversation.id,
      seqs,
      audience.map((agent) => ({ agentId: agent.id, reason })),
    )
    return
  }

  const verdicts: NewVerdict[] = withheld.map(({ agent, reason }) => ({ agentId: agent.id, reason }))
  for (const recipient of recipients) {
    verdicts.push(...(await queueNotice(tx, { people, conversation, messages, site, visitor }, recipient)))
  }
  if (recipients.length === 0 && audience.length === 0) {
    verdicts.push(
      ...people.agents.map((agent) => ({ agentId: agent.id, reason: { code: "no-destination" } as const })),
    )
  }
  await coverUpTo(
    tx,
    account.id,
    conversation.id,
    conversation.last_seq,
    recipients.length > 0 ? "mailed" : "withheld",
  )
  await saveVerdicts(tx, account.id, conversation.id, seqs, verdicts)
  await saveConversation(tx, account.id, conversation.id, {
    uncovered_seq: null,
    uncovered_at: null,
    uncovered_mail_at: null,
    batch: "none",
    t0: null,
    due_at: null,
    not_before: null,
  })
  await emit(tx, account.id, {
    kind: "conversation",
    conversationId: conversation.id,
    state: conversation.state,
    why: "covered",
  })
}
