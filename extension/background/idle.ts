import type { IdleState } from "../../shared/words/nouns.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { canTellIdle, changeOf, type Heard, IDLE_MINUTES, mustAsk } from "../rules/idle-state.ts"
import { browser } from "./browser.ts"
import { readIdleAfter, readToldIdle, writeIdleAfter, writeToldIdle } from "./storage.ts"

export interface Idle {
  state(): IdleState
  /** Whether the browser can tell idle at all; true until `learn` has found out. */
  tells(): boolean
  /** Finds out what system this is, whether the browser ever reported idle, and what was set. */
  learn(): Promise<void>
  /** Minutes without input after which a person counts as idle; kept, and used from now on. */
  setAfter(minutes: number): Promise<void>
  /** Asks the browser where what it said last is too old to be believed. */
  refresh(): Promise<void>
}

/**
 * Whether the person is there, as the browser says. Registers its listener at once; `changed` is called when
 * the state is another one than before.
 */
export const watchIdle = (changed: () => void): Idle => {
  let heard: Heard | null = null
  let os = ""
  let toldIdle = false
  let minutes: number = IDLE_MINUTES.first

  const hear = (state: IdleState): void => {
    const change = changeOf(heard, state)
    heard = { state, at: Date.now() }
    if (state === "idle" && !toldIdle) {
      toldIdle = true
      void writeToldIdle()
    }
    if (change !== null) changed()
  }

  const seconds = (): number => (minutes * MINUTE) / SECOND

  browser.idle.onStateChanged.addListener((state) => hear(state as IdleState))

  return {
    // Until the browser has answered: a worker that starts was started by somebody's browser.
    state: () => heard?.state ?? "active",
    tells: () => canTellIdle(os, toldIdle),
    learn: async () => {
      const [platform, told, after] = await Promise.all([
        browser.runtime.getPlatformInfo(),
        readToldIdle(),
        readIdleAfter(),
      ])
      os = platform.os
      toldIdle ||= told
      minutes = after
      // Not before it is known: a wrong one, be it for a moment, would report a change that is none.
      browser.idle.setDetectionInterval(seconds())
    },
    setAfter: async (after) => {
      minutes = after
      browser.idle.setDetectionInterval(seconds())
      await writeIdleAfter(after)
    },
    refresh: async () => {
      if (mustAsk(heard, Date.now())) hear((await browser.idle.queryState(seconds())) as IdleState)
    },
  }
}
