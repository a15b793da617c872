import type { ConversationId } from "../words/ids.ts"
import type { DeskPort, ListName } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { DeskAction } from "./reduce.ts"
import { soon } from "./soon.ts"
import type { DeskState } from "./state.ts"

interface ReaderParts {
  port: DeskPort
  state: () => DeskState
  act: (action: DeskAction) => void
  attempt: (call: () => Promise<void>, failed: (problem: Problem) => void) => Promise<void>
}

export interface ListReader {
  /** Reads the first page of the list that is shown. */
  read(): Promise<void>
  choose(list: ListName): void
  /** Reads the page below what is shown, if there is one. */
  older(): void
  /** Something happened in that conversation: it is read again, alone. */
  changed(id: ConversationId): void
  /** Anything may have happened. */
  allChanged(): void
  stop(): void
}

/** As many as the relay tells of in one answer. */
const AT_ONCE = 50

/**
 * Keeps the lists. A page is read once, when it comes into view; afterwards what changes is read conversation by
 * conversation, so that a list of ten thousand costs no more to keep than one of ten.
 */
export const listReader = ({ port, state, act, attempt }: ReaderParts): ListReader => {
  const waiting = new Set<ConversationId>()

  const read = (): Promise<void> => {
    const { list } = state()
    act({ type: "list-reading", list })
    return attempt(
      async () => act({ type: "list-read", list, page: await port.conversations(list), older: false }),
      (problem) => act({ type: "list-failed", list, problem }),
    )
  }

  const changedSoon = soon(async () => {
    while (waiting.size > 0) {
      const ids = [...waiting].slice(0, AT_ONCE)
      for (const id of ids) waiting.delete(id)
      await attempt(
        async () => act({ type: "listed", asked: ids, listed: await port.listed(ids) }),
        // Not reached: all is read again once the relay is back.
        () => act({ type: "lists-stale" }),
      )
    }
  })
  const allSoon = soon(read)

  return {
    read,
    choose: (list) => {
      act({ type: "list-chosen", list })
      const { conversations, stale } = state().lists[list]
      if (conversations === null || stale) void read()
    },
    older: () => {
      const { list } = state()
      const { next, reading } = state().lists[list]
      if (next === null || reading) return
      act({ type: "list-reading", list })
      void attempt(
        async () => act({ type: "list-read", list, page: await port.conversations(list, next), older: true }),
        (problem) => act({ type: "list-failed", list, problem }),
      )
    },
    changed: (id) => {
      waiting.add(id)
      changedSoon.ask()
    },
    allChanged: () => {
      act({ type: "lists-stale" })
      allSoon.ask()
    },
    stop: () => {
      changedSoon.stop()
      allSoon.stop()
    },
  }
}
