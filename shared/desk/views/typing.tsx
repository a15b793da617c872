import { useEffect } from "preact/hooks"
import type { ConversationView } from "../../protocol/views.ts"
import type { DeskState } from "../state.ts"
import { visitorName } from "../words.ts"
import { useDesk } from "./context.ts"

/**
 * Who is writing in the conversation right now; an empty line while nobody is, so that nothing moves. Asked for only
 * while the page is visible.
 */
export const Typing = ({ state, view }: { state: DeskState; view: ConversationView }) => {
  const { desk, say } = useDesk()

  useEffect(() => {
    const follow = (): void => desk.look(document.visibilityState === "visible" ? view.id : null)
    follow()
    document.addEventListener("visibilitychange", follow)
    return () => {
      document.removeEventListener("visibilitychange", follow)
      desk.look(null)
    }
  }, [desk, view.id])

  const here = state.typists.filter(({ conversationId }) => conversationId === view.id)
  const words = here.map(({ from, name }) =>
    from === "visitor"
      ? say("typing.visitor", { name: visitorName(say, view.visitor) })
      : say("typing.agent", { name: name ?? "" }),
  )
  return (
    <p class="desk-typing small" role="status" data-on={words.length > 0}>
      <bdi>{words.join(" ")}</bdi>
    </p>
  )
}
