import { weekdayIn } from "../../../../shared/i18n/formatter.ts"
import { useAdmin } from "../context.ts"
import { TimeInput } from "./time-input.tsx"
import { DAYS, isPastMidnight, setSpan, type Week } from "./week.ts"

/** Beginning and end of one span, typed; what is typed counts at once. */
export const SpanEditor = ({
  week,
  index,
  wrong,
  onChange,
  onRemove,
  onClose,
}: {
  week: Week
  index: number
  wrong: "empty" | "overlap" | null
  onChange: (week: Week) => void
  onRemove: () => void
  onClose: () => void
}) => {
  const { say, language } = useAdmin()
  const span = week[index]!
  const day = weekdayIn(span.day, language)
  return (
    <fieldset
      class="week-editor"
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return
        if (event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        onClose()
      }}
    >
      <legend class="hidden">{say("span", { day, from: span.from, to: span.to })}</legend>
      <TimeInput
        label={say("from")}
        value={span.from}
        invalid={wrong !== null}
        onChange={(from) => onChange(setSpan(week, index, { from }))}
      />
      <TimeInput
        label={say("to")}
        value={span.to}
        invalid={wrong !== null}
        onChange={(to) => onChange(setSpan(week, index, { to: to === "00:00" ? "24:00" : to }))}
      />
      <div class="admin-deeds">
        <button type="button" class="button small" onClick={onClose}>
          {say("done")}
        </button>
        <button type="button" class="button small danger" onClick={onRemove}>
          {say("span.remove")}
        </button>
      </div>
      {wrong === null ? null : (
        <p class="small admin-wrong" role="alert">
          {say(`wrong.span.${wrong}`)}
        </p>
      )}
      {isPastMidnight(span) && wrong !== "empty" ? (
        <p class="small soft" role="status">
          {say("span.past", { day: weekdayIn(DAYS[span.day % 7] ?? 1, language), time: span.to })}
        </p>
      ) : null}
    </fieldset>
  )
}
