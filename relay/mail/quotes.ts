import { extractFromPlain } from "planer"
import { ATTRIBUTION_LINES, bare, isAttribution, isQuotedField, isSeparator } from "./attribution.ts"
import { MARKER } from "./marker.ts"

/** Characters looked at; what a person writes above a quote is far shorter. */
const MAX_TEXT = 200_000
/**
 * What planer gets at most: it loses lines past the 1000th, and its patterns take time with the cube of a
 * line's length.
 */
const PLANER_TEXT = 10_000
const PLANER_LINES = 900
const PLANER_LINE = 400

/**
 * What a person wrote in an answer, without the mail it answers and without their signature: above our own
 * marker, else above the words that mail programs put before a quote, else as planer finds it. An answer
 * written below the quote is found when the quote's lines begin with ">". Never empty when there was text:
 * rather too much than an answer that is lost.
 *
 * @param text plain text, any line ends
 * @returns LF between lines, no more than one empty line in a row, trimmed
 */
export const stripQuote = (text: string): string => {
  const whole = tidy(text.slice(0, MAX_TEXT))
  const lines = whole.split("\n")
  const written = cutAtMarker(lines) ?? cutAtIntroduction(lines) ?? cutByPlaner(whole)
  return tidy(withoutSignature(written).join("\n")) || whole
}

const cutAtMarker = (lines: readonly string[]): string[] | null => {
  const marker = lines.findIndex((line) => bare(line).replace(/\s+/g, " ").includes(MARKER))
  return marker < 0 ? null : aroundQuote(lines, marker)
}

/** Where a quote begins without our marker: an answer to something older, or trimmed by hand. */
const cutAtIntroduction = (lines: readonly string[]): string[] | null => {
  for (let at = 0; at < lines.length; at += 1) {
    const length = introductionAt(lines, at)
    if (length > 0) return aroundQuote(lines, at + length)
  }
  return null
}

/** How many lines of introduction begin here; 0 for none. */
const introductionAt = (lines: readonly string[], at: number): number => {
  if (isBlank(lines[at]!)) return 0
  for (let length = 1; length <= ATTRIBUTION_LINES; length += 1)
    if (isAttribution(lines.slice(at, at + length))) return length
  // one field alone may be a person's own line ("To: do"); three in a row are a program's
  const head = isSeparator(lines[at]!) ? 1 : 0
  const fields = lines.slice(at + head, at + head + 3)
  return fields.length === 3 && fields.every(isQuotedField) ? head + 3 : 0
}

/** What stands above a quote that begins at `at`; or, when nothing does, what stands below it unquoted. */
const aroundQuote = (lines: readonly string[], at: number): string[] => {
  const above = withoutIntroduction(lines.slice(0, at))
  if (above.some((line) => !isBlank(line))) return above
  return lines.slice(at).some(isQuoted)
    ? lines.slice(at).filter((line) => !isQuoted(line) && !isMarker(line))
    : []
}

/** Takes from the end what only introduces a quote: attributions, fields, separators, empty lines. */
const withoutIntroduction = (lines: readonly string[]): string[] => {
  const rest = [...lines]
  for (;;) {
    const last = rest.at(-1)
    if (last === undefined) return rest
    if (bare(last) === "" || isSeparator(last)) rest.pop()
    else {
      const length = introductionBefore(rest)
      if (length === 0) return rest
      rest.length -= length
    }
  }
}

const introductionBefore = (lines: readonly string[]): number => {
  for (let length = 1; length <= Math.min(ATTRIBUTION_LINES, lines.length); length += 1)
    if (isAttribution(lines.slice(-length))) return length
  let fields = 0
  while (fields < lines.length && isQuotedField(lines[lines.length - 1 - fields]!)) fields += 1
  return fields >= 2 ? fields : 0
}

const cutByPlaner = (text: string): string[] => {
  const lines = text.split("\n")
  const fits =
    text.length <= PLANER_TEXT &&
    lines.length <= PLANER_LINES &&
    lines.every((line) => line.length <= PLANER_LINE) &&
    // it writes such links as @@…@@ and does not always write them back
    !/<https?:\/\/[^>]*@|@@/.test(text)
  return fits ? extractFromPlain(text).split("\n") : lines
}

/** RFC 3676 4.3: "-- " ends what is said; some programs lose the blank. */
const withoutSignature = (lines: readonly string[]): readonly string[] => {
  const delimiter = lines.findIndex((line) => /^--\s?$/.test(line))
  return delimiter > 0 && lines.slice(0, delimiter).some((line) => !isBlank(line))
    ? lines.slice(0, delimiter)
    : lines
}

const isBlank = (line: string): boolean => line.trim() === ""
const isQuoted = (line: string): boolean => line.startsWith(">")
const isMarker = (line: string): boolean => line.includes(MARKER)

const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no message has them
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .replace(/^[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
