import { statusWords, tellUntil } from "../../i18n/status/tell.ts"
import type { AgentView } from "../../protocol/views.ts"
import { INTENT_ENDS, type IntentEnd, type Language } from "../../words/nouns.ts"
import type { Millis } from "../../words/time.ts"
import type { IntentWish } from "../port.ts"

/** The value that stands for a moment the relay has worked out. */
const SET = "set"
const OPEN = "open"

/**
 * When one's status ends: "until I change it", or a time, or "until 15:30, then available" once the relay has
 * worked out the moment. A choice of the browser's own, so that keys, screen readers and phones know it.
 */
export const Until = ({
  me,
  wish,
  now,
  language,
  disabled = false,
  onChoose,
}: {
  me: AgentView
  /** Chosen and not yet confirmed. */
  wish: IntentWish | null
  /** The relay's clock. */
  now: Millis
  language: Language
  disabled?: boolean
  onChoose: (until: IntentEnd | null) => void
}) => {
  const say = statusWords(language)
  const told = wish === null ? tellUntil(me, now, language) : null
  const value = wish === null ? (told === null ? OPEN : SET) : (wish.until ?? OPEN)
  return (
    <select
      class="until"
      aria-label={say("until.legend")}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const chosen = event.currentTarget.value
        if (chosen === SET) return
        onChoose(INTENT_ENDS.find((end) => end === chosen) ?? null)
      }}
    >
      {told === null ? null : (
        <option value={SET} selected={value === SET}>
          {told}
        </option>
      )}
      <option value={OPEN} selected={value === OPEN}>
        {say("until.open")}
      </option>
      {INTENT_ENDS.map((end) => (
        <option key={end} value={end} selected={value === end}>
          {say(`until.${end}`)}
        </option>
      ))}
    </select>
  )
}
