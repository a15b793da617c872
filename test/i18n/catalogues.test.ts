import { readdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { fill, namesIn } from "../../shared/i18n/formatter.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"

const ROOT = new URL("../../shared/i18n/", import.meta.url)

/** Every folder that holds catalogues; a new surface is checked as soon as it is there. */
const surfaces = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const load = async (surface: string, language: string): Promise<Record<string, string>> => {
  const module: Record<string, Record<string, string>> = await import(`${ROOT.href}${surface}/${language}.ts`)
  const catalogue = module[language]
  if (!catalogue) throw new Error(`${surface}/${language}.ts exports no ${language}`)
  return catalogue
}

/** Counts that meet every plural branch of the five languages. */
const COUNTS = [0, 1, 2, 5, 21, 1.5, 1_000_000]

it("finds the catalogues", () => {
  expect(surfaces).toEqual(expect.arrayContaining(["mail", "reasons"]))
})

describe.each(surfaces)("%s", (surface) => {
  it.each(LANGUAGES)("is complete in %s, with the values that English names", async (language) => {
    const english = await load(surface, "en")
    const catalogue = await load(surface, language)
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort())
    for (const [key, pattern] of Object.entries(catalogue)) {
      const names = namesIn(pattern)
      expect(names, `${language} ${key}`).toEqual(namesIn(english[key]!))
      expect(pattern.trim(), `${language} ${key}`).not.toBe("")
      for (const count of COUNTS) {
        const values = Object.fromEntries(names.map((name) => [name, count]))
        const said = fill(pattern, values, language)
        expect(said, `${language} ${key}`).not.toMatch(/[{}#]/)
        expect(said.trim(), `${language} ${key}`).not.toBe("")
      }
    }
  })

  it("says nothing twice in English where it should be translated", async () => {
    const english = await load(surface, "en")
    const sentences = Object.entries(english).filter(([, pattern]) => pattern.split(" ").length > 4)
    for (const language of LANGUAGES.filter((one) => one !== "en")) {
      const catalogue = await load(surface, language)
      for (const [key, pattern] of sentences) expect(catalogue[key], `${language} ${key}`).not.toBe(pattern)
    }
  })
})
