import { useState } from "preact/hooks"
import { tellHours } from "../../i18n/status/tell.ts"
import type { ToolbarState } from "../../protocol/views.ts"
import type { Language } from "../../words/nouns.ts"
import type { Millis } from "../../words/time.ts"

/** Office hours while they are closed: when they open, and staying open by oneself until then; nothing while open. */
export const Hours = ({
  hours,
  now,
  language,
  onOverride,
}: {
  hours: ToolbarState["hours"]
  /** The relay's clock. */
  now: Millis
  language: Language
  onOverride: (on: boolean) => Promise<unknown>
}) => {
  const [busy, setBusy] = useState(false)
  const told = tellHours(hours, now, language)
  if (told === null) return null
  const change = async (): Promise<void> => {
    setBusy(true)
    await onOverride(!told.staying)
    setBusy(false)
  }
  return (
    <div class="hours-closed" data-staying={told.staying}>
      <p role="status">{told.text}</p>
      <button type="button" class="button small" disabled={busy} onClick={() => void change()}>
        {told.button}
      </button>
    </div>
  )
}
