import { useContext, useLayoutEffect, useRef } from "preact/hooks"
import type { ConversationView } from "../../protocol/views.ts"
import type { DeskState, OpenConversation } from "../state.ts"
import { tellProblem, visitorName } from "../words.ts"
import { Composer } from "./composer.tsx"
import { DialogContext, useDesk, useMedia } from "./context.ts"
import { DropZone } from "./drop-zone.tsx"
import { Facts } from "./facts.tsx"
import { Icon } from "./icon.tsx"
import { Mishap } from "./mishap.tsx"
import { Due, StateMark } from "./row.tsx"
import { Thread } from "./thread.tsx"
import { Typing } from "./typing.tsx"

/** The conversation that is open: head, messages, composer; facts about the visitor beside them when wide. */
export const Conversation = ({ state, open }: { state: DeskState; open: OpenConversation }) => {
  const { desk, say } = useDesk()
  const wide = useMedia("(min-width: 72rem)")
  const { view } = open

  if (view === null)
    return (
      <section class="desk-conversation" aria-label={say("conversation.label")}>
        <div class="desk-conversation-head">
          <Back />
        </div>
        {open.problem === null ? (
          <div class="desk-empty" role="status">
            <p class="soft">{say("conversation.reading")}</p>
          </div>
        ) : (
          <div class="desk-empty" role="alert">
            <h2>{say("conversation.failed")}</h2>
            <p class="soft">{tellProblem(say, open.problem)}</p>
            <button type="button" class="button" onClick={() => desk.readConversation()}>
              {say("retry")}
            </button>
          </div>
        )}
      </section>
    )

  return (
    <section class="desk-conversation" aria-label={say("conversation.label")}>
      <div class="desk-conversation-main">
        <Head state={state} view={view} open={open} />
        {wide ? null : (
          <details class="desk-facts-fold">
            <summary>{say("facts.title")}</summary>
            <Facts view={view} state={state} />
          </details>
        )}
        <Mishap state={state} />
        {open.problem === null ? null : (
          <p class="notice small desk-mishap" data-kind="bad" role="status">
            {tellProblem(say, open.problem)}{" "}
            <button type="button" class="desk-link" onClick={() => desk.readConversation()}>
              {say("retry")}
            </button>
          </p>
        )}
        <Thread key={view.id} state={state} view={view} busy={open.doing !== null} />
        <Typing state={state} view={view} />
        <DropZone id={view.id} />
        <Composer key={`write-${view.id}`} state={state} view={view} />
      </div>
      {wide ? (
        <aside class="desk-aside" aria-label={say("facts.title")}>
          <h3>{say("facts.title")}</h3>
          <Facts view={view} state={state} />
        </aside>
      ) : null}
    </section>
  )
}

const Back = () => {
  const { desk, say } = useDesk()
  return (
    <button
      type="button"
      class="button quiet icon desk-back"
      aria-label={say("back")}
      onClick={() => desk.go(null)}
    >
      <Icon name="back" />
    </button>
  )
}

const Head = ({
  state,
  view,
  open,
}: {
  state: DeskState
  view: ConversationView
  open: OpenConversation
}) => {
  const { desk, say } = useDesk()
  const openDialog = useContext(DialogContext)
  const heading = useRef<HTMLHeadingElement>(null)
  const waits = open.doing !== null
  const mine = view.state === "mine" && view.joinedBy === state.toolbar?.me.id

  // A conversation that was just opened has the focus, so that keys and screen readers go on from there.
  // Once for each conversation
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [view.id])

  return (
    <div class="desk-conversation-head">
      <Back />
      <h2 ref={heading} class="desk-who" tabIndex={-1}>
        <bdi>{visitorName(say, view.visitor)}</bdi>
      </h2>
      <p class="desk-who-marks small">
        {view.channel === "mail" ? (
          <span class="soft">
            <Icon name="mail" size={14} /> {say("visitor.by-mail")}
          </span>
        ) : (
          <span class="desk-here" data-here={view.visitorHere}>
            {say(view.visitorHere ? "visitor.here" : "visitor.left")}
          </span>
        )}
        <StateMark summary={view} state={state} />
        {view.batch === "counting" && view.dueAt !== null ? (
          <Due at={view.dueAt} clockOffset={state.clockOffset} />
        ) : null}
        {view.batch === "resting" ? <span class="soft">{say("batch.resting")}</span> : null}
      </p>
      <div class="desk-deeds">
        {mine ? (
          <button
            type="button"
            class="button small"
            disabled={waits}
            title={say("hand-back.hint")}
            onClick={() => desk.handBack(view.id)}
          >
            {say("hand-back")}
          </button>
        ) : (
          <button
            type="button"
            class={view.state === "unserved" ? "button small primary" : "button small"}
            disabled={waits}
            onClick={async () => {
              await desk.join(view.id)
              document.getElementById("desk-answer")?.focus()
            }}
          >
            {say("join")}
          </button>
        )}
        <button
          type="button"
          class="button small"
          disabled={waits}
          aria-haspopup="dialog"
          onClick={() => openDialog("assign")}
        >
          {say("assign.open")}
        </button>
        {view.state === "closed" ? null : (
          <button type="button" class="button small" disabled={waits} onClick={() => desk.close(view.id)}>
            {say("close")}
          </button>
        )}
      </div>
    </div>
  )
}
