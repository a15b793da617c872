import type { ComponentChildren, JSX } from "preact"
import { useId } from "preact/hooks"

/** A label, its input, and beneath it what is wrong, or what it is for. */
export const Field = ({
  label,
  hint,
  error,
  ...input
}: {
  label: string
  hint?: ComponentChildren
  error?: string | undefined
} & JSX.IntrinsicElements["input"]) => {
  const id = useId()
  const words = error ?? hint
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={words === undefined ? undefined : `${id}-words`}
      />
      {words === undefined ? null : (
        <small
          id={`${id}-words`}
          class={error === undefined ? undefined : "error"}
          role={error === undefined ? undefined : "alert"}
        >
          {words}
        </small>
      )}
    </div>
  )
}

/** One choice of several in a list that opens. */
export const Choice = <Value extends string>({
  label,
  hint,
  value,
  options,
  onChoose,
}: {
  label: string
  hint?: string
  value: Value
  options: readonly { value: Value; name: string; lang?: string }[]
  onChoose: (value: Value) => void
}) => {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChoose(event.currentTarget.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.name}
          </option>
        ))}
      </select>
      {hint === undefined ? null : <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

/** Something that is on or off, with what that means beneath. */
export const Check = ({
  label,
  hint,
  checked,
  onCheck,
  type = "checkbox",
  name,
}: {
  label: ComponentChildren
  hint?: ComponentChildren
  checked: boolean
  onCheck: (checked: boolean) => void
  type?: "checkbox" | "radio"
  name?: string
}) => {
  const id = useId()
  return (
    <label class="admin-check">
      <input
        type={type}
        name={name}
        checked={checked}
        aria-labelledby={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onCheck(event.currentTarget.checked)}
      />
      <span>
        <span id={id}>{label}</span>
        {hint === undefined ? null : <small id={`${id}-hint`}>{hint}</small>}
      </span>
    </label>
  )
}

/** Several of a list: agents of a group, groups of an agent or a site. */
export const Several = <Id extends string>({
  label,
  none,
  options,
  chosen,
  onChoose,
}: {
  label: string
  /** Said where there is nothing to choose from. */
  none: ComponentChildren
  options: readonly { id: Id; name: string }[]
  chosen: readonly Id[]
  onChoose: (chosen: Id[]) => void
}) => (
  <fieldset class="admin-several">
    <legend>{label}</legend>
    {options.length === 0 ? <p class="small soft">{none}</p> : null}
    {options.map(({ id, name }) => (
      <Check
        key={id}
        label={<bdi>{name}</bdi>}
        checked={chosen.includes(id)}
        onCheck={(on) => onChoose(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
      />
    ))}
  </fieldset>
)
