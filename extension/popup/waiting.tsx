import { timeIn } from "../../shared/i18n/formatter.ts"
import type { ConversationSummary } from "../../shared/protocol/views.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import { ask } from "../background/messages.ts"
import { useSpeech } from "./context.ts"

/** Opens the desk there; the popup has done its work. */
const openAt = async (conversation: ConversationId | null): Promise<void> => {
  await ask({ type: "open-desk", conversation })
  window.close()
}

/** The conversations that nobody has joined yet, newest first. */
export const Waiting = ({ waiting, more }: { waiting: ConversationSummary[]; more: number }) => {
  const { say } = useSpeech()
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">
        {say("waiting.title")} {waiting.length > 0 && <span class="count">{waiting.length + more}</span>}
      </h2>
      {waiting.length === 0 ? (
        <p class="soft small">{say("waiting.none")}</p>
      ) : (
        <ul class="list conversations">
          {waiting.map((conversation) => (
            <li key={conversation.id}>
              <Row conversation={conversation} />
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <button type="button" class="button quiet small more" onClick={() => void openAt(null)}>
          {say("waiting.more", { count: more })}
        </button>
      )}
    </section>
  )
}

const Row = ({ conversation }: { conversation: ConversationSummary }) => {
  const { say, language } = useSpeech()
  const { id, visitor, site, excerpt, lastAt, unopened, batch, dueAt } = conversation
  return (
    <button type="button" class="row" data-unopened={unopened > 0} onClick={() => void openAt(id)}>
      <span class="what">
        <span class="who">
          <strong>{visitor || say("waiting.unnamed")}</strong> <span class="soft">{site}</span>
        </span>
        <span class="excerpt">{excerpt}</span>
      </span>
      <span class="when">
        <time class="soft">{timeIn(lastAt, language)}</time>
        {batch === "counting" && dueAt !== null && (
          <span class="pill" data-kind="warn">
            {say("waiting.mailAt", { time: timeIn(dueAt, language) })}
          </span>
        )}
      </span>
    </button>
  )
}
