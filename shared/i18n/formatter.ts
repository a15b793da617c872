import type { Language } from "../words/nouns.ts"
import type { Millis } from "../words/time.ts"

/**
 * Words on screens and in mails. A surface (mail, reasons, box, toolbar, desk) has a folder here with one
 * catalogue per language, so that none loads the words of another. How to add one:
 *
 *   // shared/i18n/box/en.ts: English is the one that says which keys and which {values} there are
 *   export const en = {
 *     "off.title": "Nobody is in right now",
 *     "unread": "{count, plural, one {# new message} other {# new messages}} from {name}",
 *   } as const
 *
 *   // shared/i18n/box/cs.ts: a key that is missing or too many is a type error
 *   import type { Catalogue } from "../formatter.ts"
 *   import type { en } from "./en.ts"
 *   export const cs: Catalogue<typeof en> = { "off.title": …, "unread": … }
 *
 *   // where it is used: load one language (statically, or by `await import` where size counts)
 *   const say = speak<typeof en>(cs, "cs")
 *   say("off.title")
 *   say("unread", { count: 3, name: "Ada" }) // values that English names, checked by the compiler
 *
 * The pattern is a small part of ICU MessageFormat: `{name}`, and `{count, plural, one {…} few {…} other {…}}`
 * with `#` for the number and `=0 {…}` for an exact one. Braces only for that; an apostrophe is an apostrophe.
 * (The compiler takes ` one {` for a branch wherever it stands: do not write "that one {name}" in English.)
 * Plural branches a language needs: en de: one other; es fr: one many other (many: from a million on);
 * cs: one few many other (many: fractions). A branch left out falls to `other`.
 *
 * Address people politely in every language: vy, Sie, usted, vous; avoid forms that need a person's gender.
 * The desk is called: the desk, aplikace, die Konsole, el panel, l’espace de travail.
 * test/i18n/catalogues.test.ts checks every catalogue it finds in these folders.
 */

/** A catalogue in another language: the keys of the English one, all of them and no others. */
export type Catalogue<English> = { readonly [Key in keyof English]: string }

type Values = Readonly<Record<string, string | number>>

/** Names of the {values} in a pattern; the openings of plural branches are taken out first. */
type Names<Pattern extends string> = Read<StripOpenings<Pattern>>
type Read<P extends string> = P extends `${string}{${infer Inside}}${infer After}`
  ? Inside extends `${infer Name},${infer Rest}`
    ? Name | Read<`${Rest}}${After}`>
    : Inside | Read<After>
  : never
type StripOpenings<P extends string> = Strip<
  Strip<Strip<Strip<Strip<Strip<P, "=0 {">, "=1 {">, "one {">, "few {">, "many {">,
  "other {"
>
type Strip<P extends string, Opening extends string> = P extends `${infer A} ${Opening}${infer B}`
  ? `${A} ${Strip<B, Opening>}`
  : P

type ValuesOf<Pattern> = Pattern extends string
  ? [Names<Pattern>] extends [never]
    ? []
    : [values: { readonly [Name in Names<Pattern>]: string | number }]
  : never

/** Says the words of a key in one language. */
export type Say<English> = <Key extends keyof English>(key: Key, ...values: ValuesOf<English[Key]>) => string

/** Locale for numbers, plurals and dates. British, as dates then read the same way round everywhere. */
const LOCALE: Record<Language, string> = { en: "en-GB", cs: "cs-CZ", de: "de-DE", es: "es-ES", fr: "fr-FR" }

type Part = string | { name: string; branches: Record<string, Part[]> | null }

/** Reads a pattern from `at` to its end or to the brace that closes it. */
const readParts = (pattern: string, at: number): { parts: Part[]; end: number } => {
  const parts: Part[] = []
  let rest = at
  for (;;) {
    const brace = pattern.slice(rest).search(/[{}]/)
    const end = brace < 0 ? pattern.length : rest + brace
    if (end > rest) parts.push(pattern.slice(rest, end))
    if (pattern[end] !== "{") return { parts, end }
    const value = readValue(pattern, end + 1)
    parts.push(value.part)
    rest = value.end + 1
  }
}

