import { useState } from "preact/hooks"
import type { AgentView } from "../../protocol/views.ts"
import { LANGUAGES, type Language } from "../../words/nouns.ts"
import { type Problem, problemOf } from "../problem.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"

/** One's own name, language and notices. The address is shown, as it is where notices go. */
export const Profile = ({ me, onClose }: { me: AgentView; onClose: () => void }) => {
  const { desk, say } = useDesk()
  const [name, setName] = useState(me.name)
  const [language, setLanguage] = useState<Language>(me.language)
  const [offlineNotices, setOfflineNotices] = useState(me.offlineNotices)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)

  const save = async (): Promise<void> => {
    setSaving(true)
    setProblem(null)
    try {
      await desk.saveProfile({ name, language, offlineNotices })
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
      setSaving(false)
    }
  }

  return (
    <Dialog id="desk-profile" title={say("profile.title")} onClose={onClose}>
      <form
        class="desk-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label class="field">
          <span>{say("profile.name")}</span>
          <input
            value={name}
            required
            maxLength={80}
            autocomplete="name"
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <small>{say("profile.name.hint")}</small>
        </label>
        <label class="field">
          <span>{say("profile.language")}</span>
          <select value={language} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {new Intl.DisplayNames([one], { type: "language" }).of(one)}
              </option>
            ))}
          </select>
        </label>
        <label class="desk-check">
          <input
            type="checkbox"
            checked={offlineNotices}
            onChange={(event) => setOfflineNotices(event.currentTarget.checked)}
          />
          <span>
            {say("profile.notices")}
            <small>{say("profile.notices.hint", { address: me.address })}</small>
          </span>
        </label>
        {problem === null ? null : (
          <p class="notice small" data-kind="bad" role="alert">
            {tellProblem(say, problem)}
          </p>
        )}
        <div class="desk-form-deeds">
          <button type="submit" class="button primary" disabled={saving}>
            {say("profile.save")}
          </button>
          <button type="button" class="button" onClick={onClose}>
            {say("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
