import type { RefObject } from "preact"
import { dateIn, timeIn } from "../../../../shared/i18n/formatter.ts"
import { MINUTE, type Millis } from "../../../../shared/words/time.ts"
import { moved, shareOf, showing, ticksIn, zoomed } from "./geometry.ts"
import type { PictureProps } from "./picture.tsx"

/** One press of an arrow key, as a part of the window. */
const STEP = 1 / 120
const LEAP = 1 / 12

const offsetAt = (at: Millis): Millis => -new Date(at).getTimezoneOffset() * MINUTE

/** The times along the top: a slider for keyboards and screen readers, whose value is said in words. */
export const Axis = ({
  window,
  onWindow,
  cursor,
  onCursor,
  say,
  language,
  track,
  width,
  words,
}: PictureProps & { track: RefObject<HTMLDivElement | null>; width: number; words: string }) => {
  const length = window.to - window.from
  const at = cursor ?? Math.min(window.to, Date.now())

  const point = (to: Millis): void => {
    const next = Math.min(to, Date.now())
    onCursor(next)
    onWindow(showing(window, next))
  }
  /** What a key does; undefined where it is none of ours. */
  const deed = (event: KeyboardEvent): (() => void) | undefined => {
    const move = (share: number) => () => onWindow(moved(window, share * length, Date.now()))
    switch (event.key) {
      case "ArrowLeft":
        return event.shiftKey ? move(-LEAP) : () => point(at - length * STEP)
      case "ArrowRight":
        return event.shiftKey ? move(LEAP) : () => point(at + length * STEP)
      case "PageUp":
        return () => point(at - length * LEAP)
      case "PageDown":
        return () => point(at + length * LEAP)
      case "Home":
        return () => point(window.from)
      case "End":
        return () => point(window.to)
      case "+":
      case "=":
        return () => onWindow(zoomed(window, 1 / 1.5, at))
      case "-":
        return () => onWindow(zoomed(window, 1.5, at))
      default:
        return undefined
    }
  }

  return (
    <div class="tl-row tl-axis">
      <span class="tl-label" />
      <div
        ref={track}
        class="tl-track"
        role="slider"
        tabIndex={0}
        aria-label={say("axis")}
        aria-valuemin={Math.round(window.from / 1000)}
        aria-valuemax={Math.round(window.to / 1000)}
        aria-valuenow={Math.round(at / 1000)}
        aria-valuetext={words}
        onKeyDown={(event) => {
          const act = deed(event)
          if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return
          event.preventDefault()
          act()
        }}
      >
        {ticksIn(window, width, offsetAt).map((tick) => (
          <span
            key={tick.at}
            class="tl-tick"
            data-day={tick.day}
            style={{ insetInlineStart: `${(shareOf(tick.at, window) * 100).toFixed(3)}%` }}
          >
            {tick.day ? dateIn(tick.at, language) : timeIn(tick.at, language)}
          </span>
        ))}
      </div>
    </div>
  )
}
