import { useState } from "preact/hooks"
import { ownNameOf } from "../../../../shared/i18n/language-name.ts"
import type { GroupId } from "../../../../shared/words/ids.ts"
import { LANGUAGES, type Language, ROLES, type Role } from "../../../../shared/words/nouns.ts"
import { isFine, wrongAddress, wrongName } from "../checks.ts"
import { useAdmin } from "../context.ts"
import { Dialog } from "../kit/dialog.tsx"
import { Choice, Field, Several } from "../kit/field.tsx"
import { PlanNote } from "../kit/page.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { hasFields, isTaken } from "../trouble.ts"
import { useWork } from "../use-form.ts"

/** Adds somebody to the team; the relay mails them the invitation. */
export const Invite = ({
  onInvited,
  onClose,
}: {
  /** With what is to be said afterwards. */
  onInvited: (said: string) => void
  onClose: () => void
}) => {
  const { api, say, settings, reload } = useAdmin()
  const [name, setName] = useState("")
  const [address, setAddress] = useState("")
  const [role, setRole] = useState<Role>("agent")
  const [language, setLanguage] = useState<Language>(settings.account.language)
  const [groups, setGroups] = useState<GroupId[]>([])
  const [tried, setTried] = useState(false)
  const { busy, trouble, work } = useWork()
  const wrong = tried ? { name: wrongName(say, name), address: wrongAddress(say, address) } : {}

  const invite = async (): Promise<void> => {
    setTried(true)
    if (!isFine({ name: wrongName(say, name), address: wrongAddress(say, address) })) return
    const done = await work(async () => {
      const zone = settings.account.zone
      await api.invite({ name, address, role, language, zone, groups })
      await reload()
    })
    if (!done) return
    onInvited(say("invite.done", { name: name.trim(), address: address.trim() }))
    onClose()
  }

  return (
    <Dialog title={say("invite.title")} unsaved={name !== "" || address !== ""} onClose={onClose}>
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void invite()
        }}
      >
        <Field
          label={say("name")}
          hint={say("team.name.hint")}
          error={wrong.name ?? trouble?.fields.name}
          value={name}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Field
          label={say("address")}
          hint={say("invite.address.hint")}
          error={
            wrong.address ??
            trouble?.fields.address ??
            (isTaken(trouble) ? say("wrong.address-taken") : undefined)
          }
          type="email"
          value={address}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <Choice
          label={say("role")}
          hint={say(`role.${role}.hint`)}
          value={role}
          options={ROLES.map((value) => ({ value, name: say(`role.${value}`) }))}
          onChoose={setRole}
        />
        <Choice
          label={say("language")}
          hint={say("invite.language.hint")}
          value={language}
          options={LANGUAGES.map((value) => ({ value, name: ownNameOf(value), lang: value }))}
          onChoose={setLanguage}
        />
        <Several
          label={say("nav.groups")}
          none={say("team.no-groups")}
          options={settings.groups}
          chosen={groups}
          onChoose={setGroups}
        />
        <PlanNote feature="groups" />
        {isTaken(trouble) || hasFields(trouble) ? null : <TroubleLine trouble={trouble} />}
        <div class="admin-deeds">
          <button type="submit" class="button primary" disabled={busy}>
            {say(busy ? "invite.going" : "invite.go")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
