import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import pino from "pino"
import type { Actions } from "../../relay/actions/index.ts"
import { build, type Relay } from "../../relay/build.ts"
import { type Clock, type HandClock, handClock } from "../../relay/clock.ts"
import { readConfig } from "../../relay/config.ts"
import type { SocketTimes } from "../../relay/live/connection.ts"
import type { Store } from "../../relay/store/store.ts"
import type { AccountId, AgentId, DeliveryId, SiteId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import { api, signIn as signInByMail } from "./api.ts"
import { createDatabase, putMigrated, type StoreKind } from "./stores.ts"
import { until } from "./until.ts"

/** Monday morning; tests with a hand-set clock begin then. */
export const START = Date.UTC(2026, 0, 5, 9)

export interface RelayOptions {
  store?: StoreKind
  /** The machine's clock if left out. */
  clock?: Clock
  /** As PORCHLIGHT_OUTBOUND; nothing leaves if left out. */
  outbound?: string
  /** A second relay process, as it were, on the PostgreSQL of this one. Stop it first. */
  beside?: TestRelay
  /** Further settings. */
  env?: Record<string, string>
  /** Folder of built pages; dist/pages if left out. */
  pages?: string
  socketTimes?: SocketTimes
  /** Certificates that are trusted where the relay asks others over https. */
  authority?: string
}

export interface TestRelay extends Omit<Relay, "stop"> {
  /** The set-up key. */
  key: string
  /** What it logged, as objects. */
  logged: Record<string, unknown>[]
  /** Company, first agent (admin, `anna@lamplight.example`) and site (any origin). */
  setUp(plan?: { grace?: number; wait?: number; origins?: string[] }): Promise<Company>
  /** Another agent of the company. */
  addAgent(company: Company, name: string, address: string): Promise<AgentId>
  /** Signs in a device of whoever has this address, by the code in the captured mail; gives its token. */
  signIn(address?: string): Promise<string>
  /** Text parts of captured mails to an address, oldest first. */
  mailsTo(address: string): Promise<string[]>
  /** Lets time pass on a clock set by hand, in small steps, as it passes for a relay that runs. */
  pass(ms: Millis): Promise<void>
  /** Ends it; what it stored stays until `stop`. */
  end(): Promise<void>
  /** Ends it and starts it again on the same store. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface Company {
  accountId: AccountId
  agentId: AgentId
  siteId: SiteId
  siteKey: string
  address: string
}

const ADDRESS = "anna@lamplight.example"

/** A whole relay in this process, on a store of its own and free ports. `stop` it. */
export const startRelay = async (options: RelayOptions = {}): Promise<TestRelay> => {
  const folder = await mkdtemp(path.join(tmpdir(), "porchlight-relay-"))
  const database = options.store === "postgres" && !options.beside ? await createDatabase("postgres") : null
  if (options.store !== "postgres") putMigrated(folder)
  const databaseUrl = options.beside?.config.databaseUrl ?? database?.place
  const config = readConfig({
    PORCHLIGHT_DATA: folder,
    PORCHLIGHT_HTTP: "127.0.0.1:0",
    PORCHLIGHT_SMTP: "127.0.0.1:0",
    PORCHLIGHT_OUTBOUND: options.outbound ?? "capture",
    // no test asks the DNS of the machine it runs on
    PORCHLIGHT_MAIL_CHECKS: "off",
    ...(databaseUrl && { PORCHLIGHT_DATABASE_URL: databaseUrl }),
    ...options.env,
  })
  const logged: Record<string, unknown>[] = []
  const log = pino({ level: "trace" }, { write: (line) => void logged.push(JSON.parse(line)) })
  const { clock, pages, socketTimes, authority } = options
  const start = (): Promise<Relay> =>
    build(config, {
      clock,
      pages,
      socketTimes,
      log,
      ...(authority && { authority }),
    })
  let relay = await start()
  let settled = watchStore(relay.store)

  const deliveriesTo = async (address: string) =>
    (await relay.store.run("listDeliveries", { accountId: null, limit: 500 }, relay.clock.now()))
      .filter((mail) => mail.to === address)
      .reverse()

  const textOf = async (id: DeliveryId): Promise<string> =>
    (await api<{ text: string }>({ url: relay.url, key: relay.setupKey }, "GET", `/api/mailbox/${id}`)).text

  const mailsTo = async (address: string): Promise<string[]> => {
    const texts: string[] = []
    for (const { id, state } of await deliveriesTo(address))
      if (state === "captured") texts.push(await textOf(id))
    return texts
  }

  return {
    get config() {
      return relay.config
    },
    get store() {
      return relay.store
    },
    get clock() {
      return relay.clock
    },
    get url() {
      return relay.url
    },
    get httpPort() {
      return relay.httpPort
    },
    get smtpPort() {
      return relay.smtpPort
    },
    get setupKey() {
      return relay.setupKey
    },
    get key() {
      return relay.setupKey
    },
    logged,
    setUp: async ({ grace = 120, wait = 120, origins = ["*"] } = {}) => {
      const made = await relay.store.run(
        "setUp",
        {
          company: "Lamplight & Co",
          agent: { name: "Anna", address: ADDRESS, language: "en", zone: "UTC" },
          site: { name: "Lamplight", origins },
          graceMs: grace * 1000,
          waitMs: wait * 1000,
        },
        relay.clock.now(),
      )
      return { ...made, address: ADDRESS }
    },
    addAgent: async ({ accountId }, name, address) => {
      const input = { accountId, name, address, role: "agent", language: "en", zone: "UTC" } as const
      return (await relay.store.run("createAgent", input, relay.clock.now())).agentId
    },
    signIn: async (address = ADDRESS) => {
      // Told apart by their ids: on a hand-set clock several are of one moment, and have no order.
      const before = new Set((await deliveriesTo(address)).map(({ id }) => id))
      return signInByMail(relay, address, async () => {
        const id = await until(`a code for ${address}`, async () => {
          const mails = await deliveriesTo(address)
          return mails.find((mail) => mail.state === "captured" && !before.has(mail.id))?.id
        })
        return textOf(id)
      })
    },
    mailsTo,
    pass: async (ms) => {
      if (!clock || !("set" in clock)) throw new Error("this relay's clock is not set by hand")
      await passOn(clock as HandClock, relay, settled, ms)
    },
    end: () => relay.stop(),
    restart: async () => {
      await relay.stop()
      relay = await start()
      settled = watchStore(relay.store)
    },
    stop: async () => {
      await relay.stop()
      await database?.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Shorter than the pauses between signs of life, so that no gap is seen where there was none. */
const STEP: Millis = 5 * SECOND

/** Looks at the store behind which what a relay asked it for while it started is done, one thing after the other. */
const LOOKS = 8

const passOn = async (
  clock: HandClock,
  { store }: Relay,
  settled: () => Promise<void>,
  ms: Millis,
): Promise<void> => {
  const end = clock.now() + ms
  // What was asked for by now is done first, at its own moment.
  for (let look = 0; look < LOOKS; look++) await store.run("readHealth", {}, clock.now())
  await settled()
  while (clock.now() < end) {
    const next = Math.max(clock.nextWake() ?? end, clock.now() + 1)
    clock.set(Math.min(end, clock.now() + STEP, next))
    await settled()
  }
}

/**
 * Turns of the event loop in which nobody asks the store for anything, after which a relay is taken to rest. In one of
 * them a server and a client of this process say a word to each other.
 */
const QUIET_TURNS = 10

/** Watches what is asked of a store; gives what resolves once all of it, and all that came of it, is done. */
const watchStore = (store: Store<Actions>): (() => Promise<void>) => {
  const asked = new Set<Promise<unknown>>()
  const run = store.run
  store.run = (name, input, now, manner) => {
    const answer = run(name, input, now, manner)
    const over: Promise<unknown> = answer.catch(() => undefined).finally(() => asked.delete(over))
    asked.add(over)
    return answer
  }
  return async () => {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (asked.size === 0) continue
      await Promise.all(asked)
      quiet = -1
    }
  }
}

/** A clock for `startRelay` that only the test moves. */
export const testClock = (): HandClock => handClock(START)
