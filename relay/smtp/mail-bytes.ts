import type { SMTPStream } from "smtp-server/lib/smtp-stream.js"

const DOT = 0x2e
const CR = 0x0d
const LF = 0x0a
const LF_DOT = Buffer.from("\n.")

/** Bytes that may be the beginning of the end (CRLF.CRLF) are kept back until what follows is there. */
const KEPT_BACK = 4

/**
 * Reads what came of a mail's data, as the library's `_feedDataStream` does and with what that keeps: the end of it
 * (CRLF.CRLF alone), dots at the beginning of lines (RFC 5321 4.5.2). What the library gives on piece by piece, with a
 * turn of the event loop for each dot, is given on as one: a mail of nothing but dots would be millions of pieces, which
 * take many times the memory of the mail.
 */
export const feedMail = (parser: SMTPStream, given: Buffer, done: (error?: Error | null) => void): void => {
  const held = parser._lastBytes
  parser._lastBytes = false
  const chunk = held && held.length > 0 ? Buffer.concat([held, given]) : given
  let from = 0
  if (parser._atDataStart) {
    if (chunk[0] === DOT && chunk[1] === CR && chunk[2] === LF) {
      parser._endDataMode(false, chunk.subarray(3), done)
      return
    }
    if (chunk[0] === DOT && chunk[1] === DOT) {
      from = 1
      parser._atDataStart = false
    }
  }
  const mail = without(chunk)
  for (let seek = from + 1; ; ) {
    const dot = chunk.indexOf(LF_DOT, seek) + 1
    if (dot === 0 || dot >= chunk.length - 2) break
    if (chunk[dot - 2] === CR && chunk[dot + 1] === CR && chunk[dot + 2] === LF) {
      const last = mail.upTo(from, dot)
      parser._countDataBytes(last.length)
      parser._endDataMode(last, chunk.subarray(dot + 3), done)
      return
    }
    seek = dot
    if (chunk[dot + 1] !== DOT) continue
    mail.keep(from, dot)
    from = dot + 1
    seek = from + 1
  }
  const end = Math.max(from, chunk.length - KEPT_BACK)
  parser._lastBytes = chunk.subarray(end)
  giveOn(parser, mail.upTo(from, end), done)
}

/** Bytes with some of them left out; copied only where there are such. */
const without = (bytes: Buffer) => {
  let kept: Buffer | null = null
  let length = 0
  const keep = (from: number, to: number): Buffer => {
    kept ??= Buffer.allocUnsafe(bytes.length)
    length += bytes.copy(kept, length, from, to)
    return kept
  }
  return {
    keep,
    /** What was kept, and this after it. */
    upTo: (from: number, to: number): Buffer =>
      kept === null ? bytes.subarray(from, to) : keep(from, to).subarray(0, length),
  }
}

/** To whoever reads the mail; what comes next waits until there is room for it. */
const giveOn = (parser: SMTPStream, bytes: Buffer, done: (error?: Error | null) => void): void => {
  const stream = parser._dataStream
  if (bytes.length === 0 || stream === null) {
    done()
    return
  }
  parser._countDataBytes(bytes.length)
  if (!stream.writable || stream.write(bytes) || stream.destroyed) {
    done()
    return
  }
  // One that is given up never has room again: it closes.
  const goOn = (): void => {
    stream.off("drain", goOn)
    stream.off("close", goOn)
    done()
  }
  stream.once("drain", goOn)
  stream.once("close", goOn)
}
