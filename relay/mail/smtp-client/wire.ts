const DOT = 0x2e
const LINE_DOT = Buffer.from("\r\n.")
const STUFFED = Buffer.from("\r\n..")
const END = Buffer.from(".\r\n")
const LINE_END = Buffer.from("\r\n")

/**
 * A mail (CRLF line ends) as it goes over the wire after DATA: dots at the beginning of lines doubled, and the
 * end mark after it (RFC 5321 4.5.2). What needs no change is not copied.
 */
export const dataParts = (raw: Buffer): Buffer[] => {
  const parts: Buffer[] = []
  if (raw[0] === DOT) parts.push(END.subarray(0, 1))
  let from = 0
  for (let at = raw.indexOf(LINE_DOT); at >= 0; at = raw.indexOf(LINE_DOT, from)) {
    if (at > from) parts.push(raw.subarray(from, at))
    parts.push(STUFFED)
    from = at + LINE_DOT.length
  }
  if (from < raw.length) parts.push(from === 0 ? raw : raw.subarray(from))
  if (!endsLine(raw)) parts.push(LINE_END)
  parts.push(END)
  return parts.length > MAX_PARTS ? [Buffer.concat(parts)] : parts
}

/** A mail of nothing but dots would be a hundred thousand pieces to write. */
const MAX_PARTS = 16

const endsLine = (raw: Buffer): boolean => raw.length === 0 || (raw.at(-2) === 0x0d && raw.at(-1) === 0x0a)
