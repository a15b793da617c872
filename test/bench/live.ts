import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Actions } from "../../relay/actions/index.ts"
import type { Store } from "../../relay/store/store.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { startRelayProcess } from "../kit/relay-process.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { connectAgent, stamp } from "./agent-socket.ts"
import type { CrowdPlan, CrowdReport } from "./crowd.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { AGENT, type Company, openSeeded, passTime, seedCompany } from "./seed.ts"
import { residentMB } from "./start.ts"

/** An agent's bearer token, by the e-mailed code, read where the relay keeps its mails. */
export const seedToken = async (
  store: Store<Actions>,
  { accountId }: Pick<Company, "accountId">,
  address: string,
): Promise<string> => {
  const now = Date.now()
  await store.run("askSignInCode", { address }, now)
  const mails = await store.run("listDeliveries", { accountId, limit: 5 }, now)
  const newest = mails.find(({ to, kind }) => to === address && kind === "sign-in-code")
  if (!newest) throw new Error(`no code for ${address}`)
  const { content } = await store.run("readDelivery", { id: newest.id }, now)
  if (content.kind !== "sign-in-code") throw new Error(`a mail of another kind for ${address}`)
  const device = { kind: "tab", label: "Bench" } as const
  const signedIn = await store.run("signIn", { address, code: content.code, device }, now)
  if (signedIn.refused) throw new Error(`${address} was refused: ${signedIn.refused}`)
  return signedIn.token
}

const addressOf = (n: number): string => `agent${n}@agents.example`

interface Seeded {
  data: string
  siteKey: string
  /** Of the first agent, then of the others. */
  tokens: string[]
}

/** A company with `agents` agents, all signed in. */
export const seedTeam = async (
  data: string,
  agents: number,
  open: (data: string) => Promise<Store<Actions>> = openSeeded,
  waitMs: Millis = 0,
): Promise<Seeded> => {
  const store = await open(data)
  const company = await seedCompany(store, Date.now(), waitMs)
  const { accountId, siteKey } = company
  const tokens = [await seedToken(store, company, AGENT)]
  for (let n = 1; n < agents; n++) {
    await store.run("createAgent", { accountId, ...personOf(addressOf(n)) }, Date.now())
    tokens.push(await seedToken(store, company, addressOf(n)))
  }
  await passTime(store, Date.now(), Date.now())
  await store.close()
  return { data, siteKey, tokens }
}

const AT = { language: "en", zone: "UTC" } as const
const personOf = (address: string) =>
  ({ name: address.split("@")[0] ?? "", address, role: "agent", ...AT }) as const

export interface Team {
  accountId: AccountId
  siteKey: string
  /** None if they were not to sign in. */
  tokens: string[]
}

/** One more company, of agents with these addresses, with one site. */
export const addTeam = async (
  store: Store<Actions>,
  addresses: readonly string[],
  waitMs: Millis,
  signIn: boolean,
): Promise<Team> => {
  const account = { name: `Company of ${addresses[0]}`, ...AT, graceMs: 0, waitMs }
  const { accountId } = await store.run("createAccount", account, Date.now())
  for (const address of addresses)
    await store.run("createAgent", { accountId, ...personOf(address) }, Date.now())
  const site = { accountId, name: "Lamps", origins: ["*"], language: AT.language }
  const { siteKey } = await store.run("createSite", site, Date.now())
  const tokens: string[] = []
  if (signIn) for (const address of addresses) tokens.push(await seedToken(store, { accountId }, address))
  return { accountId, siteKey, tokens }
}

export interface Crowd {
  /** Since the last `clear`: moments at which a client saw `what`. */
  seen(what: string): number[]
  /** Clients whose socket the relay closed. */
  closed(): number
  clear(): void
  end(): Promise<void>
}

export const startCrowd = async (plan: CrowdPlan): Promise<Crowd> => {
  const child: ChildProcess = fork(new URL("./crowd.ts", import.meta.url), { execPath: process.execPath })
  let moments = new Map<string, number[]>()
  let closed = 0
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (message: CrowdReport) => {
      if (message.type === "ready") return resolve()
      if (message.type === "closed") {
        closed++
        return
      }
      const list = moments.get(message.what) ?? []
      for (const at of message.at) list.push(at)
      moments.set(message.what, list)
    })
    child.once("exit", (code) => reject(new Error(`the clients ended with ${code}`)))
  })
  child.send(plan)
  await ready
  return {
    closed: () => closed,
    seen: (what) => moments.get(what) ?? [],
    clear: () => {
      moments = new Map()
    },
    end: async () => {
      const gone = once(child, "exit")
      child.disconnect()
      await gone
    },
  }
}

/** Sockets of one process: both ends of 20,000 files at most. */
const SOCKETS = 4_000

/** Chat boxes in as many processes as they take, spread over the relays. */
export const startBoxes = async (
  urls: readonly string[],
  siteKey: string,
  count: number,
): Promise<Crowd[]> => {
  const crowds: Crowd[] = []
  for (let left = count; left > 0; left -= SOCKETS) {
    const url = urls[crowds.length % urls.length] ?? ""
    crowds.push(await startCrowd({ kind: "boxes", url, siteKey, count: Math.min(SOCKETS, left) }))
  }
  return crowds
}

const withFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-bench-"))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const BOXES = Number(process.env.BOXES ?? 10_000)
const CHANGES = 40
/** Between two changes, ms: what the one before left to do is done. */
const REST_MS = 200
/** A relay that has nothing to do has given back by then what it does not need, ms. */
const SETTLED = 45_000

