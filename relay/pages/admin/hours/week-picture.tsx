import type { TargetedKeyboardEvent } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { weekdayIn } from "../../../../shared/i18n/formatter.ts"
import type { Weekday } from "../../../../shared/words/hours.ts"
import { useAdmin } from "../context.ts"
import { CopyDay } from "./copy-day.tsx"
import { SpanEditor } from "./span-editor.tsx"
import { useDrag } from "./use-drag.ts"
import {
  addTo,
  type Bar,
  barsOn,
  clockOf,
  DAY_MINUTES,
  DAYS,
  dayBefore,
  draw,
  isPastMidnight,
  nudge,
  STEP,
  type Week,
  withoutSpan,
  wrongIn,
} from "./week.ts"

type Open = { what: "span"; index: number } | { what: "copy"; day: Weekday } | null

/** A click into a free part of a row makes so much. */
const CLICKED = 60

const percent = (minutes: number): string => `${(minutes / DAY_MINUTES) * 100}%`

/**
 * The week as a picture: a row a day, a bar a span. Bars are drawn, moved and stretched with a pointer; the same
 * can be done by arrow keys, buttons and typed times.
 */
export const WeekPicture = ({ week, onChange }: { week: Week; onChange: (week: Week) => void }) => {
  const { say, language } = useAdmin()
  const [open, setOpen] = useState<Open>(null)
  /** What keys have moved last, for those who hear it. */
  const [moved, setMoved] = useState("")
  const picture = useRef<HTMLDivElement>(null)
  const focusNext = useRef<string | null>(null)
  const drag = useDrag(week, onChange)
  const wrong = wrongIn(week)

  useEffect(() => {
    if (focusNext.current === null) return
    picture.current?.querySelector<HTMLElement>(focusNext.current)?.focus()
    focusNext.current = null
  })

  const edit = (index: number): void => {
    focusNext.current = ".week-editor input"
    setOpen({ what: "span", index })
  }
  /** Opens what was added last, if there was room. */
  const add = (next: Week): void => {
    if (next === week) return
    onChange(next)
    edit(next.length - 1)
  }
  const remove = (index: number): void => {
    focusNext.current = `[data-add="${week[index]?.day}"]`
    setOpen(null)
    onChange(withoutSpan(week, index))
  }
  const close = (focus: string): void => {
    focusNext.current = focus
    setOpen(null)
  }
  const nameOf = ({ day, from, to }: Week[number]): string =>
    say("span", { day: weekdayIn(day, language), from, to })

  const byKey = (event: TargetedKeyboardEvent<HTMLElement>, index: number): void => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event
    if (ctrlKey || altKey || metaKey) return
    const steps = key === "ArrowLeft" ? -STEP : key === "ArrowRight" ? STEP : 0
    if (steps === 0 && key !== "Delete" && key !== "Backspace") return
    event.preventDefault()
    if (steps === 0) {
      remove(index)
      return
    }
    const next = nudge(week, index, shiftKey ? "end" : "span", steps)
    if (next === week) return
    onChange(next)
    setMoved(nameOf(next[index]!))
  }

  const bar = ({ from, to, index }: Bar) => {
    const style = { insetInlineStart: percent(from), inlineSize: percent(to - from) }
    if (index === null) return <span key="carried" class="week-bar" data-carried="true" style={style} />
    const span = week[index]!
    return (
      <button
        key={index}
        type="button"
        class="week-bar"
        style={style}
        data-index={index}
        data-past={isPastMidnight(span)}
        data-wrong={wrong.has(index)}
        aria-label={say("span.change", { span: nameOf(span) })}
        aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight Delete"
        aria-expanded={open?.what === "span" && open.index === index}
        onClick={(event) => {
          if (!drag.isDrag(event)) edit(index)
        }}
        onKeyDown={(event) => byKey(event, index)}
        {...drag.bar(index)}
      >
        <span class="week-edge" />
        <span class="week-edge" />
      </button>
    )
  }

  const row = (day: Weekday) => {
    const bars = barsOn(week, day)
    const name = weekdayIn(day, language)
    const words = bars.map(({ index, to }) =>
      index === null
        ? say("week.carried", { time: clockOf(to), day: weekdayIn(dayBefore(day), language) })
        : `${week[index]!.from}–${week[index]!.to}`,
    )
    const edited = open?.what === "span" && week[open.index]?.day === day ? open.index : null
    return (
      <li key={day} class="week-row">
        <h3>{name}</h3>
        <p class="small soft week-words">{words.length === 0 ? say("closed") : words.join(", ")}</p>
        <div
          class="week-track"
          role="presentation"
          {...drag.track(day, (minute) => {
            const start = Math.floor(minute / CLICKED) * CLICKED
            add(draw(week, day, start, start + CLICKED))
          })}
        >
          {bars.map(bar)}
        </div>
        <div class="week-deeds">
          <button
            type="button"
            class="button small icon"
            data-add={day}
            aria-label={say("span.add", { day: name })}
            title={say("span.add", { day: name })}
            onClick={() => add(addTo(week, day))}
          >
            <span aria-hidden="true">+</span>
          </button>
          <button
            type="button"
            class="button small"
            data-copy={day}
            aria-label={say("copy-day", { day: name })}
            aria-expanded={open?.what === "copy" && open.day === day}
            onClick={() => {
              focusNext.current = ".week-copy input"
              setOpen({ what: "copy", day })
            }}
          >
            {say("copy-day.short")}
          </button>
        </div>
        {edited === null ? null : (
          <SpanEditor
            week={week}
            index={edited}
            wrong={wrong.get(edited) ?? null}
            onChange={onChange}
            onRemove={() => remove(edited)}
            onClose={() => close(`[data-index="${edited}"]`)}
          />
        )}
        {open?.what === "copy" && open.day === day ? (
          <CopyDay
            week={week}
            day={day}
            onCopy={(next) => {
              onChange(next)
              close(`[data-copy="${day}"]`)
            }}
            onClose={() => close(`[data-copy="${day}"]`)}
          />
        ) : null}
      </li>
    )
  }

  return (
    <div class="week" ref={picture}>
      <p class="small soft">{say("week.hint")}</p>
      <div class="week-scale" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour} style={{ insetInlineStart: percent(hour * 60) }}>
            {hour}
          </span>
        ))}
      </div>
      <ul>{DAYS.map(row)}</ul>
      <p class="hidden" role="status">
        {moved}
      </p>
      {wrong.size === 0 ? null : (
        <p class="notice small" data-kind="bad" role="alert">
          {say("week.wrong")}
        </p>
      )}
    </div>
  )
}
