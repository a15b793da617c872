import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { startDnsServer } from "../kit/dns-server.ts"
import { freePorts } from "../kit/ports.ts"
import { until } from "../kit/until.ts"
import { describeMachine } from "./machine.ts"
import { postfixRelay } from "./postfix-relay.ts"
import { markdown, quantile, type Result, rate, rounded } from "./result.ts"

/**
 * This relay beside Postfix on the same machine, in turn: `npm run bench:peers` (needs root; brings Postfix). Mails
 * go from Postfix's own smtp-source through the relay to its smtp-sink. `ROUNDS=1 MAILS=500` makes it short.
 */
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const MAILS = Number(process.env.MAILS ?? 4000)
const CASES = [
  { sessions: 1, bytes: 2048 },
  { sessions: 10, bytes: 2048 },
  { sessions: 50, bytes: 2048 },
  { sessions: 10, bytes: 20_000 },
]
const WARM_UP = 600

const folder = mkdtempSync(path.join(tmpdir(), "porchlight-peers-"))
// Postfix's processes run as a user of their own.
chmodSync(folder, 0o755)
const [port = 0, sinkPort = 0] = await freePorts(2)
const dns = await startDnsServer({})
const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url))
const own = [node, fileURLToPath(new URL("./forward-relay.ts", import.meta.url))]

/** Each: how it is started in an empty folder, and with which settings. */
const RELAYS: Record<string, { command(data: string): string[]; env?: Record<string, string> }> = {
  Postfix: { command: (data) => postfixRelay(data, port, sinkPort) },
  Porchlight: { command: () => own, env: { PORCHLIGHT_MAIL_CHECKS: "off" } },
  "Porchlight, checks and seals": {
    command: () => own,
    env: { PORCHLIGHT_MAIL_CHECKS: "on", PORCHLIGHT_DNS: `127.0.0.1:${dns.port}` },
  },
}

const answers = (at: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(at, "127.0.0.1")
    socket.once("data", (said) => {
      socket.end("QUIT\r\n")
      resolve(String(said).startsWith("220"))
    })
    socket.once("error", () => resolve(false))
    socket.setTimeout(1000, () => {
      socket.destroy()
      resolve(false)
    })
  })

const counted = path.join(folder, "sink")
const sink = spawn("smtp-sink", ["-u", "nobody", "-c", `127.0.0.1:${sinkPort}`, "1024"], {
  stdio: ["ignore", openSync(counted, "w"), "ignore"],
})
const arrived = (): number => {
  const counts = [
    ...readFileSync(counted, "latin1")
      .slice(-80)
      .matchAll(/mesg=(\d+)\r/g),
  ]
  return Number(counts.at(-1)?.[1] ?? 0)
}

/** CPU time of a session of processes, ms: fields 14 to 17 of proc(5)'s stat, in hundredths of a second. */
const cpuOf = (session: number): number =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
          .replace(/^.*\) /s, "")
          .split(" ")
        if (Number(fields[3]) !== session) return sum
        return sum + fields.slice(11, 15).reduce((all, ticks) => all + Number(ticks) * 10, 0)
      } catch {
        // it ended meanwhile; its parent has its time
        return sum
      }
    }, 0)

const send = async (sessions: number, mails: number, bytes: number): Promise<void> => {
  const args = ["-N", "-d", "-s", sessions, "-m", mails, "-l", bytes, "-f", "bench@client.test"]
  const source = spawn("smtp-source", [...args, "-t", "u@relay.test", `127.0.0.1:${port}`].map(String))
  const [code] = (await once(source, "exit")) as [number | null]
  if (code !== 0) throw new Error(`smtp-source ended with ${code}`)
}

interface Figures {
  accepted: number
  through: number
  cpuMs: number
}

const measure = async (relay: ChildProcess, sessions: number, bytes: number): Promise<Figures> => {
  const mails = sessions === 1 ? MAILS / 4 : MAILS
  const before = arrived()
  const cpu = cpuOf(relay.pid ?? 0)
  const started = performance.now()
  await send(sessions, mails, bytes)
  const accepted = rate(mails, performance.now() - started)
  await until("the last mail is at the sink", () => arrived() >= before + mails, 180_000)
  const through = rate(mails, performance.now() - started)
  return { accepted, through, cpuMs: (cpuOf(relay.pid ?? 0) - cpu) / mails }
}

const figures = new Map<string, Figures[]>()
const runRelay = async (name: string): Promise<void> => {
  const data = mkdtempSync(path.join(folder, "relay-"))
  const { command, env = {} } = RELAYS[name] as (typeof RELAYS)[string]
  const [program = "", ...args] = command(data)
  const relay = spawn(program, args, {
    detached: true,
    stdio: ["ignore", "ignore", openSync(path.join(folder, "log"), "a")],
    env: {
      ...process.env,
      ...env,
      SMTP_PORT: String(port),
      SINK_PORT: String(sinkPort),
      RUN_DIR: data,
      FORWARD_SEED: path.join(folder, "seed"),
    },
  })
  const ended = once(relay, "exit")
  try {
    await until(`${name} answers`, () => answers(port), 120_000)
    const before = arrived()
    await send(10, WARM_UP, 2048)
    await until("the warm-up is through", () => arrived() >= before + WARM_UP, 60_000)
    for (const { sessions, bytes } of CASES) {
      const found = await measure(relay, sessions, bytes)
      const key = `${name}|${sessions}|${bytes}`
      figures.set(key, [...(figures.get(key) ?? []), found])
      console.error(`${name}, ${sessions} sessions, ${bytes} bytes: ${JSON.stringify(found)}`)
    }
  } finally {
    relay.kill("SIGTERM")
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}

const median = (name: string, { sessions, bytes }: (typeof CASES)[number], of: keyof Figures): number =>
  quantile(
    (figures.get(`${name}|${sessions}|${bytes}`) ?? []).map((found) => found[of]),
    0.5,
  )

try {
  const machine = describeMachine()
  for (let round = 0; round < ROUNDS; round++) for (const name of Object.keys(RELAYS)) await runRelay(name)
  const result: Result = {
    name: "peers",
    title: "Mail relays side by side",
    how: `smtp-source → relay → smtp-sink, every recipient another, connections kept; medians of ${ROUNDS} rounds in turn, ${machine.cores}, a load of ${machine.load} from others before it began. Postfix is tuned for speed, with its durability as by default, and looks no recipient up; Porchlight looks each up and knows where they read. CPU is that of all of a relay's processes: unlike the rates, it hardly depends on what else the machine does. The mails are not signed, so that “checks and seals” is SPF, DMARC and an ARC set for each; Postfix does nothing of that.`,
    columns: ["relay", "sessions", "bytes", "accepted/s", "through/s", "CPU ms a mail"],
    rows: CASES.flatMap((one) =>
      Object.keys(RELAYS).map((name) => [
        name,
        one.sessions,
        one.bytes,
        median(name, one, "accepted"),
        median(name, one, "through"),
        rounded(median(name, one, "cpuMs"), 2),
      ]),
    ),
  }
  mkdirSync("bench-results", { recursive: true })
  writeFileSync(
    "bench-results/peers.json",
    `${JSON.stringify({ machine, result, figures: [...figures] }, null, 2)}\n`,
  )
  console.log(`${result.title}\n${result.how}\n\n${markdown(result)}`)
} finally {
  sink.kill()
  await dns.close()
  rmSync(folder, { recursive: true, force: true })
}
