import { momentIn, timeIn } from "../../i18n/formatter.ts"
import type { AgentView, MessageMailView, MessageView } from "../../protocol/views.ts"
import type { InboundMailId } from "../../words/ids.ts"
import type { Millis } from "../../words/time.ts"
import type { TimelineItem } from "../timeline.ts"
import { visitorName } from "../words.ts"
import { Attachments } from "./attachments.tsx"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { Proof } from "./proof.tsx"
import { Text } from "./text.tsx"
import { Verdicts } from "./verdicts.tsx"
import { When } from "./when.tsx"

/** A message, who wrote it and when; what was decided about it underneath. */
export const Message = ({
  item,
  me,
  visitor,
  onOriginal,
}: {
  item: Extract<TimelineItem, { kind: "message" }>
  me: AgentView | null
  /** What the visitor is called; empty: nobody knows. */
  visitor: string
  onOriginal: (mail: InboundMailId) => void
}) => {
  const { say } = useDesk()
  const { message } = item
  return (
    <article class="desk-message" data-author={message.author} data-seq={message.seq}>
      {item.leads ? <p class="desk-author small">{<Author message={message} visitor={visitor} />}</p> : null}
      <div class="desk-bubble">
        {item.subject === null ? null : (
          <p class="desk-subject">
            <bdi>{item.subject}</bdi>
          </p>
        )}
        {message.mail && item.sender && message.author === "visitor" ? <Sender mail={message.mail} /> : null}
        {message.text === "" ? null : <Text text={message.text} />}
        <Attachments files={message.attachments} more={message.mail?.more ?? 0} />
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
          {message.author === "visitor" ? null : <Proof proof={message.mail?.proof ?? null} />}
          {item.seen ? <Seen at={item.seenAt} /> : null}
        </p>
      </div>
      {item.verdicts.length === 0 ? null : <Verdicts verdicts={item.verdicts} me={me} />}
    </article>
  )
}

/** The visitor has seen it, and when; on an earlier day with that. */
const Seen = ({ at }: { at: Millis | null }) => {
  const { say, language } = useDesk()
  if (at === null) return <span>{say("message.seen")}</span>
  const today = new Date(at).toDateString() === new Date().toDateString()
  const time = today ? timeIn(at, language) : momentIn(at, language)
  return <span title={momentIn(at, language)}>{say("message.seen-at", { time })}</span>
}

/** From which address it came, and whether that is known to be right. */
const Sender = ({ mail }: { mail: MessageMailView }) => {
  const { say } = useDesk()
  return (
    <p class="desk-sender small">
      <bdi>{mail.from ?? say("unconfirmed.no-from")}</bdi> <Proof proof={mail.proof} />
    </p>
  )
}

const Author = ({ message, visitor }: { message: MessageView; visitor: string }) => {
  const { say } = useDesk()
  if (message.author === "bot") return <>{say("author.bot")}</>
  return (
    <bdi>
      {message.author === "agent" ? (message.name ?? say("author.agent")) : visitorName(say, visitor)}
    </bdi>
  )
}
