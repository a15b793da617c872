import type { GroupView } from "../../../../shared/protocol/views.ts"
import { wrongName } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Field, Several } from "../kit/field.tsx"
import { SaveBar } from "../kit/save.tsx"
import { hasFields, isTaken } from "../trouble.ts"
import { useForm } from "../use-form.ts"

/** Name and members of a group. */
export const ChangeGroup = ({ group, onClose }: { group: GroupView; onClose: () => void }) => {
  const { api, say, settings } = useAdmin()
  const form = useForm(({ groups }) => {
    const { name, members } = groups.find(({ id }) => id === group.id) ?? group
    return { name, members }
  })
  const { value, set } = form
  const wrong = form.dirty ? wrongName(say, value.name) : undefined

  const save = async (over = false): Promise<void> => {
    if (!form.dirty || wrong !== undefined) return
    if (await form.save((change, version) => api.saveGroup(group.id, { ...change, version }), over)) onClose()
  }

  return (
    <Dialog title={say("change.of", { name: group.name })} unsaved={form.dirty} onClose={onClose}>
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label={say("name")}
          hint={say("group.name.hint")}
          error={
            wrong ??
            form.trouble?.fields.name ??
            (isTaken(form.trouble) ? say("wrong.group-taken") : undefined)
          }
          value={value.name}
          onInput={(event) => set({ name: event.currentTarget.value })}
        />
        <Several
          label={say("group.members")}
          none=""
          options={settings.team.filter(({ active, id }) => active || value.members.includes(id))}
          chosen={value.members}
          onChoose={(members) => set({ members })}
        />
        <SaveBar
          form={form}
          said={isTaken(form.trouble) || hasFields(form.trouble)}
          onSave={(over) => void save(over)}
        />
      </form>
    </Dialog>
  )
}
