import { needsUtf8, toSevenBit } from "./eight-bit.ts"
import type { WireEnvelope } from "./envelope.ts"
import type { SmtpConnection } from "./smtp-client/connection.ts"
import { refusedAt } from "./smtp-client/fault.ts"

/** Says of an envelope whether the mail in it needs SMTPUTF8 (RFC 6531 3.4): by its addresses or in its header. */
export const envelopeFor = (envelope: WireEnvelope, raw: Buffer): WireEnvelope => ({
  ...envelope,
  utf8: envelope.utf8 || needsUtf8(raw),
})

/**
 * Fits a mail to what the next server takes (RFC 6152): bytes beyond ASCII only where it offers 8BITMIME, and
 * otherwise in an encoding. Throws SmtpFault with the answer that such a server would give (RFC 3463 3.7).
 */
export const fitToHop = (connection: SmtpConnection, raw: Buffer): Buffer => {
  if (connection.has("8BITMIME")) return raw
  const fit = toSevenBit(raw)
  if (fit !== null) return fit
  throw refusedAt("mail", {
    code: 554,
    text: "554 5.6.3 the server takes no 8-bit mail (8BITMIME), and this one cannot be converted",
    lines: [],
  })
}
