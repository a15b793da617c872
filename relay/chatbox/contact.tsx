import { useRef, useState } from "preact/hooks"
import { MAIL_ADDRESS } from "../../shared/words/mail-address.ts"
import { copyWaits } from "./after.ts"
import type { Box } from "./state.ts"
import type { Words } from "./words.ts"

/**
 * Asks where an answer may go; says where it goes once that is known. Leaving the
 * field is enough to save a good address: nobody loses it by writing on.
 */
export const Contact = (props: {
  box: Box
  say: Words["say"]
  onLeave: (address: string | null) => void
  onDone: () => void
}) => {
  const { box, say, onLeave, onDone } = props
  const field = useRef<HTMLInputElement>(null)
  const [changing, setChanging] = useState(false)
  const [wrong, setWrong] = useState(false)

  /** Whether there was something to save, or nothing to say. */
  const save = (): boolean => {
    const address = field.current?.value.trim().toLowerCase() ?? ""
    const good = address === "" || (address.length <= 254 && MAIL_ADDRESS.test(address))
    setWrong(!good)
    if (!good) return false
    const known = box.contact ? box.contact.address : box.address
    if ((address || null) !== known) onLeave(address || null)
    if (address) setChanging(false)
    return true
  }

  if (box.address && !changing && !box.contactRefused) {
    return (
      <p class="contact saved">
        <span dir="auto">{say("contact.saved", { address: box.address })}</span>
        <button type="button" class="word" onClick={() => setChanging(true)}>
          {say("contact.change")}
        </button>
      </p>
    )
  }
  const refused = wrong || box.contactRefused
  return (
    <form
      class="contact"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!save()) return field.current?.focus()
        setChanging(false)
        onDone()
      }}
    >
      <label for="address">{say("contact.label")}</label>
      <div class="line">
        <input
          ref={field}
          id="address"
          type="email"
          name="email"
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          defaultValue={box.address ?? ""}
          aria-invalid={refused}
          aria-describedby="address-hint"
          onChange={save}
        />
        <button type="submit" class="button">
          {say("contact.save")}
        </button>
      </div>
      <small id="address-hint" class={refused ? "error" : ""} role={refused ? "alert" : undefined}>
        {say(refused ? "contact.wrong" : copyWaits(box) ? "copy" : "contact.hint")}
      </small>
    </form>
  )
}
