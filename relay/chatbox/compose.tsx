import type { RefObject } from "preact"
import { useLayoutEffect } from "preact/hooks"
import type { BoxFiles } from "./attach.ts"
import { AttachButton } from "./attach.tsx"
import { SendIcon } from "./icons.tsx"
import type { Words } from "./words.ts"

/** As the protocol has it: `text` in shared/protocol/fields.ts. */
const LONGEST = 10_000
/** The field grows with its text up to this, px. */
const TALLEST = 144

/** As tall as its text; without any, as the style sheet has it. */
const grow = (field: HTMLTextAreaElement | null): void => {
  if (!field) return
  field.style.height = ""
  if (!field.value) return
  field.style.height = `${Math.min(field.scrollHeight + 2, TALLEST)}px`
}

/** Where one writes. Enter sends, Shift+Enter makes a line; a draft survives the change of a page. */
export const Compose = (props: {
  input: RefObject<HTMLTextAreaElement | null>
  say: Words["say"]
  draft: string
  files: BoxFiles
  onWrite: (text: string) => void
  onDraft: (text: string) => void
}) => {
  const { input, say, files, onWrite, onDraft } = props

  // The frame gets its width only after the panel was painted first, and another when a phone is turned.
  useLayoutEffect(() => {
    const adjust = (): void => grow(input.current)
    adjust()
    addEventListener("resize", adjust)
    return () => removeEventListener("resize", adjust)
  }, [input])

  const send = (): void => {
    const field = input.current
    const text = field?.value.trim()
    if (!field || !(text || files.held.length)) return
    if (files.held.some(({ sent }) => !sent)) {
      // What keeps the message back may stand where it has to be scrolled to.
      document.querySelector<HTMLElement>(".held :has([role=alert]) + button")?.focus()
      return
    }
    onWrite(text ?? "")
    field.value = ""
    onDraft("")
    grow(field)
    field.focus()
  }

  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <AttachButton files={files} say={say} />
      <textarea
        ref={input}
        rows={1}
        maxLength={LONGEST}
        dir="auto"
        defaultValue={props.draft}
        placeholder={say("write.placeholder")}
        aria-label={say("write.label")}
        enterkeyhint="send"
        onInput={({ currentTarget: field }) => {
          grow(field)
          onDraft(field.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData?.files
          if (!pasted?.length) return
          event.preventDefault()
          files.add(pasted)
        }}
      />
      <button type="submit" class="send" aria-label={say("write.send")} title={say("write.send")}>
        <SendIcon />
      </button>
    </form>
  )
}
