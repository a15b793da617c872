import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { beside } from "./beside.ts"
import { costs } from "./costs.ts"
import { decisions } from "./decisions.ts"
import { growth } from "./growth.ts"
import { light, screen } from "./live.ts"
import { load } from "./load.ts"
import { describeMachine, type Machine } from "./machine.ts"
import { mail } from "./mail.ts"
import { lateness, openBatches } from "./open-batches.ts"
import { popup } from "./popup.ts"
import { markdown, type Result } from "./result.ts"
import { sizes } from "./sizes.ts"
import { start } from "./start.ts"
import { store } from "./store.ts"

/**
 * Load tests on this machine, loopback only: `npm run bench`, or some of them: `npm run bench -- mail light`.
 * Prints tables, writes bench-results/latest.json; with `--docs` also docs/figures.md.
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

const machineTable = (machine: Machine): string =>
  [
    `- ${machine.cores}, ${machine.memory}, ${machine.system}, Node ${machine.node}`,
    `- 4 kB written and synced to disk: ${machine.fsyncMs} ms (median). A plain SSD takes 1 to 5 ms; figures that wait for the disk would be lower there.`,
    `- other work on the machine before it began: a load of ${machine.load}`,
    `- Porchlight at ${machine.commit}`,
  ].join("\n")

/** What `npm run bench:peers` found the last time; it is run by itself, as it needs root and Postfix. */
const PEERS = "bench-results/peers.json"
const peersSection = (): string => {
  if (!existsSync(PEERS)) return ""
  const { results } = JSON.parse(readFileSync(PEERS, "utf8")) as { results: Result[] }
  return results
    .map(
      (result) => `\n## ${result.title}\n\n${result.how}\n\n    npm run bench:peers\n\n${markdown(result)}\n`,
    )
    .join("")
}

const page = (machine: Machine, results: Result[]): string => `# Figures, as measured

Written by \`npm run bench -- --docs\`. Relay, load and the receiving end share one machine and its cores, so
these are lower bounds, and good for comparing one version with the next on the same machine.

${machineTable(machine)}

${results.map((result) => `## ${result.title}\n\n${result.how}\n\n    npm run bench -- ${result.name}\n\n${markdown(result)}`).join("\n\n")}
${peersSection()}`

const asked = process.argv.slice(2).filter((word) => word !== "--docs")
const unknown = asked.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark “${unknown.join(", ")}”; there are ${Object.keys(BENCHES).join(", ")}.`,
  )
  process.exit(2)
}
const toDocs = process.argv.includes("--docs")
if (toDocs && asked.length > 0) {
  console.error("--docs writes the whole page: run it without names.")
  process.exit(2)
}

const machine = describeMachine()
console.log(`${machineTable(machine)}\n`)
const results: Result[] = []
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const result = await bench()
  results.push(result)
  console.log(`${result.title}\n${result.how}\n\n${markdown(result)}\n`)
}
mkdirSync("bench-results", { recursive: true })
writeFileSync("bench-results/latest.json", `${JSON.stringify({ machine, results }, null, 2)}\n`)
if (toDocs) writeFileSync("docs/figures.md", page(machine, results))
