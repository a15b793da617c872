import type { IdleState } from "../../shared/words/nouns.ts"
import { changeOf, type Heard, mustAsk } from "../rules/idle-state.ts"
import { browser } from "./browser.ts"

/** Seconds without input after which the browser calls a person idle: 3 min (rules.md, Presence). */
const IDLE_AFTER = 180

export interface Idle {
  state(): IdleState
  /** Asks the browser where what it said last is too old to be believed. */
  refresh(): Promise<void>
}

/**
 * Whether the person is there, as the browser says. Registers its listener at once; `changed` is called when
 * the state is another one than before.
 */
export const watchIdle = (changed: () => void): Idle => {
  let heard: Heard | null = null

  const hear = (state: IdleState): void => {
    const change = changeOf(heard, state)
    heard = { state, at: Date.now() }
    if (change !== null) changed()
  }

  browser.idle.setDetectionInterval(IDLE_AFTER)
  browser.idle.onStateChanged.addListener((state) => hear(state as IdleState))

  return {
    // Until the browser has answered: a worker that starts was started by somebody's browser.
    state: () => heard?.state ?? "active",
    refresh: async () => {
      if (mustAsk(heard, Date.now())) hear((await browser.idle.queryState(IDLE_AFTER)) as IdleState)
    },
  }
}
