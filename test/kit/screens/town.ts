import type { Actions } from "../../../relay/actions/index.ts"
import { systemClock } from "../../../relay/clock.ts"
import type { InputOf, OutputOf } from "../../../relay/store/store.ts"
import {
  type AgentId,
  type ConversationId,
  type DeliveryId,
  type GroupId,
  newId,
  type VisitorId,
} from "../../../shared/words/ids.ts"
import type { Language } from "../../../shared/words/nouns.ts"
import { HOUR, MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"
import { api } from "../api.ts"
import { type DnsServer, startDnsServer } from "../dns-server.ts"
import { type Company, startRelay, type TestRelay } from "../relay.ts"
import { type SmtpSink, startSmtpSink } from "../smtp-sink.ts"
import { until } from "../until.ts"
import { type Names, USUAL } from "./names.ts"

/** When the pictures are taken: a Tuesday, 10:24 in Prague. Always the same, so that pictures can be compared. */
export const MOMENT: Millis = Date.UTC(2026, 2, 10, 9, 24)

export const ZONE = "Europe/Prague"

const DOMAIN = "chat.lamplight.example"

/** Somebody on the site; `secret`: as their chat box keeps it. */
export interface Visitor {
  id: VisitorId
  secret: string
}

/** A company on a relay of its own, whose clock runs but can be moved on. */
export interface Town {
  relay: TestRelay
  names: Names
  company: Company
  /** Bearer token of the admin's browser. */
  token: string
  /** The next mail server, where there is one. */
  sink: SmtpSink | null
  run<Name extends keyof Actions & string>(
    name: Name,
    input: InputOf<Actions[Name]>,
  ): Promise<OutputOf<Actions[Name]>>
  /** Moves the relay's clock on to this moment, as after a machine's sleep; it runs on from there. */
  at(moment: Millis): Promise<void>
  /** Lets time pass for a relay that runs. */
  pass(ms: Millis): Promise<void>
  /** The six digits that are mailed to an address once `ask` has asked for them. */
  freshCode(address: string, ask: () => Promise<unknown>): Promise<string>
  /** Signs in a browser of whoever has this address. */
  signIn(address: string, label: string): Promise<string>
  /** Everybody who sees the desk and admin pages through this town's token sees them in this language. */
  speak(language: Language): Promise<void>
  visitor(given?: { name?: string; address?: string; language?: Language; zone?: string }): Promise<Visitor>
  write(visitor: Visitor, text: string, group?: GroupId | null): Promise<ConversationId>
  stop(): Promise<void>
}

export interface TownOptions {
  pages: string
  names?: Names
  /** As PORCHLIGHT_OUTBOUND; `sink`: a next server, given to `refuse` first. */
  outbound?: "capture" | "sink"
  refuse?: (sink: SmtpSink) => void
  /** How long before MOMENT it begins. */
  before?: Millis
  /** Nobody has set it up: there is no company, and nothing can be run in it. */
  fresh?: boolean
}

/** Stands for the company of a relay that has none. */
const NOBODY: Company = {
  accountId: newId("account"),
  agentId: newId("agent"),
  siteId: newId("site"),
  siteKey: "",
  address: "",
}

/** A relay with a company, its first agent and its site, and nothing more. Stop it. */
export const openTown = async (options: TownOptions): Promise<Town> => {
  const { names = USUAL, outbound = "capture", before = 26 * HOUR } = options
  let offset = MOMENT - before - Date.now()
  const dns: DnsServer = await startDnsServer({
    [DOMAIN]: { A: ["93.184.216.34"], MX: [[10, DOMAIN]], TXT: ["v=spf1 mx -all", "v=spf1 -all"] },
  })
  const sink = outbound === "sink" ? await startSmtpSink() : null
  if (sink !== null) options.refuse?.(sink)
  const relay = await startRelay({
    clock: systemClock(() => offset),
    pages: options.pages,
    outbound: sink === null ? "capture" : `smtp://127.0.0.1:${sink.port}`,
    env: {
      PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
      PORCHLIGHT_DNS: dns.address,
      PORCHLIGHT_MAIL_ADDRESSES: "93.184.216.34, 2606:2800:220:1:248:1893:25c8:1946",
    },
  })
  const run: Town["run"] = (name, input) => relay.store.run(name, input, relay.clock.now())
  const company = options.fresh ? NOBODY : await relay.setUp()
  const { accountId, agentId, siteId } = company
  if (!options.fresh) {
    await run("setAccount", { accountId, name: names.company, zone: ZONE })
    await run("setAgent", { accountId, agentId, name: names.anna, zone: ZONE })
    await run("setSite", { accountId, siteId, name: names.shop })
  }
  let keys = 0

  const codeMails = async (address: string): Promise<{ id: DeliveryId; captured: boolean }[]> =>
    (await run("listDeliveries", { accountId, limit: 100 }))
      .filter(({ to, kind }) => to === address && kind === "sign-in-code")
      .map(({ id, state }) => ({ id, captured: state === "captured" }))

  /** The code of a mail: while it waits it can be read in the store, later where it has gone to. */
  const codeOf = async (
    mail: { id: DeliveryId; captured: boolean },
    address: string,
  ): Promise<string | null> => {
    const { content } = await run("readDelivery", { id: mail.id })
    if (content.kind === "sign-in-code" && /^\d{6}$/.test(content.code)) return content.code
    const sent = sink?.mails.findLast(({ to }) => to.includes(address))?.raw.toString()
    if (sent !== undefined) return /^Subject: (\d{6}) /m.exec(sent)?.[1] ?? null
    if (!mail.captured) return null
    const { text } = await api<{ text: string }>(relay, "GET", `/api/mailbox/${mail.id}`)
    return /\b\d{6}\b/.exec(text)?.[0] ?? null
  }

  const freshCode: Town["freshCode"] = async (address, ask) => {
    const known = new Set((await codeMails(address)).map(({ id }) => id))
    await ask()
    return until(`a code for ${address}`, async () => {
      const fresh = (await codeMails(address)).find(({ id }) => !known.has(id))
      return fresh && codeOf(fresh, address)
    })
  }

  const signIn: Town["signIn"] = async (address, label) => {
    const code = await freshCode(address, () => run("askSignInCode", { address }))
    const signed = await run("signIn", { address, code, device: { kind: "tab", label } })
    if (signed.refused) throw new Error(`${address} was not signed in: ${signed.refused}`)
    return signed.token
  }

  return {
    relay,
    names,
    sink,
    company,
    token: options.fresh ? "" : await signIn(company.address, "Chromium, Linux"),
    run,
    at: async (moment) => {
      const now = relay.clock.now()
      if (moment < now) throw new Error(`it is later than ${new Date(moment).toISOString()} already`)
      offset += moment - now
      await run("startRelay", { relayId: "relay-of-town" })
    },
    pass: async (ms) => {
      // Shorter than what the relay takes for a gap.
      for (let left = ms; left > 0; left -= 30 * SECOND) {
        offset += Math.min(left, 30 * SECOND)
        await run("signRelay", { relayId: "relay-of-town" })
        await run("judgeDue", { limit: 100 })
      }
    },
    freshCode,
    signIn,
    speak: async (language) => {
      if (!options.fresh) await run("setAgent", { accountId, agentId, language })
    },
    visitor: async ({ name, address, language = "en", zone = ZONE } = {}) => {
      const { visitorId, visitor } = await run("createVisitor", { accountId, siteId, language, zone })
      if (address !== undefined)
        await run("setContact", { accountId, visitorId, address, name: name ?? null })
      return { id: visitorId, secret: visitor }
    },
    write: async (visitor, text, group = null) => {
      keys += 1
      const page = { url: names.pageUrl, title: names.pageTitle }
      const key = `town-key-${String(keys).padStart(6, "0")}`
      const input = { accountId, siteId, groupId: group, visitorId: visitor.id, key, text, page }
      return (await run("takeVisitorMessage", input)).conversationId
    },
    stop: async () => {
      await relay.stop()
      await sink?.close()
      await dns.close()
    },
  }
}

/** A device that beats once: in use at this moment. */
export const beatOnce = async (town: Town, agentId: AgentId, token: string): Promise<void> => {
  const { deviceId } = await town.run("identify", { token })
  const beat = { bootId: "boot-of-town", seq: 1, state: "active" as const, intervalMs: 20 * SECOND }
  const { accountId } = town.company
  await town.run("takeBeats", { beats: [{ accountId, agentId, deviceId, beat }] })
}

/** `minutes` before the pictures are taken. */
export const before = (minutes: number): Millis => MOMENT - minutes * MINUTE
