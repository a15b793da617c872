/**
 * The two parts of a mail as bytes. A mail without an empty line is header alone; one that begins with an empty
 * line has no header.
 */
export const headerOf = (raw: Buffer): Buffer => raw.subarray(0, headerEnd(raw))

/** What comes after the empty line; empty if there is none. */
export const bodyOf = (raw: Buffer): Buffer => {
  const end = headerEnd(raw)
  return raw.subarray(raw[end] === 13 ? end + 2 : end)
}

/** Offset behind the last field's line end: where the empty line begins, or the mail ends. */
const headerEnd = (raw: Buffer): number => {
  if (raw[0] === 13 && raw[1] === 10) return 0
  const end = raw.indexOf("\r\n\r\n")
  return end < 0 ? raw.length : end + 2
}
