import type { AccountId, InboundMailId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { AuthResult } from "../mail/auth-result.ts"
import { senderProof } from "../mail/sender-proof.ts"
import { judgeInbound, recheckAt } from "../rules/inbound-mail.ts"
import { findConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { findInboundMail, firstRecheck, nextRecheck, setChecked } from "../store/inbound-mails.ts"
import { findReplyToken } from "../store/reply-tokens.ts"
import type { Tx } from "../store/store.ts"
import { enter } from "./enter.ts"
import { holderAddress, post } from "./replies.ts"

export interface MailToCheck {
  accountId: AccountId
  inboundMailId: InboundMailId
  envelopeFrom: string
  /** As it came, with our trace fields on top. */
  raw: Uint8Array
}

/** An answer whose sender could not be checked when it came, and whose turn it is again; and when the next one's is. */
export const dueRecheck = async (tx: Tx): Promise<{ mail: MailToCheck | null; nextAt: Millis | null }> => {
  const row = await firstRecheck(tx)
  if (!row) return { mail: null, nextAt: await nextRecheck(tx) }
  const { account_id: accountId, id: inboundMailId, envelope_from: envelopeFrom, raw } = row
  return { mail: { accountId, inboundMailId, envelopeFrom, raw }, nextAt: tx.now }
}

/**
 * Judges such an answer anew by what was found now: it is posted, or goes on waiting for a person, for good or until
 * the next look. Changes nothing if it waits no more.
 */
export const settleRecheck = async (
  tx: Tx,
  given: { accountId: AccountId; inboundMailId: InboundMailId; auth: AuthResult | null },
): Promise<{ outcome: "posted" | "unconfirmed" | "settled" }> => {
  const { accountId, inboundMailId, auth } = given
  const account = await enter(tx, accountId)
  const mail = await findInboundMail(tx, accountId, inboundMailId)
  if (mail?.state !== "unconfirmed" || mail.hold !== "not-proven-yet") return { outcome: "settled" }
  const token = await findReplyToken(tx, mail.token)
  const conversation = await findConversation(tx, accountId, mail.conversation_id)
  if (!token || !conversation) return { outcome: "settled" }
  const judgement = judgeInbound({
    automatic: false,
    from: mail.from_address,
    proof: senderProof(auth, mail.from_address),
    holder: token.holder,
    tokenAddress: token.address,
    holderAddress: await holderAddress(tx, account, token, conversation),
  })
  const why = judgement.kind === "unconfirmed" ? judgement.why : null
  await setChecked(tx, accountId, inboundMailId, {
    auth: auth && JSON.stringify(auth),
    hold: why,
    state: why === null ? "posted" : "unconfirmed",
    recheck_at: why === "not-proven-yet" ? recheckAt(mail.at, tx.now) : null,
  })
  await emit(tx, accountId, { kind: "unconfirmed", conversationId: conversation.id, inboundMailId })
  if (why !== null) return { outcome: "unconfirmed" }
  await post(tx, account, conversation, token, { id: inboundMailId, text: mail.text })
  return { outcome: "posted" }
}
