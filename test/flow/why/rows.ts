import type { ReasonCode } from "../../../shared/words/reasons.ts"

/**
 * The table "Why did I get no e-mail?" of the rules, row by row: what it was, and the code that says so; the
 * situations beside this file produce each.
 */
export const ROWS = {
  "notices are off": ["notifications-off"],
  "you were not really offline": ["present-on-device"],
  "you came back too soon": ["back-online"],
  "someone opened it": ["opened"],
  "a colleague was online": ["colleague-online"],
  "it is in the spam folder": ["delivered"],
  "the mailbox is full": ["mailbox-full"],
  "it went to another address": ["sent-to"],
  "the mail server blocks the relay's domain": ["domain-blocked"],
  "missed: nobody was online then": ["nobody-online"],
  "missed: somebody joined": ["joined"],
  "missed: the visitor came back": ["visitor-returned"],
  "missed: not in the plan": ["plan"],
  "address does not exist": ["address-wrong"],
  "the server refused it": ["refused"],
  "not delivered yet": ["deferred"],
  "still waiting": ["waiting"],
  "several in one": ["folded"],
  "not your group, not active": ["other-group", "inactive"],
  "nowhere to send it": ["no-destination"],
  // What the relay does besides: nothing leaves it, or its operator gives a mail up.
  "nothing leaves the relay": ["captured"],
  "given up by the operator": ["dropped"],
  "held by the operator": ["held"],
} as const satisfies Record<string, readonly ReasonCode[]>

export type Row = keyof typeof ROWS
