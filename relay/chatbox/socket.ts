import type { VisitorFrame, VisitorPush } from "../../shared/protocol/live.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"

/** The box's live socket: says hello, keeps coming back, and gives up only when the relay says never. */

/** Close codes after which coming back is useless: no such site, this origin may not show it. */
const FINAL = new Set([4403, 4404])
/** The relay could not read a frame of ours. */
const BAD_FRAME = 4400
const TOO_MANY = 4429

const FIRST_PAUSE = SECOND / 2
const LONGEST_PAUSE = 30 * SECOND
/** A relay that does not answer for this long is taken for gone: half-open connections say nothing. */
const SILENCE: Millis = 10 * SECOND

export type Ending = "lost" | "rejected" | "refused"

/**
 * Pause before attempt n (from 0): doubling up to 30 s, and anything between half of it and all of it, so
 * that the boxes of a relay that restarts do not come back in one breath. `chance` is 0 to 1.
 */
export const pauseBefore = (attempt: number, chance: number): Millis =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt) * (0.5 + chance / 2)

export interface BoxSocket {
  /** Sends when connected; says whether it did. */
  send: (frame: VisitorFrame) => boolean
  /** Starts a connection now, whatever the state: somebody else, or the network is back. */
  restart: () => void
  /** An answer to what was just sent is expected soon; without one the connection is taken for dead. */
  expect: () => void
}

/**
 * Connects to `url` and keeps connected. `hello` is asked at each connection. Every push goes to `onPush`;
 * `onEnd` hears how a connection ended.
 */
export const connect = (options: {
  url: string
  hello: () => VisitorFrame
  onPush: (push: VisitorPush) => void
  onEnd: (ending: Ending) => void
}): BoxSocket => {
  let socket: WebSocket | null = null
  let attempt = 0
  let again: ReturnType<typeof setTimeout> | undefined
  let watch: ReturnType<typeof setTimeout> | undefined
  let over = false

  const endOf = (code: number): Ending =>
    FINAL.has(code) ? "refused" : code === BAD_FRAME ? "rejected" : "lost"

  /** Lets go of the present connection; its late events no longer count. */
  const drop = (ending: Ending): void => {
    const old = socket
    socket = null
    clearTimeout(again)
    clearTimeout(watch)
    watch = undefined
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    old.close()
    options.onEnd(ending)
  }

  const start = (): void => {
    if (over) return
    const own = new WebSocket(options.url)
    socket = own
    expect()
    own.onopen = () => own.send(JSON.stringify(options.hello()))
    own.onmessage = ({ data }) => {
      clearTimeout(watch)
      watch = undefined
      const push = JSON.parse(String(data)) as VisitorPush
      if (push.type === "welcome") attempt = 0
      options.onPush(push)
    }
    own.onclose = ({ code }) => end(code)
  }

  const end = (code: number): void => {
    const ending = endOf(code)
    over = ending === "refused"
    drop(ending)
    if (over) return
    if (code === TOO_MANY || code === BAD_FRAME) attempt = Math.max(attempt, 4)
    again = setTimeout(start, pauseBefore(attempt++, Math.random()))
  }

  const expect = (): void => {
    watch ??= setTimeout(() => end(1006), SILENCE)
  }

  const restart = (): void => {
    drop("lost")
    start()
  }

  addEventListener("online", restart)
  addEventListener("offline", () => end(1006))
  // The relay hears at once that the page is left, also of one that the browser keeps to come back to.
  addEventListener("pagehide", () => socket?.close())
  document.addEventListener("visibilitychange", () => {
    // Timers of hidden pages are slow: somebody who looks should not wait for one.
    if (document.visibilityState === "visible" && !socket) restart()
  })
  start()

  return {
    send: (frame) => {
      if (socket?.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    restart,
    expect,
  }
}
