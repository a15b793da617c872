import { isAscii } from "node:buffer"
import { fieldsOf, fieldValue, withoutFields } from "./fields.ts"
import { bodyOf, headerOf } from "./split.ts"

/**
 * Mail for a next server without 8BITMIME (RFC 6152). Such servers are nearly gone, and what they get is no longer
 * what its sender signed; so this is done there and only there, where the mail could not go on otherwise.
 */

/** Whether the mail's body has bytes that only 8BITMIME lets through. Bytes in its header are no matter of it. */
export const needsEightBit = (raw: Buffer): boolean => !isAscii(bodyOf(raw))

/**
 * Whether the mail's header has addresses that only SMTPUTF8 lets through (RFC 6531 3.4): UTF-8 in a local part or
 * domain. UTF-8 elsewhere, in names and subjects, goes through everywhere since long before, and is let through.
 */
export const needsUtf8 = (raw: Buffer): boolean =>
  !isAscii(headerOf(raw)) &&
  fieldsOf(raw, ({ name }) => ADDRESS_FIELDS.has(name)).some((field) =>
    hasUtf8Address(Buffer.from(fieldValue(raw, field), "latin1")),
  )

const ADDRESS_FIELDS = new Set(["from", "sender", "reply-to", "to", "cc"])

const hasUtf8Address = (value: Buffer): boolean => {
  const words = value
    .toString()
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .split(/[\s<>(),;:]+/)
  // U+FFFD: bytes of an older charset, which are no UTF-8
  return words.some((word) => word.includes("@") && /\P{ASCII}/u.test(word) && !word.includes("\ufffd"))
}

/** Parts within parts that are gone into. */
const MAX_DEPTH = 20

/** Said on top of what was converted, in the words that mail admins know from Sendmail. */
const NOTE = "X-MIME-Autoconverted: from 8bit to 7bit by Porchlight\r\n"

/**
 * The mail with the body of each part that has 8-bit bytes in quoted-printable (text) or base64 (RFC 2045 6), the
 * header as it is; itself if there is nothing to do. Null where that cannot be: in signed parts, which must not
 * change (RFC 1847 2.1), encodings nobody knows, and 20 parts deep; then it is the sender who has to be told.
 */
export const toSevenBit = (raw: Buffer): Buffer | null => {
  if (!needsEightBit(raw)) return raw
  const converted = convert(raw, 0)
  return converted && Buffer.concat([Buffer.from(NOTE), converted])
}

