import type { AgentView, MessageView } from "../../protocol/views.ts"
import type { InboundMailId } from "../../words/ids.ts"
import type { TimelineItem } from "../timeline.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { Text } from "./text.tsx"
import { Verdicts } from "./verdicts.tsx"
import { When } from "./when.tsx"

/** A message, who wrote it and when; what was decided about it underneath. */
export const Message = ({
  item,
  me,
  onOriginal,
}: {
  item: Extract<TimelineItem, { kind: "message" }>
  me: AgentView | null
  onOriginal: (mail: InboundMailId) => void
}) => {
  const { say } = useDesk()
  const { message } = item
  return (
    <article class="desk-message" data-author={message.author} data-seq={message.seq}>
      {item.leads ? <p class="desk-author small">{<Author message={message} />}</p> : null}
      <div class="desk-bubble">
        <Text text={message.text} />
        <p class="desk-bubble-foot">
          <When at={message.at} />
          {message.inboundMailId === null ? null : (
            <button
              type="button"
              class="desk-link"
              onClick={() => message.inboundMailId && onOriginal(message.inboundMailId)}
            >
              <Icon name="mail" size={14} /> {say("message.by-mail")}
            </button>
          )}
          {item.seen ? <span>{say("message.seen")}</span> : null}
        </p>
      </div>
      {item.verdicts.length === 0 ? null : <Verdicts verdicts={item.verdicts} me={me} />}
    </article>
  )
}

const Author = ({ message }: { message: MessageView }) => {
  const { say } = useDesk()
  if (message.author === "agent") return <bdi>{message.name ?? say("author.agent")}</bdi>
  return <>{say(message.author === "bot" ? "author.bot" : "author.visitor")}</>
}
