import type { ReportedRecipient } from "../../../shared/words/bounces.ts"
import { firstOf, type HeaderField } from "../header.ts"
import { actionIn, addressIn, answerIn, enhancedIn, oneLine } from "./words.ts"

/**
 * A report as Exim writes it, and others who took its form over (Gmail names addresses so, too): the addresses
 * in `X-Failed-Recipients`, and in the text each alone in its line, the reason indented below. Null where it
 * is none.
 */
export const readExim = (
  header: readonly HeaderField[],
  text: string,
  subject: string,
): ReportedRecipient[] | null => {
  const named = (firstOf(header, "x-failed-recipients") ?? "")
    .split(",")
    .flatMap((one) => addressIn(one) ?? [])
  const byExim = /created automatically by mail delivery software/i.test(text.slice(0, 2000))
  if (named.length === 0 && !byExim) return null
  const listed = named.length > 0 ? named : addressesIn(text)
  const delayed = named.length === 0 && actionIn(subject, text) === "delayed"
  const found = listed.slice(0, 50).map((address): ReportedRecipient => {
    const said = saidOf(address, text)
    return {
      address,
      original: null,
      action: delayed ? "delayed" : "failed",
      status: enhancedIn(said),
      diagnostic: answerIn(said) ?? oneLine(said),
      server: hostIn(said),
    }
  })
  return found.length > 0 ? found : null
}

/** Lines that are an address and nothing else. */
const addressesIn = (text: string): string[] => [
  ...new Set(
    text
      .slice(0, 20_000)
      .split("\n")
      .flatMap((line) =>
        /^\s{0,8}<?[^\s<>@:]{1,64}@[^\s<>@:]{1,255}>?:?\s*$/.test(line) ? (addressIn(line) ?? []) : [],
      ),
  ),
]

/** What is said of an address: from its line to the next empty one, or to the copy of the mail. */
const saidOf = (address: string, text: string): string => {
  const at = text.toLowerCase().indexOf(address)
  if (at < 0) return text.slice(0, 2000)
  const rest = text.slice(at + address.length, at + address.length + 2500)
  const [, ...after] = rest.split("\n")
  const until = after.findIndex(
    (line, index) => index > 0 && line.trim() === "" && !nextIsAnswer(after[index + 1]),
  )
  const said = after.slice(0, until < 0 ? undefined : until).join("\n")
  const copy = said.search(/^-{3,} ?(?:This is a copy|The header of the original)/m)
  return copy < 0 ? said : said.slice(0, copy)
}

/** Some leave a line empty between an address and its reason. */
const nextIsAnswer = (line: string | undefined): boolean => /^\s*["']?[45]\d\d[ -]/.test(line ?? "")

/** `host mx.example.net [192.0.2.1]`, `host: mx.example.net(192.0.2.1)`. */
const hostIn = (said: string): string | null => /\bhost:? ([\w.-]{3,255})/.exec(said)?.[1] ?? null
