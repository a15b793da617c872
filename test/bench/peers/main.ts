import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { startDnsServer } from "../../kit/dns-server.ts"
import { freePorts } from "../../kit/ports.ts"
import { until } from "../../kit/until.ts"
import { describeMachine } from "../machine.ts"
import { markdown, quantile, type Result, rate, rounded } from "../result.ts"
import { harakaRelay } from "./haraka.ts"
import { cpuOf, type Place, send, startCounting, startRelay } from "./house.ts"
import { startMilter } from "./milter.ts"
import { postfixRelay } from "./postfix.ts"
import { type Probe, type Probed, probe } from "./probe.ts"
import { slowDisk } from "./slow-disk.ts"

/**
 * This relay beside Postfix and Haraka on the same machine, in turn: `npm run bench:peers` (needs root; fetches them).
 * Mails go from Postfix's own smtp-source through the relay to its smtp-sink. `ROUNDS=1 MAILS=500` makes it short,
 * `ONLY=Porchlight` leaves out the relays without that in their names.
 */
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const MAILS = Number(process.env.MAILS ?? 4000)
const ONLY = process.env.ONLY ?? ""
/** So many until a relay's programs are warm: those of Node are compiled by what they do. */
const WARM_UP = Number(process.env.WARM_UP ?? 3000)
const SLOWER_US = 2000

interface Case {
  sessions: number
  bytes: number
}

const CASES: Case[] = [
  { sessions: 1, bytes: 2048 },
  { sessions: 10, bytes: 2048 },
  { sessions: 50, bytes: 2048 },
  { sessions: 10, bytes: 20_000 },
]
const ON_SLOW_DISK = CASES.slice(0, 3)

const PROBES: Record<string, Probe> = {
  "one at a time": { mails: 500, sessions: 1, recipients: 1, rate: null },
  "200/s": { mails: 1000, sessions: 10, recipients: 1, rate: 200 },
  "20 addresses each, 10 sessions": { mails: 200, sessions: 10, recipients: 20, rate: null },
}

const folder = mkdtempSync(path.join(tmpdir(), "porchlight-peers-"))
// Other people's relays run as users of their own.
chmodSync(folder, 0o755)
const [port = 0, sinkPort = 0] = await freePorts(2)
const place: Place = { folder, port, sinkPort }
const dns = await startDnsServer({})
const milter = await startMilter(`127.0.0.1:${dns.port}`)
const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url))
const own = [node, fileURLToPath(new URL("../forward-relay.ts", import.meta.url))]
const slow = slowDisk(folder, SLOWER_US)

interface Relay {
  name: string
  command(data: string): string[]
  env?: Record<string, string>
  cases: readonly Case[]
  probes: boolean
  /** Further sessions of processes that work for it. */
  sessions?: number[]
}

const checked = { PORCHLIGHT_MAIL_CHECKS: "on", PORCHLIGHT_DNS: `127.0.0.1:${dns.port}` }
const unchecked = { PORCHLIGHT_MAIL_CHECKS: "off" }
const postfix = (data: string): string[] => postfixRelay(data, place)
const haraka = (data: string): string[] => harakaRelay(data, { ...place, each: false })
const slower = `, an fsync ${SLOWER_US / 1000} ms slower`

const ALL: Relay[] = [
  { name: "Postfix", command: postfix, cases: CASES, probes: true },
  { name: "Haraka", command: haraka, cases: CASES, probes: true },
  {
    name: "Haraka, a process a core",
    command: (data) => harakaRelay(data, { ...place, each: true }),
    cases: CASES,
    probes: true,
  },
  { name: "Porchlight", command: () => own, env: unchecked, cases: CASES, probes: true },
  {
    name: "Postfix, Rspamd checks and seals",
    command: (data) => postfixRelay(data, { ...place, milter: milter.port }),
    cases: CASES,
    probes: false,
    sessions: [milter.session],
  },
  { name: "Porchlight, checks and seals", command: () => own, env: checked, cases: CASES, probes: false },
  { name: `Postfix${slower}`, command: postfix, env: slow, cases: ON_SLOW_DISK, probes: false },
  { name: `Haraka${slower}`, command: haraka, env: slow, cases: ON_SLOW_DISK, probes: false },
  {
    name: `Porchlight${slower}`,
    command: () => own,
    env: { ...unchecked, ...slow },
    cases: ON_SLOW_DISK,
    probes: false,
  },
]
const RELAYS = ALL.filter(({ name }) => name.includes(ONLY))

interface Figures {
  accepted: number
  through: number
  cpuMs: number
}

