import type { MemberView, SettingsView } from "../../../../shared/protocol/views.ts"
import { ROLES } from "../../../../shared/words/nouns.ts"
import { wrongName } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Check, Choice, Field, Several } from "../kit/field.tsx"
import { PlanNote } from "../kit/page.tsx"
import { SaveBar } from "../kit/save.tsx"
import { useForm } from "../use-form.ts"

/** What of a member is edited. */
const partsOf = ({ name, role, active, groups, offlineNotices, missedNotices }: MemberView) => ({
  name,
  role,
  active,
  groups,
  offlineNotices,
  missedNotices,
})

/** Name, role, groups and switches of one member. */
export const ChangeMember = ({ member, onClose }: { member: MemberView; onClose: () => void }) => {
  const { api, say, settings } = useAdmin()
  const of = ({ team }: SettingsView): MemberView => team.find(({ id }) => id === member.id) ?? member
  const form = useForm((settings) => partsOf(of(settings)))
  const { value, set } = form
  const lastAdmin =
    member.role === "admin" &&
    member.active &&
    !settings.team.some(({ id, role, active }) => id !== member.id && role === "admin" && active) &&
    (value.role !== "admin" || !value.active)
  const wrong = form.dirty ? wrongName(say, value.name) : undefined

  const save = async (over = false): Promise<void> => {
    if (!form.dirty || wrong !== undefined || lastAdmin) return
    if (await form.save((change, version) => api.saveMember(member.id, { ...change, version }), over))
      onClose()
  }

  return (
    <Dialog title={say("change.of", { name: member.name })} unsaved={form.dirty} onClose={onClose}>
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
          hint={say("team.name.hint")}
          error={wrong ?? form.trouble?.fields.name}
          value={value.name}
          onInput={(event) => set({ name: event.currentTarget.value })}
        />
        <p class="small soft admin-breaking">{say("change.address", { address: member.address })}</p>
        <Choice
          label={say("role")}
          hint={say(`role.${value.role}.hint`)}
          value={value.role}
          options={ROLES.map((role) => ({ value: role, name: say(`role.${role}`) }))}
          onChoose={(role) => set({ role })}
        />
        <Several
          label={say("nav.groups")}
          none={say("team.no-groups")}
          options={settings.groups}
          chosen={value.groups}
          onChoose={(groups) => set({ groups })}
        />
        <PlanNote feature="groups" />
        <fieldset class="admin-several">
          <legend>{say("switches")}</legend>
          <Check
            label={say("switch.offline")}
            hint={say("switch.offline.hint")}
            checked={value.offlineNotices}
            onCheck={(offlineNotices) => set({ offlineNotices })}
          />
          <Check
            label={say("switch.missed")}
            hint={say("switch.missed.hint")}
            checked={value.missedNotices}
            onCheck={(missedNotices) => set({ missedNotices })}
          />
          <PlanNote feature="missed-notices" />
        </fieldset>
        <div class="admin-apart">
          <Check
            label={say("active")}
            hint={say("active.hint")}
            checked={value.active}
            onCheck={(active) => set({ active })}
          />
        </div>
        {lastAdmin ? (
          <p class="small admin-wrong" role="alert">
            {say("wrong.last-admin")}
          </p>
        ) : null}
        <SaveBar
          form={form}
          said={form.trouble?.fields.name !== undefined}
          onSave={(over) => void save(over)}
        />
      </form>
    </Dialog>
  )
}
