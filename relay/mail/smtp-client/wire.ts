const DOT = 0x2e
const CR = 0x0d
const LF = 0x0a
const LINE_DOT = Buffer.from("\r\n.")
const ONE_DOT = Buffer.from(".")
const END = Buffer.from(".\r\n")
const LINE_END = Buffer.from("\r\n")

/** Bytes of a mail that are made ready at once: others wait meanwhile. Most mails are smaller. */
const AT_ONCE = 128 * 1024

/**
 * A mail (CRLF line ends) as it goes over the wire after DATA: dots at the beginning of lines doubled, and the
 * end mark after it (RFC 5321 4.5.2). In as many steps as its size takes, each of some pieces to be written together;
 * what needs no change is not copied.
 */
export function* dataSteps(raw: Buffer): Generator<Buffer[]> {
  for (let from = 0; ; from += AT_ONCE) {
    const to = Math.min(raw.length, from + AT_ONCE)
    const pieces = stuffed(raw, from, to)
    if (to < raw.length) {
      yield pieces
      continue
    }
    if (!endsLine(raw)) pieces.push(LINE_END)
    pieces.push(END)
    yield pieces
    return
  }
}

/** A part of a mail, with its dots doubled. */
const stuffed = (raw: Buffer, from: number, to: number): Buffer[] => {
  const pieces: Buffer[] = []
  let begun = from
  const doubleAt = (dot: number): void => {
    if (dot > begun) pieces.push(raw.subarray(begun, dot))
    pieces.push(ONE_DOT)
    begun = dot
  }
  if (from === 0 && raw[0] === DOT) doubleAt(0)
  // The line end before a dot may be of the part before.
  const start = Math.max(0, from - 2)
  const seen = raw.subarray(start, to)
  for (let at = seen.indexOf(LINE_DOT); at >= 0; at = seen.indexOf(LINE_DOT, at + LINE_DOT.length)) {
    if (pieces.length > MAX_PIECES) return [copied(raw, from, to)]
    doubleAt(start + at + 2)
  }
  if (begun < to) pieces.push(raw.subarray(begun, to))
  return pieces
}

/** A mail of nothing but dots would be thousands of pieces to make and to write. */
const MAX_PIECES = 16

/** The same byte by byte, in one piece. */
const copied = (raw: Buffer, from: number, to: number): Buffer => {
  const copy = Buffer.allocUnsafe(2 * (to - from))
  let length = 0
  for (let at = from; at < to; at += 1) {
    const byte = raw[at] as number
    if (byte === DOT && (at === 0 || (raw[at - 1] === LF && raw[at - 2] === CR))) copy[length++] = DOT
    copy[length++] = byte
  }
  return copy.subarray(0, length)
}

const endsLine = (raw: Buffer): boolean => raw.length === 0 || (raw.at(-2) === CR && raw.at(-1) === LF)
