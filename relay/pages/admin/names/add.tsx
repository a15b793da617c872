import { useState } from "preact/hooks"
import { faultOfName, isReserved } from "../../../../shared/words/mail-names.ts"
import type { NewMailName } from "../api.ts"
import type { Wrong } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Choice, Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { isTaken } from "../trouble.ts"
import { useWork } from "../use-form.ts"
import type { SayAdmin } from "../words.ts"

/** What is wrong with what stands before the @. */
const wrongMailName = (say: SayAdmin, typed: string): Wrong => {
  const name = typed.trim().toLowerCase()
  if (name === "") return say("wrong.empty")
  if (isReserved(name)) return say("names.reserved")
  return faultOfName(name) === null ? undefined : say("names.odd")
}

/** A further address for the inbox, a group or somebody of the team. */
export const AddName = ({
  domain,
  onAdded,
  onClose,
}: {
  domain: string
  onAdded: () => Promise<void>
  onClose: () => void
}) => {
  const { api, say, settings } = useAdmin()
  const [name, setName] = useState("")
  const [owner, setOwner] = useState(`account:${settings.account.id}`)
  const [tried, setTried] = useState(false)
  const { busy, trouble, work } = useWork()

  const add = async (): Promise<void> => {
    setTried(true)
    if (wrongMailName(say, name) !== undefined) return
    const done = await work(async () => {
      await api.addMailName({ name: name.trim(), owner: ownerOf(owner) })
      await onAdded()
    })
    if (done) onClose()
  }

  return (
    <Dialog title={say("names.add")} unsaved={name !== ""} onClose={onClose}>
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <Field
          label={say("names.name")}
          hint={<bdi>{`${name.trim().toLowerCase() || "…"}@${domain}`}</bdi>}
          error={
            (tried ? wrongMailName(say, name) : undefined) ??
            (isTaken(trouble) ? say("names.taken") : undefined)
          }
          value={name}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Choice
          label={say("names.of")}
          hint={say(owner.startsWith("agent") ? "names.of.agent" : "names.of.conversation")}
          value={owner}
          options={[
            { value: `account:${settings.account.id}`, name: say("names.inbox") },
            ...settings.groups.map((group) => ({ value: `group:${group.id}`, name: group.name })),
            ...settings.team.map((member) => ({ value: `agent:${member.id}`, name: member.name })),
          ]}
          onChoose={setOwner}
        />
        {isTaken(trouble) ? null : <TroubleLine trouble={trouble} />}
        <div class="admin-deeds">
          <button type="submit" class="button primary" disabled={busy}>
            {say("names.add")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const ownerOf = (value: string): NewMailName["owner"] => {
  const [kind, id = ""] = value.split(":")
  return { kind: kind as NewMailName["owner"]["kind"], id }
}
