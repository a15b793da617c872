import type { Reply } from "./replies.ts"

/** Who an address is; `unknown`: nobody at a domain of ours, `foreign`: at no domain of ours. */
export type RecipientKind =
  | "postmaster"
  | "reply"
  | "bounce"
  | "forward"
  | "conversation"
  | "unknown"
  | "foreign"

/** How a mail came. Addresses are as the client wrote them; `from` is empty for the null sender. */
export interface InboundEnvelope {
  from: string
  to: string[]
  /** IP address of the client. */
  remoteAddress: string
  /** What the client called itself in HELO or EHLO. */
  helo: string
  /** Protocol for the Received field: SMTP, ESMTP, ESMTPS (RFC 3848). */
  protocol: string
}

/** `taken`: it is on disk, for every recipient; `refused`: it is not, and will not be. */
export type PerMailOutcome = { kind: "taken" } | { kind: "refused"; reply: Reply }

/** What the SMTP server asks of the rest of the relay; relay/smtp/inbox.ts is it over the store. */
export interface InboundPort {
  /** `address` is as the client wrote it, or `postmaster` alone. Throws what the store throws. */
  findRecipient(address: string): Promise<RecipientKind>
  /**
   * Resolves only once the mail is committed and on disk. Throws a Refusal (`store-full`,
   * `store-unavailable`…) or any error when it could not be stored: the client hears 4xx and tries again.
   */
  take(envelope: InboundEnvelope, raw: Buffer): Promise<PerMailOutcome>
}
