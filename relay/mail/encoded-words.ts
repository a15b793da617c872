/** `=?charset?B|Q?text?=`, with the blanks that stand between it and a next one (RFC 2047). */
const ENCODED_WORD =
  /=\?([\w.:+-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\s]{0,2000})\?=(?:[ \t]+(?==\?[\w.:*+-]+\?[bq]\?[^?\s]*\?=))?/gi

/**
 * Decodes the encoded words of a field's value into one line of at most `limit` characters. Bytes that are
 * not of their charset become U+FFFD, an unknown charset is read as Latin-1, and whatever control
 * characters were hidden in them (an encoded CRLF would begin a new field) become spaces, as does what turns the
 * direction of the words behind it (a name could read as another).
 */
export const decodeWords = (value: string, limit: number): string => {
  const decoded = value.replace(ENCODED_WORD, (_word, charset: string, how: string, text: string) =>
    decodeCharset(how.toLowerCase() === "b" ? Buffer.from(text, "base64") : decodeQ(text), charset),
  )
  return (
    decoded
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
      .replace(/ {2,}/g, " ")
      .trim()
      .slice(0, limit)
  )
}

const decodeQ = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll("_", " ")
      .replace(/=([0-9a-f]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  )

const decodeCharset = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString("latin1")
  }
}
