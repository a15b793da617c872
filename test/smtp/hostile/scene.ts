import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { Worker } from "node:worker_threads"
import Database from "better-sqlite3"
import type { Zone } from "../../kit/dns-server.ts"
import { mailOf } from "../../kit/mail-relay.ts"
import { type RelayProcess, startRelayProcess } from "../../kit/relay-process.ts"
import { RawSmtp } from "../../kit/smtp-raw.ts"
import { type SinkMail, type SmtpSink, startSmtpSink } from "../../kit/smtp-sink.ts"
import { openTestFile } from "../../kit/stores.ts"
import { replyPartOf } from "../../kit/sunk-mail.ts"
import { TEST_CERTIFICATE } from "../../kit/test-certificate.ts"
import { until } from "../../kit/until.ts"
import type { HonestReport, HonestSetup } from "./honest.ts"

/** The mail domain in both forms of an international name. */
export const IDN = "pošta.example"
export const D = "xn--pota-h6a.example"

export const ANNA = `anna@${D}`
export const INBOX = `inbox@${D}`
/** Where Anna reads. */
const ANNA_READS = "anna@lamplight.example"

/** The one address that may speak for others (the PROXY protocol). */
const BALANCER = "127.0.0.9"

/** A machine that is busy with other suites needs longer for a mail that takes seconds of work. */
const PATIENCE_MS = 60_000

/** What is in the store and in the operator's folder, apart from what the honest client sends. */
export interface Left {
  /** Deliveries of mail to Anna's name. */
  forwards: number
  /** Messages in conversations. */
  messages: number
  /** Mails that are kept with a conversation, messages or not. */
  kept: number
  /** Reports about mails of ours. */
  reports: number
  /** Files for the operator. */
  operator: number
}

/** A whole relay in a process of its own, with everything on that a real one has on, and who writes to it. */
export interface Scene {
  relay: RelayProcess
  sink: SmtpSink
  folder: string
  /** `r-…` and `b-…` of a notice that Anna has got. */
  reply: string
  bounce: string
  left(): Left
  /** Rows of a statement, read past the relay. */
  rows<Row>(statement: string): Row[]
  /** Changes a row past the relay. */
  change(statement: string): void
  /** A session that is through EHLO. */
  greeted(): Promise<RawSmtp>
  /** The same, for a client with this address, through the balancer. */
  greetedAs(address: string): Promise<RawSmtp>
  /** Sends a mail as it is, in a session of its own: the answer to it, or to the first recipient refused. */
  send(raw: Uint8Array | string, to: string | string[], from?: string): Promise<string>
  /** Mails to Anna's name that went on, oldest first. */
  passedOn(): SinkMail[]
  /** Ends the honest client, and gives what it went through. */
  honest(): Promise<HonestReport>
  /** The most memory the process ever had, bytes. */
  peakMemory(): number
  /** The longest stretch of work of its event loop since it was up, ms of processor time. */
  longestStretch(): Promise<number>
  stop(): Promise<number | null>
}

const zoneOf = (name: string) => ({ [name]: { TXT: ["v=spf1 ip4:127.0.0.0/8 -all"] } })

