import type { UnconfirmedView } from "../../protocol/views.ts"
import type { ConversationId, InboundMailId } from "../../words/ids.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { Text } from "./text.tsx"
import { When } from "./when.tsx"

/** An answer by mail from an address it was not expected from: somebody looks at it before the visitor does. */
export const Unconfirmed = ({
  conversationId,
  answer,
  busy,
  onOriginal,
}: {
  conversationId: ConversationId
  answer: UnconfirmedView
  busy: boolean
  onOriginal: (mail: InboundMailId) => void
}) => {
  const { desk, say } = useDesk()
  return (
    <article class="desk-unconfirmed">
      <h4>
        <Icon name="alert" size={16} /> {say("unconfirmed.title")}
      </h4>
      <p class="small">{say("unconfirmed.why")}</p>
      <dl class="desk-unconfirmed-facts small">
        <div>
          <dt>{say("unconfirmed.from")}</dt>
          <dd>
            <bdi>{answer.from ?? say("unconfirmed.no-from")}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say("unconfirmed.subject")}</dt>
          <dd>
            <bdi>{answer.subject}</bdi>
          </dd>
        </div>
        <div>
          <dt>{say("unconfirmed.at")}</dt>
          <dd>
            <When at={answer.at} />
          </dd>
        </div>
      </dl>
      <blockquote>
        <Text text={answer.text} />
      </blockquote>
      <p class="desk-unconfirmed-deeds">
        <button
          type="button"
          class="button small primary"
          disabled={busy}
          onClick={() => desk.release(conversationId, answer.id)}
        >
          {say("unconfirmed.post")}
        </button>
        <button type="button" class="button small" onClick={() => onOriginal(answer.id)}>
          {say("original.show")}
        </button>
      </p>
    </article>
  )
}
