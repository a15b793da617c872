import { mkdirSync, rmSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import Database from "better-sqlite3"
import type { Millis } from "../../../shared/words/time.ts"
import { api, setUp, signIn } from "../../kit/api.ts"
import { type Line, openLine } from "../../kit/line.ts"
import { type PrivatePostgres, startPostgres } from "../../kit/postgres-server.ts"
import { type RelayProcess, startRelayProcess } from "../../kit/relay-process.ts"
import { RawSmtp } from "../../kit/smtp-raw.ts"
import { type SmtpSink, startSmtpSink } from "../../kit/smtp-sink.ts"
import { createDatabase, type StoreKind } from "../../kit/stores.ts"
import { messageIdOf } from "../../kit/sunk-mail.ts"
import { until } from "../../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../../kit/visitor-socket.ts"
import type { GuardName } from "./guards.ts"

const HOOK = fileURLToPath(new URL("./hook.ts", import.meta.url))
const DOMAIN = "porchlight.example"
export const AGENT = "anna@agents.example"

/** A relay, or two on one PostgreSQL, with all its guards or without one. */
export interface House {
  folder: string
  sink: SmtpSink
  relay: RelayProcess
  siteKey: string
  /** URL of the database; null for the embedded store. */
  database: string | null
  /** The server that the database is on, where it is the house's own. */
  postgres: PrivatePostgres | null
  /** The way to the database, where it can be cut. */
  line: Line | null
  /** Starts it on its store, or a second one beside it; on other ports than before, as nobody else's can be kept. */
  start(second?: boolean): Promise<RelayProcess>
  /** A mail to names of this house, the agent's if left out, which goes on; its answer, with the Message-ID. */
  mail(to?: RelayProcess, names?: readonly string[]): Promise<{ id: string; answer: string }>
  /** Message-IDs that the next server has been given. */
  out(): string[]
  /** Those of them that it took. */
  taken(): string[]
  /** A visitor who has written nothing yet. */
  visitor(at?: RelayProcess): Promise<VisitorSocket>
  /** Writes; resolves when it is acknowledged. */
  write(box: VisitorSocket, text: string, key?: string): Promise<void>
  token(): Promise<string>
  /** Statements past the relay, on the embedded store. */
  db<T>(work: (db: Database.Database) => T): T
  remove(): Promise<void>
}

export interface HousePlan {
  store?: StoreKind
  /** PostgreSQL on a server of its own, which can be stopped, or at the end of a line, which can be cut. */
  its?: "server" | "line"
  /** Seconds until a notice is due. */
  wait?: number
  /** By how much the machine's clock is set when the relay gets SIGUSR2. */
  clockMoves?: Millis
  folder: string
}

export const openHouse = async (without: GuardName | null, plan: HousePlan): Promise<House> => {
  const { folder, wait = 0, clockMoves = 0 } = plan
  mkdirSync(folder, { recursive: true })
  const sink = await startSmtpSink()
  const postgres = plan.its === "server" ? await startPostgres() : null
  const database = plan.store === "postgres" && !postgres ? await createDatabase("postgres") : null
  const url = postgres?.url ?? database?.place ?? null
  const line = url && plan.its === "line" ? await openLine(Number(new URL(url).port)) : null
  const way = url && line ? url.replace(/:\d+\//, `:${line.port}/`) : url
  const env: Record<string, string> = {
    PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
    PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
    PORCHLIGHT_VISITOR_RATE: "1000",
    NODE_OPTIONS: `--import=file://${HOOK}`,
    WITHOUT_GUARD: without ?? "",
    CLOCK_MOVES: String(clockMoves),
    ...(way && { PORCHLIGHT_DATABASE_URL: way }),
  }
  const relays = new Set<RelayProcess>()
  let mails = 0
  const house: House = {
    folder,
    sink,
    relay: undefined as never,
    siteKey: "",
    database: url,
    postgres,
    line,
    start: async (second = false) => {
      const data = path.join(folder, second ? "second" : "first")
      // its connections are known by their name
      const named: Record<string, string> =
        second && way ? { PORCHLIGHT_DATABASE_URL: `${way}?application_name=second` } : {}
      const relay = await startRelayProcess({ data, env: { ...env, ...named } })
      relays.add(relay)
      if (!second) house.relay = relay
      return relay
    },
    mail: async (to = house.relay, names = ["anna"]) => {
      mails += 1
      const id = `<mail-${mails}@writers.example>`
      const client = await RawSmtp.greeted(to.ports.smtp)
      await client.say("MAIL FROM:<jana@customer.example>")
      let answer = ""
      for (const name of names) answer = await client.say(`RCPT TO:<${name}@${DOMAIN}>`)
      if (answer.startsWith("250")) {
        await client.say("DATA")
        answer = await client.say(`From: jana@customer.example\r\nMessage-ID: ${id}\r\n\r\nHello\r\n.`)
      }
      await client.quit()
      return { id, answer }
    },
    out: () => sink.mails.map(messageIdOf),
    taken: () => sink.mails.filter(({ answered }) => answered === "accept").map(messageIdOf),
    visitor: async (at = house.relay) => {
      const box = await connectVisitor({ url: at.url, siteKey: house.siteKey })
      box.send({ type: "open", language: "en", zone: "UTC" })
      await box.push(ofType("you"))
      return box
    },
    write: async (box, text, key = crypto.randomUUID()) => {
      box.send({ type: "write", key, text, page: null })
      await box.push(
        (push): push is Extract<typeof push, { type: "ack" }> => push.type === "ack" && push.key === key,
      )
    },
    token: async () => {
      const before = sink.mails.length
      return signIn(house.relay, AGENT, async () => (await sink.received(before + 1))[before]!.raw.toString())
    },
    db: (work) => {
      const db = new Database(path.join(folder, "first", "porchlight.db"), { timeout: 5_000 })
      try {
        return work(db)
      } finally {
        db.close()
      }
    },
    remove: async () => {
      for (const relay of relays) await relay.kill()
      await sink.close()
      await line?.close()
      await database?.remove()
      await postgres?.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await house.start()
    house.siteKey = (await setUp(house.relay, { address: AGENT, grace: 0, wait })).siteKey
  } catch (error) {
    await house.remove()
    throw error
  }
  return house
}

/** Whether it comes to that in time. */
export const comesTo = (look: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> =>
  until("it comes to that", look, withinMs).then(
    () => true,
    () => false,
  )

interface Health {
  queue: { mails: number }
}

export const queueIsEmpty = async ({ relay }: House): Promise<boolean> =>
  (await api<Health>(relay, "GET", "/health")).queue.mails === 0
