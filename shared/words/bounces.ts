/** What a report about one of our mails says (RFC 3464 2.3.3); `unknown`: it does not say. */
export type ReportAction = "failed" | "delayed" | "delivered" | "relayed" | "expanded" | "unknown"

/** What a report says of one address. */
export interface ReportedRecipient {
  /** Lowercase; null where the report names none. */
  address: string | null
  /** As the mail was addressed, where that is said beside it. */
  original: string | null
  action: ReportAction
  /** Status field (RFC 3463), e.g. `5.1.1`. */
  status: string | null
  /** What was said, in one line of at most 500 characters; the next server's own words where they are there. */
  diagnostic: string
  /** Who said it. */
  server: string | null
}

/**
 * A mail that came to the envelope sender of one of ours. `report`: a program says what became of our mail;
 * `automatic`: a program's mail that says nothing of the kind (somebody is on holiday); `other`: anything else.
 */
export interface BounceReport {
  kind: "report" | "automatic" | "other"
  /** How it was written. */
  form: "rfc3464" | "qmail" | "exim" | "text" | "none"
  /** None but where `kind` is `report`. */
  recipients: ReportedRecipient[]
  /** Message-ID of the mail it is about, with angle brackets, where it was sent back. */
  originalId: string | null
}

/**
 * What a report did: `failed` (the mail counts as failed since), `noted` (it tells of no failure), `repeated`
 * (that was known), `unmatched` (it is about another mail), `automatic` (no report at all), `unread` (nothing is
 * to be learnt from it), `never-sent` (our mail had not gone out).
 */
export type BounceEffect =
  | "failed"
  | "noted"
  | "repeated"
  | "unmatched"
  | "automatic"
  | "unread"
  | "never-sent"
