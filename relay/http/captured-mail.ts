/** A captured mail as the mailbox page shows it. */
export interface CapturedMail {
  from: string | null
  replyTo: string | null
  text: string | null
  html: string | null
  raw: string
}

/**
 * Reads a captured mail. One that is passed on is a stranger's: where the parser will not have it (a million parts,
 * say), there is the whole mail, and nothing else. Never throws.
 */
export const readCaptured = async (bytes: Uint8Array): Promise<CapturedMail> => {
  const raw = Buffer.from(bytes)
  const whole = { from: null, replyTo: null, text: null, html: null, raw: raw.toString("utf8") }
  // It brings much along, and where mail leaves the relay nobody looks into the mailbox.
  const { simpleParser } = await import("mailparser")
  const parsed = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true }).catch(() => null)
  if (parsed === null) return whole
  return {
    ...whole,
    from: parsed.from?.text ?? null,
    replyTo: parsed.replyTo?.text ?? null,
    text: parsed.text ?? null,
    html: parsed.html === false ? null : parsed.html,
  }
}
