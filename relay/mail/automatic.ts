import { allOf, firstOf, type HeaderField } from "./header.ts"

/**
 * Whether a program wrote the mail: such mail is kept and shown, but never becomes a message and never gets
 * an automatic answer (RFC 3834 2). Each sign is one that answering machines, lists or bounces really carry.
 */
export const isAutomatic = (header: readonly HeaderField[], envelopeFrom: string): boolean =>
  hasNullSender(header, envelopeFrom) ||
  saysAutoSubmitted(header) ||
  hasBulkPrecedence(header) ||
  cameThroughList(header) ||
  asksForNoAutoResponse(header) ||
  isMarkedAutoReply(header) ||
  isReport(header) ||
  isFromMachine(header)

/** RFC 5321 4.5.5: bounces and answers of programs have it. */
const hasNullSender = (header: readonly HeaderField[], envelopeFrom: string): boolean =>
  envelopeFrom === "" || firstOf(header, "return-path") === "<>"

/** RFC 3834 5: any value but "no" (which may be followed by parameters). */
const saysAutoSubmitted = (header: readonly HeaderField[]): boolean =>
  allOf(header, "auto-submitted").some((value) => !/^no\b/i.test(value))

const hasBulkPrecedence = (header: readonly HeaderField[]): boolean =>
  allOf(header, "precedence").some((value) => /^(?:bulk|junk|list|auto_reply)\b/i.test(value))

/** RFC 2919, and what lists had before. */
const cameThroughList = (header: readonly HeaderField[]): boolean =>
  ["list-id", "list-post", "x-mailing-list", "mailing-list"].some((name) => firstOf(header, name) !== null)

/** Exchange puts it on what it sends by itself; "None" asks for nothing. */
const asksForNoAutoResponse = (header: readonly HeaderField[]): boolean =>
  allOf(header, "x-auto-response-suppress").some((value) => value !== "" && !/^none$/i.test(value))

const isMarkedAutoReply = (header: readonly HeaderField[]): boolean =>
  ["x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply", "x-failed-recipients"].some(
    (name) => allOf(header, name).some((value) => !/^(?:no|false)$/i.test(value)),
  )

/** RFC 6522: delivery and disposition reports; RFC 5965: complaints. */
const isReport = (header: readonly HeaderField[]): boolean =>
  /^multipart\/report\b|^message\/(?:delivery-status|disposition-notification)\b/i.test(
    firstOf(header, "content-type") ?? "",
  )

/**
 * Whether it is one only by its From: a form on a web site writes as `noreply@` too, and says in Reply-To for whom.
 * What answers by itself says so in one of the other ways.
 */
export const isAutomaticByFromAlone = (header: readonly HeaderField[], envelopeFrom: string): boolean =>
  isNoReply(header) && !isAutomatic(withoutFrom(header), envelopeFrom)

const withoutFrom = (header: readonly HeaderField[]): HeaderField[] =>
  header.filter(({ name }) => name !== "from")

const isNoReply = (header: readonly HeaderField[]): boolean =>
  /(?:^|<|\s)(?:no-?reply|do-?not-?reply)@/i.test(firstOf(header, "from") ?? "")

const isFromMachine = (header: readonly HeaderField[]): boolean =>
  /(?:^|<|\s)(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i.test(firstOf(header, "from") ?? "")
