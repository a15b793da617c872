import path from "node:path"
import { expect, test } from "vitest"
import { CODE, filesBelow, product, read, withoutComments } from "./source.ts"

const TESTS = "test"

/** Lines of all files that match, as `file:line text`. */
const linesWith = (
  files: string[],
  pattern: RegExp,
  code: (text: string) => string = withoutComments,
): string[] =>
  files.flatMap((file) =>
    code(read(file))
      .split("\n")
      .flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : [])),
  )

const LONGEST_FILE = 350

test(`no file is longer than ${LONGEST_FILE} lines`, () => {
  const long = product()
    .map((file) => ({ file, lines: read(file).split("\n").length }))
    .filter(({ lines }) => lines > LONGEST_FILE)
  // Tables list every column once; splitting the list would only spread it.
  expect(long.filter(({ file }) => file !== "relay/store/tables.ts")).toEqual([])
})

test("no test is focused, skipped or left to do", () => {
  const marks =
    /\b(?:test|it|describe|suite)\.(?:only|skip|todo|skipIf|runIf|fails)\b|\b(?:xit|fit|xdescribe|fdescribe)\(/
  expect(
    linesWith(filesBelow(TESTS, CODE), marks).filter((line) => !line.startsWith("test/repo/house.test.ts")),
  ).toEqual([])
})

/** The machine's clock is read in one place; what runs in browsers has a clock of its own. */
const CLOCKS = ["relay/clock.ts", "relay/chatbox/", "relay/pages/", "extension/", "shared/desk/"]

test("the time is read from the clock that was handed in", () => {
  const files = product().filter((file) => !CLOCKS.some((clock) => file.startsWith(clock)))
  expect(linesWith(files, /\bDate\.now\b|\bnew Date\(\)|\bnow\(\)::|CURRENT_TIMESTAMP|strftime\(/)).toEqual(
    [],
  )
})

test("rules are pure: no clock, no randomness, no input or output", () => {
  const impure = /\bMath\.random\b|\bcrypto\b|\bprocess\.|\bfetch\(|\bsetTimeout\b|from "node:/
  expect(linesWith(filesBelow("relay/rules", CODE), impure)).toEqual([])
})

test("no test sleeps for a fixed time", () => {
  const sleeps = /\bawait (?:sleep|delay|pause)\w*\(|from "node:timers\/promises"/
  // Load is paced and kills come at random moments: there, time passing is the point.
  const paced = ["test/repo/", "test/faults/", "test/bench/"]
  const lines = linesWith(filesBelow(TESTS, CODE), sleeps)
  expect(lines.filter((line) => !paced.some((folder) => line.startsWith(folder)))).toEqual([])
})

test("nothing is left to do, and nothing is switched off for the compiler", () => {
  const marks = /\b(?:TODO|FIXME|XXX)\b|@ts-ignore|@ts-nocheck/
  const files = [...product(), ...filesBelow(TESTS, CODE), ...filesBelow("scripts", CODE)]
  expect(
    linesWith(files, marks, (text) => text).filter((line) => !line.startsWith("test/repo/house.test.ts")),
  ).toEqual([])
})

test("no path of anybody's machine and no private registry is written down", () => {
  const texts = filesBelow(".", [
    ...CODE,
    ".md",
    ".json",
    ".js",
    ".mjs",
    ".sh",
    ".yml",
    ".html",
    ".css",
    ".svg",
  ])
  const places = [
    ["", "work", "(?:main|shared)"].join("/"),
    ["", "home", "[a-z]+", ""].join("/"),
    ["", "Users", ""].join("/"),
  ]
  // The lockfile says where its packages come from: the public registry and nowhere else.
  const registry = /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/
  expect(linesWith(texts, new RegExp(`(?<!\\w)(?:${places.join("|")})`), (text) => text)).toEqual([])
  expect(linesWith(["package-lock.json"], registry, (text) => text)).toEqual([])
})

interface Export {
  name: string
  /** An interface or type: it may be there only to give a shape in an exported signature its name. */
  type: boolean
}

/** What a file exports by name. */
const exportsOf = (code: string): Export[] => [
  ...[
    ...code.matchAll(/^export (?:declare )?(const|let|class|function|async function|interface|type) (\w+)/gm),
  ].map((match) => ({ name: match[2] ?? "", type: match[1] === "interface" || match[1] === "type" })),
  ...[...code.matchAll(/^export (type )?\{([^}]*)\}(?! from)/gm)].flatMap((match) =>
    (match[2] ?? "")
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "")
      .map((item) => ({
        name: item.split(/\s+/).at(-1) ?? "",
        type: match[1] !== undefined || item.startsWith("type "),
      })),
  ),
]

const occurrences = (code: string, name: string): number =>
  code.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0

test("no export is dead: each is used by another file", () => {
  const readers = [
    ...product(),
    ...filesBelow(TESTS, CODE),
    ...filesBelow("scripts", CODE),
    ...filesBelow("try", CODE),
    ...filesBelow(".", [".config.ts"]).filter((file) => path.dirname(file) === "."),
  ]
  const codes = new Map(readers.map((file) => [file, withoutComments(read(file))]))
  const words = new Map([...codes].map(([file, code]) => [file, new Set(code.match(/\b\w+\b/g) ?? [])]))
  const dead = product().flatMap((file) => {
    const code = codes.get(file) ?? ""
    return exportsOf(code)
      .filter(({ name }) => name !== "default")
      .filter(({ name }) => ![...words].some(([reader, used]) => reader !== file && used.has(name)))
      .filter(({ name, type }) => !(type && occurrences(code, name) > 1))
      .map(({ name }) => `${file}: ${name}`)
  })
  expect(dead).toEqual([])
})
