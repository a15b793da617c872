import type { ReportedRecipient } from "../../../shared/words/bounces.ts"
import { actionIn, addressIn, answerIn, enhancedIn, oneLine } from "./words.ts"

/** Of a report that are read, as of one in fields (delivery-status.ts). */
const MAX_RECIPIENTS = 50

/** Ends what is said; the mail that is sent back follows (QSBMF, cr.yp.to/proto/qsbmf.txt). */
const END = /^---? ?(?:Below this line is a copy|Enclosed (?:is a copy|are the original headers))/m

/**
 * A report as qmail writes it, and who took its form over: a first paragraph that begins `Hi. This is the`
 * (or words of the house's own), then one a recipient that begins `<address>:`. Null where it is none.
 */
export const readQmail = (text: string, subject: string): ReportedRecipient[] | null => {
  const end = END.exec(text)?.index
  if (end === undefined && !/^Hi\. This is the/m.test(text)) return null
  const paragraphs = text.slice(0, end).split(/\n[ \t]*\n+/)
  const action = actionIn(subject, text.slice(0, end)) === "delayed" ? "delayed" : "failed"
  const found = paragraphs.flatMap((paragraph): ReportedRecipient[] => {
    const begins = /^\s{0,10}<([^<>\n]{3,320})>:[ \t]*\n?/.exec(paragraph)
    if (!begins) return []
    const said = paragraph.slice(begins[0].length)
    return [
      {
        address: addressIn(begins[1] ?? ""),
        original: null,
        action,
        status: statusIn(said),
        diagnostic: answerIn(said) ?? oneLine(said),
        server: hostIn(said),
      },
    ]
  })
  return found.length > 0 ? found.slice(0, MAX_RECIPIENTS) : null
}

/** `(#5.1.1)` stands behind qmail's own words, `Remote host said:` before another's. */
const statusIn = (said: string): string | null =>
  /#([245]\.\d{1,3}\.\d{1,3})\)/.exec(said)?.[1] ?? enhancedIn(said)

/** `Connected to 192.0.2.1 but …`, `192.0.2.1 does not like recipient.` */
const hostIn = (said: string): string | null =>
  /(?:^|Connected to )([\w.:-]{3,255}) (?:but|does not like|failed after|_does_not_like)/m.exec(said)?.[1] ??
  null
