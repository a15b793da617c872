import { type AccountId, type ConversationId, newId, type VisitorId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, HOUR } from "../../shared/words/time.ts"
import type { Transcript } from "../mail/content.ts"
import { attachmentsIn } from "../store/attachments.ts"
import { findConversation } from "../store/conversations.ts"
import { messagesAfter } from "../store/messages.ts"
import { deliveriesOf, enqueue } from "../store/outbox.ts"
import { mailDomain } from "../store/relays.ts"
import { replyToken } from "../store/reply-tokens.ts"
import { findSiteBox } from "../store/site-boxes.ts"
import type { Tx } from "../store/store.ts"
import { agentsOfAccount } from "../store/team.ts"
import { findSite, findVisitor } from "../store/visitors.ts"
import { enter } from "./enter.ts"
import { boxMessage } from "./read-box.ts"

/** A transcript gives up after this long. */
const LIFE = 2 * DAY
/** So many for one conversation in an hour. */
const MOST = 2
/** The end of a long conversation; the box has the rest. */
const MESSAGES = 500

/**
 * The visitor asks for their conversation by mail. It goes to the one address that is theirs, and only once
 * somebody of the team has answered: what a stranger typed, for whatever address, is mailed to nobody.
 * Refusals: `forbidden` where the site does not offer it, `bad-input` without an address, `too-many`.
 */
export const mailTranscript = async (
  tx: Tx,
  given: { accountId: AccountId; visitorId: VisitorId; conversationId: ConversationId },
): Promise<{ to: string }> => {
  const account = await enter(tx, given.accountId)
  const conversation = await findConversation(tx, account.id, given.conversationId)
  const visitor = await findVisitor(tx, account.id, given.visitorId)
  const site = conversation && (await findSite(tx, account.id, conversation.site_id))
  if (!visitor || !site || conversation?.visitor_id !== visitor.id)
    throw new Refusal("not-found", "there is no such conversation of this visitor")
  if ((await findSiteBox(tx, account.id, site.id))?.transcripts !== 1)
    throw new Refusal("forbidden", "this site sends no conversations by mail")
  if (visitor.address === null) throw new Refusal("bad-input", "leave an e-mail address first")
  const messages = await messagesAfter(tx, account.id, conversation.id, 0)
  if (!messages.some(({ author }) => author === "agent"))
    throw new Refusal("stale", "there is no answer yet: ask again when there is one")
  const sent = (await deliveriesOf(tx, account.id, conversation.id)).filter(
    ({ kind, created_at }) => kind === "transcript" && created_at > tx.now - HOUR,
  )
  if (sent.length >= MOST) throw new Refusal("too-many", "it was sent already: ask again in an hour")
  const id = newId("delivery")
  const messageId = `<${id.replace("_", ".")}@${await mailDomain(tx)}>`
  const agents = await agentsOfAccount(tx, account.id)
  const files = Map.groupBy(await attachmentsIn(tx, account.id, conversation.id), ({ seq }) => seq)
  const content: Transcript = {
    kind: "transcript",
    site: site.name,
    conversationId: conversation.id,
    replyToken: await replyToken(tx, account.id, conversation.id, {
      holder: "visitor",
      agentId: null,
      address: visitor.address,
    }),
    language: visitor.language,
    zone: visitor.zone,
    messages: messages.slice(-MESSAGES).map((message) => {
      const { author, name, text, at } = boxMessage(message, account, agents)
      return { author, name, text, at, files: (files.get(message.seq) ?? []).map((file) => file.name) }
    }),
    more: Math.max(0, messages.length - MESSAGES),
  }
  await enqueue(tx, {
    account_id: account.id,
    id,
    kind: "transcript",
    conversation_id: conversation.id,
    agent_id: null,
    to_address: visitor.address,
    message_id: messageId,
    content: JSON.stringify(content),
    gives_up_at: tx.now + LIFE,
  })
  return { to: visitor.address }
}
