import type { ConversationView } from "../../protocol/views.ts"
import type { DeskState } from "../state.ts"
import { visitorName } from "../words.ts"
import { useDesk } from "./context.ts"

/** Who is writing in the conversation right now; an empty line while nobody is, so that nothing moves. */
export const Typing = ({ state, view }: { state: DeskState; view: ConversationView }) => {
  const { say } = useDesk()
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
