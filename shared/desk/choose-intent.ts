import { Refusal } from "../words/refusals.ts"
import type { DeskPort, IntentNow, IntentWish } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { DeskAction } from "./reduce.ts"
import type { DeskState } from "./state.ts"

interface Parts {
  port: DeskPort
  state: () => DeskState
  act: (action: DeskAction) => void
  attempt: (call: () => Promise<void>, failed: (problem: Problem) => void) => Promise<void>
}

/**
 * Changes the intent: shown at once, saved one write after the other, so that somebody who goes through the
 * switch by arrow keys ends where they stopped and no write is stale by our own doing.
 */
export const intentChooser = ({ port, state, act, attempt }: Parts): ((wish: IntentWish) => void) => {
  let saving = false

  /** The current value comes with the refusal of a stale write, and is shown before the refusal is. */
  const setIntent = async (wish: IntentWish, version: number): Promise<IntentNow> => {
    try {
      return await port.setIntent(wish, version)
    } catch (error) {
      if (error instanceof Refusal && error.code === "stale")
        act({ type: "intent-is", now: error.facts as unknown as IntentNow })
      throw error
    }
  }

  const save = async (): Promise<void> => {
    saving = true
    let wanted = state().wantedIntent
    while (wanted !== null) {
      const wish = wanted
      const version = state().toolbar?.me.intentVersion ?? 0
      let ended = true
      await attempt(
        async () => {
          act({ type: "intent-is", now: await setIntent(wish, version), saved: wish })
          ended = false
        },
        (problem) => act({ type: "intent-failed", problem }),
      )
      wanted = ended ? null : state().wantedIntent
    }
    saving = false
  }

  return (wish) => {
    act({ type: "intent-wanted", wish })
    if (!saving && state().toolbar !== null) void save()
  }
}
