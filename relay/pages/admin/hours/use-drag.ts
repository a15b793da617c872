import type { TargetedMouseEvent, TargetedPointerEvent } from "preact"
import { useRef } from "preact/hooks"
import type { Weekday } from "../../../../shared/words/hours.ts"
import { DAY_MINUTES, draw, move, resize, STEP, type Week } from "./week.ts"

type Pointer = TargetedPointerEvent<HTMLElement>
type Changed = (week: Week, start: number, now: number) => Week

/** Which end of a bar is under the pointer. By place: some browsers hide what is within a button from events. */
const edgeAt = ({ currentTarget, clientX }: Pointer): "from" | "to" | null => {
  const { left, right, width } = currentTarget.getBoundingClientRect()
  const reach = Math.min(8, width / 3)
  return clientX < left + reach ? "from" : clientX > right - reach ? "to" : null
}

/**
 * Drawing, moving and stretching bars with a fine pointer; fingers scroll instead, and have the buttons.
 * Every step is worked out from the week as it was when the button went down.
 */
export const useDrag = (week: Week, onChange: (week: Week) => void) => {
  const running = useRef<{ week: Week; start: number; track: HTMLElement; changed: Changed } | null>(null)
  const dragged = useRef(false)

  const minuteAt = (event: { clientX: number }, track: HTMLElement): number => {
    const { left, width } = track.getBoundingClientRect()
    const minute = ((event.clientX - left) / width) * DAY_MINUTES
    return Math.max(0, Math.min(DAY_MINUTES, minute))
  }
  const snapped = (minute: number): number => Math.round(minute / STEP) * STEP

  const begin = (event: Pointer, changed: Changed): void => {
    dragged.current = false
    if (event.pointerType === "touch" || event.button !== 0) return
    const track = event.currentTarget.closest<HTMLElement>(".week-track")
    if (track === null) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    running.current = { week, start: snapped(minuteAt(event, track)), track, changed }
  }
  const go = (event: Pointer): void => {
    const drag = running.current
    if (drag === null) return
    const now = snapped(minuteAt(event, drag.track))
    if (now === drag.start && !dragged.current) return
    dragged.current = true
    onChange(drag.changed(drag.week, drag.start, now))
  }
  const end = (): void => {
    running.current = null
  }
  const handlers = (changed: (event: Pointer) => Changed) => ({
    onPointerDown: (event: Pointer) => begin(event, changed(event)),
    onPointerMove: go,
    onPointerUp: end,
    onPointerCancel: end,
    // The browser would drag the text that happens to be selected around it.
    onDragStart: (event: Event) => event.preventDefault(),
  })

  return {
    /** Whether a click is the end of a drag; keys click without a pointer. */
    isDrag: (click: MouseEvent): boolean => dragged.current && click.detail > 0,
    /** For a row: draws a new bar. A click into a free part, also by a finger, gives its minute of the day. */
    track: (day: Weekday, onClick: (minute: number) => void) => ({
      ...handlers(() => (from, start, now) => draw(from, day, start, now)),
      onClick: (event: TargetedMouseEvent<HTMLElement>) => {
        if (event.target === event.currentTarget && !dragged.current)
          onClick(minuteAt(event, event.currentTarget))
      },
    }),
    /** For a bar: its edges stretch it, the rest moves it. */
    bar: (index: number) =>
      handlers((event) => {
        const edge = edgeAt(event)
        if (edge !== null) return (from, _start, now) => resize(from, index, edge, now)
        return (from, start, now) => move(from, index, now - start)
      }),
  }
}
