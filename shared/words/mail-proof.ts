/** What is known of a mail's sender: words that rules, store, wire and screens share. */

/**
 * What vouches for the From of a mail: a signature (DKIM) or the server it came from (SPF) of `domain`, which is, or
 * belongs to, the domain of From; nothing; or nobody could tell when it came (`open`), as the DNS gave no answer.
 */
export type SenderProof = { by: "dkim" | "spf"; domain: string } | { by: "nothing" | "open" }

/** Why an answer by mail waits for somebody who knows whose it is. */
export const HOLD_REASONS = [
  /** No From, or several. */
  "no-sender",
  /** From is not the address that the mail it answers went to. */
  "other-sender",
  /** It is, but they have another by now, or are gone. */
  "former-address",
  /** It is, but anybody could have written it there: see SenderProof `nothing`, `open`. */
  "not-proven",
  "not-proven-yet",
] as const
export type HoldReason = (typeof HOLD_REASONS)[number]
