import type { UnconfirmedView } from "../../protocol/views.ts"
import type { ConversationId, InboundMailId } from "../../words/ids.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"
import { Proof } from "./proof.tsx"
import { Text } from "./text.tsx"
import { When } from "./when.tsx"

/** An answer by mail of which nothing shows that it is whose it says: somebody looks at it before the visitor does. */
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
      <p class="small">
        {say(answer.why === null ? "unconfirmed.why" : `unconfirmed.why.${answer.why}`, {
          domain: answer.from?.split("@").at(-1) ?? "",
        })}{" "}
        {say("unconfirmed.advice")}
      </p>
      <dl class="desk-unconfirmed-facts small">
        <div>
          <dt>{say("unconfirmed.from")}</dt>
          <dd>
            <bdi>{answer.from ?? say("unconfirmed.no-from")}</bdi> <Proof proof={answer.proof} />
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
