import { createHash } from "node:crypto"
import addressparser from "nodemailer/lib/addressparser"
import { isAutomatic, isAutomaticByFromAlone } from "./automatic.ts"
import { decodeWords } from "./encoded-words.ts"
import { allOf, firstOf, type HeaderField, readHeader } from "./header.ts"
import type { ParsedReply } from "./parsed-reply.ts"

/** Characters of a subject that are kept; a screen shows some 80. */
const MAX_SUBJECT = 300

/** Characters of a person's name. */
const MAX_NAME = 100

/** Message-IDs of a thread that are looked at: the first, which began it, and the newest. */
const MAX_THREAD = 50

/**
 * All of a reply but its text, from the header alone. `domain` is ours: it ends the Message-ID that a mail
 * without one is given. `header`: if it was read already.
 */
export const readReplyHeader = (
  raw: Uint8Array,
  envelopeFrom: string,
  domain: string,
  header: readonly HeaderField[] = readHeader(raw),
): Omit<ParsedReply, "text" | "whole" | "attachments" | "attachmentCount"> => {
  const writtenFor = isAutomaticByFromAlone(header, envelopeFrom) ? personIn(header, "reply-to") : null
  return {
    ...sender(header),
    subject: decodeWords(firstOf(header, "subject") ?? "", MAX_SUBJECT),
    messageId: usableMessageId(header) ?? `<${createHash("sha256").update(raw).digest("hex")}@${domain}>`,
    thread: threadOf(header),
    automatic: isAutomatic(header, envelopeFrom),
    ...(writtenFor && { writtenFor }),
  }
}

/**
 * RFC 5322 3.6 wants exactly one From. Two fields, or two addresses in one, are how a screen is made to
 * show another sender than the one that was checked: nobody then. The same for an encoded address.
 */
const sender = (header: readonly HeaderField[]): Pick<ParsedReply, "from" | "name"> =>
  personIn(header, "from") ?? NOBODY

const personIn = (
  header: readonly HeaderField[],
  field: "from" | "reply-to",
): { from: string; name: string | null } | null => {
  const fields = allOf(header, field)
  if (fields.length !== 1) return null
  const found = addressparser(fields[0], { flatten: true }).filter(({ address }) => address !== "")
  const address = found.length === 1 ? found[0]!.address.toLowerCase() : ""
  const usable = /^[^\s@<>"(),:;\\=?]+@[^\s@<>"(),:;\\[\]=?]+$/.test(address) && address.length <= 254
  return usable ? { from: address, name: decodeWords(found[0]!.name, MAX_NAME) || null } : null
}

const NOBODY = { from: null, name: null }

/** RFC 5322 3.6.4, leniently: anything in one pair of angle brackets, without blanks. */
const usableMessageId = (header: readonly HeaderField[]): string | null =>
  /^<[^<>\s]{1,900}>/.exec(firstOf(header, "message-id") ?? "")?.[0] ?? null

/** RFC 5322 3.6.4: what it answers, the oldest first; In-Reply-To last, as it names the nearest. */
const threadOf = (header: readonly HeaderField[]): string[] => {
  const named = ["references", "in-reply-to"].flatMap((name) => allOf(header, name))
  const ids = [...new Set(named.flatMap((value) => value.match(/<[^<>\s]{1,900}>/g) ?? []))]
  return ids.length <= MAX_THREAD ? ids : [ids[0]!, ...ids.slice(1 - MAX_THREAD)]
}
