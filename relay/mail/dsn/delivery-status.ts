import type { ReportAction, ReportedRecipient } from "../../../shared/words/bounces.ts"
import { allOf, firstOf, type HeaderField, readHeader } from "../header.ts"
import { addressIn, answerIn, enhancedIn, oneLine } from "./words.ts"

/** A report of one mail names its recipients; of ours each has one. */
const MAX_RECIPIENTS = 50

const ACTIONS = new Set<ReportAction>(["failed", "delayed", "delivered", "relayed", "expanded"])

/**
 * The recipients of a `message/delivery-status` part (RFC 3464 2.1; RFC 6533 3): groups of fields parted by
 * empty lines, the first about the mail as a whole. Some programs leave that one out, or empty lines in.
 */
export const readDeliveryStatus = (text: string): ReportedRecipient[] => {
  const groups = text
    .split(/\n[ \t]*\n+/, 2 * MAX_RECIPIENTS)
    .map((group) => readHeader(Buffer.from(group.trimStart())))
  const about = groups.flatMap((fields) => (isOfRecipient(fields) ? [asRecipient(fields)] : []))
  return about.slice(0, MAX_RECIPIENTS)
}

const isOfRecipient = (fields: readonly HeaderField[]): boolean =>
  ["final-recipient", "original-recipient", "action"].some((name) => firstOf(fields, name) !== null)

const asRecipient = (fields: readonly HeaderField[]): ReportedRecipient => {
  const status = enhancedIn(firstOf(fields, "status") ?? "")
  const diagnostic = diagnosticOf(fields)
  return {
    address: addressIn(typed(firstOf(fields, "final-recipient"))),
    original: addressIn(typed(firstOf(fields, "original-recipient"))),
    action: actionOf(firstOf(fields, "action"), status),
    status,
    diagnostic,
    server: hostOf(firstOf(fields, "remote-mta")),
  }
}

/** `rfc822; ada@example.com` without its type; xtext (RFC 3461 4) undone. */
const typed = (value: string | null): string =>
  (value ?? "").replace(/^[^;]{0,40};\s*/, "").replace(/\+([0-9A-F]{2})/g, (whole, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16))
    return /[+=]/.test(char) ? char : whole
  })

/** Without an Action field, or with one that nobody knows, the status says what happened (RFC 3463 2). */
const actionOf = (value: string | null, status: string | null): ReportAction => {
  const said = /^[a-z]+/.exec((value ?? "").toLowerCase())?.[0] as ReportAction | undefined
  if (said && ACTIONS.has(said)) return said
  if (status === null) return "unknown"
  return status.startsWith("5") ? "failed" : status.startsWith("4") ? "delayed" : "delivered"
}

const diagnosticOf = (fields: readonly HeaderField[]): string => {
  const said = allOf(fields, "diagnostic-code").map((value) => value.replace(/^\s*[\w-]{1,40}\s*;\s*/, ""))
  const text = oneLine(said.join(" "))
  return answerIn(text) ?? text
}

/** `dns; mx.example.net (192.0.2.1, the server for the domain example.net)` → `mx.example.net`. */
const hostOf = (value: string | null): string | null =>
  /^[\w.:[\]-]{1,255}/.exec((value ?? "").replace(/^\s*[\w-]{1,40}\s*;\s*/, ""))?.[0] ?? null
