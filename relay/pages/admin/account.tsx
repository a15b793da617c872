import { isZone } from "../../../shared/i18n/formatter.ts"
import { ownNameOf } from "../../../shared/i18n/language-name.ts"
import { LANGUAGES } from "../../../shared/words/nouns.ts"
import { isFine, wrongName } from "./checks.ts"
import { useAdmin } from "./context.ts"
import { Choice, Field } from "./kit/field.tsx"
import { SaveBar } from "./kit/save.tsx"
import { ZoneField } from "./kit/zone.tsx"
import { useForm } from "./use-form.ts"

/** Name, language and zone of the account. */
export const AccountCard = () => {
  const { api, say } = useAdmin()
  const form = useForm(({ account: { name, language, zone } }) => ({ name, language, zone }))
  const { value, set } = form
  const wrong = {
    name: wrongName(say, value.name),
    zone: isZone(value.zone) ? undefined : say("wrong.zone", { value: value.zone }),
  }
  const save = (over = false): void => {
    if (!form.dirty || !isFine(wrong)) return
    void form.save((change, version) => api.saveAccount({ ...change, version }), over)
  }
  return (
    <section class="card" aria-labelledby="admin-account">
      <form
        class="admin-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <h2 id="admin-account">{say("account.title")}</h2>
        <Field
          label={say("name")}
          hint={say("account.name.hint")}
          error={wrong.name ?? form.trouble?.fields.name}
          value={value.name}
          autocomplete="organization"
          onInput={(event) => set({ name: event.currentTarget.value })}
        />
        <Choice
          label={say("language")}
          hint={say("account.language.hint")}
          value={value.language}
          options={LANGUAGES.map((one) => ({ value: one, name: ownNameOf(one), lang: one }))}
          onChoose={(language) => set({ language })}
        />
        <ZoneField
          zone={value.zone}
          hint={say("account.zone.hint")}
          error={wrong.zone ?? form.trouble?.fields.zone}
          onChange={(zone) => set({ zone })}
        />
        <SaveBar form={form} onSave={save} />
      </form>
    </section>
  )
}
