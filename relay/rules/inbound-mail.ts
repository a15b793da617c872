import type { HoldReason, SenderProof } from "../../shared/words/mail-proof.ts"
import { DAY, HOUR, MINUTE, type Millis } from "../../shared/words/time.ts"

/**
 * What becomes of a mail to `r-<token>@D` (mail.md, "Answers by e-mail"): posted in the name of the token's
 * holder, kept as unconfirmed until an agent releases it, or kept without being posted as automatic.
 */
export type InboundJudgement =
  | { kind: "automatic" }
  | { kind: "unconfirmed"; why: HoldReason }
  | { kind: "post" }

export interface InboundFacts {
  automatic: boolean
  /** The one address of the From field, normalised; null if there is none or several. */
  from: string | null
  /** What vouches for it; null where the relay does not look (PORCHLIGHT_MAIL_CHECKS). */
  proof: SenderProof | null
  holder: "agent" | "inbox" | "visitor"
  /** The address whose mail carries the token, and what the holder's address is by now. */
  tokenAddress: string
  holderAddress: string | null
}

export const judgeInbound = (mail: InboundFacts): InboundJudgement =>
  keepAutomatic(mail) ??
  holdUnknownSender(mail) ??
  holdFormerHolder(mail) ??
  holdUnproven(mail) ?? { kind: "post" }

const keepAutomatic = (mail: InboundFacts): InboundJudgement | null =>
  mail.automatic ? { kind: "automatic" } : null

const holdUnknownSender = ({ from, tokenAddress }: InboundFacts): InboundJudgement | null => {
  if (from === null) return hold("no-sender")
  return from === tokenAddress ? null : hold("other-sender")
}

/** The agent was deactivated, or has another address by now. */
const holdFormerHolder = ({ from, holderAddress }: InboundFacts): InboundJudgement | null =>
  holderAddress === from ? null : hold("former-address")

/**
 * A token shows that somebody has the mail with it, not who: mails are forwarded, and printed. Who speaks for the
 * company has to be who they say. A visitor does not: in the chat box they give any name they like, their mail
 * provider may be one that vouches for nobody, and a held answer is a customer who waits. Theirs is posted, and shown
 * with what is known of it.
 */
const holdUnproven = ({ holder, proof }: InboundFacts): InboundJudgement | null => {
  if (holder === "visitor" || proof === null) return null
  if (proof.by === "nothing") return hold("not-proven")
  return proof.by === "open" ? hold("not-proven-yet") : null
}

/** How long after a mail its sender is looked at again: servers come back in minutes, or somebody mends them. */
const RECHECKS: readonly Millis[] = [2 * MINUTE, 10 * MINUTE, 1 * HOUR, 6 * HOUR, 1 * DAY]

/** When an answer that came at `cameAt`, and could not be checked at `now`, is looked at again; null: no more. */
export const recheckAt = (cameAt: Millis, now: Millis): Millis | null => {
  const after = RECHECKS.find((wait) => cameAt + wait > now)
  return after === undefined ? null : cameAt + after
}

const hold = (why: HoldReason): InboundJudgement => ({ kind: "unconfirmed", why })
