import { useEffect, useRef } from "preact/hooks"
import type { ConversationSummary } from "../../protocol/views.ts"
import { moveIn } from "../keys.ts"
import type { ListName } from "../port.ts"
import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Row } from "./row.tsx"

const TABS: readonly ListName[] = ["unserved", "mine", "all"]

/** The lists: tabs with counts, and the conversations of the one that is chosen. */
export const List = ({ state }: { state: DeskState }) => {
  const { say } = useDesk()
  return (
    <nav class="desk-list" aria-label={say("list.label")}>
      <Tabs state={state} />
      <div id="desk-panel" role="tabpanel" aria-labelledby={`desk-tab-${state.list}`} class="desk-panel">
        <Rows state={state} />
      </div>
    </nav>
  )
}

const Tabs = ({ state }: { state: DeskState }) => {
  const { desk, say } = useDesk()
  // In one of the agent's own conversations the visitor wrote again.
  const own = state.toolbar?.waiting.some((conversation) => conversation.state === "mine") ?? false
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    if (step === 0) return
    const next = TABS[(TABS.indexOf(state.list) + step + TABS.length) % TABS.length]!
    desk.chooseList(next)
    document.getElementById(`desk-tab-${next}`)?.focus()
    event.preventDefault()
  }
  return (
    <div class="desk-tabs" role="tablist" aria-label={say("list.label")} onKeyDown={move}>
      {TABS.map((name) => {
        const count = state.counts?.[name]
        return (
          <button
            key={name}
            id={`desk-tab-${name}`}
            type="button"
            role="tab"
            aria-selected={state.list === name}
            aria-controls="desk-panel"
            tabIndex={state.list === name ? 0 : -1}
            onClick={() => desk.chooseList(name)}
          >
            {say(`list.${name}`)}
            {count === undefined ? null : (
              <span
                class="desk-tab-count"
                data-kind={
                  (name === "unserved" && count > 0) || (name === "mine" && own) ? "some" : undefined
                }
              >
                {count > 999 ? "999+" : count}
              </span>
            )}
          </button>
        )
      })}
    </div>
  )
}

const Rows = ({ state }: { state: DeskState }) => {
  const { desk, say } = useDesk()
  const list = state.lists[state.list]
  const rows = useRef<HTMLUListElement>(null)

  if (list.conversations === null)
    return list.problem === null ? (
      <Skeleton />
    ) : (
      <div class="desk-empty" role="alert">
        <h2>{say("list.failed")}</h2>
        <p class="soft">{tellProblem(say, list.problem)}</p>
        <button type="button" class="button" onClick={() => desk.readList()}>
          {say("retry")}
        </button>
      </div>
    )

  if (list.conversations.length === 0)
    return (
      <div class="desk-empty">
        <h2>{say(`empty.${state.list}`)}</h2>
        <p class="soft">{say(`empty.${state.list}.hint`)}</p>
      </div>
    )

  return (
    <>
      {list.problem === null ? null : (
        <p class="notice small" data-kind="bad" role="status">
          {tellProblem(say, list.problem)}{" "}
          <button type="button" class="desk-link" onClick={() => desk.readList()}>
            {say("retry")}
          </button>
        </p>
      )}
      <ul ref={rows} class="list desk-rows" onKeyDown={(event) => moveIn(rows.current, event)}>
        {list.conversations.map((summary) => (
          <li key={summary.id}>
            <Row summary={summary} state={state} current={state.open?.id === summary.id} />
          </li>
        ))}
      </ul>
      {list.more ? <Older reading={list.reading} last={list.conversations.at(-1)!} /> : null}
    </>
  )
}

/** Reads the next page when it comes into view, or is pressed. */
const Older = ({ reading, last }: { reading: boolean; last: ConversationSummary }) => {
  const { desk, say } = useDesk()
  const button = useRef<HTMLButtonElement>(null)
  // After each page the button is looked for anew
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) desk.readOlder()
    })
    if (button.current) watch.observe(button.current)
    return () => watch.disconnect()
  }, [desk, last.id])
  return (
    <button
      ref={button}
      type="button"
      class="button quiet desk-older"
      disabled={reading}
      onClick={() => desk.readOlder()}
    >
      {say(reading ? "list.reading" : "list.older")}
    </button>
  )
}

/** Where conversations will stand, while they are read for the first time. */
const Skeleton = () => {
  const { say } = useDesk()
  return (
    <div class="desk-skeleton" role="status">
      <span class="hidden">{say("list.reading")}</span>
      {[0, 1, 2, 3].map((at) => (
        <div key={at} aria-hidden="true" />
      ))}
    </div>
  )
}
