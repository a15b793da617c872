import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import type { ConversationSummary } from "../../protocol/views.ts"
import type { ConversationId } from "../../words/ids.ts"
import { stepOf } from "../keys.ts"
import type { ListName } from "../port.ts"
import type { DeskState } from "../state.ts"
import { drawnRows, scrollTo, type View } from "../window.ts"
import { useDesk } from "./context.ts"
import { Row } from "./row.tsx"

/** Rows before the end at which the next page is read: it is there when one gets there. */
const AHEAD = 30

/** Until the first row was measured, px. */
export const ROW = 88

/** What is kept while another list is shown: how far each was scrolled, and how high a row is, px. */
export interface Places {
  tops: Record<ListName, number>
  row: number
}

/**
 * The conversations of a list. Only rows in view are drawn, and the one that has the focus, so that ten thousand
 * are scrolled as quickly as ten. All are of one height. What comes in above keeps what is looked at in its place.
 */
export const Rows = ({
  state,
  conversations,
  panel,
  places,
}: {
  state: DeskState
  conversations: readonly ConversationSummary[]
  panel: { current: HTMLDivElement | null }
  places: Places
}) => {
  const { desk } = useDesk()
  const rows = useRef<HTMLUListElement>(null)
  const [row, setRow] = useState(places.row)
  const [focused, setFocused] = useState<ConversationId | null>(null)
  const { view, follow } = useScroll(panel, rows, state.list, places)
  const count = conversations.length
  const { from, to } = drawnRows(view, row, count)
  const list = state.lists[state.list]

  useLayoutEffect(() => {
    const height = rows.current?.querySelector("li")?.getBoundingClientRect().height
    if (!height) return
    places.row = height
    setRow(height)
  }, [view.height])
  useKeptPlace(panel, conversations, row, follow)
  useMoves(panel, rows, conversations, row, state.open?.id ?? null, setFocused)

  const near = to > count - AHEAD && list.next !== null && !list.reading && list.problem === null
  useEffect(() => {
    if (near) desk.readOlder()
  }, [desk, near])

  const kept = conversations.findIndex(({ id }) => id === focused)
  const drawn = conversations.slice(from, to).map((summary, i) => ({ summary, at: from + i }))
  const all =
    kept === -1 || (kept >= from && kept < to)
      ? drawn
      : [...drawn, { summary: conversations[kept]!, at: kept }]
  return (
    <ul
      ref={rows}
      class="list desk-rows"
      style={{ blockSize: `${count * row}px` }}
      onFocusIn={(event) => setFocused(idOf(event.target))}
      onFocusOut={() => setFocused(null)}
    >
      {all.map(({ summary, at }) => (
        <li
          key={summary.id}
          style={{ transform: `translateY(${at * row}px)` }}
          aria-setsize={list.next === null ? count : (state.counts?.[state.list] ?? -1)}
          aria-posinset={at + 1}
        >
          <Row summary={summary} state={state} current={state.open?.id === summary.id} />
        </li>
      ))}
    </ul>
  )
}

const idOf = (target: EventTarget | null): ConversationId | null =>
  target instanceof HTMLElement ? ((target.dataset.conversation ?? null) as ConversationId | null) : null

/** What of the rows is in view, followed as it is scrolled, and kept for when the list is come back to. */
const useScroll = (
  panel: { current: HTMLDivElement | null },
  rows: { current: HTMLUListElement | null },
  list: ListName,
  { tops }: Places,
) => {
  const [view, setView] = useState<View>({ top: tops[list], height: 800 })
  const follow = (): void => {
    const frame = panel.current
    const inner = rows.current
    if (frame === null || inner === null) return
    tops[list] = frame.scrollTop
    const top = frame.scrollTop - inner.offsetTop + frame.offsetTop
    setView((was) =>
      was.top === top && was.height === frame.clientHeight ? was : { top, height: frame.clientHeight },
    )
  }
  useLayoutEffect(() => {
    const frame = panel.current
    if (frame === null) return
    frame.scrollTop = tops[list]
    follow()
    const resized = new ResizeObserver(follow)
    resized.observe(frame)
    frame.addEventListener("scroll", follow, { passive: true })
    return () => {
      frame.removeEventListener("scroll", follow)
      resized.disconnect()
    }
  }, [list])
  return { view, follow }
}

/** What comes in or goes above what is looked at does not move it; at the top the newest stays in view. */
const useKeptPlace = (
  panel: { current: HTMLDivElement | null },
  conversations: readonly ConversationSummary[],
  row: number,
  follow: () => void,
): void => {
  const before = useRef(conversations)
  useLayoutEffect(() => {
    const frame = panel.current
    const was = before.current
    before.current = conversations
    if (frame === null || was === conversations || frame.scrollTop < row) return
    const at = Math.floor(frame.scrollTop / row)
    const looked = was[at]
    const now = looked === undefined ? -1 : conversations.findIndex(({ id }) => id === looked.id)
    if (now === -1 || now === at) return
    frame.scrollTop += (now - at) * row
    follow()
  }, [conversations])
}

/** j and k, arrows, Home and End move the focus among the rows, also among those that are not drawn yet. */
const useMoves = (
  panel: { current: HTMLDivElement | null },
  rows: { current: HTMLUListElement | null },
  conversations: readonly ConversationSummary[],
  row: number,
  open: ConversationId | null,
  setFocused: (id: ConversationId) => void,
): void => {
  const wanted = useRef<ConversationId | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null) return
    const link = rows.current?.querySelector<HTMLElement>(`[data-conversation="${wanted.current}"]`)
    if (!link) return
    wanted.current = null
    link.focus({ preventScroll: true })
  })
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const step = stepOf(event)
      const frame = panel.current
      if (step === null || frame === null || conversations.length === 0) return
      const at = conversations.findIndex(({ id }) => id === idOf(document.activeElement))
      const start = conversations.findIndex(({ id }) => id === open)
      const to = at === -1 && Number.isFinite(step) ? Math.max(0, start) : at + step
      const next = conversations[Math.min(conversations.length - 1, Math.max(0, to))]!
      const top = scrollTo(
        { top: frame.scrollTop, height: frame.clientHeight },
        row,
        conversations.indexOf(next),
      )
      if (top !== null) frame.scrollTop = top
      wanted.current = next.id
      setFocused(next.id)
      event.preventDefault()
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [conversations, row, open])
}
