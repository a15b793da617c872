/**
 * What was found out about who really sent a mail (SPF RFC 7208, DKIM RFC 6376, DMARC RFC 7489, ARC RFC 8617).
 * Kept with the mail as JSON and shown.
 */
export interface AuthResult {
  /** Of the envelope sender's domain, or of what the client called itself where there is no sender (RFC 7208 2.4). */
  spf: { result: AuthWord; domain: string | null; identity: "mailfrom" | "helo" }
  /** One a signature, at most 10. */
  dkim: { result: AuthWord; domain: string | null; selector: string | null; aligned: boolean }[]
  /**
   * `domain`: of the From address, whatever was published for it; null if there is no From, or several.
   * `policy`: what it asks to be done with mails that fail; null if it publishes nothing.
   */
  dmarc: { result: AuthWord; domain: string | null; policy: "none" | "quarantine" | "reject" | null }
  arc: { result: AuthWord; sealer: string | null }
  /** The From domain is vouched for, by DKIM or SPF aligned with it (relaxed, RFC 7489 3.1). */
  aligned: boolean
  /** Some answer of the DNS is missing for now: checking again later may find more. */
  temporary: boolean
}

/** RFC 8601 2.7. */
export const AUTH_WORDS = [
  "none",
  "neutral",
  "pass",
  "fail",
  "softfail",
  "policy",
  "temperror",
  "permerror",
] as const
export type AuthWord = (typeof AUTH_WORDS)[number]
