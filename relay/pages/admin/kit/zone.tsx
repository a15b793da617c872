import { useId } from "preact/hooks"
import { useAdmin } from "../context.ts"
import { Field } from "./field.tsx"

/** Names of time zones that this browser knows; UTC, which browsers leave out, first. */
const ZONES: readonly string[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
]

/** A time zone by its IANA name, found by typing a part of it. */
export const ZoneField = ({
  zone,
  hint,
  error,
  onChange,
}: {
  zone: string
  hint?: string
  error: string | undefined
  onChange: (zone: string) => void
}) => {
  const { say } = useAdmin()
  const id = useId()
  return (
    <>
      <Field
        label={say("zone")}
        hint={[hint, say("zone.hint")].filter(Boolean).join(" ")}
        error={error}
        list={id}
        value={zone}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onChange(event.currentTarget.value.trim())}
      />
      <datalist id={id}>
        {ZONES.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  )
}
