import type { ConversationSummary } from "../../protocol/views.ts"
import { hashOf } from "../route.ts"
import type { DeskState } from "../state.ts"
import { countdown, visitorName } from "../words.ts"
import { useDesk, useNow } from "./context.ts"
import { Face } from "./face.tsx"
import { Icon } from "./icon.tsx"
import { When } from "./when.tsx"

/** A conversation in a list: who, when, first words, and what is to be known before opening it. */
export const Row = ({
  summary,
  state,
  current,
}: {
  summary: ConversationSummary
  state: DeskState
  current: boolean
}) => {
  const { desk, say } = useDesk()
  const name = visitorName(say, summary.visitor)
  const draft = state.drafts[summary.id] ?? state.files[summary.id]?.map((file) => file.name).join(", ")
  const unsent = state.pending.some(({ conversationId }) => conversationId === summary.id)
  const lead = summary.lastAuthor === "visitor" ? null : say(`author.${summary.lastAuthor}`)
  return (
    <a
      class="row desk-row"
      href={hashOf(summary.id)}
      aria-current={current}
      data-unopened={summary.unopened > 0}
      data-conversation={summary.id}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        desk.go(summary.id)
      }}
    >
      <Face name={name} />
      <span class="desk-row-body">
        <span class="desk-row-line">
          <bdi class="desk-row-name">{name}</bdi>
          <When at={summary.lastAt} />
        </span>
        <span class="desk-row-line">
          <span class="desk-row-excerpt" dir="auto">
            {draft === undefined ? (
              <>
                {lead === null ? null : <span class="soft">{lead}: </span>}
                {summary.excerpt}
              </>
            ) : (
              <>
                <span class="desk-draft">{say("list.draft")}: </span>
                {draft}
              </>
            )}
          </span>
          {summary.unopened > 0 ? (
            <span class="count">
              {summary.unopened > 99 ? "99+" : summary.unopened}
              <span class="hidden"> {say("list.unopened", { count: summary.unopened })}</span>
            </span>
          ) : null}
        </span>
        <span class="desk-row-marks">
          <span class="desk-row-site">
            {summary.channel === "mail" ? <Icon name="mail" size={14} /> : null}
            <bdi>{summary.group === null ? summary.site : `${summary.site} · ${summary.group}`}</bdi>
          </span>
          <Marks summary={summary} state={state} unsent={unsent} />
        </span>
      </span>
    </a>
  )
}

const Marks = ({
  summary,
  state,
  unsent,
}: {
  summary: ConversationSummary
  state: DeskState
  unsent: boolean
}) => {
  const { say } = useDesk()
  return (
    <>
      {unsent ? (
        <span class="pill" data-kind="bad">
          {say("mark.unsent")}
        </span>
      ) : null}
      {summary.unconfirmed > 0 ? (
        <span class="pill" data-kind="warn">
          {say("mark.unconfirmed")}
        </span>
      ) : null}
      {summary.batch === "counting" && summary.dueAt !== null ? (
        <Due at={summary.dueAt} clockOffset={state.clockOffset} />
      ) : null}
      <StateMark summary={summary} state={state} />
      {summary.state === "unserved" && summary.unopened === 0 ? (
        <span class="pill">{say("mark.opened")}</span>
      ) : null}
    </>
  )
}

/** Whose it is: closed, or joined by whom. */
export const StateMark = ({ summary, state }: { summary: ConversationSummary; state: DeskState }) => {
  const { say } = useDesk()
  if (summary.state === "closed") return <span class="pill">{say("mark.closed")}</span>
  if (summary.state !== "mine") return null
  const { me, team = [] } = state.toolbar ?? {}
  const name = summary.joinedByName ?? ""
  const picture = (me ? [me, ...team] : []).find(({ id }) => id === summary.joinedBy)?.picture ?? null
  return (
    <span class="pill" data-kind="good">
      {picture === null ? <Icon name="done" size={12} /> : <Face name={name} picture={picture} />}
      <bdi class="desk-pill-name">{summary.joinedBy === me?.id ? say("mark.joined.you") : name}</bdi>
    </span>
  )
}

/** When the notice goes out, counted down in the relay's time. */
export const Due = ({ at, clockOffset }: { at: number; clockOffset: number }) => {
  const { say } = useDesk()
  const left = at - (useNow(1000) + clockOffset)
  return (
    <span class="pill desk-due" data-kind="warn">
      <Icon name="mail" size={12} />
      {left > 0 ? say("mark.due", { time: countdown(left) }) : say("mark.due.now")}
    </span>
  )
}
