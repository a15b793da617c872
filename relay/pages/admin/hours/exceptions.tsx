import { useState } from "preact/hooks"
import { dayIn } from "../../../../shared/i18n/formatter.ts"
import { useAdmin } from "../context.ts"
import { byDate, dateInZone, type Exception, withException } from "./days.ts"
import { ExceptionDialog } from "./exception-dialog.tsx"

/** Days with hours of their own: holidays, a long evening before one. Those that are over are put away. */
export const Exceptions = ({
  exceptions,
  zone,
  onChange,
}: {
  exceptions: readonly Exception[]
  zone: string
  onChange: (exceptions: Exception[]) => void
}) => {
  const { say } = useAdmin()
  /** The date that is changed; empty for a new day. */
  const [asking, setAsking] = useState<string | null>(null)
  const today = dateInZone(Date.now(), zone)
  const days = byDate(exceptions)
  const over = days.filter(({ date }) => date < today)
  const coming = days.filter(({ date }) => date >= today)
  const list = (some: readonly Exception[]) => (
    <ul class="admin-days">
      {some.map((day) => (
        <Day
          key={day.date}
          day={day}
          onChange={() => setAsking(day.date)}
          onRemove={() => onChange(days.filter(({ date }) => date !== day.date))}
        />
      ))}
    </ul>
  )
  return (
    <section class="card admin-form" aria-label={say("days.title")}>
      <header class="admin-title">
        <div>
          <h2>{say("days.title")}</h2>
          <p class="soft">{say("days.lead")}</p>
        </div>
        <button type="button" class="button small" onClick={() => setAsking("")}>
          {say("days.add")}
        </button>
      </header>
      {coming.length === 0 ? <p class="small soft">{say("days.none")}</p> : list(coming)}
      {over.length === 0 ? null : (
        <details>
          <summary class="small">{say("days.over", { count: over.length })}</summary>
          {list(over)}
        </details>
      )}
      {asking === null ? null : (
        <ExceptionDialog
          day={days.find(({ date }) => date === asking) ?? null}
          taken={days.map(({ date }) => date).filter((date) => date !== asking)}
          onDone={(day) => {
            onChange(withException(exceptions, day, asking))
            setAsking(null)
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  )
}

const Day = ({ day, onChange, onRemove }: { day: Exception; onChange: () => void; onRemove: () => void }) => {
  const { say, language } = useAdmin()
  const date = dayIn(Date.parse(`${day.date}T00:00:00Z`), language, "UTC")
  const spans = day.spans.map(({ from, to }) => `${from}–${to}`).join(", ")
  return (
    <li>
      <div class="admin-breaking">
        <strong>{date}</strong> <span class="soft">{day.date.slice(0, 4)}</span>
        <p class="small soft">
          {day.name === null ? null : <bdi>{day.name}: </bdi>}
          {day.spans.length === 0 ? say("closed") : spans}
        </p>
      </div>
      <div class="admin-deeds">
        <button
          type="button"
          class="button small"
          aria-label={say("change.of", { name: date })}
          onClick={onChange}
        >
          {say("change")}
        </button>
        <button
          type="button"
          class="button small danger"
          aria-label={say("delete.of", { name: date })}
          onClick={onRemove}
        >
          {say("delete")}
        </button>
      </div>
    </li>
  )
}
