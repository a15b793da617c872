/**
 * The catalogue of refusals: what an action answers instead of doing something. Nothing was changed.
 * Edges translate: `status` for HTTP; SMTP has its own codes in relay/smtp. The message a person reads
 * says what happened, with which value, and what to do next.
 */
export const REFUSALS = {
  "bad-input": 400,
  "not-signed-in": 401,
  "code-wrong": 401,
  "code-expired": 401,
  forbidden: 403,
  "origin-not-allowed": 403,
  "not-found": 404,
  stale: 409,
  /** An address that nobody has shown to read. */
  unverified: 409,
  "redirect-loop": 409,
  "not-in-plan": 403,
  "already-exists": 409,
  "already-set-up": 409,
  "too-large": 413,
  /** A file of a kind that may not be sent. */
  "wrong-kind": 415,
  "too-many": 429,
  "store-full": 507,
  "store-unavailable": 503,
} as const

export type RefusalCode = keyof typeof REFUSALS

/** Thrown by actions and rules. `facts` go out with the answer (e.g. the current value of a stale write). */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: Record<string, unknown>

  constructor(code: RefusalCode, message: string, facts: Record<string, unknown> = {}) {
    super(message)
    this.name = "Refusal"
    this.code = code
    this.facts = facts
  }

  get status(): number {
    return REFUSALS[this.code]
  }
}