export const openScene = async (): Promise<Scene> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-hostile-"))
  const file = path.join(folder, "porchlight.db")
  const store = await openTestFile(file)
  const now = Date.now()
  const { accountId } = await store.run(
    "setUp",
    {
      company: "Lamplight & Co",
      agent: { name: "Anna", address: ANNA_READS, language: "en", zone: "UTC" },
      site: { name: "Lamplight", origins: ["*"] },
      graceMs: 0,
      waitMs: 0,
    },
    now,
  )
  const ben = { name: "Ben", address: "ben@lamplight.example", role: "agent" } as const
  await store.run("createAgent", { accountId, language: "en", zone: "UTC", ...ben }, now)
  await store.close()

  const zone: Zone = {
    ...zoneOf("customer.example"),
    ...zoneOf("honest.example"),
    ...zoneOf("client.example"),
  }
  const names = new Worker(new URL("./names.ts", import.meta.url), { workerData: zone })
  const [dns] = (await once(names, "message")) as [string]
  const sink = await startSmtpSink()
  const [cert, key] = ["cert", "key"].map((name) => path.join(folder, `${name}.pem`)) as [string, string]
  writeFileSync(cert, TEST_CERTIFICATE.cert)
  writeFileSync(key, TEST_CERTIFICATE.key)
  const loop = path.join(folder, "loop")
  const relay = await startRelayProcess({
    data: folder,
    env: {
      PORCHLIGHT_MAIL_DOMAIN: D,
      PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
      PORCHLIGHT_DNS: dns,
      PORCHLIGHT_MAIL_CHECKS: "on",
      PORCHLIGHT_SMTP_PROXIES: BALANCER,
      PORCHLIGHT_TLS_CERT: cert,
      PORCHLIGHT_TLS_KEY: key,
      NODE_OPTIONS: `--import=${new URL("./loop.ts", import.meta.url).href}`,
      HOSTILE_LOOP_FILE: loop,
    },
  })
  const longestStretch = async (): Promise<number> => {
    rmSync(loop, { force: true })
    process.kill(relay.pid, "SIGUSR2")
    return Number(await until("the relay says so", () => existsSync(loop) && readFileSync(loop, "utf8")))
  }
  const db = new Database(file)
  const count = (statement: string): number => (db.prepare(statement).pluck().get() as number | null) ?? 0
  const scene: Scene = {
    relay,
    sink,
    folder,
    reply: "",
    bounce: "",
    left: () => ({
      forwards: count(
        `SELECT count(*) FROM deliveries WHERE kind = 'forward' AND to_address = '${ANNA_READS}'`,
      ),
      messages: count("SELECT count(*) FROM messages"),
      kept: count("SELECT count(*) FROM inbound_mails"),
      reports: count("SELECT count(*) FROM bounces"),
      operator: operatorFiles(folder),
    }),
    rows: <Row>(statement: string) => db.prepare(statement).all() as Row[],
    change: (statement) => void db.prepare(statement).run(),
    greeted: () => RawSmtp.greeted(relay.ports.smtp),
    greetedAs: async (address) => {
      const client = await RawSmtp.connect(relay.ports.smtp, "127.0.0.1", BALANCER)
      await client.write(`PROXY TCP4 ${address} 192.0.2.1 40000 25\r\n`)
      await client.answer()
      await client.say("EHLO client.example")
      return client
    },
    send: async (raw, to, from = "jana@customer.example") => {
      const client = await RawSmtp.greeted(relay.ports.smtp)
      try {
        const parameter = /[^\x20-\x7e]/.test([from, to].flat().join("")) ? " SMTPUTF8" : ""
        await client.say(`MAIL FROM:<${from}>${parameter}`)
        for (const one of [to].flat()) {
          const answer = await client.say(`RCPT TO:<${one}>`)
          if (!answer.startsWith("250")) return answer
        }
        await client.say("DATA")
        await client.write(raw)
        await client.write("\r\n.\r\n")
        return await client.answer(PATIENCE_MS)
      } finally {
        client.hangUp()
      }
    },
    // only what came in has a line that says how
    passedOn: () =>
      sink.mails.filter(({ to, raw }) => to[0] === ANNA_READS && raw.includes(`\r\n by ${D} with ESMTP`)),
    honest: async () => {
      const reported = once(honest, "message") as Promise<[HonestReport]>
      const exited = once(honest, "exit")
      honest.postMessage("stop")
      const [report] = await reported
      await exited
      return report
    },
    peakMemory: () =>
      Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${relay.pid}/status`, "utf8"))?.[1]) * 1024,
    longestStretch,
    stop: async () => {
      await honest.terminate()
      const code = await relay.stop()
      expectIntact(db)
      db.close()
      await sink.close()
      const gone = once(names, "exit")
      names.postMessage("stop")
      await gone
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
  const setup: HonestSetup = { port: relay.ports.smtp, to: `ben@${D}` }
  const honest = new Worker(new URL("./honest.ts", import.meta.url), { workerData: setup })

  // A question by mail, which nobody is there for, makes a notice with both kinds of tokens.
  await scene.send(mailOf({ To: INBOX }), INBOX)
  const notice = await until("the notice", () =>
    sink.mails.find(({ to, raw }) => to[0] === ANNA_READS && replyPartOf({ raw } as SinkMail) !== ""),
  )
  // What it took to start is nobody's matter.
  await longestStretch()
  return Object.assign(scene, { reply: `${replyPartOf(notice)}@${D}`, bounce: notice.from })
}

const expectIntact = (db: Database.Database): void => {
  const found = db.pragma("integrity_check", { simple: true })
  if (found !== "ok") throw new Error(`the store is not intact: ${found}`)
}

const operatorFiles = (folder: string): number => {
  try {
    return readdirSync(path.join(folder, "postmaster")).length
  } catch {
    return 0
  }
}
