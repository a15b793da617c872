import { render } from "preact"
import { useEffect, useMemo, useState } from "preact/hooks"
import { ask } from "../background/messages.ts"
import { type Kept, readKept, watchKept } from "../background/storage.ts"
import { languageOf } from "../background/words.ts"
import { SpeechContext, speechIn, useSpeech } from "../popup/context.ts"
import { Keys } from "../popup/keys.tsx"
import { IDLE_MINUTES } from "../rules/idle-state.ts"
import { canChangeKeys, changeKeys } from "./change-keys.ts"
import { Way } from "./way.tsx"

/** What is set for this browser and no other: when it counts as idle, its keys, and its way to the relay. */
export const mountSettings = async (root: HTMLElement): Promise<void> => {
  render(<Settings first={await readKept()} />, root)
}

const Settings = ({ first }: { first: Kept }) => {
  const [kept, setKept] = useState(first)
  useEffect(() => watchKept(setKept), [])
  const language = languageOf(kept.toolbar)
  const speech = useMemo(() => speechIn(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = speech.say("browser.title")
  }, [language, speech])
  return (
    <SpeechContext.Provider value={speech}>
      <div class="settings card">
        <h1>{speech.say("browser.title")}</h1>
        <IdleAfter minutes={kept.idleMinutes} />
        <div>
          <Keys />
          {canChangeKeys() && (
            <button type="button" class="button small" onClick={() => void changeKeys()}>
              {speech.say("keys.change")}
            </button>
          )}
        </div>
        {kept.session === null ? (
          <p class="soft">{speech.say("browser.signedOut")}</p>
        ) : (
          <Way relay={kept.session.relay} />
        )}
      </div>
    </SpeechContext.Provider>
  )
}

const CHOICES = Array.from(
  { length: IDLE_MINUTES.most - IDLE_MINUTES.least + 1 },
  (_, index) => IDLE_MINUTES.least + index,
)

const IdleAfter = ({ minutes }: { minutes: number }) => {
  const { say } = useSpeech()
  return (
    <label class="field">
      <span>{say("browser.idle")}</span>
      <select
        name="idle"
        value={minutes}
        onChange={(event) => void ask({ type: "set-idle-after", minutes: Number(event.currentTarget.value) })}
      >
        {CHOICES.map((count) => (
          <option key={count} value={count}>
            {say("browser.minutes", { count })}
          </option>
        ))}
      </select>
      <small>{say("browser.idleHint")}</small>
    </label>
  )
}
