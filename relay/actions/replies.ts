import type { MessageView } from "../../shared/protocol/views.ts"
import { type AccountId, type AgentId, type InboundMailId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { AuthResult } from "../mail/auth-result.ts"
import { senderProof } from "../mail/sender-proof.ts"
import { judgeInbound, recheckAt } from "../rules/inbound-mail.ts"
import { findConversation } from "../store/conversations.ts"
import { destinationsOf } from "../store/destinations.ts"
import { emit } from "../store/events.ts"
import { findInboundMail, insertInboundMail, setInboundState } from "../store/inbound-mails.ts"
import { redirectsOf } from "../store/redirects.ts"
import { findReplyToken } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, ReplyTokenRow } from "../store/tables-conversations.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { findAgentRow } from "../store/team.ts"
import { findVisitor } from "../store/visitors.ts"
import { keepAttachments, type NewAttachment } from "./attachments.ts"
import { answerForInbox, loadScene, postAnswer } from "./conversation.ts"
import { enter } from "./enter.ts"
import { isReached } from "./reach.ts"
import { addVisitorMessage } from "./visitor-message.ts"

/** A mail as it was read (relay/mail/parse.ts): `text` is without quotes; `automatic` as RFC 3834 and its kin say. */
export interface ParsedReply {
  from: string | null
  subject: string
  messageId: string
  text: string
  automatic: boolean
  /** Left out: it has none. */
  attachments?: readonly NewAttachment[]
  attachmentCount?: number
}

/**
 * Where an agent is written to now: their destination, or the redirect or fallback to which this token went as
 * long as it is theirs and nobody else's; null if they are not active any more.
 */
const addressOfAgent = async (tx: Tx, { account_id, agent_id, address }: ReplyTokenRow) => {
  const agent = agent_id === null ? undefined : await findAgentRow(tx, account_id, agent_id)
  if (agent?.active !== 1) return null
  const [own, ...others] = (await redirectsOf(tx, account_id)).filter((row) => row.address === address)
  const isTheirs = own?.owner_kind === "agent" && own.owner_id === agent_id && others.length === 0
  const standsFor = (await destinationsOf(tx, account_id)).filter((row) => row.fallback === address)
  const isFallback = own === undefined && standsFor.length === 1 && standsFor[0]?.address === agent.address
  return isTheirs || isFallback ? address : agent.address
}

/** The address of the token's holder as it is now; null if they are not there any more. */
export const holderAddress = async (
  tx: Tx,
  account: AccountRow,
  token: ReplyTokenRow,
  conversation: ConversationRow,
) => {
  switch (token.holder) {
    case "agent":
      return addressOfAgent(tx, token)
    case "inbox":
      return (await isReached(tx, account.id, token.address)) ? token.address : null
    case "visitor":
      return (await findVisitor(tx, account.id, conversation.visitor_id))?.address ?? null
  }
}

/** Posts what a mail says in the name of the token's holder. */
export const post = async (
  tx: Tx,
  account: AccountRow,
  conversation: ConversationRow,
  token: ReplyTokenRow,
  mail: { id: InboundMailId; text: string },
): Promise<void> => {
  const message = { channel: "mail", text: mail.text, key: null, inboundMailId: mail.id } as const
  if (token.holder === "visitor") {
    await addVisitorMessage(tx, account, conversation, message)
  } else if (token.holder === "agent" && token.agent_id) {
    const scene = await loadScene(tx, {
      accountId: account.id,
      agentId: token.agent_id,
      conversationId: conversation.id,
    })
    await postAnswer(tx, scene, message)
  } else {
    await answerForInbox(tx, account, conversation, token.address, message)
  }
}

/**
 * Takes a mail to a reply token, once: the same Message-ID again changes nothing (`repeated`). The complete
 * mail is kept whatever becomes of it. `auth`: what was found out about its sender; null where nobody looks
 * (PORCHLIGHT_MAIL_CHECKS). Refusal `not-found` for a token that was never given out.
 */
export const takeReply = async (
  tx: Tx,
  given: {
    token: string
    envelopeFrom: string
    raw: Uint8Array
    mail: ParsedReply
    auth: AuthResult | null
  },
): Promise<{ outcome: "posted" | "unconfirmed" | "automatic" | "repeated" }> => {
  const token = await findReplyToken(tx, given.token.toLowerCase())
  if (!token) throw new Refusal("not-found", "there is no such reply address")
  const account = await enter(tx, token.account_id)
  const conversation = await findConversation(tx, account.id, token.conversation_id)
  if (!conversation) throw new Refusal("not-found", "the conversation of this reply address was erased")
  const judgement = judgeInbound({
    automatic: given.mail.automatic,
    from: given.mail.from,
    proof: senderProof(given.auth, given.mail.from),
    holder: token.holder,
    tokenAddress: token.address,
    holderAddress: await holderAddress(tx, account, token, conversation),
  })
  const state = judgement.kind === "post" ? "posted" : judgement.kind
  const why = judgement.kind === "unconfirmed" ? judgement.why : null
  const id = newId("inbound-mail")
  const fresh = await insertInboundMail(tx, {
    account_id: account.id,
    id,
    conversation_id: conversation.id,
    token: token.token,
    envelope_from: given.envelopeFrom,
    from_address: given.mail.from,
    subject: given.mail.subject,
    message_id: given.mail.messageId,
    raw: Buffer.from(given.raw),
    text: given.mail.text,
    state,
    to_address: null,
    thread: null,
    auth: given.auth && JSON.stringify(given.auth),
    hold: why,
    recheck_at: why === "not-proven-yet" ? recheckAt(tx.now, tx.now) : null,
    attachments: given.mail.attachmentCount ?? 0,
    at: tx.now,
  })
  if (!fresh) return { outcome: "repeated" }
  await keepAttachments(tx, account.id, conversation.id, id, given.mail.attachments ?? [])
  if (state === "posted") await post(tx, account, conversation, token, { id, text: given.mail.text })
  if (state === "unconfirmed") {
    await emit(tx, account.id, { kind: "unconfirmed", conversationId: conversation.id, inboundMailId: id })
  }
  return { outcome: state }
}

/** An agent vouches for an unconfirmed answer: it is posted as what its token says. */
export const releaseAnswer = async (
  tx: Tx,
  {
    accountId,
    agentId,
    inboundMailId,
  }: { accountId: AccountId; agentId: AgentId; inboundMailId: InboundMailId },
): Promise<{ message: MessageView | null }> => {
  const account = await enter(tx, accountId)
  const mail = await findInboundMail(tx, accountId, inboundMailId)
  if (!mail) throw new Refusal("not-found", `there is no mail ${inboundMailId}`)
  if (mail.state !== "unconfirmed") {
    throw new Refusal("stale", `this answer does not wait for anybody any more: it is ${mail.state}`, {
      state: mail.state,
    })
  }
  const token = await findReplyToken(tx, mail.token)
  const conversation = await findConversation(tx, accountId, mail.conversation_id)
  if (!token || !conversation) throw new Refusal("not-found", "the conversation of this answer was erased")
  await setInboundState(tx, accountId, inboundMailId, "released")
  await emit(tx, accountId, { kind: "unconfirmed", conversationId: conversation.id, inboundMailId })
  const message = { channel: "mail", text: mail.text, key: null, inboundMailId } as const
  if (token.holder === "visitor") {
    await addVisitorMessage(tx, account, conversation, message)
    return { message: null }
  }
  // In the name of who releases it: they say that it is right.
  const scene = await loadScene(tx, { accountId, agentId, conversationId: conversation.id })
  return { message: await postAnswer(tx, scene, message) }
}
