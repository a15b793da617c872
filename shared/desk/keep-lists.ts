import type { KeepingPort } from "./keeping-port.ts"
import type { ListName } from "./port.ts"
import { soon } from "./soon.ts"
import type { DeskState, ListState } from "./state.ts"

/** Keeps the lists as they are shown; call `look` after every change. */
export const listKeeper = (
  port: Pick<KeepingPort, "keepList">,
  state: () => DeskState,
): { look(): void; stop(): void } => {
  const kept = new Map<ListName, ListState["conversations"]>()
  const keeping = soon(async () => {
    const { lists, counts } = state()
    if (counts === null) return
    for (const list of Object.keys(lists) as ListName[]) {
      const { conversations } = lists[list]
      if (conversations === null || conversations === kept.get(list)) continue
      kept.set(list, conversations)
      port.keepList(list, { conversations, counts })
    }
  })
  return {
    look: () => {
      const { lists } = state()
      const names = Object.keys(lists) as ListName[]
      if (names.some((name) => lists[name].conversations !== (kept.get(name) ?? null))) keeping.ask()
    },
    stop: keeping.stop,
  }
}
