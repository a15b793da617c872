import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { beside } from "./beside.ts"
import { costs } from "./costs.ts"
import { decisions } from "./decisions.ts"
import { figuresPage, machineLine, readPeers } from "./figures.ts"
import { growth } from "./growth.ts"
import { light, screen } from "./live.ts"
import { load } from "./load.ts"
import { describeMachine } from "./machine.ts"
import { mail } from "./mail.ts"
import { lateness, openBatches } from "./open-batches.ts"
import { popup } from "./popup.ts"
import { markdown, type Result } from "./result.ts"
import { sizes } from "./sizes.ts"
import { start } from "./start.ts"
import { store } from "./store.ts"

/**
 * Load tests on this machine, loopback only: `npm run bench`, or some of them: `npm run bench -- mail light`.
 * Prints tables, writes bench-results/latest.json; with `--docs` what was measured goes into docs/figures.md.
 */
const BENCHES: Record<string, () => Promise<Result>> = {
  mail,
  store,
  decisions,
  open: openBatches,
  lateness,
  light,
  screen,
  beside,
  start,
  growth,
  costs,
  load,
  popup,
  sizes,
}

const PAGE = "docs/figures.md"

const asked = process.argv.slice(2).filter((word) => word !== "--docs")
const unknown = asked.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark “${unknown.join(", ")}”; there are ${Object.keys(BENCHES).join(", ")}.`,
  )
  process.exit(2)
}
const toDocs = process.argv.includes("--docs")

const machine = describeMachine()
console.log(`${machineLine(machine)}\n`)
const results: Result[] = []
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const result = await bench()
  results.push(result)
  console.log(`${result.title}\n${result.how}\n\n${markdown(result)}\n`)
}
mkdirSync("bench-results", { recursive: true })
writeFileSync("bench-results/latest.json", `${JSON.stringify({ machine, results }, null, 2)}\n`)
if (toDocs) {
  const before = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : ""
  writeFileSync(PAGE, figuresPage(before, machine, results, readPeers()))
}
