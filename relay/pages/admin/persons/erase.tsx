import { useState } from "preact/hooks"
import type { PersonView } from "../../../../shared/protocol/record-views.ts"
import type { Erased, WhoseData } from "../api-record.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import type { SayPersons } from "./view.tsx"

/** Says what goes, and has a word typed first: there is no way back. */
export const ErasePerson = ({
  words,
  whose,
  person,
  onErased,
  onClose,
}: {
  words: SayPersons
  whose: WhoseData
  person: PersonView
  onErased: (how: Erased) => Promise<void>
  onClose: () => void
}) => {
  const { api, say } = useAdmin()
  const { busy, trouble, work } = useWork()
  const [typed, setTyped] = useState("")
  const word = words("erase.word")
  const sure = typed.trim().toLowerCase() === word.toLowerCase()
  const erase = async (): Promise<void> => {
    if (sure) await work(async () => onErased(await api.erasePerson(whose)))
  }
  return (
    <Dialog
      title={
        person.agent === null
          ? words("erase.title.visitor")
          : words("erase.title.agent", { name: person.agent.name })
      }
      onClose={onClose}
    >
      {/* Within the form around it there can be no other: Enter is listened for here. */}
      <div class="admin-form">
        <p>
          {person.agent === null
            ? words("erase.what.visitor", { conversations: person.conversations })
            : words("erase.what.agent")}
        </p>
        <Field
          label={words("erase.sure", { word })}
          value={typed}
          autocomplete="off"
          autocapitalize="none"
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return
            event.preventDefault()
            void erase()
          }}
        />
        <TroubleLine trouble={trouble} />
        <div class="admin-deeds">
          <button type="button" class="button danger" disabled={!sure || busy} onClick={() => void erase()}>
            {words("erase.go")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
