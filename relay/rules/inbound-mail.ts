/**
 * What becomes of a mail to `r-<token>@D` (mail.md, "Answers by e-mail"): posted in the name of the token's
 * holder, kept as unconfirmed until an agent releases it, or kept without being posted as automatic.
 * Until SPF, DKIM and DMARC are checked, a sender is who the From field says.
 */
export type InboundJudgement = { kind: "automatic" } | { kind: "unconfirmed" } | { kind: "post" }

export interface InboundFacts {
  automatic: boolean
  /** The one address of the From field, normalised; null if there is none or several. */
  from: string | null
  /** The address whose mail carries the token, and what the holder's address is by now. */
  tokenAddress: string
  holderAddress: string | null
}

export const judgeInbound = (mail: InboundFacts): InboundJudgement =>
  keepAutomatic(mail) ?? holdUnknownSender(mail) ?? holdFormerHolder(mail) ?? { kind: "post" }

const keepAutomatic = (mail: InboundFacts): InboundJudgement | null =>
  mail.automatic ? { kind: "automatic" } : null

const holdUnknownSender = (mail: InboundFacts): InboundJudgement | null =>
  mail.from === mail.tokenAddress ? null : { kind: "unconfirmed" }

/** The agent was deactivated, or has another address by now. */
const holdFormerHolder = (mail: InboundFacts): InboundJudgement | null =>
  mail.holderAddress === mail.from ? null : { kind: "unconfirmed" }
