import type { AgentFrame, AgentPush, Beat, CLOSE } from "../protocol/live.ts"
import type { ToolbarState } from "../protocol/views.ts"
import { type Millis, SECOND } from "../words/time.ts"
import { backOff } from "./back-off.ts"
import type { Connection, DeskNews } from "./port.ts"

const NOT_SIGNED_IN: (typeof CLOSE)["notSignedIn"] = 4401

/** A relay that has not said welcome by then is not reached. */
const WELCOME_WITHIN = 10 * SECOND
/** Timers that come this much too late mean that the machine slept: the socket is dead and does not know it. */
const SLEPT = 30 * SECOND

export interface LiveOptions {
  /** Origin of the relay, e.g. `https://chat.example.com`. */
  relay: string
  token: string
  /** `device`: beats go over this socket and its close ends the presence; `screen`: only reads. */
  role: "device" | "screen"
  /** Last event seen by an earlier life of this client, to catch up from; left out for a fresh start. */
  cursor?: number | null
  listener: (news: DeskNews) => void
  /** The relay has stored this beat. */
  onAck?: (seq: number, now: Millis) => void
  /** The connection is up (again): a device says its state now. */
  onConnected?: () => void
}

export interface LiveSocket {
  /** Sends a beat when connected; answers whether it went. */
  beat(beat: Beat): boolean
  /** Says something that is of no use later; whether it went. */
  say(frame: Extract<AgentFrame, { type: "look" | "typing" }>): boolean
  /** Connects now instead of at the end of the pause. */
  hurry(): void
  stop(): void
}

/**
 * A socket to /live/agent that comes back by itself: hello with the last cursor, back-off with jitter, at
 * once when the browser is online again or the machine wakes. It gives up only when the token is refused.
 */
export const openLive = (options: LiveOptions): LiveSocket => {
  let socket: WebSocket | null = null
  let connected = false
  let stopped = false
  let tries = 0
  let cursor: number | null = options.cursor ?? null
  let pause: ReturnType<typeof setTimeout> | null = null
  let welcome: ReturnType<typeof setTimeout> | null = null
  /** As it was told last. */
  let team: ToolbarState["team"] = []

  const say = (connection: Connection): void => options.listener({ type: "connection", connection })

  const clear = (): void => {
    if (pause !== null) clearTimeout(pause)
    if (welcome !== null) clearTimeout(welcome)
    pause = null
    welcome = null
  }

  const connect = (): void => {
    clear()
    if (stopped) return
    say({ state: "connecting" })
    const mine = new WebSocket(`${options.relay.replace(/^http/, "ws")}/live/agent`)
    socket = mine
    welcome = setTimeout(() => lost(mine), WELCOME_WITHIN)
    mine.addEventListener("open", () =>
      write({ type: "hello", token: options.token, role: options.role, cursor }),
    )
    mine.addEventListener("message", (message) => {
      if (socket === mine) take(JSON.parse(String(message.data)) as AgentPush)
    })
    mine.addEventListener("close", (event) => {
      if (socket !== mine) return
      if (event.code === NOT_SIGNED_IN) return end()
      lost(mine)
    })
  }

  /** An error of a socket is always followed by its close, so close is all there is to listen to. */
  const lost = (which: WebSocket): void => {
    if (socket !== which || stopped) return
    drop()
    tries++
    const wait = backOff(tries, Math.random())
    say({ state: "waiting", retryAt: Date.now() + wait })
    pause = setTimeout(connect, wait)
  }

  const drop = (): void => {
    clear()
    const old = socket
    socket = null
    connected = false
    old?.close()
  }

  const end = (): void => {
    stop()
    options.listener({ type: "signed-out" })
  }

  const take = (push: AgentPush): void => {
    switch (push.type) {
      case "welcome":
        if (welcome !== null) clearTimeout(welcome)
        welcome = null
        tries = 0
        connected = true
        // Events up to the cursor follow when we had one; without one, what we read next is newer anyway.
        cursor ??= push.cursor
        team = push.toolbar.team
        options.listener({ type: "toolbar", toolbar: push.toolbar })
        say({ state: "connected" })
        options.onConnected?.()
        return
      case "ack":
        options.onAck?.(push.seq, push.now)
        return
      case "event":
        cursor = Math.max(cursor ?? 0, push.event.cursor)
        options.listener({ type: "event", event: push.event })
        return
      case "toolbar":
        team = push.toolbar.team ?? team
        options.listener({ type: "toolbar", toolbar: { ...push.toolbar, team } })
        return
      case "typing":
        options.listener(push)
        return
      case "refused":
        if (push.code === "not-signed-in") end()
        return
    }
  }

  const write = (frame: Exclude<AgentFrame, { type: "beat" }> | ({ type: "beat" } & Beat)): boolean => {
    if (socket?.readyState !== WebSocket.OPEN) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  const hurry = (): void => {
    if (stopped || connected) return
    if (pause !== null) connect()
  }

  const renew = (): void => {
    if (stopped) return
    drop()
    connect()
  }

  let lastTick = Date.now()
  const ticker = setInterval(() => {
    const now = Date.now()
    if (now - lastTick > 10 * SECOND + SLEPT) renew()
    lastTick = now
  }, 10 * SECOND)

  const stop = (): void => {
    stopped = true
    clearInterval(ticker)
    globalThis.removeEventListener?.("online", renew)
    drop()
  }

  // Outside of a browser nobody says so; the socket's close and the pauses between tries are enough.
  globalThis.addEventListener?.("online", renew)
  connect()
  return {
    beat: (beat) => connected && write({ type: "beat", ...beat }),
    say: (frame) => connected && write(frame),
    hurry,
    stop,
  }
}
