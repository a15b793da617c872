import type { AgentEvent } from "../../shared/protocol/views.ts"
import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import type { WebhookEvent } from "../../shared/words/webhooks.ts"
import type { QueuedMail } from "../mail/content.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import { findConversation } from "../store/conversations.ts"
import { findDelivery } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import { agentsOfAccount, groupsOfAccount } from "../store/team.ts"
import { findVisitor } from "../store/visitors.ts"

/** What webhooks are told of an event: docs/webhooks.md shows it field by field. */

/** Reads what bodies need, each thing once. */
export const openBodies = async (tx: Tx, accountId: AccountId) => {
  const agents = await agentsOfAccount(tx, accountId)
  const groups = await groupsOfAccount(tx, accountId)
  const sites = await sitesOfAccount(tx, accountId)
  const agent = (id: string | null) => {
    const found = agents.find((one) => one.id === id)
    return found ? { id: found.id, name: found.name } : null
  }
  const group = (id: string | null) => {
    const found = groups.find((one) => one.id === id)
    return found ? { id: found.id, name: found.name } : null
  }
  const site = (id: string) => {
    const found = sites.find((one) => one.id === id)
    return found ? { id: found.id, name: found.name } : null
  }

  const conversation = async (id: ConversationId) => {
    const row = await findConversation(tx, accountId, id)
    if (!row) return null
    const visitor = await findVisitor(tx, accountId, row.visitor_id)
    return {
      id,
      state: row.state,
      channel: row.channel,
      site: site(row.site_id),
      group: group(row.group_id),
      visitor: { id: row.visitor_id, name: visitor?.name ?? null, address: visitor?.address ?? null },
      joinedBy: agent(row.joined_by),
      takenBy: row.taken_by,
    }
  }

  /** Null for what is no business of webhooks, such as a sign-in code, or is erased meanwhile. */
  const dataOf = async (name: WebhookEvent, event: AgentEvent): Promise<object | null> => {
    switch (event.kind) {
      case "light":
        return { group: group(event.groupId), on: event.on }
      case "message": {
        const about = await conversation(event.conversationId)
        const { seq, id, author, name: by, channel, text, at } = event.message
        const attachments = event.message.attachments.map((one) => ({ ...one }))
        const message = { seq, id, author, name: by, channel, text, at: isoOf(at), attachments }
        return about && { conversation: about, message }
      }
      case "delivery":
        return noticeOf(event)
      case "conversation": {
        const about = await conversation(event.conversationId)
        if (about === null) return null
        if (name !== "verdict.decided") return { conversation: about }
        const verdicts = Object.entries(event.decided?.codes ?? {}).flatMap(([code, ids]) =>
          (ids ?? []).map((id) => ({ code, agent: agent(id) ?? { id, name: "" } })),
        )
        return { conversation: about, messages: event.decided?.seqs ?? [], verdicts }
      }
      default:
        return null
    }
  }

  const noticeOf = async (event: Extract<AgentEvent, { kind: "delivery" }>): Promise<object | null> => {
    const row = await findDelivery(tx, accountId, event.deliveryId)
    if (row?.kind !== "offline-notice" && row?.kind !== "missed-notice") return null
    const about = row.conversation_id && (await conversation(row.conversation_id))
    if (!about) return null
    const content = JSON.parse(row.content) as QueuedMail
    const messages = "messages" in content ? content.messages.map(({ text }) => text) : []
    const notice = { id: row.id, kind: row.kind, to: row.to_address, agent: agent(row.agent_id), messages }
    return { conversation: about, notice: { ...notice, state: event.state } }
  }

  return { dataOf }
}

const isoOf = (at: number): string => new Date(at).toISOString()

/** As it is posted (Standard Webhooks: type, timestamp, data). */
export const bodyOf = (type: WebhookEvent, at: number, accountId: AccountId, data: object): string =>
  JSON.stringify({ type, timestamp: isoOf(at), account: accountId, data })
