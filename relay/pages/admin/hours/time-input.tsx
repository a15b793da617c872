/** A time of day; the end of the day reads 00:00, as clocks have no 24:00. */
export const TimeInput = ({
  label,
  value,
  invalid,
  onChange,
}: {
  label: string
  /** `HH:MM`, or `24:00`. */
  value: string
  invalid: boolean
  onChange: (value: string) => void
}) => {
  const shown = value === "24:00" ? "00:00" : value
  return (
    <label class="field admin-time">
      <span>{label}</span>
      <input
        type="time"
        required
        value={shown}
        aria-invalid={invalid}
        onInput={(event) => {
          const typed = event.currentTarget.value.slice(0, 5)
          // Half typed it is empty; what stood there goes on counting until it is a time again.
          if (typed !== "") onChange(typed)
        }}
        onBlur={(event) => {
          event.currentTarget.value = shown
        }}
      />
    </label>
  )
}
