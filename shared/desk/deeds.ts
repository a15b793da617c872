import type { ConversationId, InboundMailId } from "../words/ids.ts"
import type { UndoableDeed } from "../words/nouns.ts"
import type { DeskPort, Heir } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { DeskAction } from "./reduce.ts"
import type { Deed, DeskState } from "./state.ts"

interface DeedParts {
  port: DeskPort
  state: () => DeskState
  act: (action: DeskAction) => void
  attempt: (call: () => Promise<void>, failed: (problem: Problem) => void) => Promise<void>
  /** Whose things changed. */
  changed: (id: ConversationId) => Promise<void>
}

/** What a person does to a conversation as a whole. Each resolves when the relay has answered, whatever it said. */
export interface Deeds {
  join(id: ConversationId): Promise<void>
  handBack(id: ConversationId): Promise<void>
  close(id: ConversationId): Promise<void>
  /** `name`: what whoever gets it is called, for the sentence that says so. */
  assign(id: ConversationId, to: Heir, name: string): Promise<void>
  release(id: ConversationId, mail: InboundMailId): Promise<void>
  /** Takes back what is offered to be taken back. */
  undo(): Promise<void>
  putAwayUndo(): void
}

export const deedsOf = ({ port, state, act, attempt, changed }: DeedParts): Deeds => {
  const perform = async (
    id: ConversationId,
    deed: Deed,
    call: () => Promise<unknown>,
    undo?: { deed: UndoableDeed; name: string },
  ): Promise<void> => {
    if (state().open?.doing) return
    const before = state().open?.view
    act({ type: "deed-begun", id, deed })
    await attempt(
      async () => {
        await call()
        const visitor = before?.id === id ? before.visitor : ""
        act({ type: "undo-offered", undo: undo === undefined ? null : { id, visitor, ...undo } })
      },
      (problem) => act({ type: "mishap", what: deed, problem }),
    )
    act({ type: "deed-done", id })
    await changed(id)
  }

  return {
    join: (id) => perform(id, "join", () => port.join(id)),
    handBack: (id) => perform(id, "hand-back", () => port.handBack(id), { deed: "hand-back", name: "" }),
    close: (id) => perform(id, "close", () => port.close(id), { deed: "close", name: "" }),
    assign: (id, to, name) => perform(id, "assign", () => port.assign(id, to), { deed: "assign", name }),
    release: (id, mail) => perform(id, "release", () => port.release(mail)),
    undo: async () => {
      const { undo } = state()
      if (undo === null) return
      act({ type: "undo-offered", undo: null })
      await perform(undo.id, "undo", () => port.undo(undo.id, undo.deed))
    },
    putAwayUndo: () => act({ type: "undo-offered", undo: null }),
  }
}
