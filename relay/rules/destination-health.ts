import type { MailKind } from "../../shared/words/nouns.ts"
import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import { DAY } from "../../shared/words/time.ts"

/**
 * Whether an address that we write to keeps failing (mail.md, "When it does not arrive"). Once is an accident;
 * several mails in a row, or one thing or another for a day, is not.
 */

/** Mails that have failed for good, with none arriving between. */
const FAILURES = 3

/** Tries that fail for this long, with none arriving between: a full mailbox often says so only for now. */
const FOR = DAY

export interface Health {
  failures: number
  failing_since: number | null
  last_at: number
}

export const keepsFailing = ({ failures, failing_since: since, last_at: last }: Health): boolean =>
  since !== null && (failures >= FAILURES || last - since >= FOR)

/**
 * Mails to people of the account. Not those to visitors, to addresses that nobody has shown to read, to where
 * somebody has moved away from, and those sent to try something.
 */
const TO_OUR_PEOPLE: ReadonlySet<MailKind> = new Set([
  "offline-notice",
  "missed-notice",
  "forward",
  "sign-in-code",
  "invitation",
])

export const isToOurPeople = (kind: MailKind): boolean => TO_OUR_PEOPLE.has(kind)

/** What a failure says of the address: nothing, where it is about that one mail (its size; what others wrote). */
export const countsAgainst = (kind: MailKind, outcome: DeliveryOutcome): boolean =>
  isToOurPeople(kind) && outcome !== "too-large" && !(kind === "forward" && outcome === "policy")
