/**
 * The header of a mail, read tolerantly and in bounded time: whatever bytes come, something comes back.
 * Facts that decide (who it is from, whether a program wrote it) are read here and nowhere else, so they
 * do not depend on whether the mail's body could be parsed.
 */
export interface HeaderField {
  /** Lowercase. */
  name: string
  /** Unfolded (RFC 5322 2.2.3), not decoded: encoded words stand as they came. No CR, LF or NUL. */
  value: string
}

/** Bytes of header looked at; Exim takes no longer ones at all, Postfix cuts at 100 kB. */
const MAX_HEADER_BYTES = 256 * 1024
/** Fields looked at; a mail with a hundred is a much travelled one. */
const MAX_FIELDS = 2_000
/** Characters of one field's value; RFC 5322 2.1.1 means lines of 998, DKIM and ARC fold several. */
const MAX_VALUE = 16 * 1024

/** All fields in their order, of the part before the first empty line. */
export const readHeader = (raw: Uint8Array): HeaderField[] => {
  const block = headerBlock(raw)
  const fields: HeaderField[] = []
  for (const line of block.split("\n")) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last && last.value.length < MAX_VALUE) last.value += line
      continue
    }
    if (fields.length >= MAX_FIELDS) break
    const colon = line.indexOf(":")
    // what is no field (an mbox "From " line, rubbish) is passed over; its continuation then joins the last
    if (colon < 1 || !/^[!-9;-~]+[ \t]*$/.test(line.slice(0, colon))) continue
    fields.push({ name: line.slice(0, colon).trimEnd().toLowerCase(), value: line.slice(colon + 1) })
  }
  return fields.map(({ name, value }) => ({ name, value: tidy(value) }))
}

/** Values of all fields of that name (lowercase), in their order. */
export const allOf = (header: readonly HeaderField[], name: string): string[] =>
  header.filter((field) => field.name === name).map((field) => field.value)

/** Value of the first field of that name (lowercase), or null. */
export const firstOf = (header: readonly HeaderField[], name: string): string | null =>
  header.find((field) => field.name === name)?.value ?? null

const headerBlock = (raw: Uint8Array): string => {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_HEADER_BYTES))
  const text = decodeBytes(start).replaceAll("\r\n", "\n")
  if (text.startsWith("\n")) return ""
  const end = text.indexOf("\n\n")
  return end < 0 ? text : text.slice(0, end)
}

/** UTF-8 where the bytes are that (RFC 6532), else Latin-1, which can be read from any bytes. */
const decodeBytes = (bytes: Buffer): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes.toString("latin1")
  }
}

const tidy = (value: string): string =>
  value
    .slice(0, MAX_VALUE)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, " ")
    .trim()
