import { useState } from "preact/hooks"
import { useAdmin } from "../context.ts"
import { Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import { tellProblem } from "../words.ts"

/** The six digits that were mailed to an address, to show that it is read. */
export const EnterCode = ({
  address,
  onConfirmed,
  onOther,
}: {
  address: string
  /** May reject as calls do: what went wrong then is shown here. */
  onConfirmed: () => Promise<void>
  onOther: () => void
}) => {
  const { api, say } = useAdmin()
  const [code, setCode] = useState("")
  const [again, setAgain] = useState(false)
  const { busy, trouble, work } = useWork()
  const wrongCode = trouble?.problem.kind === "refused" && trouble.problem.code.startsWith("code-")

  const confirm = (digits: string): void =>
    void work(async () => {
      await api.confirmAddress(address, digits)
      await onConfirmed()
    })
  const resend = (): void => {
    setCode("")
    setAgain(false)
    void work(async () => {
      await api.askAddress(address)
      setAgain(true)
    })
  }

  return (
    <form
      class="admin-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (code.length === 6 && !busy) confirm(code)
      }}
    >
      <p class="admin-breaking" role="status">
        {say(again ? "code.sent-again" : "code.sent", { address })}
      </p>
      <Field
        label={say("code")}
        error={wrongCode && trouble !== null ? tellProblem(say, trouble.problem) : undefined}
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={6}
        value={code}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 6)
          event.currentTarget.value = digits
          setCode(digits)
          if (digits.length === 6 && !busy) confirm(digits)
        }}
      />
      <TroubleLine trouble={wrongCode ? null : trouble} />
      <div class="admin-deeds">
        <button type="submit" class="button primary" disabled={busy || code.length < 6}>
          {say("code.go")}
        </button>
        <button type="button" class="button small" disabled={busy} onClick={resend}>
          {say("code.again")}
        </button>
        <button type="button" class="button small quiet" onClick={onOther}>
          {say("code.other")}
        </button>
      </div>
    </form>
  )
}