/** `entity`: a header and a body. */
const convert = (entity: Buffer, depth: number): Buffer | null => {
  const body = bodyOf(entity)
  if (isAscii(body)) return entity
  if (depth >= MAX_DEPTH) return null
  const type = firstValue(entity, "content-type") ?? "text/plain"
  const boundary = boundaryOf(type)
  if (/^multipart\/signed\b/i.test(type)) return null
  if (/^multipart\//i.test(type) && boundary !== null) {
    const parts = convertParts(body, boundary, depth)
    return parts && assemble(entity, "7bit", parts)
  }
  if (/^message\/rfc822\b/i.test(type)) {
    const inner = convert(body, depth + 1)
    return inner && assemble(entity, "7bit", inner)
  }
  if (/^message\//i.test(type)) return null
  return encode(entity, body, /^text\//i.test(type))
}

const encode = (entity: Buffer, body: Buffer, isText: boolean): Buffer | null => {
  switch (firstValue(entity, "content-transfer-encoding")?.toLowerCase() ?? "7bit") {
    case "7bit":
    case "8bit":
    case "binary":
      return isText
        ? assemble(entity, "quoted-printable", quotedPrintable(body))
        : assemble(entity, "base64", base64(body))
    // Bytes that have no business there are kept if they can be, and else were never read by anybody.
    case "quoted-printable":
      return assemble(entity, "quoted-printable", escaped(body))
    case "base64":
      return assemble(entity, "base64", Buffer.from(body.filter((byte) => byte < 128)))
    default:
      return null
  }
}

/** Delimiters stay as they are (RFC 2046 5.1.1); before the first and behind the last stands what nobody reads. */
const convertParts = (body: Buffer, boundary: string, depth: number): Buffer | null => {
  const delimiters = findDelimiters(body, boundary)
  const done: Buffer[] = [plain(body.subarray(0, delimiters[0]?.from ?? body.length))]
  for (const [index, { from, to, isLast }] of delimiters.entries()) {
    const entity = body.subarray(to, delimiters[index + 1]?.from ?? body.length)
    const converted = isLast ? plain(entity) : convert(entity, depth + 1)
    if (converted === null) return null
    done.push(body.subarray(from, to), converted)
  }
  return Buffer.concat(done)
}

/** `from`: the line end before it, which belongs to it; `to`: behind its own. */
interface Delimiter {
  from: number
  to: number
  isLast: boolean
}

const findDelimiters = (body: Buffer, boundary: string): Delimiter[] => {
  const mark = Buffer.from(`--${boundary}`, "latin1")
  const found: Delimiter[] = []
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== LF) continue
    const behind = at + mark.length
    const rest = /^(--)?[ \t]*(?:\r\n|$)/.exec(body.toString("latin1", behind, behind + 200))
    if (rest === null) continue
    const isLast = rest[1] !== undefined
    // two in a row share the line end between them
    const from = Math.max(at - 2, found.at(-1)?.to ?? 0, 0)
    found.push({ from, to: behind + rest[0].length, isLast })
    if (isLast) break
  }
  return found
}

const LF = 10

const assemble = (entity: Buffer, encoding: string, body: Buffer): Buffer => {
  const header = headerOf(entity)
  const old = fieldsOf(header, ({ name }) => name === "content-transfer-encoding")
  const lineEnd = header.length === 0 || header.at(-1) === LF ? "" : "\r\n"
  const field = `${lineEnd}Content-Transfer-Encoding: ${encoding}\r\n\r\n`
  return Buffer.concat([withoutFields(header, old), Buffer.from(field), body])
}

const firstValue = (entity: Buffer, name: string): string | null => {
  const field = fieldsOf(entity, (one) => one.name === name)[0]
  return field === undefined ? null : fieldValue(entity, field)
}

const boundaryOf = (type: string): string | null => {
  const [, quoted, bare] =
    /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.){1,200})"|([^\s;"]{1,200}))/i.exec(type) ?? []
  return quoted?.replaceAll(/\\(.)/g, "$1") ?? bare ?? null
}

/** RFC 2045 6.7: lines of at most 76 characters, line ends as they are, no blank before one. */
const quotedPrintable = (body: Buffer): Buffer => {
  const lines = body.toString("latin1").split("\r\n").map(quotedLine)
  return Buffer.from(lines.join("\r\n"))
}

const quotedLine = (line: string): string => {
  const text = line.replaceAll(/[^\t -<>-~]|[\t ]$/g, asHex)
  const lines: string[] = []
  let at = 0
  while (text.length - at > 76) {
    // 75 and the = of a soft line break, which must not stand within an escape
    const cut = text.slice(at, at + 75).replace(/=.?$/, "")
    lines.push(`${cut}=`)
    at += cut.length
  }
  return [...lines, text.slice(at)].join("\r\n")
}

const asHex = (character: string): string =>
  `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`

const base64 = (body: Buffer): Buffer =>
  Buffer.from((body.toString("base64").match(/.{1,76}/g) ?? []).map((line) => `${line}\r\n`).join(""))

/** What says it is quoted-printable and has 8-bit bytes all the same: these are quoted, the rest stays. */
const escaped = (body: Buffer): Buffer =>
  Buffer.from(body.toString("latin1").replaceAll(/[\x80-\xff]/g, asHex))

const plain = (text: Buffer): Buffer =>
  isAscii(text) ? text : Buffer.from(text.toString("latin1").replaceAll(/[\x80-\xff]/g, "?"))
