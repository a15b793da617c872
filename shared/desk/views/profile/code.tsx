import { useEffect, useRef, useState } from "preact/hooks"
import { useDesk } from "../context.ts"
import type { Work } from "./work.tsx"

/** Six digits that were mailed to an address; entered when the last is there. */
export const Code = ({
  work: { busy, problem },
  focused,
  onCode,
  onAgain,
  onCancel,
}: {
  work: Work
  /** The code was just asked for: the field has the focus. */
  focused: boolean
  onCode: (code: string) => void
  onAgain: () => void
  onCancel?: () => void
}) => {
  const { say } = useDesk()
  const [code, setCode] = useState("")
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focused) field.current?.focus()
  }, [focused])
  return (
    <form
      class="desk-form"
      onSubmit={(event) => {
        event.preventDefault()
        onCode(code)
      }}
    >
      <label class="field desk-code">
        <span>{say("code.label")}</span>
        <input
          ref={field}
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          required
          value={code}
          aria-invalid={problem?.kind === "refused" && problem.code === "code-wrong"}
          onInput={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 6)
            event.currentTarget.value = digits
            setCode(digits)
          }}
        />
      </label>
      <div class="desk-form-deeds">
        <button type="submit" class="button primary" disabled={busy || code.length < 6}>
          {say("code.confirm")}
        </button>
        <button
          type="button"
          class="button quiet"
          disabled={busy}
          onClick={() => {
            setCode("")
            onAgain()
            field.current?.focus()
          }}
        >
          {say("code.again")}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" class="button quiet" onClick={onCancel}>
            {say("cancel")}
          </button>
        )}
      </div>
    </form>
  )
}
