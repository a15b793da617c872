import type { TargetedKeyboardEvent } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"
import { copyWaits } from "./after.ts"
import { HeldFiles } from "./attach.tsx"
import { lightInWords } from "./back.ts"
import type { BoxProps } from "./box.tsx"
import { Choice } from "./choice.tsx"
import { Compose } from "./compose.tsx"
import { Contact } from "./contact.tsx"
import { CloseIcon, MailIcon } from "./icons.tsx"
import { Lantern } from "./lantern.tsx"
import { Messages } from "./messages.tsx"
import { asksForAddress, mustChoose } from "./shown.ts"

/** On a phone the box covers the page: the keyboard does not leave for what nobody sees. */
const keepFocus = (event: TargetedKeyboardEvent<HTMLElement>): void => {
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>(
      "button, a, input:not([hidden]), textarea, [tabindex]",
    ),
  ]
  if (event.shiftKey) stops.reverse()
  if (event.target !== stops.at(-1)) return
  event.preventDefault()
  stops[0]?.focus()
}

/** The open box. `focus`: it was opened just now by a person, so the keyboard follows. */
export const Panel = ({
  box,
  words,
  look,
  full,
  draft,
  files,
  acts,
  focus,
}: BoxProps & { focus: boolean }) => {
  const { say } = words
  const input = useRef<HTMLTextAreaElement>(null)
  const choosing = box.choosing || mustChoose(box)
  const wasChoosing = useRef(choosing)
  const group = box.groups.find(({ id }) => id === box.group)
  const { copied } = box.after
  const copyWords =
    copied === false ? say("copy.failed") : copied ? say("copy.sent", { address: copied }) : ""
  const focusInput = (): void => input.current?.focus()

  useLayoutEffect(() => {
    if (focus) focusInput()
  }, [])

  useLayoutEffect(() => {
    if (wasChoosing.current && !choosing) focusInput()
    wasChoosing.current = choosing
  }, [choosing])

  return (
    <section
      class="panel"
      data-full={full}
      role="dialog"
      aria-modal={full}
      aria-label={say("title", { site: box.siteName })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        files.add(event.dataTransfer?.files ?? [])
      }}
      onKeyDown={(event) => {
        if (full && event.key === "Tab") keepFocus(event)
        if (event.key !== "Escape" || event.isComposing) return
        event.stopPropagation()
        acts.close()
      }}
    >
      <header data-on={box.light === true}>
        <Lantern on={box.light === true} />
        <div class="names">
          <h1 dir="auto">{box.siteName}</h1>
          <p role="status">{lightInWords(box, Date.now(), words)}</p>
        </div>
        {look.transcripts && box.messages.some(({ author }) => author === "agent") && (
          <button
            type="button"
            class="close"
            aria-label={say("copy")}
            title={say("copy")}
            onClick={() => {
              acts.copy()
              if (!box.address) setTimeout(() => document.getElementById("address")?.focus())
            }}
          >
            <MailIcon />
          </button>
        )}
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
      <p class={copyWords ? "lost" : "hidden"} role="status">
        {copyWords}
      </p>
      {choosing ? (
        <Choice box={box} words={words} acts={acts} focus={focus || box.choosing} />
      ) : (
        <>
          {box.groups.length > 0 && (
            <p class="to">
              <span id="to" dir="auto">
                {say("choose.to", { group: group?.name ?? box.siteName })}
              </span>
              {box.outbox.length === 0 && (
                <button type="button" class="word" aria-describedby="to" onClick={acts.change}>
                  {say("contact.change")}
                </button>
              )}
            </p>
          )}
          <Messages box={box} words={words} look={look} files={files} acts={acts} />
          <p class="typing" role="status" dir="auto">
            {box.typing && say("typing", { name: box.typing })}
          </p>
          {(asksForAddress(box) || copyWaits(box)) && (
            <Contact box={box} say={say} onLeave={acts.leave} onDone={focusInput} />
          )}
          <HeldFiles files={files} say={say} onRemoved={focusInput} />
          <Compose
            input={input}
            say={say}
            draft={draft}
            files={files}
            onWrite={acts.write}
            onDraft={acts.draft}
          />
        </>
      )}
    </section>
  )
}
