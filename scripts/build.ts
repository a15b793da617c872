import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"

/**
 * Builds what browsers load, when it is missing or its sources have changed since: `npm start` and
 * `npm test` call it first and wait for nothing when there is nothing to do. `--all` builds regardless.
 * Sources are compared by content, as a checkout gives old files new dates.
 */
interface Target {
  name: string
  /** npm script that builds it. */
  script: string
  sources: string[]
  /** Files that are there once it was built. */
  results: string[]
}

const COMMON = ["shared", "package-lock.json", "tsconfig.json"]

const TARGETS: Target[] = [
  {
    name: "pages",
    script: "build:pages",
    sources: [
      ...COMMON,
      "relay/pages",
      "relay/chatbox",
      "vite.pages.config.ts",
      "vite.worker.config.ts",
      "vite.box.config.ts",
    ],
    results: ["dist/pages"],
  },
  {
    name: "extension",
    script: "build:extension",
    sources: [...COMMON, "extension", "wxt.config.ts"],
    results: [".output/chrome-mv3/manifest.json", ".output/firefox-mv3/manifest.json"],
  },
]

const ROOT = fileURLToPath(new URL("..", import.meta.url))
/** Outside of dist and .output, which the builders empty. */
const STAMPS = path.join(ROOT, "node_modules/.cache/porchlight")

const filesIn = (file: string): string[] =>
  statSync(file).isDirectory()
    ? readdirSync(file)
        .sort()
        .flatMap((name) => filesIn(path.join(file, name)))
    : [file]

/** One hash over names and contents of all sources of a target. */
const fingerprint = (target: Target): string => {
  const hash = createHash("sha256")
  for (const source of target.sources) {
    const full = path.join(ROOT, source)
    if (!existsSync(full)) continue
    for (const file of filesIn(full)) hash.update(`${path.relative(ROOT, file)}\0`).update(readFileSync(file))
  }
  return hash.digest("hex")
}

const isFresh = (target: Target, print: string): boolean => {
  const stamp = path.join(STAMPS, target.name)
  return (
    target.results.every((result) => existsSync(path.join(ROOT, result))) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === print
  )
}

const build = (target: Target, print: string): void => {
  const started = performance.now()
  console.log(`building ${target.name} …`)
  const stamp = path.join(STAMPS, target.name)
  rmSync(stamp, { force: true })
  const run = spawnSync("npm", ["run", "--silent", target.script], { cwd: ROOT, encoding: "utf8" })
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ""}${run.stderr ?? ""}`)
    console.error(`The ${target.name} could not be built; the reason is above. Try: npm run ${target.script}`)
    process.exit(1)
  }
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(stamp, print)
  console.log(`built ${target.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

const all = process.argv.includes("--all")
for (const target of TARGETS) {
  const print = fingerprint(target)
  if (all || !isFresh(target, print)) build(target, print)
}
