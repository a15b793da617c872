import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { fitToHop } from "../next-hop.ts"
import {
  type MailFromTo,
  openConnection,
  openOpportunistic,
  type SmtpConnection,
} from "../smtp-client/connection.ts"
import { SmtpFault } from "../smtp-client/fault.ts"
import { openPool, type Sent, type SmtpPool } from "../smtp-client/pool.ts"
import type { Place, Places } from "./places.ts"

/** One server, and how far its TLS has to prove itself. */
export interface Way {
  host: string
  address: string
  /** TLS with a certificate that is right for the host, or no mail (RFC 8461); else TLS where it is offered. */
  proven: boolean
}

export interface HostPoolsOptions {
  /** Name in EHLO. */
  name: string
  port: number
  deadlineMs: Millis
  dotMs?: Millis
  stuckMs: Millis
  ca?: string
  /** If left out, no other relay sends to these servers. */
  places?: Places | undefined
}

export interface HostPools {
  /** One mail to one server; rejects with SmtpFault. */
  send(way: Way, envelope: MailFromTo, raw: Buffer, signal?: AbortSignal): Promise<Sent>
  close(): void
}

/** Connections to one server: what most take from a stranger without counting it as a flood. */
export const PER_HOST = 4

/** Code of the fault where other relays have all connections to a server. */
export const NO_PLACE = "EPLACES"

/** Mails of one connection, and how long one without work is kept. */
const PER_CONNECTION = 100
const IDLE: Millis = 20 * SECOND

/** Connections over all; beyond that, those of servers without mail under way are ended first. */
const MOST_CONNECTIONS = 100

/**
 * All connections of a server are busy and none of them got on for so long: whoever waits behind them is told
 * no, so that one slow server does not take up all that is under way.
 */
export const STUCK: Millis = 10 * SECOND

/** A pool of connections for each server, made and forgotten as mails come. */
export const openHostPools = (options: HostPoolsOptions): HostPools => {
  const lines = new Map<string, Line>()
  let closed = false
  options.places?.onWanted(() => {
    for (const { pool } of lines.values()) pool.sweepIdle()
  })

  const lineTo = (way: Way): Line => {
    const key = `${way.proven ? "proven" : "any"} ${way.host} ${way.address}`
    const known = lines.get(key)
    // moved to the end: the first ones are those that were not used for longest
    lines.delete(key)
    if (!known) makeRoom()
    const line = known ?? openLine(poolOf(way, options), options.stuckMs)
    lines.set(key, line)
    return line
  }

  const makeRoom = (): void => {
    let connections = 0
    for (const [key, line] of lines) {
      if (line.pool.size === 0 && !line.isBusy()) lines.delete(key)
      connections += line.pool.size
    }
    for (const [key, line] of lines) {
      if (connections < MOST_CONNECTIONS) return
      if (line.isBusy()) continue
      connections -= line.pool.size
      line.pool.close()
      lines.delete(key)
    }
  }

  return {
    send: async (way, envelope, raw, signal) => {
      if (closed) throw new SmtpFault("connect", null, "the relay stops")
      return await lineTo(way).send(envelope, raw, signal)
    },
    close: () => {
      closed = true
      for (const line of lines.values()) line.pool.close()
      lines.clear()
    },
  }
}

const poolOf = ({ host, address, proven }: Way, options: HostPoolsOptions): SmtpPool => {
  const target = {
    host,
    address,
    port: options.port,
    secure: false,
    tls: proven ? ("required" as const) : ("if-offered" as const),
    verify: proven,
    ca: options.ca,
    auth: null,
    name: options.name,
  }
  const places = new WeakMap<SmtpConnection, Place>()
  const open = async (signal: AbortSignal): Promise<SmtpConnection> => {
    const place = options.places ? await options.places.take(`${host} ${address}`, signal) : null
    if (options.places && !place)
      throw new SmtpFault("connect", null, OTHERS_HAVE_THEM, { cause: NO_PLACE_CAUSE })
    try {
      const connection = await (proven ? openConnection : openOpportunistic)(target, signal)
      if (place) places.set(connection, place)
      void connection.ended.then(() => place?.free())
      return connection
    } catch (error) {
      place?.free()
      throw error
    }
  }
  return openPool({
    open,
    leaves: (connection, mails) => places.get(connection)?.leaves(mails) ?? false,
    before: (connection, _envelope, raw) => fitToHop(connection, raw),
    connections: PER_HOST,
    perConnection: PER_CONNECTION,
    idleMs: IDLE,
    deadlineMs: options.deadlineMs,
    dotMs: options.dotMs,
  })
}

interface Line {
  pool: SmtpPool
  isBusy(): boolean
  send(envelope: MailFromTo, raw: Buffer, signal?: AbortSignal): Promise<Sent>
}

/** A pool that notices when nothing moves, and then lets those go who wait for a connection. */
const openLine = (pool: SmtpPool, stuckMs: Millis): Line => {
  /** In the order of their coming, which is the order in which they get a connection. */
  const underWay = new Set<{ cut: AbortController; left: boolean }>()
  let watch: NodeJS.Timeout | null = null

  const moved = (): void => {
    if (watch) clearTimeout(watch)
    watch = underWay.size === 0 ? null : setTimeout(letGo, stuckMs)
  }

  const letGo = (): void => {
    const all = [...underWay]
    for (const mail of all.slice(all.length - pool.waiting)) {
      mail.left = true
      mail.cut.abort()
    }
  }

  const send: Line["send"] = async (envelope, raw, signal) => {
    const mail = { cut: new AbortController(), left: false }
    const cutOff = (): void => mail.cut.abort()
    signal?.addEventListener("abort", cutOff)
    if (signal?.aborted) cutOff()
    underWay.add(mail)
    if (underWay.size === 1) moved()
    try {
      return await pool.send(envelope, raw, mail.cut.signal)
    } catch (error) {
      throw mail.left ? new SmtpFault("connect", null, allBusy(stuckMs)) : error
    } finally {
      signal?.removeEventListener("abort", cutOff)
      underWay.delete(mail)
      moved()
    }
  }

  return { pool, isBusy: () => underWay.size > 0, send }
}

const NO_PLACE_CAUSE = { code: NO_PLACE }
const OTHERS_HAVE_THEM = `other relays here have all ${PER_HOST} connections to it`

const allBusy = (ms: Millis): string =>
  `all ${PER_HOST} connections to it are busy, and nothing moved for ${ms / SECOND} s`
