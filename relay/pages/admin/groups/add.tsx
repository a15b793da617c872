import { useState } from "preact/hooks"
import type { AgentId } from "../../../../shared/words/ids.ts"
import { wrongName } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Field, Several } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { hasFields, isTaken } from "../trouble.ts"
import { useWork } from "../use-form.ts"

/** A new group, with its first members. */
export const AddGroup = ({ onClose }: { onClose: () => void }) => {
  const { api, say, settings, reload } = useAdmin()
  const [name, setName] = useState("")
  const [members, setMembers] = useState<AgentId[]>([])
  const [tried, setTried] = useState(false)
  const { busy, trouble, work } = useWork()

  const add = async (): Promise<void> => {
    setTried(true)
    if (wrongName(say, name) !== undefined) return
    const done = await work(async () => {
      await api.addGroup({ name, members })
      await reload()
    })
    if (done) onClose()
  }

  return (
    <Dialog title={say("group.add")} unsaved={name !== ""} onClose={onClose}>
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <Field
          label={say("name")}
          hint={say("group.name.hint")}
          error={
            (tried ? wrongName(say, name) : undefined) ??
            trouble?.fields.name ??
            (isTaken(trouble) ? say("wrong.group-taken") : undefined)
          }
          value={name}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Several
          label={say("group.members")}
          none=""
          options={settings.team.filter(({ active }) => active)}
          chosen={members}
          onChoose={setMembers}
        />
        {isTaken(trouble) || hasFields(trouble) ? null : <TroubleLine trouble={trouble} />}
        <div class="admin-deeds">
          <button type="submit" class="button primary" disabled={busy}>
            {say("group.add")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
