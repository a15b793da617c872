import type { AccountId } from "../../shared/words/ids.ts"
import type { Whispers } from "./store.ts"

type Listener = (accountIds: readonly AccountId[]) => void

/** Accounts that a listener would have to hear of, if it were found that something happened in them. */
export type Interest = () => Iterable<AccountId>

/** Who wants to hear of commits that wrote events. */
export const createListeners = () => {
  const listeners = new Map<Listener, Interest | undefined>()
  return {
    add: (listener: Listener, interest?: Interest): (() => void) => {
      listeners.set(listener, interest)
      return () => {
        listeners.delete(listener)
      }
    },
    /** Of all listeners together. */
    interest: (): AccountId[] => [
      ...new Set([...listeners.values()].flatMap((interest) => (interest ? [...interest()] : []))),
    ],
    tell: (accountIds: readonly AccountId[]): void => {
      if (accountIds.length > 0) for (const listener of listeners.keys()) listener(accountIds)
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
