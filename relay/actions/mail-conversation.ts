import { randomBytes } from "node:crypto"
import {
  type AccountId,
  type ConversationId,
  type DeliveryId,
  type GroupId,
  newId,
  type SiteId,
} from "../../shared/words/ids.ts"
import type { AuthResult } from "../mail/auth-result.ts"
import { senderProof } from "../mail/sender-proof.ts"
import { sitesOfAccount } from "../store/accounts.ts"
import { findConversation, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { insertInboundMail } from "../store/inbound-mails.ts"
import { conversationsOfMails, mailConversationsFrom } from "../store/mail-conversations.ts"
import { findDelivery } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, VisitorRow } from "../store/tables-conversations.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { findVisitor, insertVisitor, saveVisitor } from "../store/visitors.ts"
import { keepAttachments } from "./attachments.ts"
import { enter } from "./enter.ts"
import { isOwnAddress } from "./own-address.ts"
import type { ParsedReply } from "./replies.ts"
import { createSite } from "./sites.ts"
import { addVisitorMessage, startConversation } from "./visitor-message.ts"

/** A mail as it was read: an answer's facts, and what only a new conversation needs. */
export interface ParsedMail extends ParsedReply {
  name: string | null
  thread: string[]
  whole: string
  writtenFor?: { from: string; name: string | null }
}

interface Given {
  accountId: AccountId
  /** Whose name it was written to; null: the account's inbox. */
  groupId: GroupId | null
  /** That name with its domain. */
  address: string
  envelopeFrom: string
  raw: Uint8Array
  mail: ParsedMail
  auth: AuthResult | null
}

/**
 * Takes a mail to a group's or the account's name: it continues the conversation that it answers, or the open
 * one of the same sender, or begins another. What a program wrote is kept beside, and is no message. The same
 * Message-ID to the same group again changes nothing (`repeated`).
 */
export const takeConversationMail = async (
  tx: Tx,
  given: Given,
): Promise<{ outcome: "posted" | "automatic" | "repeated"; conversationId: ConversationId }> => {
  return takeMail(tx, { ...given, mail: asWritten(given.mail) })
}

/** What a visitor wrote into a form is theirs, though the web site sent it: the answer is for them. */
const asWritten = (mail: ParsedMail): ParsedMail =>
  mail.writtenFor ? { ...mail, ...mail.writtenFor, automatic: false } : mail

const takeMail = async (
  tx: Tx,
  given: Given,
): Promise<{ outcome: "posted" | "automatic" | "repeated"; conversationId: ConversationId }> => {
  const account = await enter(tx, given.accountId)
  const { mail } = given
  const again = await hereAlready(tx, account, given)
  if (again) return { outcome: "repeated", conversationId: again }
  const found = (await answered(tx, account, mail)) ?? (await openOf(tx, account, given))
  const conversation = found ?? (await begin(tx, account, given))
  const state = mail.automatic ? "automatic" : "posted"
  const id = newId("inbound-mail")
  const text = found ? mail.text : mail.whole
  const fresh = await insertInboundMail(tx, {
    account_id: account.id,
    id,
    conversation_id: conversation.id,
    token: "",
    envelope_from: given.envelopeFrom,
    from_address: mail.from,
    subject: mail.subject,
    message_id: mail.messageId,
    raw: Buffer.from(given.raw),
    text,
    state,
    to_address: given.address,
    thread: mail.thread.length === 0 ? null : mail.thread.join(" "),
    auth: given.auth && JSON.stringify(given.auth),
    hold: null,
    recheck_at: null,
    attachments: mail.attachmentCount ?? 0,
    at: tx.now,
  })
  if (!fresh) return { outcome: "repeated", conversationId: conversation.id }
  await keepAttachments(tx, account.id, conversation.id, id, mail.attachments ?? [])
  if (state === "posted") {
    await addVisitorMessage(tx, account, conversation, {
      channel: "mail",
      text,
      key: null,
      inboundMailId: id,
    })
  } else if (!found) {
    // Nothing to answer, and nobody waits.
    await saveConversation(tx, account.id, conversation.id, { state: "closed" })
    await emit(tx, account.id, {
      kind: "conversation",
      conversationId: conversation.id,
      state: "closed",
      why: "new",
    })
  }
  return { outcome: state, conversationId: conversation.id }
}

