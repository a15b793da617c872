import type { Millis } from "../../shared/words/time.ts"
import type { InboundEnvelope } from "./inbound-port.ts"

/** What a final server puts on top of a mail (RFC 5321 4.4), with CRLF. */
export const returnPath = (envelope: InboundEnvelope): Buffer =>
  Buffer.from(`Return-Path: <${plain(envelope.from, /[^\p{L}\p{N}.!#$%&'*+/=?^_`{|}~@[\]:-]/gu)}>\r\n`)

/**
 * What every server puts on top of a mail (RFC 5321 4.4), with CRLF. What the client said of itself is cut to
 * characters that cannot end a line or a comment.
 */
export const receivedField = (envelope: InboundEnvelope, host: string, id: string, now: Millis): Buffer => {
  const helo = plain(envelope.helo, /[^A-Za-z0-9.:_[\]-]/g)
  const address = envelope.remoteAddress.includes(":")
    ? `IPv6:${envelope.remoteAddress}`
    : envelope.remoteAddress
  return Buffer.from(
    `Received: from ${helo || "unknown"} ([${address}])\r\n` +
      ` by ${host} with ${envelope.protocol} id ${id};\r\n` +
      ` ${new Date(now).toUTCString().replace("GMT", "+0000")}\r\n`,
  )
}

const plain = (text: string, others: RegExp): string => text.replace(others, "?").slice(0, 254)
