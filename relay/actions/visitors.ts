import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import type { BoxMessage, BoxState } from "../../shared/protocol/views.ts"
import {
  type AccountId,
  type ConversationId,
  type GroupId,
  isId,
  newId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import type { Language } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { siteLight } from "../rules/light.ts"
import { answerDueAt } from "../rules/visitor-answer.ts"
import {
  conversationOfVisitor,
  conversationsOfVisitor,
  findConversation,
  saveConversation,
} from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { messagesAfter } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type {
  AccountRow,
  AgentRow,
  ConversationRow,
  MessageRow,
  SiteRow,
  VisitorRow,
} from "../store/tables.ts"
import { agentsOfAccount, audiencesOfAccount, findAccountRow, groupsOfAccount } from "../store/team.ts"
import {
  countTabs,
  findSiteByKey,
  findVisitor,
  insertTab,
  insertVisitor,
  removeTab,
  saveVisitor,
} from "../store/visitors.ts"
import { enter } from "./enter.ts"

const hash = (secret: string): Buffer => createHash("sha256").update(secret).digest()

/** Who a `<id>.<secret>` names, if the secret is theirs and they are known on this site. */
const knownVisitor = async (tx: Tx, site: SiteRow, visitor: string | null): Promise<VisitorRow | null> => {
  const [id, secret] = visitor?.split(".") ?? []
  if (!id || !secret || !isId("visitor", id)) return null
  const row = await findVisitor(tx, site.account_id, id)
  if (row?.site_id !== site.id) return null
  return timingSafeEqual(Buffer.from(row.secret_hash, "hex"), hash(secret)) ? row : null
}

/** A message as the chat box shows it. */
export const boxMessage = (
  message: MessageRow,
  account: AccountRow,
  agents: readonly AgentRow[],
): BoxMessage => ({
  seq: message.seq,
  author: message.author,
  name:
    message.author === "visitor"
      ? null
      : (agents.find((agent) => agent.id === message.agent_id)?.name ?? account.name),
  text: message.text,
  at: message.at,
})

interface Box {
  accountId: AccountId
  siteId: SiteId
  groupId: GroupId | null
  visitorId: VisitorId | null
  conversationId: ConversationId | null
  origins: string[]
  box: BoxState
  /** Number of the last event that `box` takes in. */
  cursor: number
}

/**
 * What a chat box starts from: the light, and the history of a visitor who is known. An unknown visitor is
 * a new one; a group that is unknown or deleted counts as none. Refusal `not-found` for an unknown site key.
 */
export const readBox = async (
  tx: Tx,
  { siteKey, groupId, visitor }: { siteKey: string; groupId: string | null; visitor: string | null },
): Promise<Box> => {
  const site = await findSiteByKey(tx, siteKey)
  const account = site && (await findAccountRow(tx, site.account_id))
  if (!site || !account)
    throw new Refusal("not-found", "there is no site with this key: check data-site of the script tag")
  const groups = await groupsOfAccount(tx, account.id)
  const group = groups.find((candidate) => candidate.id === groupId)?.id ?? null
  const live = new Set<string>(["", ...groups.map((candidate) => candidate.id)])
  const lights = (await audiencesOfAccount(tx, account.id))
    .filter((row) => live.has(row.group_id))
    .map((row) => ({ groupId: row.group_id === "" ? null : row.group_id, on: row.light === 1 }))
  const light = group === null ? siteLight(lights) : lights.some((row) => row.groupId === group && row.on)
  const known = await knownVisitor(tx, site, visitor)
  const conversation = known && (await conversationOfVisitor(tx, account.id, known.id, group))
  const messages = conversation ? await messagesAfter(tx, account.id, conversation.id, 0) : []
  const agents = messages.length > 0 ? await agentsOfAccount(tx, account.id) : []
  return {
    accountId: account.id,
    siteId: site.id,
    groupId: group,
    visitorId: known?.id ?? null,
    conversationId: conversation?.id ?? null,
    origins: JSON.parse(site.origins) as string[],
    box: {
      light,
      siteName: site.name,
      language: site.language,
      messages: messages.map((message) => boxMessage(message, account, agents)),
      seenSeq: conversation?.visitor_seen_seq ?? 0,
      address: known?.address ?? null,
    },
    cursor: account.event_seq,
  }
}

/** A visitor who opened the box for the first time. `visitor` is what their box keeps: `<id>.<secret>`. */
export const createVisitor = async (
  tx: Tx,
  {
    accountId,
    siteId,
    language,
    zone,
  }: { accountId: AccountId; siteId: SiteId; language: Language; zone: string },
): Promise<{ visitorId: VisitorId; visitor: string }> => {
  const id = newId("visitor")
  const secret = randomBytes(24).toString("base64url")
  await insertVisitor(tx, {
    account_id: accountId,
    id,
    site_id: siteId,
    secret_hash: hash(secret).toString("hex"),
    name: null,
    address: null,
    language,
    zone,
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
    (message) => message.author !== "visitor",
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

const planAll = async (tx: Tx, visitor: VisitorRow, here: boolean): Promise<void> => {
  for (const conversation of await conversationsOfVisitor(tx, visitor.account_id, visitor.id)) {
    await planAnswerMail(tx, visitor, conversation)
    await emit(tx, visitor.account_id, {
      kind: "visitor",
      conversationId: conversation.id,
      here,
      seenSeq: conversation.visitor_seen_seq,
    })
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
export const openTab = async (tx: Tx, { accountId, visitorId, tabId, relayId }: Tab): Promise<void> => {
  await enter(tx, accountId)
  const visitor = await findVisitor(tx, accountId, visitorId)
  if (!visitor) return
  const first = (await countTabs(tx, accountId, visitorId)) === 0
  await insertTab(tx, accountId, visitorId, tabId, relayId)
  if (!first && visitor.closed_at === null) return
  await saveVisitor(tx, accountId, visitorId, { closed_at: null })
  await planAll(tx, { ...visitor, closed_at: null }, true)
}

/**
 * A tab closed; with the last one the visitor's time of having left begins to run. A tab that another relay
 * holds by now is left alone: it came back there before its old line was known to be dead.
 */
export const closeTab = async (tx: Tx, { accountId, visitorId, tabId, relayId }: Tab): Promise<void> => {
  await enter(tx, accountId)
  const visitor = await findVisitor(tx, accountId, visitorId)
  const { left } = await removeTab(tx, accountId, visitorId, tabId, relayId)
  if (!visitor || left > 0 || visitor.closed_at !== null) return
  await saveVisitor(tx, accountId, visitorId, { closed_at: tx.now })
  await planAll(tx, { ...visitor, closed_at: tx.now }, false)
}

/** Where the visitor's answers go, and their name; null leaves either as it is. */
export const setContact = async (
  tx: Tx,
  given: { accountId: AccountId; visitorId: VisitorId; address: string | null; name: string | null },
): Promise<{ address: string | null; name: string | null }> => {
  await enter(tx, given.accountId)
  const visitor = await findVisitor(tx, given.accountId, given.visitorId)
  if (!visitor) throw new Refusal("not-found", "this visitor is not known any more")
  const next = { ...visitor, address: given.address ?? visitor.address, name: given.name ?? visitor.name }
  await saveVisitor(tx, given.accountId, given.visitorId, { address: next.address, name: next.name })
  await planAll(tx, next, next.closed_at === null)
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
  await saveConversation(tx, accountId, conversationId, { visitor_seen_seq: seen })
  await planAnswerMail(tx, visitor, { ...conversation, visitor_seen_seq: seen })
  await emit(tx, accountId, {
    kind: "visitor",
    conversationId,
    here: visitor.closed_at === null,
    seenSeq: seen,
  })
}
