import { useState } from "preact/hooks"
import type { DeliveryView } from "../../../../shared/protocol/views.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import type { SayQueue } from "./words.ts"

/** Asks for the reason before a mail is held or dropped: whoever waits for it reads that. */
export const Stop = ({
  how,
  mail,
  words,
  onDone,
  onClose,
}: {
  how: "hold" | "drop"
  mail: DeliveryView
  words: SayQueue
  onDone: () => void
  onClose: () => void
}) => {
  const { api, say } = useAdmin()
  const { busy, trouble, work } = useWork()
  const [reason, setReason] = useState("")
  const stop = async (): Promise<void> => {
    const done = await work(() => (how === "hold" ? api.holdMail : api.dropMail)(mail.id, reason.trim()))
    if (!done) return
    onDone()
    onClose()
  }
  return (
    <Dialog title={words(`${how}.title`)} unsaved={reason.trim() !== ""} onClose={onClose}>
      <form
        class="admin-form"
        onSubmit={(event) => {
          event.preventDefault()
          void stop()
        }}
      >
        <p class="admin-breaking">
          <strong>{mail.subject}</strong>
          <br />
          <span class="soft">{words("to", { address: mail.to })}</span>
        </p>
        <p>{words(`${how}.what`)}</p>
        <Field
          label={words("reason")}
          required
          maxLength={300}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <TroubleLine trouble={trouble} />
        <div class="admin-deeds">
          <button type="submit" class="button danger" disabled={busy || reason.trim() === ""}>
            {words(`${how}.go`)}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
