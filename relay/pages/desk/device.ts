import { openLive } from "../../../shared/desk/live-socket.ts"
import { randomBase32 } from "../../../shared/words/ids.ts"
import type { IdleState } from "../../../shared/words/nouns.ts"
import { type Millis, SECOND } from "../../../shared/words/time.ts"
import { isHandheld } from "./handheld.ts"
import { leading } from "./leading.ts"
import { BEAT_EVERY, isBeatDue, isUsedSince, stateOf } from "./use.ts"

/** Input that shows that somebody is there. */
const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const
/** Often enough that turning idle is said within seconds, also where timers of hidden tabs are slowed. */
const LOOK_EVERY = 5 * SECOND
/** Input is told to the other tabs at most so often. */
const TELL_EVERY = 2 * SECOND

/**
 * Beats for this browser while a desk is open in it. Several tabs of one browser are one device: the first
 * holds the socket, the others tell it when they are used, and the next takes over when it closes.
 * Returns how to stop.
 */
export const beDevice = (relay: string, token: string): (() => void) => {
  const tabs = new BroadcastChannel("porchlight.desk.used")
  const stopped = new AbortController()
  const handheld = isHandheld(navigator)
  // A tab that was opened is used; one that a browser brought back in the background is not.
  let usedAt: Millis | null = document.visibilityState === "visible" ? Date.now() : null
  let toldAt: Millis = 0
  let look = (): void => undefined

  const used = (): void => {
    usedAt = Date.now()
    look()
    if (usedAt - toldAt < TELL_EVERY) return
    toldAt = usedAt
    tabs.postMessage("used")
  }
  for (const input of INPUTS)
    document.addEventListener(input, used, { passive: true, capture: true, signal: stopped.signal })
  if (handheld)
    // It says that it is put away while it still can: browsers stop such pages within seconds.
    document.addEventListener(
      "visibilitychange",
      () => (document.visibilityState === "hidden" ? look() : used()),
      { signal: stopped.signal },
    )
  tabs.addEventListener("message", () => {
    usedAt = Date.now()
    look()
  })

  /** Holds the socket until the desk is closed. */
  const beat = (): Promise<void> => {
    const bootId = randomBase32(20)
    let seq = 0
    let last: { state: IdleState; at: Millis } | null = null
    const live = openLive({
      relay,
      token,
      role: "device",
      // What happens is shown by the desk, over its own socket.
      listener: () => undefined,
      onConnected: () => {
        last = null
        look()
      },
    })
    look = () => {
      const now = Date.now()
      const hidden = handheld && document.visibilityState === "hidden"
      const state = stateOf(usedAt, now, hidden)
      if (!isBeatDue(last, state, now)) return
      // A tab calls idle whoever does not use it: that, it can always tell.
      const used = isUsedSince(last, usedAt)
      if (live.beat({ bootId, seq: ++seq, state, intervalMs: BEAT_EVERY, tellsIdle: true, used }))
        last = { state, at: now }
    }
    const timer = setInterval(() => look(), LOOK_EVERY)
    return new Promise((done) => {
      stopped.signal.addEventListener("abort", () => {
        clearInterval(timer)
        live.stop()
        done()
      })
    })
  }

  void leading("porchlight.desk.device", beat, stopped.signal)
  return () => {
    stopped.abort()
    tabs.close()
  }
}