/** The conversation that has this mail: of the same group, or any in which it is an answer sent here as well. */
const hereAlready = async (
  tx: Tx,
  account: AccountRow,
  { groupId, mail }: Given,
): Promise<ConversationId | null> => {
  for (const row of await conversationsOfMails(tx, account.id, [mail.messageId])) {
    if (row.token !== "") return row.conversation_id
    const conversation = await findConversation(tx, account.id, row.conversation_id)
    if (conversation && conversation.asked_group_id === groupId) return conversation.id
  }
  return null
}

/** The delivery whose Message-ID it is, if it is one of ours. */
const ownMessageId = (messageId: string): DeliveryId | null => {
  const name = /^<dl\.([a-z2-7]{20})@/.exec(messageId)?.[1]
  return name === undefined ? null : (`dl_${name}` as DeliveryId)
}

/** The conversation of the newest mail that it answers: one that we sent to the visitor, or one that came. */
const answered = async (tx: Tx, account: AccountRow, mail: ParsedMail): Promise<ConversationRow | null> => {
  const came = await conversationsOfMails(tx, account.id, mail.thread)
  for (const messageId of mail.thread.toReversed()) {
    const own = ownMessageId(messageId)
    const sent = own && (await findDelivery(tx, account.id, own))
    const id =
      sent?.kind === "answer"
        ? sent.conversation_id
        : came.find((row) => row.message_id === messageId)?.conversation_id
    const conversation = id && (await findConversation(tx, account.id, id))
    if (!conversation) continue
    if (conversation.channel === "mail") return conversation
    // What is said in a chat is read by whoever opened the box: from there only its own visitor goes on.
    const visitor = await findVisitor(tx, account.id, conversation.visitor_id)
    if (visitor?.address !== null && visitor?.address === mail.from) return conversation
  }
  return null
}

/** The open conversation of the same sender; automatic mails of one sender are kept together. */
const openOf = async (
  tx: Tx,
  account: AccountRow,
  { groupId, mail }: Given,
): Promise<ConversationRow | null> => {
  if (mail.from === null) return null
  const all = await mailConversationsFrom(tx, account.id, groupId, mail.from)
  const open = all.find((conversation) => conversation.state !== "closed")
  if (open) return open
  return (mail.automatic && all.find((conversation) => conversation.last_seq === 0)) || null
}

const begin = async (tx: Tx, account: AccountRow, given: Given): Promise<ConversationRow> =>
  startConversation(tx, account, await senderOf(tx, account, given), given.groupId, "mail")

/** Who wrote, as a visitor: known from an earlier mail to the same name, or new. They are never in a chat box. */
const senderOf = async (tx: Tx, account: AccountRow, { groupId, mail, auth }: Given): Promise<VisitorRow> => {
  const [earlier] = mail.from === null ? [] : await mailConversationsFrom(tx, account.id, groupId, mail.from)
  const known = earlier && (await findVisitor(tx, account.id, earlier.visitor_id))
  if (known) {
    // Whoever writes in their name without proof does not rename them.
    const name = (senderProof(auth, mail.from)?.by === "nothing" ? null : mail.name) ?? known.name
    if (name !== known.name) await saveVisitor(tx, account.id, known.id, { name })
    return { ...known, name }
  }
  const visitor: VisitorRow = {
    account_id: account.id,
    id: newId("visitor"),
    site_id: await siteForMail(tx, account),
    // Of a secret that nobody has: no box is theirs.
    secret_hash: randomBytes(32).toString("hex"),
    name: mail.name,
    // An answer to an address of our own would come back here.
    address: mail.from !== null && (await isOwnAddress(tx, mail.from)) ? null : mail.from,
    language: account.language,
    zone: account.zone,
    page_url: null,
    page_title: null,
    device: null,
    closed_at: tx.now,
    created_at: tx.now,
  }
  await insertVisitor(tx, visitor)
  return visitor
}

/** A conversation belongs to a site: the account's first; one without any chat box if it has none. */
const siteForMail = async (tx: Tx, account: AccountRow): Promise<SiteId> => {
  const [first] = await sitesOfAccount(tx, account.id)
  if (first) return first.id
  const { id: accountId, name, language } = account
  return (await createSite(tx, { accountId, name, origins: [], language })).siteId
}
