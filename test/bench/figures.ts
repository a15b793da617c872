import { existsSync, readFileSync } from "node:fs"
import type { Machine } from "./machine.ts"
import { markdown, type Result } from "./result.ts"

/** docs/figures.md, a part for each benchmark: what was measured is written anew, all else stays as it was. */

const HEAD = `# Figures, as measured

Written by \`npm run bench -- --docs\`, or with names of benchmarks for those alone. Relay, load and the receiving end
share one machine and its cores, so these are lower bounds, and good for comparing one version with the next on the same
machine. Under each command: the machine, the version, and what else the machine had to do before it began.

`

/** One line. */
export const machineLine = (machine: Machine): string =>
  [
    `${machine.cores}, ${machine.memory}, ${machine.system}, Node ${machine.node}`,
    `4 kB synced to disk in ${machine.fsyncMs} ms (a plain SSD: 1 to 5)`,
    `a load of ${machine.load}`,
    `Porchlight at ${machine.commit}`,
  ].join("; ")

const commandOf = (name: string | null): string =>
  name === null ? "    npm run bench:peers\n" : `    npm run bench -- ${name}\n`

const titleOf = (part: string): string => part.slice(0, part.indexOf("\n"))

/** `before`: the page as it is. `peers`: what `npm run bench:peers` found, without names of their own. */
export const figuresPage = (
  before: string,
  machine: Machine,
  results: readonly Result[],
  peers: { machine: Machine; results: readonly Result[] } | null,
): string => {
  const parts = before.split(/^(?=## )/m).slice(1)
  const put = (result: Result, name: string | null, on: Machine): void => {
    const part = `## ${result.title}\n\n${result.how}\n\n${commandOf(name)}\n${machineLine(on)}\n\n${markdown(result)}\n\n`
    const same = (one: string): boolean =>
      name === null ? titleOf(one) === `## ${result.title}` : one.includes(commandOf(name))
    const at = parts.findIndex(same)
    if (at < 0) parts.push(part)
    else parts[at] = part
  }
  for (const result of results) put(result, result.name, machine)
  for (const result of peers?.results ?? []) put(result, null, peers!.machine)
  return `${HEAD}${parts.map((part) => `${part.trimEnd()}\n`).join("\n")}`
}

const PEERS = "bench-results/peers.json"

/** What was found beside others the last time, if it was here: it is run by itself, as it needs root and Postfix. */
export const readPeers = (): { machine: Machine; results: Result[] } | null =>
  existsSync(PEERS)
    ? (JSON.parse(readFileSync(PEERS, "utf8")) as { machine: Machine; results: Result[] })
    : null
