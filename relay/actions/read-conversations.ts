import type {
  AutomaticView,
  ConversationView,
  DeliveryView,
  HandOverView,
  MessageView,
  VerdictView,
} from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId } from "../../shared/words/ids.ts"
import { DELIVERY_OUTCOMES } from "../../shared/words/outcomes.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { QueuedMail } from "../mail/content.ts"
import { keptProof } from "../mail/sender-proof.ts"
import { firstWords, subjectOf } from "../mail/subject.ts"
import { attachmentsIn } from "../store/attachments.ts"
import { findConversation, findConversationAnywhere } from "../store/conversations.ts"
import { handOversOf } from "../store/hand-overs.ts"
import { asideOf, postedMails } from "../store/inbound-mails.ts"
import { messagesAfter } from "../store/messages.ts"
import { deliveriesOf } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow, VerdictRow } from "../store/tables-conversations.ts"
import type { DeliveryRow } from "../store/tables-mail.ts"
import type { AgentRow } from "../store/tables-people.ts"
import { agentsOfAccount, findAccountRow, groupsOfAccount } from "../store/team.ts"
import { verdictsOf } from "../store/verdicts.ts"
import { countTabs, findVisitor } from "../store/visitors.ts"
import { identityOf } from "./identity.ts"
import { EXCERPT, summaryOf } from "./lists.ts"
import { attachmentView, type CameWith, mailView, messageView } from "./post.ts"
import { ratingOf } from "./rating.ts"

export const verdictView = (row: VerdictRow, agents: readonly AgentRow[]): VerdictView => ({
  seq: row.seq,
  agentId: row.agent_id,
  agentName: agents.find((agent) => agent.id === row.agent_id)?.name ?? "",
  kind: row.kind,
  reason: JSON.parse(row.facts) as Reason,
  at: row.at,
  deliveryId: row.delivery_id,
})

/** A mail of the queue as screens and commands list it. */
export const deliveryView = (row: DeliveryRow): DeliveryView => ({
  id: row.id,
  kind: row.kind,
  conversationId: row.conversation_id,
  to: row.to_address,
  subject: subjectOf(JSON.parse(row.content) as QueuedMail),
  state: row.state,
  attempts: row.attempts,
  outcome: DELIVERY_OUTCOMES.find((outcome) => outcome === row.outcome) ?? null,
  answer: row.answer,
  bouncedAt: row.bounced_at,
  note: row.note,
  nextAt: row.next_at,
  createdAt: row.created_at,
  settledAt: row.settled_at,
})

/** All of a conversation that the desk shows: messages, verdicts, mails, answers that wait for a person. */
export const readConversation = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId; conversationId: ConversationId },
): Promise<ConversationView> => {
  const { accountId, conversationId } = given
  const account = await findAccountRow(tx, accountId)
  const conversation = await findConversation(tx, accountId, conversationId)
  if (!account || !conversation) throw new Refusal("not-found", `there is no conversation ${conversationId}`)
  const agents = await agentsOfAccount(tx, accountId)
  const groups = await groupsOfAccount(tx, accountId)
  const visitor = await findVisitor(tx, accountId, conversation.visitor_id)
  const messages = await messagesAfter(tx, accountId, conversationId, 0)
  const came = await cameIn(tx, conversation)
  const summary = await summaryOf(tx, conversation, { agents, groups })
  return {
    ...summary(given.agentId),
    visitorId: conversation.visitor_id,
    identity: await identityOf(tx, accountId, conversation.visitor_id),
    rating: await ratingOf(tx, accountId, conversationId, agents),
    visitorAddress: visitor?.address ?? null,
    visitorZone: visitor?.zone ?? "UTC",
    visitorDevice: visitor?.device ?? null,
    visitorLanguage: visitor?.language ?? account.language,
    page: visitor?.page_url ? { url: visitor.page_url, title: visitor.page_title } : null,
    visitorHere: (await countTabs(tx, accountId, conversation.visitor_id)) > 0,
    visitorSeenSeq: conversation.visitor_seen_seq,
    visitorSeenAt: conversation.visitor_seen_at,
    messages: messages.map((message): MessageView => messageView(message, account, agents, came(message))),
    verdicts: (await verdictsOf(tx, accountId, conversationId)).map((row) => verdictView(row, agents)),
    deliveries: (await deliveriesOf(tx, accountId, conversationId)).map(deliveryView),
    handOvers: (await handOversOf(tx, accountId, conversationId)).map(
      ({ why, by_agent: by, to_agent: to, to_group: group, at }): HandOverView => ({
        why,
        by: agents.find(({ id }) => id === by)?.name ?? null,
        to: [...agents, ...groups].find(({ id }) => id === (to ?? group))?.name ?? (group && "–"),
        at,
      }),
    ),
    unconfirmedAnswers: (await asideOf(tx, accountId, conversationId, "unconfirmed")).map((mail) => ({
      id: mail.id,
      from: mail.from_address,
      subject: mail.subject,
      text: mail.text,
      why: mail.hold,
      proof: keptProof(mail),
      at: mail.at,
    })),
    automaticMails: (await asideOf(tx, accountId, conversationId, "automatic")).map(automaticView),
  }
}

