import { useEffect, useRef } from "preact/hooks"
import type { BoxProps } from "./box.tsx"
import { Compose } from "./compose.tsx"
import { Contact } from "./contact.tsx"
import { CloseIcon } from "./icons.tsx"
import { Lantern } from "./lantern.tsx"
import { Messages } from "./messages.tsx"

/** The open box. `focus`: it was opened just now by a person, so the keyboard follows. */
export const Panel = ({ box, words, full, draft, acts, focus }: BoxProps & { focus: boolean }) => {
  const { say } = words
  const input = useRef<HTMLTextAreaElement>(null)
  const light = box.light === null ? "light.unknown" : box.light ? "light.on" : "light.off"
  const focusInput = (): void => input.current?.focus()

  useEffect(() => {
    if (focus) focusInput()
  }, [])

  return (
    <section
      class="panel"
      data-full={full}
      role="dialog"
      aria-label={say("title", { site: box.siteName })}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return
        event.stopPropagation()
        acts.close()
      }}
    >
      <header data-on={box.light === true}>
        <Lantern on={box.light === true} />
        <div class="names">
          <h1 dir="auto">{box.siteName}</h1>
          <p role="status">{say(light)}</p>
        </div>
        <button
          type="button"
          class="close"
          aria-label={say("close")}
          title={say("close")}
          onClick={acts.close}
        >
          <CloseIcon />
        </button>
      </header>
      {box.link === "lost" && (
        <p class="lost" role="status">
          {say("connection.lost")}
        </p>
      )}
      <Messages box={box} words={words} acts={acts} />
      {box.light === false && <Contact box={box} say={say} onLeave={acts.leave} onDone={focusInput} />}
      <Compose input={input} say={say} draft={draft} onWrite={acts.write} onDraft={acts.draft} />
    </section>
  )
}
