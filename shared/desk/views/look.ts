import { useEffect } from "preact/hooks"
import type { ConversationView } from "../../protocol/views.ts"
import type { DeskState } from "../state.ts"
import { useDesk } from "./context.ts"

/** Brings the message that a search found into view, once it is there, and lets it be seen which it is. */
export const useLook = (state: DeskState, view: ConversationView): void => {
  const { desk } = useDesk()
  const seq = state.look?.id === view.id ? state.look.seq : null
  useEffect(() => {
    if (seq === null) return
    const message = document.querySelector<HTMLElement>(`.desk-message[data-seq="${seq}"]`)
    if (message === null) return
    message.scrollIntoView({ block: "center" })
    message.animate?.(
      [{ backgroundColor: "var(--lamp-soft, transparent)" }, { backgroundColor: "transparent" }],
      { duration: 1800, easing: "ease-out" },
    )
    desk.lookAt(null)
  }, [desk, seq, view.messages.length])
}
