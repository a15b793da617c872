import type { IdleState } from "../../shared/words/nouns.ts"
import { canTellIdle, changeOf, type Heard, mustAsk } from "../rules/idle-state.ts"
import { browser } from "./browser.ts"
import { readToldIdle, writeToldIdle } from "./storage.ts"

/** Seconds without input after which the browser calls a person idle: 3 min (rules.md, Presence). */
const IDLE_AFTER = 180

export interface Idle {
  state(): IdleState
  /** Whether the browser can tell idle at all; true until `learn` has found out. */
  tells(): boolean
  /** Finds out what system this is, and whether the browser ever reported idle. */
  learn(): Promise<void>
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

  const hear = (state: IdleState): void => {
    const change = changeOf(heard, state)
    heard = { state, at: Date.now() }
    if (state === "idle" && !toldIdle) {
      toldIdle = true
      void writeToldIdle()
    }
    if (change !== null) changed()
  }

  browser.idle.setDetectionInterval(IDLE_AFTER)
  browser.idle.onStateChanged.addListener((state) => hear(state as IdleState))

  return {
    // Until the browser has answered: a worker that starts was started by somebody's browser.
    state: () => heard?.state ?? "active",
    tells: () => canTellIdle(os, toldIdle),
    learn: async () => {
      const [platform, told] = await Promise.all([browser.runtime.getPlatformInfo(), readToldIdle()])
      os = platform.os
      toldIdle ||= told
    },
    refresh: async () => {
      if (mustAsk(heard, Date.now())) hear((await browser.idle.queryState(IDLE_AFTER)) as IdleState)
    },
  }
}
