import { spawnSync } from "node:child_process"
import { copyFileSync, readFileSync, statSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { lintFirefox } from "./stores/lint.ts"

/**
 * What is handed to the stores (`npm run stores`), in .output: a zip each for Chrome, Edge and Firefox, and the
 * sources that Firefox's reviewers build the same zip from (docs/stores/review.md). The zips depend on nothing
 * but the sources: no dates, files in order. Ends with 1 when the linter of Firefox's store finds something, or
 * a zip is too large.
 */
const ROOT = fileURLToPath(new URL("..", import.meta.url))
/** Bytes; of our own choice, far below what stores allow. */
const LARGEST = 150_000

const { name, version } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as {
  name: string
  version: string
}
const zipOf = (part: string): string => `${ROOT}.output/${name}-${version}-${part}.zip`

/** Builders listen to it, and what it says here is nobody's business in a store. */
const env = { ...process.env, NODE_ENV: "production" }

const zip = (...args: string[]): void => {
  const run = spawnSync("npx", ["wxt", "zip", ...args], { cwd: ROOT, encoding: "utf8", env })
  if (run.status === 0) return
  process.stderr.write(`${run.stdout ?? ""}${run.stderr ?? ""}`)
  console.error(`The extension could not be built; the reason is above. Try: npx wxt zip ${args.join(" ")}`)
  process.exit(1)
}

zip()
// Edge takes the same build: it is Chromium, and nothing in it asks which browser it is.
copyFileSync(zipOf("chrome"), zipOf("edge"))
zip("-b", "firefox", "--mv3")

const findings = lintFirefox(`${ROOT}.output/firefox-mv3`)
for (const finding of findings) console.error(`web-ext lint: ${finding}`)

const tooLarge = ["chrome", "edge", "firefox"].filter((part) => statSync(zipOf(part)).size > LARGEST)
for (const part of ["chrome", "edge", "firefox", "sources"])
  console.log(`${zipOf(part)}  ${(statSync(zipOf(part)).size / 1000).toFixed(1)} kB`)
for (const part of tooLarge) console.error(`${zipOf(part)} is larger than ${LARGEST / 1000} kB`)
if (findings.length + tooLarge.length > 0) process.exit(1)
