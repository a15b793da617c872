import { describe, expect, test } from "vitest"
import { filesBelow, read } from "./source.ts"

/**
 * Colours, times, faces and steps of space are chosen once, in shared/design/tokens.css; style sheets use their
 * names. What is finer than a step (a hair's breadth beside a letter) is no choice of that kind.
 */

const TOKENS = "shared/design/tokens.css"

/** Sheets that show something that is not ours, with colours of its own. */
const NOT_OURS: Record<string, string> = {
  "relay/pages/demo.css": "a made-up shop",
  "relay/pages/admin/box/box.css": "the page of a customer, behind the box that is tried",
  "relay/pages/mailbox/mailbox.css": "a mail is on white paper",
  "relay/pages/allow/allow.css": "printed on white paper",
}

const sheets = (): string[] =>
  ["relay", "shared", "extension"].flatMap((folder) => filesBelow(folder, [".css"]))

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, "")

const declared = (css: string): Set<string> =>
  new Set([...withoutComments(css).matchAll(/(--[a-z0-9-]+)\s*:/g)].map(([, name]) => name ?? ""))

const tokens = declared(read(TOKENS))
/** Of space: `0.25rem`, `0.5rem` … */
const steps = [...read(TOKENS).matchAll(/--space-\d: ([\d.]+rem)/g)].map(([, step]) => step ?? "")

const RULES: { what: string; found: RegExp; but?: RegExp }[] = [
  {
    what: "a colour",
    found:
      /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|:\s*(?:white|black|red|gold|orange)\b/i,
  },
  { what: "a time", found: /(?:transition|animation)[a-z-]*:[^;]*\b[\d.]+m?s\b/ },
  { what: "a size of type", found: /font-size:\s*[\d.]+(?:px|rem|pt)/ },
  { what: "a weight", found: /font-weight:\s*\d/ },
  { what: "a face", found: /font-family:(?!\s*(?:var|inherit))/ },
  { what: "a corner", found: /border(?:-[a-z-]+)?-radius:[^;]*\b[\d.]*[1-9][\d.]*(?:px|rem)/ },
  {
    what: "a step of space",
    found: new RegExp(
      `^\\s*(?:padding|margin|gap)[a-z-]*:[^;]*(?<![\\d.])(?:${steps.join("|").replaceAll(".", "\\.")})`,
    ),
  },
]

/** Raw values in a sheet, as `file: what: line`. */
const rawIn = (file: string, css: string): string[] =>
  withoutComments(css)
    .split("\n")
    .filter((line) => !/[{,]$/.test(line.trim()))
    .flatMap((line) =>
      RULES.filter(({ found }) => found.test(line)).map(({ what }) => `${file}: ${what}: ${line.trim()}`),
    )

test("style sheets choose nothing themselves: they use the tokens", () => {
  const files = sheets().filter((file) => file !== TOKENS && !(file in NOT_OURS))
  expect(files.length).toBeGreaterThan(15)
  expect(files.flatMap((file) => rawIn(file, read(file)))).toEqual([])
})

test("a name that is used is a token, or is given in the same sheet or by the script beside it", () => {
  const code = ["relay", "shared", "extension"]
    .flatMap((folder) => filesBelow(folder, [".ts", ".tsx"]))
    .map(read)
    .join("\n")
  const given = new Set([...code.matchAll(/["'](--[a-z0-9-]+)["']/g)].map(([, name]) => name ?? ""))
  const unknown = sheets().flatMap((file) => {
    const own = declared(read(file))
    return [...withoutComments(read(file)).matchAll(/var\((--[a-z0-9-]+)/g)]
      .map(([, name]) => name ?? "")
      .filter((name) => !tokens.has(name) && !own.has(name) && !given.has(name))
      .map((name) => `${file}: ${name}`)
  })
  expect(unknown).toEqual([])
})

test("mails, which know no names of colours, have those of the tokens", () => {
  const chosen = new Set(read(TOKENS).match(/#[0-9a-f]{6}\b/g))
  const colours = filesBelow("relay/mail", [".ts"]).flatMap(
    (file) => read(file).match(/#[0-9a-f]{6}\b/g) ?? [],
  )
  expect(colours.length).toBeGreaterThan(20)
  expect(colours.filter((colour) => !chosen.has(colour))).toEqual([])
})

test("every token is used", () => {
  const used = sheets().map(read).join("\n")
  expect(
    [...tokens].filter((name) => !used.includes(`var(${name})`) && !used.includes(`var(${name},`)),
  ).toEqual([])
})

describe("what is raw is found", () => {
  test.each([
    "color: #fff;",
    "background: rgb(0 0 0 / 0.5);",
    "background: white;",
    "transition: color 120ms var(--ease);",
    "font-size: 14px;",
    "font-weight: 600;",
    'font-family: "Inter";',
    "border-radius: 0.25rem;",
    "padding: 0 1rem;",
    "  margin-block-start: 0.5rem;",
  ])("%s", (line) => {
    expect(rawIn("x.css", line)).toHaveLength(1)
  })

  test.each([
    "color: var(--ink);",
    "transition: color var(--fast) var(--ease);",
    "font-size: 0.9em;",
    "border-radius: 50%;",
    "border-radius: 0;",
    "padding: 0.0625rem var(--space-2);",
    "inline-size: 2rem;",
    "/* #fff */",
  ])("%s is not", (line) => {
    expect(rawIn("x.css", line)).toEqual([])
  })
})
