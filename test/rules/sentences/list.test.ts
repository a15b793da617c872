import { readFileSync } from "node:fs"
import path from "node:path"
import { expect, test } from "vitest"
import { SENTENCES } from "./list.ts"

/** Titles are looked for as they stand in the file: a test that is renamed or gone leaves its sentence bare. */

const read = new Map<string, string>()
const fileOf = (file: string): string => {
  const known = read.get(file) ?? readFileSync(path.join("test", file), "utf8")
  read.set(file, known)
  return known
}

const isThere = (file: string, title: string): boolean => fileOf(file).includes(JSON.stringify(title))

const all = Object.entries(SENTENCES).flatMap(([section, sentences]) =>
  Object.entries(sentences).map(([sentence, shown]) => [section, sentence, shown] as const),
)

test.each(all)("%s: “%s” is shown by tests that there are", (_section, _sentence, shown) => {
  expect(shown.length).toBeGreaterThan(0)
  for (const [file, ...titles] of shown) {
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter((title) => !isThere(file, title))).toEqual([])
  }
})

test("every test beside this list shows a sentence, or is a control of one", () => {
  for (const file of ["presence", "light", "offline", "missed"].map(
    (name) => `rules/sentences/${name}.test.ts`,
  )) {
    const named = new Set(
      all.flatMap(([, , shown]) => shown.flatMap(([of, ...titles]) => (of === file ? titles : []))),
    )
    const titles = [...fileOf(file).matchAll(/^(?:test|test\.each\([\s\S]*?\))\(\s*"([^"]+)"/gm)].map(
      ([, title]) => title!,
    )
    expect(titles.length).toBeGreaterThan(5)
    expect(titles.filter((title) => !named.has(title))).toEqual([])
  }
})

test("negative control: a title that no test has is missed", () => {
  expect(isThere("rules/sentences/missed.test.ts", "another tab is leaving")).toBe(false)
})
