import { createHash, timingSafeEqual } from "node:crypto"
import type { AttachmentView, BoxMessage, BoxState } from "../../shared/protocol/views.ts"
import {
  type AccountId,
  type ConversationId,
  type GroupId,
  isId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type BoxLight, boxLight, boxLightChanges } from "../rules/box-light.ts"
import { attachmentsIn } from "../store/attachments.ts"
import { conversationsOfVisitor } from "../store/conversations.ts"
import { messagesAfter } from "../store/messages.ts"
import { findRating } from "../store/ratings.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, MessageRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AccountRow, AgentRow, SiteRow } from "../store/tables-people.ts"
import { agentsOfAccount, findAccountRow } from "../store/team.ts"
import { findSiteByKey, findVisitor } from "../store/visitors.ts"
import { loadLightFacts, offeredGroups } from "./box-lights.ts"

/** What is kept of a visitor's secret. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest()

/** Who a `<id>.<secret>` names, if the secret is theirs and they are known on this site. */
export const knownVisitor = async (
  tx: Tx,
  site: SiteRow,
  visitor: string | null,
): Promise<VisitorRow | null> => {
  const [id, secret] = visitor?.split(".") ?? []
  if (!id || !secret || !isId("visitor", id)) return null
  const row = await findVisitor(tx, site.account_id, id)
  if (row?.site_id !== site.id) return null
  return timingSafeEqual(Buffer.from(row.secret_hash, "hex"), hashSecret(secret)) ? row : null
}

/** A message as the chat box shows it, with its files. */
export const boxMessage = (
  message: MessageRow,
  account: AccountRow,
  agents: readonly AgentRow[],
  files: readonly AttachmentView[] = [],
): BoxMessage => ({
  seq: message.seq,
  author: message.author,
  name:
    message.author === "visitor"
      ? null
      : (agents.find((agent) => agent.id === message.agent_id)?.name ?? account.name),
  text: message.text,
  at: message.at,
  ...(files.length > 0 && {
    attachments: files.map(({ id, name, type, size }) => ({ id, name, type, size })),
  }),
})

interface Box {
  accountId: AccountId
  siteId: SiteId
  /** Under which the visitor's conversation here is found; of a deleted group, if it began in that. */
  groupId: GroupId | null
  visitorId: VisitorId | null
  conversationId: ConversationId | null
  origins: string[]
  box: BoxState
  /** When the light may say something else without any event. */
  changesAt: Millis | null
  /** Number of the last event that `box` takes in. */
  cursor: number
}

/** What the visitor has written in, of each group the newest; a group that is not live counts as none. */
const conversationsByGroup = async (
  tx: Tx,
  visitor: VisitorRow | null,
  live: (groupId: GroupId | null) => GroupId | null,
): Promise<Map<GroupId | null, ConversationRow>> => {
  const rows = visitor ? await conversationsOfVisitor(tx, visitor.account_id, visitor.id) : []
  const newestLast = rows.sort((a, b) => a.last_message_at - b.last_message_at)
  const byGroup = new Map<GroupId | null, ConversationRow>()
  for (const row of newestLast) {
    const group = live(row.asked_group_id)
    byGroup.delete(group)
    byGroup.set(group, row)
  }
  return byGroup
}

/** Whether the group is where visitors are only because the site has no other to choose from. */
const isOnlyOne = ({ groupId, groups }: BoxLight, tag: string | null): boolean =>
  groupId !== null && groupId !== tag && groups.length === 0

/** A conversation without a group stays where its visitor is as long as it is open, or has answers for them. */
const unfinished = (conversation: ConversationRow | undefined): ConversationRow | undefined =>
  conversation && (conversation.state !== "closed" || conversation.visitor_seen_seq < conversation.last_seq)
    ? conversation
    : undefined

/**
 * What a chat box starts from: the light, the groups to choose from, and the history of a visitor who is
 * known. `groupId` is what the tag names, `chosen` what the visitor chose in this visit; who did not is where
 * they last wrote. An unknown visitor is a new one; a group that is unknown, deleted or not offered counts as
 * none. Refusal `not-found` for an unknown site key.
 */
export const readBox = async (
  tx: Tx,
  given: { siteKey: string; groupId: string | null; chosen?: string | null; visitor: string | null },
): Promise<Box> => {
  const site = await findSiteByKey(tx, given.siteKey)
  const account = site && (await findAccountRow(tx, site.account_id))
  if (!site || !account)
    throw new Refusal("not-found", "there is no site with this key: check data-site of the script tag")
  const facts = await loadLightFacts(tx, account)
  const offered = offeredGroups(site)
  const lightOf = (chosen: string | null) => boxLight(facts, { tag: given.groupId, chosen, offered }, tx.now)
  const known = await knownVisitor(tx, site, given.visitor)
  const conversations = await conversationsByGroup(
    tx,
    known,
    (id) => facts.groups.find((group) => group.id === id)?.id ?? null,
  )
  const asked = lightOf(given.chosen ?? null)
  const light = asked.groupId === null ? lightOf([...conversations.keys()].at(-1) ?? null) : asked
  const conversation =
    conversations.get(light.groupId) ??
    (isOnlyOne(light, given.groupId) ? unfinished(conversations.get(null)) : undefined)
  const messages = conversation ? await messagesAfter(tx, account.id, conversation.id, 0) : []
  const rating =
    conversation?.state === "closed" ? await findRating(tx, account.id, conversation.id) : undefined
  const agents = messages.length > 0 ? await agentsOfAccount(tx, account.id) : []
  const files = conversation ? await attachmentsIn(tx, account.id, conversation.id) : []
  const filesOf = Map.groupBy(files, ({ seq }) => seq)
  return {
    accountId: account.id,
    siteId: site.id,
    groupId: conversation ? conversation.asked_group_id : light.groupId,
    visitorId: known?.id ?? null,
    conversationId: conversation?.id ?? null,
    origins: JSON.parse(site.origins) as string[],
    box: {
      light: light.on,
      opensAt: light.opensAt,
      groupId: light.groupId,
      groups: light.groups,
      siteName: site.name,
      language: site.language,
      messages: messages.map((message) => boxMessage(message, account, agents, filesOf.get(message.seq))),
      seenSeq: conversation?.visitor_seen_seq ?? 0,
      address: known?.address ?? null,
      ended: conversation?.state === "closed",
      rating: rating ? rating.good === 1 : null,
    },
    changesAt: boxLightChanges(facts, tx.now),
    cursor: account.event_seq,
  }
}
