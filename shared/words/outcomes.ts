/**
 * Classes of what a mail server answered instead of taking a mail (mail.md, "When it does not arrive"):
 * `connection` is that no answer came at all (DNS, refused, time out, dropped).
 */
export const DELIVERY_OUTCOMES = [
  "mailbox-full",
  "address-wrong",
  "domain-blocked",
  "greylisted",
  "rate-limited",
  "too-large",
  "policy",
  "connection",
  "unknown",
] as const
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number]

/** How one try of a delivery ended; settled by the action `settleDelivery`. */
export type DeliveryResult =
  /** `tls`: how the connection was encrypted, e.g. `TLSv1.3, certificate verified`, where that is known. */
  | { kind: "delivered"; server: string; answer: string; tls?: string }
  /** Nothing leaves the relay: the mail as it would have gone out. */
  | { kind: "captured"; raw: Uint8Array }
  /** Tried again later, or given up when its time is over. */
  | { kind: "deferred" | "failed"; outcome: DeliveryOutcome; server: string | null; answer: string }
