import { useId, useState } from "preact/hooks"
import type { Span } from "../../../../shared/words/hours.ts"
import { useAdmin } from "../context.ts"
import { same } from "../draft.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Check, Field } from "../kit/field.tsx"
import { type Exception, wrongSpans } from "./days.ts"
import { TimeInput } from "./time-input.tsx"

const EMPTY: Exception = { date: "", name: null, spans: [] }
const FIRST_SPAN: Span = { from: "09:00", to: "13:00" }

/** One day with hours of its own, or closed; it is saved with the hours it belongs to. */
export const ExceptionDialog = ({
  day,
  taken,
  onDone,
  onClose,
}: {
  /** Null: a new one. */
  day: Exception | null
  /** Dates of the others. */
  taken: readonly string[]
  onDone: (day: Exception) => void
  onClose: () => void
}) => {
  const { say } = useAdmin()
  const id = useId()
  const begun = day ?? EMPTY
  const [value, setValue] = useState(begun)
  const [tried, setTried] = useState(false)
  const wrong = wrongSpans(value.spans)
  const wrongDate =
    value.date === "" ? say("wrong.empty") : taken.includes(value.date) ? say("wrong.date-twice") : undefined
  const set = (change: Partial<Exception>): void => setValue({ ...value, ...change })
  const setSpan = (index: number, change: Partial<Span>): void =>
    set({ spans: value.spans.map((span, at) => (at === index ? { ...span, ...change } : span)) })

  return (
    <Dialog
      title={say(day === null ? "days.add" : "days.change")}
      unsaved={!same(value, begun)}
      onClose={onClose}
    >
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (wrongDate === undefined && wrong.size === 0)
            onDone({ ...value, name: value.name?.trim() || null })
        }}
      >
        <Field
          label={say("days.date")}
          error={tried ? wrongDate : undefined}
          type="date"
          min="2000-01-01"
          max="2099-12-31"
          value={value.date}
          onInput={(event) => set({ date: event.currentTarget.value })}
        />
        <Field
          label={say("days.name")}
          hint={say("days.name.hint")}
          value={value.name ?? ""}
          maxLength={80}
          onInput={(event) => set({ name: event.currentTarget.value })}
        />
        <fieldset class="admin-several">
          <legend>{say("days.that-day")}</legend>
          <Check
            type="radio"
            name={id}
            label={say("days.closed")}
            checked={value.spans.length === 0}
            onCheck={() => set({ spans: [] })}
          />
          <Check
            type="radio"
            name={id}
            label={say("days.open")}
            checked={value.spans.length > 0}
            onCheck={() => value.spans.length === 0 && set({ spans: [FIRST_SPAN] })}
          />
        </fieldset>
        {value.spans.map((span, index) => (
          <fieldset key={index} class="week-editor">
            <legend class="hidden">{`${span.from}–${span.to}`}</legend>
            <TimeInput
              label={say("from")}
              value={span.from}
              invalid={wrong.has(index)}
              onChange={(from) => setSpan(index, { from })}
            />
            <TimeInput
              label={say("to")}
              value={span.to}
              invalid={wrong.has(index)}
              onChange={(to) => setSpan(index, { to: to === "00:00" ? "24:00" : to })}
            />
            {value.spans.length < 2 ? null : (
              <button
                type="button"
                class="button small danger"
                onClick={() => set({ spans: value.spans.filter((_, at) => at !== index) })}
              >
                {say("span.remove")}
              </button>
            )}
            {wrong.has(index) ? (
              <p class="small admin-wrong" role="alert">
                {say(`wrong.span.${wrong.get(index) ?? "overlap"}`)}
              </p>
            ) : null}
          </fieldset>
        ))}
        {value.spans.length === 0 || value.spans.length >= 10 ? null : (
          <div>
            <button
              type="button"
              class="button small"
              onClick={() => set({ spans: [...value.spans, { from: "14:00", to: "18:00" }] })}
            >
              {say("days.more")}
            </button>
          </div>
        )}
        <div class="admin-deeds">
          <button type="submit" class="button primary">
            {say("days.take")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
        <p class="small soft">{say("days.take.hint")}</p>
      </form>
    </Dialog>
  )
}