const readValue = (pattern: string, at: number): { part: Part; end: number } => {
  const head = /^\s*(\w+)\s*(,\s*plural\s*,)?\s*/.exec(pattern.slice(at))
  if (!head) throw new Error(`a value needs a name: ${pattern}`)
  let end = at + head[0].length
  const branches: Record<string, Part[]> = {}
  while (head[2]) {
    const opening = /^\s*(=?\w+)\s*\{/.exec(pattern.slice(end))
    if (!opening) break
    const branch = readParts(pattern, end + opening[0].length)
    branches[opening[1]!] = branch.parts
    end = branch.end + 1
  }
  end += /^\s*/.exec(pattern.slice(end))![0].length
  if (pattern[end] !== "}") throw new Error(`a brace is not closed: ${pattern}`)
  return { part: { name: head[1]!, branches: head[2] ? branches : null }, end }
}

/** `{count, plural, one {…} other {…}}`: the name, and the branches, in which values may stand; and one branch. */
const PLURAL = /\{(\w+), plural,((?:[^{}]|\{(?:[^{}]|\{\w+\})*\})*)\}/g
const BRANCH = /(=?\w+) \{((?:[^{}]|\{\w+\})*)\}/g
const VALUE = /\{(\w+)\}/g

/**
 * Fills a pattern. Throws when a value it names is not given: that is a mistake of ours, not of a person.
 * By expressions, not by the parser below: the chat box carries this to every visitor, at half the size.
 */
export const fill = (pattern: string, values: Values, language: Language): string => {
  const locale = LOCALE[language]
  const given = (name: string): string | number => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for {${name}}`)
    return value
  }
  const plural = (_: string, name: string, text: string): string => {
    const number = Number(given(name))
    const branches = Object.fromEntries([...text.matchAll(BRANCH)].map(([, key, words]) => [key, words]))
    const words =
      branches[`=${number}`] ?? branches[new Intl.PluralRules(locale).select(number)] ?? branches.other
    return (words ?? "").replaceAll("#", new Intl.NumberFormat(locale).format(number))
  }
  return pattern.replace(PLURAL, plural).replace(VALUE, (_, name: string) => String(given(name)))
}

/** Names of the values a pattern asks for, each once, sorted; for checking catalogues. */
export const namesIn = (pattern: string): string[] => {
  const names = (parts: Part[]): string[] =>
    parts.flatMap((part) =>
      typeof part === "string" ? [] : [part.name, ...Object.values(part.branches ?? {}).flatMap(names)],
    )
  return [...new Set(names(readParts(pattern, 0).parts))].sort()
}

/** The words of a catalogue, in its language. */
export const speak =
  <English extends Readonly<Record<string, string>>>(
    catalogue: Catalogue<English>,
    language: Language,
  ): Say<English> =>
  (key, ...values) =>
    fill(catalogue[key], (values as readonly Values[])[0] ?? {}, language)

/** Whether Intl knows a zone: an old browser's, or a made-up one, it may not. */
export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** A zone that is not known reads as UTC. */
const known = (zone: string | undefined): string | undefined =>
  zone === undefined || isZone(zone) ? zone : "UTC"

const inZone = (
  at: Millis,
  language: Language,
  zone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): string => new Intl.DateTimeFormat(LOCALE[language], { ...options, timeZone: known(zone) }).format(at)

/** Time of day, e.g. `18:40`. `zone` is IANA; left out, the zone of the browser. */
export const timeIn = (at: Millis, language: Language, zone?: string): string =>
  inZone(at, language, zone, { hour: "2-digit", minute: "2-digit" })

/** Day and time, e.g. `21 Nov, 18:40`. */
export const momentIn = (at: Millis, language: Language, zone?: string): string =>
  inZone(at, language, zone, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })

/** Day, short, e.g. `21 Nov`. */
export const dateIn = (at: Millis, language: Language, zone?: string): string =>
  inZone(at, language, zone, { day: "numeric", month: "short" })

/** Day of the year, in full, e.g. `21 November`. */
export const longDateIn = (at: Millis, language: Language, zone?: string): string =>
  inZone(at, language, zone, { day: "numeric", month: "long" })

/** The day of a moment in a zone, as midnight UTC of the same date: days can be counted and compared by it. */
export const dayOf = (at: Millis, zone?: string): Millis => {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: known(zone),
    year: "numeric",
    month: "numeric",
    day: "numeric",
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)!.value)
  return Date.UTC(part("year"), part("month") - 1, part("day"))
}

/** Day and month in full, e.g. `21 November`. */
export const fullDateIn = (at: Millis, language: Language, zone?: string): string =>
  inZone(at, language, zone, { day: "numeric", month: "long" })

/** Day, e.g. `Saturday 21 November`. */
export const dayIn = (at: Millis, language: Language, zone?: string): string =>
  inZone(at, language, zone, { weekday: "long", day: "numeric", month: "long" })

/** `Ada, Ben and Cleo`. */
export const listOf = (names: readonly string[], language: Language): string =>
  new Intl.ListFormat(LOCALE[language], { type: "conjunction" }).format(names)

/** A number as it is written, e.g. `1,234`; `compact`: `123K`. At most `digits` after the point, three if left out. */
export const numberIn = (
  value: number,
  language: Language,
  { digits, compact = false }: { digits?: number; compact?: boolean } = {},
): string =>
  new Intl.NumberFormat(LOCALE[language], {
    ...(digits === undefined ? {} : { maximumFractionDigits: digits }),
    ...(compact ? { notation: "compact" } : {}),
  }).format(value)

/** Name of a day of the week, 1 for Monday to 7 for Sunday (ISO 8601); in lists and rows, without a date. */
export const weekdayIn = (day: number, language: Language, length: "long" | "short" = "long"): string =>
  // 4 January 1970 was a Sunday.
  new Intl.DateTimeFormat(LOCALE[language], { weekday: length, timeZone: "UTC" }).format(
    Date.UTC(1970, 0, 4 + day),
  )

/** Size of a file, e.g. `120 kB`: decimal units, as mail programs and file managers show them. */
export const sizeIn = (bytes: number, language: Language): string => {
  const [unit, divisor] =
    bytes < 1000
      ? (["byte", 1] as const)
      : bytes < 999_500
        ? (["kilobyte", 1e3] as const)
        : (["megabyte", 1e6] as const)
  const value = bytes / divisor
  return new Intl.NumberFormat(LOCALE[language], {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: unit === "megabyte" && value < 10 ? 1 : 0,
  }).format(value)
}
