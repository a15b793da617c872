import { createHash, timingSafeEqual } from "node:crypto"
import type { BoxMessage, BoxState } from "../../shared/protocol/views.ts"
import {
  type AccountId,
  type ConversationId,
  type GroupId,
  isId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { siteLight } from "../rules/light.ts"
import { conversationOfVisitor } from "../store/conversations.ts"
import { messagesAfter } from "../store/messages.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow, MessageRow, SiteRow, VisitorRow } from "../store/tables.ts"
import { agentsOfAccount, audiencesOfAccount, findAccountRow, groupsOfAccount } from "../store/team.ts"
import { findSiteByKey, findVisitor } from "../store/visitors.ts"

/** What is kept of a visitor's secret. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest()

/** Who a `<id>.<secret>` names, if the secret is theirs and they are known on this site. */
const knownVisitor = async (tx: Tx, site: SiteRow, visitor: string | null): Promise<VisitorRow | null> => {
  const [id, secret] = visitor?.split(".") ?? []
  if (!id || !secret || !isId("visitor", id)) return null
  const row = await findVisitor(tx, site.account_id, id)
  if (row?.site_id !== site.id) return null
  return timingSafeEqual(Buffer.from(row.secret_hash, "hex"), hashSecret(secret)) ? row : null
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
