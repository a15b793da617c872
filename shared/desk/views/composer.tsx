import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import type { ConversationView } from "../../protocol/views.ts"
import type { DraftFile } from "../draft-files.ts"
import type { DeskState } from "../state.ts"
import { type SayDesk, visitorName } from "../words.ts"
import { useCannedPicker } from "./canned-picker.tsx"
import { useDesk, useMedia } from "./context.ts"
import { AttachButton, DraftFiles } from "./draft-files.tsx"
import { Icon } from "./icon.tsx"

/** As shared/protocol/fields.ts has it. */
const LONGEST = 10_000

/**
 * Where answers are written. Enter sends, Shift+Enter makes a line; where there is no real keyboard Enter
 * makes a line, as everywhere on phones, and the button sends. Ctrl+Enter and ⌘+Enter send always.
 */
export const Composer = ({ state, view }: { state: DeskState; view: ConversationView }) => {
  const { desk, say } = useDesk()
  const touch = useMedia("(pointer: coarse)")
  const field = useRef<HTMLTextAreaElement>(null)
  const text = state.drafts[view.id] ?? ""
  const files = state.files[view.id] ?? []
  const ready = files.every((file) => file.state === "sent")
  const empty = !ready || (text.trim() === "" && files.length === 0)

  // The field is as high as what is in it
  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.blockSize = "auto"
    area.style.blockSize = `${area.scrollHeight + 2}px`
  }, [text])

  const canned = useCannedPicker(field, state, view)
  // Somebody wanted to send it: why that cannot be is said aloud, until it can.
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (ready) setWanted(false)
  }, [ready])

  const send = (): void => {
    desk.send(view.id)
    field.current?.focus()
  }

  const press = (event: KeyboardEvent): void => {
    if (canned.press(event)) return
    if (event.key !== "Enter" || event.isComposing) return
    const always = event.ctrlKey || event.metaKey
    if (!always && (event.shiftKey || event.altKey || touch)) return
    event.preventDefault()
    if (!empty) send()
    else if (!ready) setWanted(true)
  }

  return (
    <form
      class="desk-composer"
      onSubmit={(event) => {
        event.preventDefault()
        if (!empty) send()
      }}
    >
      <label class="hidden" for="desk-answer">
        {say("composer.label", { name: visitorName(say, view.visitor) })}
      </label>
      <DraftFiles id={view.id} files={files} />
      {canned.list}
      <div class="desk-composer-field">
        <AttachButton id={view.id} />
        <textarea
          ref={field}
          id="desk-answer"
          rows={1}
          dir="auto"
          maxLength={LONGEST}
          placeholder={say("composer.placeholder")}
          aria-describedby="desk-answer-hint"
          aria-controls={canned.active === undefined ? undefined : "desk-canned"}
          aria-activedescendant={canned.active}
          value={text}
          onInput={(event) => {
            desk.draft(view.id, event.currentTarget.value)
            canned.follow()
          }}
          onKeyDown={press}
          onKeyUp={canned.follow}
          onClick={canned.follow}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length === 0) return
            // A picture of the screen: what stands beside it as text is its name or address.
            event.preventDefault()
            desk.files.add(view.id, pasted)
          }}
        />
        <button type="submit" class="button primary icon" disabled={empty} aria-label={say("composer.send")}>
          <Icon name="send" />
        </button>
      </div>
      <p id="desk-answer-hint" class="desk-composer-hint">
        {wanted ? (
          <span class="desk-composer-waits" role="alert">
            {waitsFor(say, files)}
          </span>
        ) : (
          <span>{waitsFor(say, files) ?? whereItGoes(say, state, view)}</span>
        )}
        {touch ? null : <span class="desk-composer-keys">{say("composer.keys")}</span>}
      </p>
    </form>
  )
}

/** Why the answer cannot be sent yet; null where it can. */
const waitsFor = (say: SayDesk, files: readonly DraftFile[]): string | null => {
  if (files.some((file) => file.state === "failed")) return say("files.failed")
  return files.some((file) => file.state === "sending") ? say("files.wait") : null
}

/** What becomes of an answer that is sent now. */
const whereItGoes = (say: SayDesk, state: DeskState, view: ConversationView): string => {
  const other = view.state === "mine" && view.joinedBy !== state.toolbar?.me.id ? view.joinedByName : null
  const way = wayOf(say, view)
  return other === null ? way : `${say("way.other", { name: other })} ${way}`
}

const wayOf = (say: SayDesk, { channel, visitorHere, visitorAddress: address }: ConversationView): string => {
  if (channel === "mail") return address === null ? say("way.nowhere") : say("way.by-mail", { address })
  if (visitorHere) return say("way.chat")
  return address === null ? say("way.return") : say("way.mail", { address })
}
