import { useEffect } from "preact/hooks"
import { type DeskKey, deskKeyOf } from "../keys.ts"
import type { DeskState } from "../state.ts"
import { type DialogName, useDesk } from "./context.ts"

/** The keys of the desk (keys.ts), and Escape: one step back. Those that move in the list are the list's own. */
export const useKeys = (state: DeskState, openDialog: (dialog: DialogName) => void): void => {
  const { desk } = useDesk()
  const { open, undo } = state
  const me = state.toolbar?.me.id
  useEffect(() => {
    const view = open?.view ?? null
    const mine = view?.state === "mine" && view.joinedBy === me
    const acts: Record<DeskKey, () => void> = {
      answer: () => document.getElementById("desk-answer")?.focus(),
      search: () => openDialog("search"),
      canned: () => openDialog("canned"),
      help: () => openDialog("keys"),
      unserved: () => desk.chooseList("unserved"),
      mine: () => desk.chooseList("mine"),
      all: () => desk.chooseList("all"),
      undo: () => undo && void desk.undo(),
      take: () => view && !mine && void desk.join(view.id),
      assign: () => view && openDialog("assign"),
      "hand-back": () => view && mine && void desk.handBack(view.id),
      close: () => view && view.state !== "closed" && void desk.close(view.id),
    }
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const composer = document.getElementById("desk-answer")
      // Over the desk stands something that has keys of its own.
      const covered = document.querySelector("dialog[open], :popover-open") !== null
      if (event.key === "Escape" && open !== null && !covered) {
        if (event.target === composer) document.querySelector<HTMLElement>(".desk-who")?.focus()
        else desk.go(null)
        event.preventDefault()
        return
      }
      const key = covered ? null : deskKeyOf(event)
      if (key === null) return
      event.preventDefault()
      acts[key]()
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [desk, open, undo, me, openDialog])
}