const automaticView = (mail: Awaited<ReturnType<typeof asideOf>>[number]): AutomaticView => ({
  id: mail.id,
  from: mail.from_address,
  subject: mail.subject,
  text: mail.text,
  at: mail.at,
})

/** What the messages of a conversation came with. */
const cameIn = async (
  tx: Tx,
  { account_id: accountId, id }: ConversationRow,
): Promise<(message: MessageRow) => CameWith> => {
  const mails = new Map((await postedMails(tx, accountId, id)).map((mail) => [mail.id, mail]))
  const bySeq = Map.groupBy(await attachmentsIn(tx, accountId, id), ({ seq }) => seq)
  return ({ inbound_mail_id: mailId, seq }) => {
    const mail = mailId && mails.get(mailId)
    const attachments = (bySeq.get(seq) ?? []).map(attachmentView)
    return { mail: mail ? mailView(mail, attachments) : null, attachments }
  }
}

export interface Why {
  conversation: {
    id: ConversationId
    accountId: AccountId
    state: ConversationRow["state"]
    /** Who has it, by name; null: nobody. */
    owner: string | null
    channel: ConversationRow["channel"]
    /** The group it is for; null: none, or one that is deleted. */
    group: string | null
    batch: ConversationRow["batch"]
    /** When offline notices go out, as things stand, and when it counts as missed. */
    dueAt: Millis | null
    missedDueAt: Millis | null
  }
  messages: { seq: number; at: Millis; excerpt: string; coveredBy: MessageRow["covered_by"] }[]
  verdicts: VerdictView[]
  deliveries: DeliveryView[]
}

/** "Why did I get no e-mail?" of a whole conversation, for a person who has only its id. */
export const why = async (tx: Tx, { conversationId }: { conversationId: ConversationId }): Promise<Why> => {
  const row = await findConversationAnywhere(tx, conversationId)
  if (!row) throw new Refusal("not-found", `there is no conversation ${conversationId}`)
  const agents = await agentsOfAccount(tx, row.account_id)
  const messages = await messagesAfter(tx, row.account_id, row.id, 0)
  const fileOf = Map.groupBy(await attachmentsIn(tx, row.account_id, row.id), ({ seq }) => seq)
  const groups = await groupsOfAccount(tx, row.account_id)
  return {
    conversation: {
      id: row.id,
      accountId: row.account_id,
      state: row.state,
      owner: agents.find(({ id }) => id === row.joined_by)?.name ?? row.taken_by,
      channel: row.channel,
      group: groups.find((group) => group.id === row.group_id)?.name ?? null,
      batch: row.batch,
      dueAt: row.due_at,
      missedDueAt: row.missed_due_at,
    },
    messages: messages
      .filter((message) => message.author === "visitor")
      .map((message) => ({
        seq: message.seq,
        at: message.at,
        excerpt: firstWords(message.text || (fileOf.get(message.seq)?.[0]?.name ?? ""), EXCERPT),
        coveredBy: message.covered_by,
      })),
    verdicts: (await verdictsOf(tx, row.account_id, row.id)).map((verdict) => verdictView(verdict, agents)),
    deliveries: (await deliveriesOf(tx, row.account_id, row.id)).map(deliveryView),
  }
}
