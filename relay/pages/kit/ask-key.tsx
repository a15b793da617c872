import { useState } from "preact/hooks"
import { hashWith, keyFrom } from "./key.ts"
import { useWords } from "./words.ts"

/** For who came without the printed link, or with an old one. `wrong`: the relay did not know the key. */
export const AskKey = ({ wrong }: { wrong: boolean }) => {
  const { say } = useWords()
  const [pasted, setPasted] = useState("")
  return (
    <main class="page-card">
      <form
        class="card page-form"
        onSubmit={(event) => {
          event.preventDefault()
          const key = keyFrom(pasted)
          if (key !== null) location.hash = hashWith(key)
        }}
      >
        <h1>{say("key.title")}</h1>
        <p class="soft">{say("key.why")}</p>
        <label class="field">
          <span>{say("key.label")}</span>
          <input
            required
            spellcheck={false}
            autocomplete="off"
            value={pasted}
            aria-invalid={wrong}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
          {wrong ? (
            <small class="error" role="alert">
              {say("key.wrong")}
            </small>
          ) : null}
        </label>
        <button type="submit" class="button primary">
          {say("key.go")}
        </button>
      </form>
    </main>
  )
}
