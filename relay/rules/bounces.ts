import type {
  BounceEffect,
  BounceReport,
  ReportAction,
  ReportedRecipient,
} from "../../shared/words/bounces.ts"
import type { DeliveryOutcome } from "../../shared/words/outcomes.ts"
import { classifyReported } from "./answers.ts"

/** Our mail that a report came for. */
export interface ReportedMail {
  address: string
  /** With angle brackets. */
  messageId: string
}

/** What a report says of our mail; whether that changes anything is for who knows how the mail stands. */
export interface ReportJudgement {
  effect: Extract<BounceEffect, "failed" | "noted" | "unmatched" | "automatic" | "unread">
  action: ReportAction
  outcome: DeliveryOutcome
  answer: string
  server: string | null
}

/**
 * What a report says of the mail whose envelope sender it came to (mail.md, "When it does not arrive").
 * `delayed` is no failure; what says nothing, or tells of another mail, changes nothing.
 */
export const judgeReport = (report: BounceReport, mail: ReportedMail): ReportJudgement => {
  const nothing = { action: "unknown", outcome: "unknown", answer: "", server: null } as const
  if (report.kind !== "report") {
    return { effect: report.kind === "automatic" ? "automatic" : "unread", ...nothing }
  }
  const told = recipientOf(report, mail)
  if (told === null) return { effect: "unread", ...nothing }
  const { action, diagnostic: answer, server } = told
  const arrived = GOT.has(action)
  const said = { action, outcome: arrived ? "unknown" : classifyReported(told), answer, server } as const
  if (isOfAnother(report, mail)) return { effect: "unmatched", ...said }
  if (action === "failed") return { effect: "failed", ...said }
  return { effect: action === "unknown" ? "unread" : "noted", ...said }
}

const same = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase()

const isAbout = (one: ReportedRecipient, { address }: ReportedMail): boolean =>
  same(one.original, address) || same(one.address, address)

/**
 * The mail that was sent back is another than ours, and none of the addresses is that of ours. (Addresses alone
 * often differ, by aliases; Message-IDs are exchanged by few gateways.)
 */
const isOfAnother = (report: BounceReport, mail: ReportedMail): boolean =>
  report.originalId !== null &&
  report.originalId !== mail.messageId &&
  !report.recipients.some((one) => isAbout(one, mail))

/**
 * Each of our mails has one recipient, but an address may stand for several: the one that is ours counts; else
 * a failure, unless somebody got it.
 */
const recipientOf = ({ recipients }: BounceReport, mail: ReportedMail): ReportedRecipient | null => {
  const ours = recipients.filter((one) => isAbout(one, mail))
  const among = ours.length > 0 ? ours : recipients
  const got = among.find(({ action }) => GOT.has(action))
  return got ?? among.find(({ action }) => action === "failed") ?? among[0] ?? null
}

const GOT: ReadonlySet<ReportAction> = new Set(["delivered", "relayed", "expanded"])
