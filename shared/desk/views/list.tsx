import { useRef } from "preact/hooks"
import { numberIn } from "../../i18n/formatter.ts"
import type { Language } from "../../words/nouns.ts"
import type { ListName } from "../port.ts"
import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { type Places, ROW, Rows } from "./rows.tsx"

const TABS: readonly ListName[] = ["unserved", "mine", "all"]

/** The lists: tabs with counts, and the conversations of the one that is chosen. */
export const List = ({ state }: { state: DeskState }) => {
  const { say } = useDesk()
  const panel = useRef<HTMLDivElement>(null)
  const places = useRef<Places>({ tops: { unserved: 0, mine: 0, all: 0 }, row: ROW })
  return (
    <nav class="desk-list" aria-label={say("list.label")}>
      <Tabs state={state} />
      <div
        ref={panel}
        id="desk-panel"
        role="tabpanel"
        aria-labelledby={`desk-tab-${state.list}`}
        class="desk-panel"
      >
        <Content state={state} panel={panel} places={places.current} />
      </div>
    </nav>
  )
}

const Tabs = ({ state }: { state: DeskState }) => {
  const { desk, say, language } = useDesk()
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
                {counted(count, language)}
              </span>
            )}
          </button>
        )
      })}
    </div>
  )
}

/** The true number; from a hundred thousand on as short as the language says it. */
const counted = (count: number, language: Language): string =>
  numberIn(count, language, { compact: count >= 100_000 })

const Content = ({
  state,
  panel,
  places,
}: {
  state: DeskState
  panel: { current: HTMLDivElement | null }
  places: Places
}) => {
  const { desk, say } = useDesk()
  const list = state.lists[state.list]

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
      <Rows key={state.list} state={state} conversations={list.conversations} panel={panel} places={places} />
      {list.next === null ? null : (
        <button
          type="button"
          class="button quiet desk-older"
          disabled={list.reading}
          onClick={() => desk.readOlder()}
        >
          {say(list.reading ? "list.reading" : "list.older")}
        </button>
      )}
    </>
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
