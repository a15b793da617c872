import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { LANGUAGES, type Language } from "../../shared/words/nouns.ts"
import { filesBelow, read } from "../repo/source.ts"

/** What the compiler does not see of the catalogues: keys that nobody says, words too long for their place, signs of typewriters. */

const ROOT = new URL("../../shared/i18n/", import.meta.url)

const surfaces = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const load = async (surface: string, language: Language): Promise<Record<string, string>> =>
  (await import(`${ROOT.href}${surface}/${language}.ts`))[language]

/** All code but the catalogues themselves; and pages, as the demo page names its words. */
const code = ["relay", "shared", "extension"]
  .flatMap((folder) => filesBelow(folder, [".ts", ".tsx", ".html"]))
  .filter((file) => !/shared\/i18n\/[\w-]+\/(?:en|cs|de|es|fr)\.ts$/.test(file))
  .map(read)
  .join("\n")

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

const said = new Set([...code.matchAll(/["'`]([\w.-]+)["'`]/g)].map(([, key]) => key ?? ""))
/** Keys that are put together, as patterns: a value stands for one or several parts. */
const composed = [...code.matchAll(/`((?:[\w.-]|\$\{[^`]*?\})+)`/g)]
  .map(([, template]) => template ?? "")
  .filter((template) => template.includes("${") && /[a-z]/i.test(template.replace(/\$\{[^`]*?\}/g, "")))
  .map(
    (template) =>
      new RegExp(
        `^${template
          .split(/\$\{[^`]*?\}/)
          .map(escaped)
          .join("[\\w.-]+")}$`,
      ),
  )

const isSaid = (key: string): boolean => said.has(key) || composed.some((pattern) => pattern.test(key))

it.each(surfaces)("%s has no word that nobody says", async (surface) => {
  const keys = Object.keys(await load(surface, "en"))
  expect(keys.filter((key) => !isSaid(key))).toEqual([])
})

it("a word that nobody says is found", () => {
  expect(isSaid("nobody.says.this")).toBe(false)
  expect(isSaid("retry")).toBe(true)
})

/** As typewriters had it; keys that one presses stand between blanks. */
const TYPED_APOSTROPHE = /\p{L}'(?:\p{L}|\s|$)/u

it.each(LANGUAGES)("apostrophes in %s are those of print", async (language) => {
  const words = await Promise.all(surfaces.map((surface) => load(surface, language)))
  expect(
    words.flatMap((catalogue) => Object.values(catalogue)).filter((text) => TYPED_APOSTROPHE.test(text)),
  ).toEqual([])
  expect(TYPED_APOSTROPHE.test("the page's body")).toBe(true)
})

/** A label: short, and no sentence. Buttons, titles, pills and tabs are as wide as theirs. */
const isLabel = (english: string): boolean => english.length <= 28 && !/[.!?:{]/.test(english)

/** Letters that a label may have where the English one has so many: others are longer, but not without end. */
const roomFor = (english: string): number => Math.max(20, Math.ceil(english.length * 1.7) + 9)

describe.each(LANGUAGES.filter((one) => one !== "en"))("labels in %s", (language) => {
  it.each(surfaces)("%s", async (surface) => {
    const [english, other] = [await load(surface, "en"), await load(surface, language)]
    const overlong = Object.entries(english)
      .filter(([, words]) => isLabel(words))
      .filter(([key, words]) => (other[key] ?? "").length > roomFor(words))
      .map(
        ([key, words]) => `${key}: “${other[key]}” for “${words}”, which leaves room for ${roomFor(words)}`,
      )
    expect(overlong).toEqual([])
  })
})

describe("what the stores and the browser show of the extension", () => {
  const messages = (language: Language): Record<string, { message: string }> =>
    JSON.parse(
      readFileSync(
        new URL(`../../extension/public/_locales/${language}/messages.json`, import.meta.url),
        "utf8",
      ),
    )

  /** Letters: Chrome's manifest, and Firefox's store for names. */
  const LIMITS: Record<string, number> = { name: 45, description: 132 }

  it.each(LANGUAGES)("is there in %s, and not too long", (language) => {
    const own = messages(language)
    expect(Object.keys(own).sort()).toEqual(Object.keys(messages("en")).sort())
    for (const [key, limit] of Object.entries(LIMITS)) {
      expect(own[key]?.message.length, key).toBeGreaterThan(0)
      expect(own[key]?.message.length, key).toBeLessThanOrEqual(limit)
    }
    if (language !== "en") expect(own.description?.message).not.toBe(messages("en").description?.message)
  })
})

describe("dates, numbers and plurals", () => {
  /** Who else may ask the browser's own formats, and for what. */
  const OTHERS: Record<string, string> = {
    "shared/i18n/formatter.ts": "this is the place",
    "relay/pages/admin/hours/days.ts": "today as YYYY-MM-DD, for a field",
    "relay/cli/print.ts": "a terminal, which has no language",
    "relay/cli/values.ts": "whether a time zone exists",
  }
  const formats =
    /\.toLocale(?:Date|Time)?String\(|Intl\.(?:NumberFormat|PluralRules|RelativeTimeFormat|ListFormat|DateTimeFormat)\b(?!\(\)\.resolvedOptions)/

  it("go through the formatter", () => {
    const screens = ["relay/pages", "relay/chatbox", "shared", "extension"]
      .flatMap((folder) => filesBelow(folder, [".ts", ".tsx", ".html"]))
      .filter((file) => !(file in OTHERS))
    expect(screens.filter((file) => formats.test(read(file)))).toEqual([])
  })

  /** Where the number is always the same, or always several. */
  const NO_PLURAL = ["desk files.too-many", "mail-health finding.several"]

  it("numbers of things have their plurals in every language", async () => {
    const missing: string[] = []
    for (const surface of surfaces)
      for (const language of LANGUAGES)
        for (const [key, pattern] of Object.entries(await load(surface, language)))
          if (
            /\{count\}/.test(pattern) &&
            !/\{count, plural/.test(pattern) &&
            !NO_PLURAL.includes(`${surface} ${key}`)
          )
            missing.push(`${surface} ${language} ${key}: ${pattern}`)
    expect(missing).toEqual([])
  })
})
