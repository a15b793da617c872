import { randomBytes } from "node:crypto"
import {
  type AccountId,
  type ConversationId,
  newId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { answerDueAt } from "../rules/visitor-answer.ts"
import { conversationsOfVisitor, findConversation, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { messagesAfter } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AccountRow } from "../store/tables-people.ts"
import {
  countTabs,
  findVisitor,
  insertTab,
  insertVisitor,
  removeTab,
  saveVisitor,
} from "../store/visitors.ts"
import { planBot } from "./bot.ts"
import { enter } from "./enter.ts"
import { dropMissed, planMissed } from "./missed.ts"
import { audienceRowOf, loadPeople } from "./people.ts"
import { hashSecret } from "./read-box.ts"

/** A visitor who opened the box for the first time. `visitor` is what their box keeps: `<id>.<secret>`. */
export const createVisitor = async (
  tx: Tx,
  {
    accountId,
    siteId,
    language,
    zone,
    device = null,
  }: {
    accountId: AccountId
    siteId: SiteId
    language: Language
    zone: string
    device?: string | null
  },
): Promise<{ visitorId: VisitorId; visitor: string }> => {
  const id = newId("visitor")
  const secret = randomBytes(24).toString("base64url")
  await insertVisitor(tx, {
    account_id: accountId,
    id,
    site_id: siteId,
    secret_hash: hashSecret(secret).toString("hex"),
    name: null,
    address: null,
    language,
    zone,
    device,
    page_url: null,
    page_title: null,
    closed_at: null,
    created_at: tx.now,
  })
  return { visitorId: id, visitor: `${id}.${secret}` }
}

/** When unseen answers of a conversation go out by mail, given the visitor now. */
export const planAnswerMail = async (
  tx: Tx,
  visitor: VisitorRow,
  conversation: ConversationRow,
): Promise<void> => {
  const from = Math.max(conversation.visitor_seen_seq, conversation.answer_mailed_seq)
  const unseen = (await messagesAfter(tx, visitor.account_id, conversation.id, from)).filter(
    // What the bot says alone is worth no mail.
    (message) => message.author === "agent",
  )
  const dueAt = answerDueAt({
    oldestUnseenAt: unseen[0]?.at ?? null,
    closedAt: visitor.closed_at,
    hasAddress: visitor.address !== null,
  })
  if (dueAt !== conversation.answer_due_at) {
    await saveConversation(tx, visitor.account_id, conversation.id, { answer_due_at: dueAt })
  }
}

const planAll = async (tx: Tx, account: AccountRow, visitor: VisitorRow, here: boolean): Promise<void> => {
  for (const conversation of await conversationsOfVisitor(tx, visitor.account_id, visitor.id)) {
    await planAnswerMail(tx, visitor, conversation)
    await planMissed(tx, account, conversation, visitor)
    await emit(tx, visitor.account_id, {
      kind: "visitor",
      conversationId: conversation.id,
      here,
      seenSeq: conversation.visitor_seen_seq,
    })
  }
}

/** The visitor is back: what they wait for is worth a word of the bot's again. */
const planBots = async (tx: Tx, account: AccountRow, visitor: VisitorRow): Promise<void> => {
  const waiting = (await conversationsOfVisitor(tx, account.id, visitor.id)).filter(
    (conversation) => conversation.unanswered_at !== null && conversation.bot_at === null,
  )
  if (waiting.length === 0) return
  const people = await loadPeople(tx, account)
  for (const conversation of waiting) {
    await planBot(tx, conversation, visitor, await audienceRowOf(tx, people, conversation.group_id))
  }
}

interface Tab {
  accountId: AccountId
  visitorId: VisitorId
  tabId: string
  /** The relay that has its socket. */
  relayId: string
}

/** A tab of a known visitor is open, held by this relay. */
export const openTab = async (
  tx: Tx,
  { accountId, visitorId, tabId, relayId, device = null }: Tab & { device?: string | null },
): Promise<void> => {
  const account = await enter(tx, accountId)
  const visitor = await findVisitor(tx, accountId, visitorId)
  if (!visitor) return
  if (device !== null && device !== visitor.device) await saveVisitor(tx, accountId, visitorId, { device })
  const first = (await countTabs(tx, accountId, visitorId)) === 0
  await insertTab(tx, accountId, visitorId, tabId, relayId)
  if (!first && visitor.closed_at === null) return
  for (const conversation of await conversationsOfVisitor(tx, accountId, visitorId)) {
    await dropMissed(tx, account, conversation, { code: "visitor-returned", at: tx.now })
  }
  await saveVisitor(tx, accountId, visitorId, { closed_at: null })
  await planAll(tx, account, { ...visitor, closed_at: null }, true)
  await planBots(tx, account, { ...visitor, closed_at: null })
}

/**
 * A tab closed; with the last one the visitor's time of having left begins to run. A tab that another relay
 * holds by now is left alone: it came back there before its old line was known to be dead.
 */
export const closeTab = async (tx: Tx, { accountId, visitorId, tabId, relayId }: Tab): Promise<void> => {
  const account = await enter(tx, accountId)
  const visitor = await findVisitor(tx, accountId, visitorId)
  const { left } = await removeTab(tx, accountId, visitorId, tabId, relayId)
  if (!visitor || left > 0 || visitor.closed_at !== null) return
  await saveVisitor(tx, accountId, visitorId, { closed_at: tx.now })
  await planAll(tx, account, { ...visitor, closed_at: tx.now }, false)
}

/** Where the visitor's answers go, and their name; null leaves either as it is. */
export const setContact = async (
  tx: Tx,
  given: { accountId: AccountId; visitorId: VisitorId; address: string | null; name: string | null },
): Promise<{ address: string | null; name: string | null }> => {
  const account = await enter(tx, given.accountId)
  const visitor = await findVisitor(tx, given.accountId, given.visitorId)
  if (!visitor) throw new Refusal("not-found", "this visitor is not known any more")
  const next = { ...visitor, address: given.address ?? visitor.address, name: given.name ?? visitor.name }
  await saveVisitor(tx, given.accountId, given.visitorId, { address: next.address, name: next.name })
  await planAll(tx, account, next, next.closed_at === null)
  return { address: next.address, name: next.name }
}

/** A tab has shown the visitor messages up to `seq` of the conversation of its box. */
export const visitorSaw = async (
  tx: Tx,
  {
    accountId,
    visitorId,
    seq,
    conversationId,
  }: { accountId: AccountId; visitorId: VisitorId; seq: number; conversationId: ConversationId },
): Promise<void> => {
  await enter(tx, accountId)
  const visitor = await findVisitor(tx, accountId, visitorId)
  const conversation = await findConversation(tx, accountId, conversationId)
  if (!visitor || conversation?.visitor_id !== visitorId) return
  const seen = Math.min(seq, conversation.last_seq)
  if (seen <= conversation.visitor_seen_seq) return
  await saveConversation(tx, accountId, conversationId, { visitor_seen_seq: seen, visitor_seen_at: tx.now })
  await planAnswerMail(tx, visitor, { ...conversation, visitor_seen_seq: seen })
  await emit(tx, accountId, {
    kind: "visitor",
    conversationId,
    here: visitor.closed_at === null,
    seenSeq: seen,
  })
}
