import { firstOf, type HeaderField, readHeader } from "../header.ts"

/**
 * The parts of a report, taken apart in one pass and in bounded time, whatever bytes come: a reader of our own,
 * because a report has to be understood while the sender waits, and because the parts of the mail that was sent
 * back must not be mistaken for words of the report.
 */
export interface Section {
  /** Lowercase, e.g. `text/plain`; `text/plain` where none is said. */
  type: string
  header: readonly HeaderField[]
  /** Decoded, LF line ends; of a mail that was sent back its first lines as they are. */
  text: string
}

/** Bytes of a report looked at: what it says stands before what it sends back. */
const MAX_BYTES = 512 * 1024
const MAX_SECTIONS = 50
const MAX_DEPTH = 6
/** Bytes of one part. */
const MAX_TEXT = 64 * 1024

export const sectionsOf = (raw: Buffer): Section[] => {
  const sections: Section[] = []
  walk(raw.subarray(0, MAX_BYTES), 0, sections)
  return sections
}

const walk = (raw: Buffer, depth: number, found: Section[]): void => {
  if (found.length >= MAX_SECTIONS) return
  const { header, body } = split(raw)
  const { type, boundary, charset } = contentType(firstOf(header, "content-type"))
  if (type.startsWith("multipart/") && boundary !== null && depth < MAX_DEPTH) {
    for (const part of partsOf(body, boundary)) walk(part, depth + 1, found)
    return
  }
  const encoding = (firstOf(header, "content-transfer-encoding") ?? "").toLowerCase()
  const bytes = decoded(body.subarray(0, MAX_TEXT), encoding)
  found.push({ type, header, text: inCharset(bytes, charset).replace(/\r\n?/g, "\n") })
}

/** Header and body; the empty line may have either line end. */
const split = (raw: Buffer): { header: HeaderField[]; body: Buffer } => {
  if (raw[0] === 10) return { header: [], body: raw.subarray(1) }
  if (raw[0] === 13 && raw[1] === 10) return { header: [], body: raw.subarray(2) }
  const crlf = raw.indexOf("\r\n\r\n")
  const lf = raw.indexOf("\n\n")
  const end = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 4 : lf >= 0 ? lf + 2 : raw.length
  return { header: readHeader(raw.subarray(0, end)), body: raw.subarray(end) }
}

/** What lies between the boundary's lines (RFC 2046 5.1.1); the last part may lack its end. */
const partsOf = (body: Buffer, boundary: string): Buffer[] => {
  const mark = Buffer.from(`--${boundary}`, "latin1")
  const parts: Buffer[] = []
  let start = -1
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== 10) continue
    if (start >= 0) parts.push(body.subarray(start, at))
    const line = body.indexOf("\n", at)
    const last = body.subarray(at + mark.length, at + mark.length + 2).toString("latin1") === "--"
    start = -1
    if (last || line < 0 || parts.length >= MAX_SECTIONS) break
    start = line + 1
  }
  if (start >= 0) parts.push(body.subarray(start))
  return parts
}

const contentType = (
  value: string | null,
): { type: string; boundary: string | null; charset: string | null } => {
  const said = (value ?? "").slice(0, 1000)
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(said)?.[1]?.toLowerCase() ?? "text/plain"
  const parameter = (name: string): string | null => {
    const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, "i").exec(said)
    return found?.[1] ?? found?.[2] ?? null
  }
  return { type, boundary: parameter("boundary") || null, charset: parameter("charset") }
}

const decoded = (body: Buffer, encoding: string): Buffer => {
  if (encoding.startsWith("base64")) return Buffer.from(body.toString("latin1"), "base64")
  if (!encoding.startsWith("quoted-printable")) return body
  const text = body
    .toString("latin1")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, "latin1")
}

/** Bytes of an unknown charset, and of none, are read as UTF-8 where they are that, else as Latin-1. */
const inCharset = (bytes: Buffer, charset: string | null): string => {
  const named = charset === null || /^(?:us-)?ascii$/i.test(charset) ? "utf-8" : charset
  try {
    return new TextDecoder(named, { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString("latin1")
  }
}

/** What is to be read of an HTML part: its words, a line a paragraph. */
export const textOfHtml = (html: string): string =>
  ["style", "script"]
    .reduce(withoutElement, html)
    .replace(/<(?:br|\/p|\/div|\/tr|\/h[1-6]|\/li)\b[^<>]{0,500}>/gi, "\n")
    .replace(/<[^<>]{0,2000}>/g, " ")
    .replace(/&(nbsp|lt|gt|quot|amp|#39|#x27);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? " ")
    .replace(/[ \t]{2,}/g, " ")

/** Without an element and what is in it; what never ends is left. One look at each character. */
const withoutElement = (html: string, name: string): string => {
  const low = html.toLowerCase()
  let kept = ""
  let at = 0
  for (;;) {
    const start = low.indexOf(`<${name}`, at)
    const end = start < 0 ? -1 : low.indexOf(`</${name}`, start)
    if (end < 0) return kept + html.slice(at)
    kept += html.slice(at, start)
    at = end
  }
}

const ENTITIES: Record<string, string> = {
  nbsp: " ",
  lt: "<",
  gt: ">",
  quot: '"',
  amp: "&",
  "#39": "'",
  "#x27": "'",
}
