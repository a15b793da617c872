/** What is looked at when mail is to arrive and be trusted, in the order it is shown. */
export const CHECKS = [
  "mx",
  "host",
  "spf",
  "dkim",
  "dmarc",
  "sts",
  "sts-policy",
  "tls-rpt",
  "ptr",
  "listener",
  "port-25",
  "certificate",
  "way-out",
  "queue",
  "disk",
  "clock",
  "store",
  "workers",
] as const
export type Check = (typeof CHECKS)[number]

/**
 * `note`: nothing wrong, but to be known, or not to be found out from here; `unknown`: nobody answered for now.
 */
export const FINDING_STATES = ["right", "note", "unknown", "missing", "wrong"] as const
export type FindingState = (typeof FINDING_STATES)[number]

/** The catalogue of findings; wording is in shared/i18n/mail-health, `finding.<code>` and `fix.<code>`. */
export const FINDING_CODES = [
  "right",
  "missing",
  "no-answer",
  "several",
  "mx-elsewhere",
  "mx-also",
  "mx-null",
  "host-alias",
  "host-unknown",
  "host-private",
  "spf-refuses",
  "spf-smarthost",
  "spf-unsure",
  "spf-broken",
  "spf-anybody",
  "dkim-other",
  "dkim-revoked",
  "dmarc-watching",
  "dmarc-inherited",
  "dmarc-broken",
  "sts-old-id",
  "sts-unreadable",
  "sts-other",
  "ptr-missing",
  "ptr-unconfirmed",
  "ptr-other-name",
  "ptr-private",
  "listens",
  "not-listening",
  "other-listener",
  "outside-unknown",
  "other-port",
  "cert-none",
  "cert-good",
  "cert-soon",
  "cert-expired",
  "cert-name",
  "cert-unreadable",
  "capture",
  "smarthost-good",
  "smarthost-plain",
  "smarthost-fails",
  "smarthost-refuses",
  "way-untried",
  "way-good",
  "way-blocked",
  "queue-good",
  "queue-old",
  "disk-good",
  "disk-low",
  "disk-fails",
  "clock-good",
  "clock-off",
  "clock-alone",
  "store-good",
  "store-served",
  "store-slow",
  "store-few-connections",
  "store-fails",
  "workers-good",
  "workers-none",
  "decisions-late",
  "webhooks-late",
  "pushes-late",
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** One thing looked at, and what was found. */
export interface Finding {
  check: Check
  /** What it is about: the name of a record, a host, a server. */
  subject: string
  state: FindingState
  code: FindingCode
  /** Values of the words. */
  facts: Record<string, string | number>
  /** As it was found, and as it should be; null where there is nothing to show. */
  found: string | null
  expected: string | null
  /** Mail arrives and is trusted without it. */
  optional: boolean
}

/** Whether somebody has to do something: what is wrong, and what is missing without being optional. */
export const isTrouble = ({ state, optional }: Pick<Finding, "state" | "optional">): boolean =>
  state === "wrong" || state === "unknown" || (state === "missing" && !optional)
