import type { AccountId } from "../../shared/words/ids.ts"

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
