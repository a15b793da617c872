/** The words that mail programs put above what they quote, in the languages of our people. */

/** A line without quote signs and odd blanks, as the patterns here expect it. */
export const bare = (line: string): string =>
  line
    .slice(0, 1_000)
    .replace(/[\u00a0\u202f\u2007\u200b\ufeff]/g, " ")
    .replace(/^[>|\s]+/, "")
    .trim()

/** "On … wrote:" by beginning and end, each looked for alone, so that no text makes it slow. */
const ATTRIBUTIONS: readonly (readonly [beginning: RegExp, end: RegExp])[] = [
  [/^On\s/i, /\bwrote\s*:$/i],
  [/^Am\s/i, /\sschrieb(?:\s[^:]*)?:$/i],
  [/^Le\s/i, /\sa écrit\s*:$/i],
  [/^El\s/i, /\sescribió\s*:$/i],
  [/^(?:Dne|po|út|st|čt|pá|so|ne)\s/i, /\snapsal(?:\(a\)|\/a|a|o)?\s*:$/i],
  // Gmail of old, mutt and others by their own settings: an address and a moment, no verb
  [/@/, /^(?=.*\d{1,2}[:.]\d{2}).*[>\])\d]\s*:$/],
]

/** Most lines that an attribution is wrapped over (Apple Mail and Gmail wrap at 78). */
export const ATTRIBUTION_LINES = 4

/** Whether these lines together are an attribution. */
export const isAttribution = (lines: readonly string[]): boolean => {
  const joined = lines.map(bare).join(" ")
  if (joined.length > 500 || !joined.endsWith(":")) return false
  return ATTRIBUTIONS.some(([beginning, end]) => beginning.test(joined) && end.test(joined))
}

/** "-----Original Message-----", "---------- Původní e-mail ----------", Outlook's line of underscores. */
export const isSeparator = (line: string): boolean => {
  const text = bare(line)
  return /^_{10,}$/.test(text) || /^-{3,}\s?\p{L}.{1,60}-{3,}$/u.test(text)
}

/** Names of the fields that Outlook and others print above a quoted mail. */
const FIELD = new RegExp(
  `^\\*?(?:${[
    "from|sent|date|to|cc|subject|reply-to",
    "von|gesendet|datum|an|betreff|antwort an",
    "de|envoyé|à|objet|répondre à",
    "enviado(?: el)?|fecha|para|asunto",
    "od|odesláno|komu|kopie|předmět",
  ].join("|")})\\s?:\\*?(?:\\s|$)`,
  "i",
)

/** A line such as "From: …" in one of the five languages. */
export const isQuotedField = (line: string): boolean => FIELD.test(bare(line))
