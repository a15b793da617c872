import { useRef, useState } from "preact/hooks"
import type { caller } from "../../../shared/desk/http-port.ts"
import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { tellProblem, useWords } from "../kit/words.ts"
import {
  checkFields,
  type FieldErrors,
  type FieldName,
  fieldOf,
  originsIn,
  type SetupFields,
  TRIAL_SECONDS,
} from "./fields.ts"

const EMPTY: SetupFields = { company: "", name: "", address: "", siteName: "", origins: "", times: "daily" }

/** Company, first agent, site; what is wrong stands beside its field. */
export const SetupForm = ({
  call,
  setupKey,
  onDone,
}: {
  call: ReturnType<typeof caller>
  setupKey: string
  onDone: (done: { snippet: string | null }) => void
}) => {
  const { say, language } = useWords()
  const [fields, setFields] = useState(EMPTY)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

  const set = (change: Partial<SetupFields>): void => {
    setFields({ ...fields, ...change })
    const left = { ...errors }
    for (const name of Object.keys(change)) delete left[name as FieldName]
    setErrors(left)
  }

  /** The first wrong field has the focus, so that it is found by eyes and by screen readers. */
  const show = (wrong: FieldErrors): void => {
    setErrors(wrong)
    const first = [...(form.current?.querySelectorAll("input") ?? [])].find(({ name }) => name in wrong)
    first?.focus()
  }

  const send = async (): Promise<void> => {
    setProblem(null)
    const wrong = checkFields(say, fields)
    if (Object.keys(wrong).length > 0) return show(wrong)
    setBusy(true)
    try {
      const seconds = fields.times === "trial" ? TRIAL_SECONDS : undefined
      const body = {
        key: setupKey,
        company: fields.company,
        agent: { name: fields.name, address: fields.address, language, zone },
        site: { name: fields.siteName, origins: originsIn(fields.origins).map(({ origin }) => origin) },
        graceSeconds: seconds,
        waitSeconds: seconds,
      }
      onDone(await call.json<{ snippet: string }>("POST", "/api/setup", body))
    } catch (error) {
      if (error instanceof Refusal && error.code === "already-set-up") return onDone({ snippet: null })
      const known = error instanceof Refusal ? wrongFields(error) : {}
      if (Object.keys(known).length > 0) show(known)
      else setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }

  const field = (name: FieldName, label: string, hint: string, more: Record<string, unknown> = {}) => (
    <label class="field">
      <span>{label}</span>
      <input
        {...more}
        name={name}
        value={fields[name]}
        aria-invalid={errors[name] !== undefined}
        aria-describedby={`${name}-hint`}
        onInput={(event) => set({ [name]: event.currentTarget.value })}
      />
      <small id={`${name}-hint`} class={errors[name] === undefined ? undefined : "error"}>
        {errors[name] ?? hint}
      </small>
    </label>
  )

  const choice = (times: SetupFields["times"]) => (
    <label class="setup-choice">
      <input
        type="radio"
        name="times"
        value={times}
        checked={fields.times === times}
        onChange={() => set({ times })}
      />
      <span>
        {say(`setup.times.${times}`)}
        <small>{say(`setup.times.${times}.hint`)}</small>
      </span>
    </label>
  )

  const count = Object.keys(errors).length
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <fieldset>
        <legend>{say("setup.company")}</legend>
        {field("company", say("setup.company.name"), say("setup.company.hint"), {
          autocomplete: "organization",
        })}
      </fieldset>
      <fieldset>
        <legend>{say("setup.you")}</legend>
        {field("name", say("setup.name"), say("setup.name.hint"), { autocomplete: "name" })}
        {field("address", say("setup.address"), say("setup.address.hint"), {
          autocomplete: "email",
          inputMode: "email",
          spellcheck: false,
        })}
        <p class="small soft">
          {say("setup.language", {
            language: new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language,
            zone,
          })}
        </p>
      </fieldset>
      <fieldset>
        <legend>{say("setup.site")}</legend>
        {field("siteName", say("setup.site.name"), say("setup.site.name.hint"))}
        {field("origins", say("setup.origins"), say("setup.origins.hint"), {
          inputMode: "url",
          spellcheck: false,
        })}
      </fieldset>
      <fieldset>
        <legend>{say("setup.times")}</legend>
        {choice("daily")}
        {choice("trial")}
      </fieldset>
      <div role="alert">
        {count > 0 ? (
          <p class="notice small" data-kind="bad">
            {say("setup.wrong", { count })}
          </p>
        ) : null}
        {problem === null ? null : (
          <p class="notice small" data-kind="bad">
            {tellProblem(say, problem)}
          </p>
        )}
      </div>
      <button type="submit" class="button primary" disabled={busy}>
        {say(busy ? "setup.going" : "setup.go")}
      </button>
    </form>
  )
}

/** The relay's own words beside the fields they are about. */
const wrongFields = (refusal: Refusal): FieldErrors => {
  const wrong: FieldErrors = {}
  const issues = (refusal.facts.fields ?? []) as { field: string; message: string }[]
  for (const { field, message } of issues) {
    const name = fieldOf(field)
    if (name !== null) wrong[name] ??= message
  }
  return wrong
}
