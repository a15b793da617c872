import { expect } from "vitest"
import type { ConversationView, ToolbarState } from "../../../shared/protocol/views.ts"
import type { AgentId, ConversationId, DeviceId, GroupId } from "../../../shared/words/ids.ts"
import type { DeviceKind, InboxMode, Plan, RedirectOwner } from "../../../shared/words/nouns.ts"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { api } from "../../kit/api.ts"
import { startRelay, type TestRelay, testClock } from "../../kit/relay.ts"
import { type SinkAnswer, startSmtpSink } from "../../kit/smtp-sink.ts"
import { until } from "../../kit/until.ts"

/**
 * A whole relay on a clock set by hand, with many companies on it: one a situation, so that none knows of
 * another's mails and verdicts. `out`: the next server is a scripted one; nobody listens there; or nothing leaves.
 */
export const openTown = async (out: "sink" | "nobody" | "capture") => {
  const clock = testClock()
  const sink = out === "capture" ? null : await startSmtpSink()
  const outbound = sink ? `smtp://127.0.0.1:${sink.port}` : "capture"
  if (out === "nobody") await sink?.close()
  const relay = await startRelay({ clock, outbound, env: { PORCHLIGHT_MAIL_DOMAIN: "chat.example.com" } })
  return {
    relay,
    clock,
    sink,
    stop: async () => {
      if (out === "sink") await sink?.close()
      await relay.stop()
    },
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>

export interface Agent {
  id: AgentId
  name: string
  address: string
}

interface Plans {
  wait?: Millis
  plan?: Plan
  /** Names; the first is the admin. An address is made of each. */
  agents?: string[]
  admin?: boolean
}

let companies = 0

/** Half a minute between beats at most, so that whoever is there stays there. */
const BEAT: Millis = 20 * SECOND

/** A company on the relay, with its agents away, and one visitor. */
export const openCompany = async (
  town: Town,
  { wait = 10 * SECOND, plan, agents, admin = true }: Plans = {},
) => {
  const { relay, clock, sink } = town
  const run: TestRelay["store"]["run"] = relay.store.run
  companies += 1
  const domain = `lamps-${companies}.example`
  const { accountId } = await run(
    "createAccount",
    {
      name: "Lamps Ltd",
      language: "en",
      zone: "UTC",
      graceMs: 30 * SECOND,
      waitMs: wait,
      ...(plan && { plan }),
    },
    clock.now(),
  )
  const { siteId } = await run(
    "createSite",
    { accountId, name: "Lamps", origins: ["*"], language: "en" },
    clock.now(),
  )
  const team: Agent[] = []
  for (const [index, name] of (agents ?? ["Ada"]).entries()) {
    const address = `${name.toLowerCase()}@${domain}`
    const role = index === 0 && admin ? "admin" : "agent"
    const given = { accountId, name, address, role, language: "en", zone: "UTC" } as const
    team.push({ id: (await run("createAgent", given, clock.now())).agentId, name, address })
  }
  const { visitorId } = await run(
    "createVisitor",
    { accountId, siteId, language: "en", zone: "Europe/Prague" },
    clock.now(),
  )
  await run("setContact", { accountId, visitorId, address: null, name: "Jana" }, clock.now())
  let keys = 0
  let conversationId: ConversationId | null = null
  const tokens = new Map<AgentId, string>()
  const beating = new Map<DeviceId, { token: string; seq: number }>()

  /** The six digits of the newest mail to an address: as it waits in the queue, or wherever mail goes in this town. */
  const codeFor = (address: string): Promise<string> =>
    until(`a code for ${address}`, async () => {
      const mails = await run("listDeliveries", { accountId: null, limit: 500 }, clock.now())
      const waiting = mails.find((mail) => mail.to === address && mail.state === "queued")?.subject
      const sunk = sink?.mails.findLast((mail) => mail.to.includes(address))
      const out = sunk
        ? /^Subject:.*$/m.exec(sunk.raw.toString())?.[0]
        : (await relay.mailsTo(address)).at(-1)
      return /\b\d{6}\b/.exec(waiting ?? out ?? "")?.[0]
    })

  const tokenOf = async (agent: Agent, kind: DeviceKind = "extension", label = "Firefox on Linux") => {
    const known = tokens.get(agent.id)
    if (known) return known
    await run("askSignInCode", { address: agent.address }, clock.now())
    const code = await codeFor(agent.address)
    const device = { kind, label }
    const signedIn = await run("signIn", { address: agent.address, code, device }, clock.now())
    if (signedIn.refused) throw new Error(`${agent.address} could not sign in: ${signedIn.refused}`)
    tokens.set(agent.id, signedIn.token)
    return signedIn.token
  }

  const ask = async <T>(agent: Agent, method: string, path: string, body?: unknown): Promise<T> =>
    api<T>({ url: relay.url, token: await tokenOf(agent) }, method, path, body)

  const beat = async (deviceId: DeviceId): Promise<void> => {
    const device = beating.get(deviceId)!
    device.seq += 1
    const body = { bootId: "boot-0001", seq: device.seq, state: "active", intervalMs: BEAT }
    await api({ url: relay.url, token: device.token }, "POST", "/api/beat", body)
  }

  const pass = async (length: Millis): Promise<void> => {
    for (let left = length; left > 0; left -= BEAT) {
      await relay.pass(Math.min(left, BEAT))
      for (const deviceId of beating.keys()) await beat(deviceId)
    }
  }

  const verify = async (address: string, by: string): Promise<void> => {
    await run("askAddress", { accountId, by, address }, clock.now())
    const confirmed = await run(
      "confirmAddress",
      { accountId, by, address, code: await codeFor(address) },
      clock.now(),
    )
    expect(confirmed).toEqual({ address })
  }

  return {
    town,
    accountId,
    domain,
    team,
    run,
    ask,
    pass,
    /** A long time at once, with nothing in between: the next try of a mail is its last. */
    leap: async (length: Millis): Promise<void> => {
      clock.set(clock.now() + length)
      await relay.pass(SECOND)
    },
    codeFor,
    conversationId: (): ConversationId => {
      if (!conversationId) throw new Error("nobody wrote yet")
      return conversationId
    },
    /** What the next server says to mails for an address. */
    answer: (address: string, answer: SinkAnswer): void => void sink?.answerFor.set(address, answer),
    /** Sits down at a device and stays there until told to leave; gives the device's id. */
    sitDown: async (agent: Agent, kind: DeviceKind = "extension", label = "Firefox on Linux") => {
      const token = await tokenOf(agent, kind, label)
      const { deviceId } = await run("identify", { token }, clock.now())
      beating.set(deviceId, { token, seq: 0 })
      await beat(deviceId)
      return deviceId
    },
    /** The browser quits. */
    quit: async (deviceId: DeviceId): Promise<void> => {
      beating.delete(deviceId)
      await run("endDevice", { accountId, deviceId, bootId: null }, clock.now())
    },
    write: async (text = "Do you deliver to Brno?", groupId: GroupId | null = null): Promise<number> => {
      keys += 1
      const key = `key-${String(keys).padStart(8, "0")}`
      const given = { accountId, siteId, groupId, visitorId, key, text, page: null }
      const written = await run("takeVisitorMessage", given, clock.now())
      conversationId = written.conversationId
      return written.message.seq
    },
    tab: (open: boolean): Promise<void> =>
      run(
        open ? "openTab" : "closeTab",
        { accountId, visitorId, tabId: "tab-00001", relayId: "relay" },
        clock.now(),
      ),
    group: async (name: string, members: Agent[]): Promise<GroupId> => {
      const given = { accountId, name, members: members.map((agent) => agent.id) }
      return (await run("createGroup", given, clock.now())).groupId
    },
    redirect: async (
      by: Agent,
      kind: RedirectOwner,
      id: string,
      to: { address: string; mode: InboxMode },
    ): Promise<void> => {
      await verify(to.address, by.name)
      await ask(by, "PUT", "/api/redirects", { owner: { kind, id }, redirect: to })
    },
    view: (agent: Agent): Promise<ConversationView> =>
      ask(agent, "GET", `/api/conversations/${conversationId}`),
    toolbar: (agent: Agent): Promise<ToolbarState> => ask(agent, "GET", "/api/toolbar"),
  }
}

export type Company = Awaited<ReturnType<typeof openCompany>>
