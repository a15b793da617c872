import type { AccountId } from "../../shared/words/ids.ts"
import type { Whispers } from "./store.ts"

type Listener = (accountIds: readonly AccountId[]) => void

/** Who wants to hear of commits that wrote events. */
export const createListeners = () => {
  const listeners = new Set<Listener>()
  return {
    add: (listener: Listener): (() => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    tell: (accountIds: readonly AccountId[]): void => {
      if (accountIds.length > 0) for (const listener of listeners) listener(accountIds)
    },
  }
}

/** Whispers within this process; `others` passes them on to other processes. */
export const createWhispers = (
  others: (text: string) => void = () => undefined,
): { whispers: Whispers; hear: (text: string) => void } => {
  const listeners = new Set<(text: string) => void>()
  const hear = (text: string): void => {
    for (const listener of listeners) listener(text)
  }
  return {
    whispers: {
      say: (text) => {
        hear(text)
        others(text)
      },
      listen: (listener) => {
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      },
    },
    hear,
  }
}