/** On a machine that does much else it takes as long as it takes. */
const PATIENCE = 120_000

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** How long a light takes to as many sockets of a server that does nothing else, ms. */
const measureBare = async (): Promise<number[]> => {
  const server = fork(new URL("./bare-sockets.ts", import.meta.url), { execPath: process.execPath })
  const [port] = (await once(server, "message")) as [number]
  const crowds = await startBoxes([`http://127.0.0.1:${port}`], "", BOXES)
  try {
    const latencies: number[] = []
    for (let n = 0; n < CHANGES; n++) {
      const what = n % 2 === 0 ? "off" : "on"
      for (const crowd of crowds) crowd.clear()
      await rest(REST_MS)
      const told = stamp()
      server.send(what)
      const seen = (): number[] => crowds.flatMap((crowd) => crowd.seen(what))
      await until("all sockets have the light", () => seen().length >= BOXES, PATIENCE)
      for (const at of seen()) latencies.push(at - told)
    }
    return latencies
  } finally {
    for (const crowd of crowds) await crowd.end()
    const gone = once(server, "exit")
    server.disconnect()
    await gone
  }
}

export const light = (): Promise<Result> =>
  withFolder(async (folder) => {
    const bare = await measureBare()
    const { siteKey, tokens } = await seedTeam(folder, 1)
    const token = tokens[0] ?? ""
    const relay = await startRelayProcess({ data: folder })
    await rest(SETTLED)
    const idle = residentMB(relay.pid)
    const device = await connectAgent(relay.url, token, "device")
    const crowds = await startBoxes([relay.url], siteKey, BOXES)
    await rest(SETTLED)
    const crowded = residentMB(relay.pid)
    const seen = (what: string): number[] => crowds.flatMap((crowd) => crowd.seen(what))
    try {
      const latencies: number[] = []
      const whole: number[] = []
      let version = (
        await api<{ me: { intentVersion: number } }>({ url: relay.url, token }, "GET", "/api/toolbar")
      ).me.intentVersion
      for (let n = 0; n < CHANGES; n++) {
        const intent = n % 2 === 0 ? "unavailable" : "available"
        const what = intent === "available" ? "on" : "off"
        for (const crowd of crowds) crowd.clear()
        await rest(REST_MS)
        const clicked = stamp()
        const answer = await api<{ version: number }>({ url: relay.url, token }, "PUT", "/api/me/intent", {
          intent,
          version,
        })
        version = answer.version
        await until(`all boxes show the light ${what}`, () => seen(what).length >= BOXES, PATIENCE)
        const times = seen(what).map((at) => at - clicked)
        for (const time of times) latencies.push(time)
        whole.push(Math.max(...times))
      }
      return {
        name: "light",
        title: "Light change to chat box",
        how: `${BOXES.toLocaleString("en")} chat boxes of one site in other processes; an agent's status is changed over HTTP ${CHANGES} times. From the request until each box has the new light: committed, judged, told. Bare sockets: the same frames to as many sockets of a server that does nothing else. Memory: once the relay has been idle for ${SETTLED / 1000} s.`,
        columns: [
          "boxes",
          "p50 ms",
          "p99 ms",
          "all boxes, median ms",
          "bare sockets p50 ms",
          "p99 ms",
          "kB of the relay a box",
        ],
        rows: [
          [
            BOXES,
            rounded(quantile(latencies, 0.5)),
            rounded(quantile(latencies, 0.99)),
            rounded(quantile(whole, 0.5)),
            rounded(quantile(bare, 0.5)),
            rounded(quantile(bare, 0.99)),
            rounded(((crowded - idle) * 1000) / BOXES),
          ],
        ],
      }
    } finally {
      device.close()
      for (const crowd of crowds) await crowd.end()
      await relay.stop()
    }
  })

const AGENTS = [1, 100, 1000]
const MESSAGES = 100
/** Between two messages, ms: under the frames that one socket may send. */
const PACE_MS = 150

const measureScreens = (agents: number): Promise<(string | number)[]> =>
  withFolder(async (folder) => {
    const { siteKey, tokens } = await seedTeam(folder, agents)
    const relay = await startRelayProcess({ data: folder, env: { PORCHLIGHT_VISITOR_RATE: "1000" } })
    const device = await connectAgent(relay.url, tokens[0] ?? "", "device")
    const crowd = await startCrowd({ kind: "screens", url: relay.url, tokens })
    const visitor = await connectVisitor({ url: relay.url, siteKey })
    try {
      visitor.send({ type: "open", language: "en", zone: "UTC" })
      await visitor.push(ofType("you"))
      const latencies: number[] = []
      for (let n = 0; n < MESSAGES; n++) {
        const text = `Message ${n}`
        const sent = stamp()
        visitor.send({ type: "write", key: `bench-message-${n}`, text, page: null })
        await until("the message is on all screens", () => crowd.seen(text).length >= agents, PATIENCE)
        latencies.push(...crowd.seen(text).map((at) => at - sent))
        await new Promise((resolve) => setTimeout(resolve, PACE_MS))
      }
      return [agents, MESSAGES, rounded(quantile(latencies, 0.5)), rounded(quantile(latencies, 0.99))]
    } finally {
      await visitor.close()
      device.close()
      await crowd.end()
      await relay.stop()
    }
  })

export const screen = async (): Promise<Result> => {
  const rows: (string | number)[][] = []
  for (const agents of AGENTS) rows.push(await measureScreens(agents))
  return {
    name: "screen",
    title: "Visitor's message to agent's screen",
    how: `Agents of one account, each with a live screen, in another process; a visitor writes ${MESSAGES} messages. From the chat box's frame until each screen has the message.`,
    columns: ["agents", "messages", "p50 ms", "p99 ms"],
    rows,
  }
}
