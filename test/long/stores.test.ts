import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import JSZip from "jszip"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { lintFirefox } from "../../scripts/stores/lint.ts"

/** What is handed to Firefox's store, and what its reviewers make of the sources. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), "porchlight-stores-"))
const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string }

/** What a build reads, of the working tree. */
const PARTS = [
  "extension",
  "shared",
  "docs/stores/review.md",
  "LICENSE",
  "package.json",
  "package-lock.json",
  ".npmrc",
  "tsconfig.json",
  "wxt.config.ts",
]

interface Zips {
  extension: Buffer
  sources: Buffer
}

/** Does in a folder what docs/stores/review.md says, but for `npm ci`, which would bring what is here already. */
const buildIn = (place: string): Zips => {
  symlinkSync(path.join(ROOT, "node_modules"), path.join(place, "node_modules"))
  // As in a terminal: test runners say in the environment that they are one, and builders listen.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|VITEST|npm_)/.test(name)),
  )
  const run = spawnSync("npm", ["run", "stores:firefox"], { cwd: place, encoding: "utf8", env })
  expect(run.status, run.stdout + run.stderr).toBe(0)
  const zip = (part: string): Buffer =>
    readFileSync(path.join(place, ".output", `porchlight-${version}-${part}.zip`))
  return { extension: zip("firefox"), sources: zip("sources") }
}

const unpack = async (zip: Buffer, place: string): Promise<void> => {
  const { files } = await JSZip.loadAsync(zip)
  for (const [name, file] of Object.entries(files)) {
    if (file.dir) continue
    const target = path.join(place, name)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, await file.async("nodebuffer"))
  }
}

let ours: Zips
const tree = path.join(folder, "tree")

beforeAll(() => {
  for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(tree, part), { recursive: true })
  ours = buildIn(tree)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

describe("the zips for the stores", () => {
  it("come out the same, byte by byte, from the sources that reviewers get", async () => {
    const place = path.join(folder, "reviewer")
    await unpack(ours.sources, place)
    const theirs = buildIn(place)
    expect(theirs.extension.equals(ours.extension)).toBe(true)
    expect(theirs.sources.equals(ours.sources)).toBe(true)
  })

  it("are another as soon as one word of the sources is", async () => {
    const place = path.join(folder, "changed")
    await unpack(ours.sources, place)
    const words = path.join(place, "extension/public/_locales/en/messages.json")
    writeFileSync(words, readFileSync(words, "utf8").replace("Next status", "Another status"))
    expect(buildIn(place).extension.equals(ours.extension)).toBe(false)
  })

  it("pass the linter of Firefox's store, which finds a mistake where there is one", async () => {
    expect(lintFirefox(path.join(tree, ".output/firefox-mv3"))).toEqual([])
    const place = path.join(folder, "wrong")
    await unpack(ours.extension, place)
    writeFileSync(path.join(place, "background.js"), "document.body.innerHTML = location.hash")
    expect(lintFirefox(place).join()).toContain("UNSAFE_VAR_ASSIGNMENT")
  })

  it("are at most 150 kB", () => {
    expect(ours.extension.length).toBeLessThanOrEqual(150_000)
  })
})
