import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Actions } from "../../relay/actions/index.ts"
import type { Store } from "../../relay/store/store.ts"
import type { VisitorPush } from "../../shared/protocol/live.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { startRelayProcess } from "../kit/relay-process.ts"
import { startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { connectAgent, stamp } from "./agent-socket.ts"
import { addTeam, startBoxes, startCrowd, type Team } from "./live.ts"
import { embedded, type LoadActions, type LoadPlace, shared } from "./load-place.ts"
import { quantile, type Result, rounded } from "./result.ts"
import { MAIL_DOMAIN, passTime, seedCompany } from "./seed.ts"
import { openSource } from "./smtp-source.ts"
import { residentMB } from "./start.ts"

/**
 * All at once, for a while: open chat boxes and agents' screens, visitors who write, conversations that are
 * decided, mails that are forwarded. Sizes by LOAD_BOXES, LOAD_AGENTS, LOAD_MINUTES and what passes a second by
 * LOAD_MESSAGES, LOAD_DECISIONS, LOAD_MAILS.
 */
const size = (name: string, usual: number): number => Number(process.env[name] ?? usual)
const BOXES = size("LOAD_BOXES", 10_000)
const AGENTS = size("LOAD_AGENTS", 1_000)
const FOR = size("LOAD_MINUTES", 1) * MINUTE
const A_SECOND = {
  messages: size("LOAD_MESSAGES", 100),
  decisions: size("LOAD_DECISIONS", 500),
  mails: size("LOAD_MAILS", 200),
}
/** `LOAD_STORES=embedded` (SQLite, one relay) or `shared` (PostgreSQL, two) for one of them alone. */
const STORES = process.env.LOAD_STORES ?? "embedded shared"
/** Agents of one company. */
const TEAM = 20
/** Companies where nobody is there, with a wait of 0 to 2 s. */
const AWAY = 5
/** Of the messages, those that begin a conversation where nobody is there, a second: decided and mailed. */
const SHORT = Math.min(A_SECOND.messages / 2, A_SECOND.decisions)
/** The other decisions: of conversations that wait when it begins, in a company that wants no notices. */
const WAITING = A_SECOND.decisions - SHORT
/** Until all sockets are open and the first of those falls due. */
const LEAD = MINUTE + 10 * BOXES + 30 * AGENTS
/** Wait of the companies that are there: nobody opens what is written to them, and it is not to be mailed. */
const READ_WITHIN = 10 * MINUTE
const LIGHT_EVERY = 10 * SECOND
const SOURCES = 10
const TEXT = "Is it in brass? ".repeat(110)

type Ack = Extract<VisitorPush, { type: "ack" }>

interface Filled {
  there: Team[]
  away: Team[]
  /** When the load is to begin. */
  begins: Millis
}

const fill = async (store: Store<LoadActions>): Promise<Filled> => {
  const product = store as never as Store<Actions>
  await seedCompany(product, Date.now())
  let agents = 0
  const team = (size: number): string[] =>
    Array.from({ length: size }, () => `load${agents++}@agents.example`)
  const there: Team[] = []
  for (let left = AGENTS; left > 0; left -= TEAM)
    there.push(await addTeam(product, team(Math.min(TEAM, left)), READ_WITHIN, true))
  const away: Team[] = []
  for (let n = 0; n < AWAY; n++)
    away.push(await addTeam(product, team(1), (n * 2 * SECOND) / (AWAY - 1), false))
  away.push(await addTeam(product, team(1), 0, false))
  const begins = await fillWaiting(store, away.at(-1)!)
  await passTime(product, Date.now(), Date.now())
  await store.close()
  return { there, away, begins }
}

/** Copies stored at a time. */
const PIECE = 10_000

const fillWaiting = async (store: Store<LoadActions>, { accountId, siteKey }: Team): Promise<Millis> => {
  await store.run("setAccount", { accountId, offlineNotices: false }, Date.now())
  const at = Date.now()
  const asked = { siteKey, groupId: null, chosen: null, visitor: null }
  const { siteId } = await store.run("readBox", asked, at)
  const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
  const { visitorId } = await store.run("createVisitor", visitor, at)
  const message = { key: "load-waiting", text: "Is it in brass?", page: null }
  const to = { accountId, siteId, groupId: null, visitorId }
  const { conversationId } = await store.run("takeVisitorMessage", { ...to, ...message }, at)
  const count = Math.round((WAITING * FOR) / SECOND)
  // Some ten thousand a second are copied.
  const begins = Date.now() + LEAD + count / 5
  for (let from = 0; from < count; from += PIECE) {
    const numbers = { from, to: Math.min(from + PIECE, count) }
    const given = { accountId, conversationId, ...numbers, dueAt: Math.round(begins), aSecond: WAITING }
    await store.run("multiplyOpen", given, at)
  }
  return begins
}

/** Starts `each` so many times a second until the time is over; resolves when all have ended. */
const atPace = async (aSecond: number, each: (n: number) => Promise<void>): Promise<number> => {
  const from = performance.now()
  const running = new Set<Promise<void>>()
  const faults: unknown[] = []
  let n = 0
  for (; performance.now() - from < FOR; ) {
    const due = Math.min((performance.now() - from) / SECOND, FOR / SECOND) * aSecond
    for (; n < due; n++) {
      const one = each(n)
        .catch((error: unknown) => void faults.push(error))
        .finally(() => running.delete(one))
      running.add(one)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await Promise.all(running)
  if (faults.length > 0) console.error(`${faults.length} of ${n} failed, the first: ${faults[0]}`)
  return n
}

/** Network addresses of many visitors, as a proxy says them. */
const addressOf = (n: number): string => `198.18.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`

const measure = async (place: LoadPlace): Promise<Result["rows"][number]> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-load-"))
  const sink = await startSmtpSink()
  const { there, away, begins } = await fill(await place.open(folder))
  const relays = await Promise.all(
    Array.from({ length: place.relays }, () =>
      startRelayProcess({
        data: folder,
        env: {
          ...place.env,
          PORCHLIGHT_VISITOR_RATE: "1000",
          PORCHLIGHT_PROXIES: "127.0.0.1",
          PORCHLIGHT_MAIL_DOMAIN: MAIL_DOMAIN,
          PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
        },
      }),
    ),
  )
  const relayOf = (n: number) => relays[n % relays.length] ?? relays[0]!
  const memory = (): number => relays.reduce((sum, { pid }) => sum + residentMB(pid), 0)
  const crowds: Awaited<ReturnType<typeof startCrowd>>[] = []
  const ends: (() => unknown)[] = []
  const arrived = new Map<string, number>()
  let lastMail = performance.now()
  const count = setInterval(() => {
    for (const { raw } of sink.mails.splice(0)) {
      lastMail = performance.now()
      const id = /^Message-ID: <(load-\d+)@/im.exec(raw.toString("latin1"))?.[1]
      if (id !== undefined) arrived.set(id, (arrived.get(id) ?? 0) + 1)
    }
  }, 20)
  /** All that was written is decided and mailed: past the longest wait nothing comes any more. */
  const quiet = () => until("no more mails come", () => performance.now() - lastMail > 4 * SECOND, 2 * MINUTE)
  try {
    const [lit] = there
    if (lit === undefined) throw new Error("LOAD_AGENTS has to be 1 or more")
    for (const [n, { tokens }] of there.entries()) {
      const device = await connectAgent(relayOf(n).url, tokens[0] ?? "", "device")
      ends.push(() => device.close())
    }
    for (let n = 0; n < relays.length; n++) {
      const tokens = there.flatMap((company) => company.tokens).filter((_, k) => k % relays.length === n)
      crowds.push(await startCrowd({ kind: "screens", url: relayOf(n).url, tokens }))
    }
    const screens = [...crowds]
    const before = memory()
    const boxes = await startBoxes(
      relays.map(({ url }) => url),
      lit.siteKey,
      BOXES,
    )
    crowds.push(...boxes)
    const kB = rounded(((memory() - before) * 1000) / BOXES)
    const writers = await Promise.all(
      Array.from({ length: Math.max(there.length, A_SECOND.messages) }, async (_, n) => {
        // The first company's light changes; the others see what is written to them.
        const { siteKey } = there[(n % (there.length - 1)) + 1] ?? lit
        const plan = { url: relayOf(n).url, siteKey, from: addressOf(n) }
        const visitor = await connectVisitor(plan)
        visitor.send({ type: "open", language: "en", zone: "UTC" })
        await visitor.push(ofType("you"))
        ends.push(() => visitor.close())
        return visitor
      }),
    )

    if (Date.now() > begins) throw new Error("opening all sockets took too long: fewer, or a larger LEAD")
    await new Promise((resolve) => setTimeout(resolve, begins - Date.now()))

    const acknowledged = new Map<string, number>()
    const sentAt = new Map<string, number>()
    const write = async (visitor: (typeof writers)[number], key: string): Promise<void> => {
      sentAt.set(key, stamp())
      visitor.send({ type: "write", key, text: key, page: null })
      await visitor.push((push): push is Ack => push.type === "ack" && push.key === key, MINUTE)
      acknowledged.set(key, stamp())
    }
    const chat = atPace(A_SECOND.messages - SHORT, (n) =>
      write(writers[n % writers.length]!, `load-seen-${n}`),
    )
    const short = atPace(SHORT, async (n) => {
      const { siteKey } = away[n % AWAY]!
      const visitor = await connectVisitor({ url: relayOf(n).url, siteKey, from: addressOf(n) })
      visitor.send({ type: "open", language: "en", zone: "UTC" })
      await visitor.push(ofType("you"))
      await write(visitor, `load-short-${n}`)
      await visitor.close()
    })

    const answers: number[] = []
    const accepted = new Set<string>()
    // A session lasts ten minutes at most.
    const session = async (n: number) => ({
      source: await openSource(relayOf(n).ports.smtp),
      ends: performance.now() + 5 * MINUTE,
    })
    const idle = await Promise.all(Array.from({ length: SOURCES }, (_, n) => session(n)))
    const mails = atPace(A_SECOND.mails, async (n) => {
      let one = await until("a session is free", () => idle.shift(), MINUTE)
      if (performance.now() > one.ends) {
        one.source.quit()
        one = await session(n)
      }
      const from = "vera@visitors.example"
      const mail = `From: ${from}\r\nSubject: A lamp\r\nMessage-ID: <load-${n}@visitors.example>\r\n\r\n${TEXT}`
      const began = performance.now()
      try {
        await one.source.send(from, `load${n % AGENTS}@${MAIL_DOMAIN}`, mail)
      } finally {
        // Refused is not closed.
        idle.push(one)
      }
      answers.push(performance.now() - began)
      accepted.add(`load-${n}`)
    })

    const lights: number[] = []
    const me = { url: relayOf(0).url, token: lit.tokens[0] ?? "" }
    const change = async (n: number): Promise<void> => {
      const { me: now } = await api<{ me: { intentVersion: number } }>(me, "GET", "/api/toolbar")
      const intent = n % 2 === 0 ? "unavailable" : "available"
      for (const crowd of boxes) crowd.clear()
      const clicked = stamp()
      await api(me, "PUT", "/api/me/intent", { intent, version: now.intentVersion })
      const seenBy = (): number[] => boxes.flatMap((crowd) => crowd.seen(n % 2 === 0 ? "off" : "on"))
      await until("all boxes show the light", () => seenBy().length >= BOXES, MINUTE)
      for (const at of seenBy()) lights.push(at - clicked)
    }
    const light = atPace(SECOND / LIGHT_EVERY, change)

    const began = performance.now()
    let told = 0
    const progress = setInterval(() => {
      const lately = quantile(answers.slice(told), 0.5)
      told = answers.length
      const passed = Math.round((performance.now() - began) / SECOND)
      const gone = crowds.reduce((sum, crowd) => sum + crowd.closed(), 0)
      process.stderr.write(
        `${passed} s: ${acknowledged.size} messages, ${accepted.size} mails (${rounded(lately)} ms), ${arrived.size} through, ${idle.length} sessions free, ${gone} sockets closed, ${memory()} MB\n`,
      )
    }, 20 * SECOND)
    const counts = await Promise.all([chat, short, mails, light]).finally(() => clearInterval(progress))
    const top = memory()
    const drained = () => arrived.size >= accepted.size || performance.now() - lastMail > 20 * SECOND
    await until("all accepted mails are at the sink, or no more come", drained, 10 * MINUTE)
    await quiet()
    const toScreens = (moments: Map<string, number>): number[] =>
      [...moments].flatMap(([key, at]) => screens.flatMap((crowd) => crowd.seen(key).map((t) => t - at)))
    const fromSent = toScreens(sentAt)
    // The frame to a screen may be on its way before the answer to the writer is.
    const fromAcknowledged = toScreens(acknowledged).map((ms) => Math.max(0, ms))
    const closed = crowds.reduce((sum, crowd) => sum + crowd.closed(), 0)
    for (const { source } of idle) source.quit()
    for (const end of ends.splice(0)) await end()
    for (const crowd of crowds.splice(0)) await crowd.end()
    for (const relay of relays.splice(0)) await relay.stop()

    const store = await place.open(folder)
    const stored = new Set<string>()
    const late: number[] = []
    let undecided = 0
    for (const { accountId } of [...there, ...away]) {
      const found = await store.run("readLoad", { accountId }, Date.now())
      for (const key of found.keys) stored.add(key)
      if (there.some((company) => company.accountId === accountId)) continue
      // Too many to be arguments of a call.
      for (const ms of found.late) late.push(ms)
      undecided += found.undecided
    }
    await store.close()
    const lost = [...acknowledged.keys()].filter((key) => !stored.has(key)).length
    const lostMails = [...accepted].filter((id) => !arrived.has(id)).length
    const a = (n: number): number => Math.round((n / FOR) * SECOND)
    const both = (values: number[]): string =>
      `${rounded(quantile(values, 0.5))} / ${rounded(quantile(values, 0.99))}`
    return [
      place.store,
      `${a(acknowledged.size)} / ${a(late.length)} / ${a(accepted.size)}`,
      both(fromSent),
      both(fromAcknowledged),
      both(lights),
      both(answers),
      both(late),
      top,
      kB,
      closed + (counts[0] + counts[1] - acknowledged.size) + (counts[2] - accepted.size),
      `${lost} / ${undecided} / ${lostMails}`,
    ]
  } finally {
    clearInterval(count)
    for (const end of ends) await end()
    for (const crowd of crowds) await crowd.end()
    for (const relay of relays) await relay.stop()
    await sink.close()
    rmSync(folder, { recursive: true, force: true })
    await place.remove()
  }
}

/** What was set otherwise than usual, for whoever is to measure it again. */
const SET = Object.entries(process.env)
  .flatMap(([name, value]) => (name.startsWith("LOAD_") ? `${name}=${value}` : []))
  .join(" ")

const inTurn = async (places: readonly (() => Promise<LoadPlace>)[]): Promise<Result["rows"]> => {
  const rows: Result["rows"] = []
  for (const open of places) rows.push(await measure(await open()))
  return rows
}

export const load = async (): Promise<Result> => ({
  name: "load",
  title: "All at once",
  how: `${SET === "" ? "F" : `With ${SET}: f`}or ${FOR / SECOND} s: ${BOXES.toLocaleString("en")} chat boxes of one site and ${AGENTS.toLocaleString("en")} agents' screens (teams of ${TEAM}) in other processes; ${A_SECOND.messages} messages a second, of which ${SHORT} begin conversations that are decided after 0 to 2 s and mailed; ${WAITING} conversations a second that waited before fall due where notices are off; ${A_SECOND.mails} mails of 2 kB a second from SMTP to a counting sink; a light changes every ${LIGHT_EVERY / SECOND} s. Times: p50 / p99, ms; a decision's is from when it was due. Lost: acknowledged messages that are not stored / conversations undecided / accepted mails that did not arrive.`,
  columns: [
    "store",
    "messages / decisions / mails a second",
    "message to screen",
    "since it was acknowledged",
    "light to boxes",
    "SMTP answer",
    "decision late",
    "relays' MB",
    "kB a box",
    "refused or closed",
    "lost",
  ],
  rows: await inTurn([embedded, shared].filter(({ name }) => STORES.includes(name))),
})
