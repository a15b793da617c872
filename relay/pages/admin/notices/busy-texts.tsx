import { busyText } from "../../../../shared/i18n/box/bot.ts"
import { ownNameOf } from "../../../../shared/i18n/language-name.ts"
import { LANGUAGES, type Language } from "../../../../shared/words/nouns.ts"
import { useAdmin } from "../context.ts"
import { SaveBar } from "../kit/save.tsx"
import { useForm } from "../use-form.ts"

const LONGEST = 500

/** What the bot says while everybody who is there is busy; empty takes ours. */
export const BusyTexts = () => {
  const { api, say } = useAdmin()
  const form = useForm(({ account }) =>
    Object.fromEntries(LANGUAGES.map((language) => [language, account.busyTexts[language] ?? ""])),
  ) as ReturnType<typeof useForm<Record<Language, string>>>
  const save = (over = false): void => {
    if (form.dirty) void form.save((busyTexts, version) => api.saveAccount({ version, busyTexts }), over)
  }
  return (
    <section class="card" aria-labelledby="admin-busy">
      <form
        class="admin-form"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div>
          <h2 id="admin-busy">{say("busy.title")}</h2>
          <p class="soft">{say("busy.lead")}</p>
        </div>
        {LANGUAGES.map((language) => (
          <label key={language} class="field">
            <span lang={language}>{ownNameOf(language)}</span>
            <textarea
              lang={language}
              rows={3}
              maxLength={LONGEST}
              placeholder={busyText(language)}
              value={form.value[language]}
              onInput={(event) => form.set({ [language]: event.currentTarget.value })}
            />
          </label>
        ))}
        <SaveBar form={form} onSave={save} />
      </form>
    </section>
  )
}
