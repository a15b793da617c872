import { useEffect, useState } from "preact/hooks"
import { timeIn } from "../../../i18n/formatter.ts"
import { ownNameOf } from "../../../i18n/language-name.ts"
import type { ProfileView } from "../../../protocol/views.ts"
import { LANGUAGES, type Language } from "../../../words/nouns.ts"
import { MINUTE } from "../../../words/time.ts"
import type { ProfileChange } from "../../port.ts"
import { useDesk, useNow } from "../context.ts"
import { Portrait } from "./portrait.tsx"
import { Part, useWork } from "./work.tsx"

/** Picture, name, language and time zone. */
export const You = ({
  profile,
  clockOffset,
  onChanged,
}: {
  profile: ProfileView
  clockOffset: number
  onChanged: () => void
}) => {
  const { desk, say, language: shownIn } = useDesk()
  // Only what was edited: the rest follows what is stored, and is not sent.
  const [edited, setEdited] = useState<ProfileChange>({})
  const { name, language, zone } = { ...storedIn(profile), ...edited }
  useEffect(() => setEdited((before) => stillEdited(before, profile)), [profile])
  const edit = (change: ProfileChange): void => setEdited((before) => ({ ...before, ...change }))
  const [saved, setSaved] = useState(false)
  const { busy, problem, run } = useWork()
  const now = useNow(MINUTE / 4) + clockOffset
  const zones = zonesWith(profile.zone)

  const save = async (): Promise<void> => {
    const done = await run(() => desk.settings.save(edited))
    setSaved(done)
    if (done) onChanged()
  }

  return (
    <Part name="you" title={say("profile.you")} problem={problem}>
      <Portrait me={profile.me} onChanged={onChanged} />
      <form
        class="desk-form"
        onInput={() => setSaved(false)}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label class="field">
          <span>{say("profile.name")}</span>
          <input
            name="name"
            value={name}
            required
            maxLength={80}
            autocomplete="name"
            onInput={(event) => edit({ name: event.currentTarget.value })}
          />
          <small>{say("profile.name.hint")}</small>
        </label>
        <label class="field">
          <span>{say("profile.language")}</span>
          <select
            name="language"
            value={language}
            onChange={(event) => edit({ language: event.currentTarget.value as Language })}
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {ownNameOf(one)}
              </option>
            ))}
          </select>
        </label>
        <div class="field">
          <label for="profile-zone">{say("profile.zone")}</label>
          <select
            id="profile-zone"
            name="zone"
            value={zone}
            onChange={(event) => edit({ zone: event.currentTarget.value })}
          >
            {zones.map((one) => (
              <option key={one} value={one}>
                {one.replaceAll("_", " ")}
              </option>
            ))}
          </select>
          <small>{say("profile.zone.hint", { time: timeIn(now, shownIn, zone) })}</small>
        </div>
        <div class="desk-form-deeds">
          <button type="submit" class="button" disabled={busy}>
            {say("profile.save")}
          </button>
          <span class="small desk-saved" role="status">
            {saved ? say("profile.saved") : ""}
          </span>
        </div>
      </form>
    </Part>
  )
}

const storedIn = ({ me: { name, language }, zone }: ProfileView) => ({ name, language, zone })

/** Without what is stored by now. */
const stillEdited = ({ name, language, zone }: ProfileChange, profile: ProfileView): ProfileChange => {
  const stored = storedIn(profile)
  return {
    ...(name !== undefined && name.trim() !== stored.name && { name }),
    ...(language !== undefined && language !== stored.language && { language }),
    ...(zone !== undefined && zone !== stored.zone && { zone }),
  }
}

/** All zones the browser knows; and the agent's, whatever it knows. */
const zonesWith = (own: string): string[] => {
  const known = Intl.supportedValuesOf("timeZone")
  return [...new Set([...known, "UTC", own])].sort()
}