const figures = new Map<string, Figures[]>()
const probed = new Map<string, Probed[]>()
const keep = <T>(all: Map<string, T[]>, key: string, found: T): void => {
  all.set(key, [...(all.get(key) ?? []), found])
  console.error(`${key}: ${JSON.stringify(found)}`)
}
const keyOf = (name: string, { sessions, bytes }: Case): string => `${name}|${sessions}|${bytes}`

const measure = async (
  cpu: () => number,
  arrived: () => number,
  { sessions, bytes }: Case,
): Promise<Figures> => {
  const mails = sessions === 1 ? Math.ceil(MAILS / 2) : MAILS
  const before = arrived()
  const cpuBefore = cpu()
  const started = performance.now()
  await send(place, { sessions, mails, bytes })
  const accepted = rate(mails, performance.now() - started)
  await until("the last mail is at the sink", () => arrived() >= before + mails, 180_000)
  const through = rate(mails, performance.now() - started)
  return { accepted, through, cpuMs: (cpu() - cpuBefore) / mails }
}

const runRelay = async (relay: Relay): Promise<void> => {
  const { name, command, env = {}, cases, probes, sessions = [] } = relay
  const sink = await startCounting(place)
  const started = await startRelay(place, name, command, { ...env, FORWARD_SEED: path.join(folder, "seed") })
  try {
    try {
      await send(place, { sessions: 10, mails: WARM_UP, bytes: 2048 })
      await until("the warm-up is through", () => sink.arrived() >= WARM_UP, 120_000)
      const cpu = (): number => cpuOf([started.session, ...sessions])
      for (const one of cases) keep(figures, keyOf(name, one), await measure(cpu, sink.arrived, one))
    } finally {
      await sink.stop()
    }
    if (!probes) return
    for (const [what, plan] of Object.entries(PROBES))
      keep(probed, `${name}|${what}`, await probe(port, sinkPort, plan))
  } finally {
    await started.stop()
  }
}

const median = <T>(all: Map<string, T[]>, key: string, of: keyof T, digits = 0): number =>
  rounded(
    quantile(
      (all.get(key) ?? []).map((found) => Number(found[of])),
      0.5,
    ),
    digits,
  )

const rates = (machine: ReturnType<typeof describeMachine>): Result => ({
  name: "peers",
  title: "Mail relays side by side",
  how: `smtp-source → relay → smtp-sink, every recipient another, connections kept; medians of ${ROUNDS} rounds in turn, after ${WARM_UP} mails each, ${machine.cores}, a load of ${machine.load} from others before it began. Postfix is tuned for speed; all have the durability that they have by default. Porchlight looks each recipient up and knows where they read; the others send on what is for the domain. CPU is that of all of a relay's processes: unlike the rates, it hardly depends on what else the machine does. The mails are not signed, so that “checks and seals” is SPF, DMARC and an ARC set (two signatures by RSA 2048) for each; Rspamd, as Postfix's milter, seals them as well, and leaves SPF and DMARC out for clients on loopback.`,
  columns: ["relay", "sessions", "bytes", "accepted/s", "through/s", "CPU ms a mail"],
  rows: CASES.flatMap((one) =>
    RELAYS.filter(({ cases }) => cases.includes(one)).map(({ name }) => {
      const key = keyOf(name, one)
      return [
        name,
        one.sessions,
        one.bytes,
        median(figures, key, "accepted"),
        median(figures, key, "through"),
        median(figures, key, "cpuMs", 2),
      ]
    }),
  ),
})

const latencies = (): Result => ({
  name: "peers",
  title: "One mail through each relay",
  how: "2 kB, by a client that is the sink as well; ms from MAIL FROM to the last 250 (accepted), and until the sink has had it for the last recipient (through).",
  columns: ["mails", "relay", "accepted p50", "accepted p99", "through p50", "through p99", "addresses/s"],
  rows: Object.keys(PROBES).flatMap((what) =>
    RELAYS.filter(({ probes }) => probes).map(({ name }) => {
      const key = `${name}|${what}`
      return [
        what,
        name,
        median(probed, key, "acceptP50", 2),
        median(probed, key, "acceptP99", 2),
        median(probed, key, "throughP50", 2),
        median(probed, key, "throughP99", 2),
        median(probed, key, "addresses"),
      ]
    }),
  ),
})

try {
  const machine = describeMachine()
  for (let round = 0; round < ROUNDS; round++) for (const relay of RELAYS) await runRelay(relay)
  const results = [rates(machine), latencies()]
  mkdirSync("bench-results", { recursive: true })
  const raw = { machine, results, figures: [...figures], probed: [...probed] }
  writeFileSync("bench-results/peers.json", `${JSON.stringify(raw, null, 2)}\n`)
  for (const result of results) console.log(`${result.title}\n${result.how}\n\n${markdown(result)}\n`)
} finally {
  await milter.close()
  await dns.close()
  rmSync(folder, { recursive: true, force: true })
}
