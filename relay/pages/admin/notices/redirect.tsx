import { useEffect, useId, useRef, useState } from "preact/hooks"
import { dateIn } from "../../../../shared/i18n/formatter.ts"
import type { RedirectView } from "../../../../shared/protocol/views.ts"
import { INBOX_MODES, type InboxMode } from "../../../../shared/words/nouns.ts"
import { wrongAddress } from "../checks.ts"
import { useAdmin, useUnsaved } from "../context.ts"
import { Check, Field } from "../kit/field.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { useWork } from "../use-form.ts"
import { EnterCode } from "./enter-code.tsx"

type Stage = "shown" | "address" | "code"

/**
 * A second address for the mail of an agent, a group or the account: entered, shown to be read by a code that is
 * mailed there, then saved. `name`: whose it is, for screen readers.
 */
export const Redirect = ({
  owner,
  name,
  redirect,
}: {
  owner: RedirectView["owner"]
  name: string
  redirect: RedirectView | null
}) => {
  const { api, say, language, settings, reload } = useAdmin()
  const [stage, setStage] = useState<Stage>("shown")
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const seen = useRef<Stage>(stage)
  const [address, setAddress] = useState("")
  const [mode, setMode] = useState<InboxMode>("along-with")
  const [tried, setTried] = useState(false)
  const { busy, trouble, work } = useWork()
  useUnsaved(stage !== "shown" && address !== (redirect?.address ?? ""))
  const target = address.trim().toLowerCase()
  const wrong = tried ? wrongAddress(say, address) : undefined

  // What was pressed is gone: keyboards go on with what took its place.
  useEffect(() => {
    if (seen.current === stage) return
    seen.current = stage
    place.current?.querySelector<HTMLElement>("input, button")?.focus()
  }, [stage])

  const begin = (): void => {
    setAddress(redirect?.address ?? "")
    setMode(redirect?.mode ?? "along-with")
    setTried(false)
    setStage("address")
  }
  const save = async (): Promise<void> => {
    await api.setRedirect(owner, { address: target, mode })
    await reload()
    setStage("shown")
  }
  const go = (): void => {
    setTried(true)
    if (wrongAddress(say, address) !== undefined) return
    void work(async () => {
      if (settings.verified.includes(target)) return save()
      if (!settings.pending.some((one) => one.address === target)) await api.askAddress(target)
      setStage("code")
    })
  }
  const off = (): void =>
    void work(async () => {
      await api.setRedirect(owner, null)
      await reload()
    })

  const form = (
    <form
      class="admin-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <Field
        label={say("redirect.address")}
        hint={say("redirect.address.hint")}
        error={wrong ?? trouble?.fields.address}
        type="email"
        list={`${id}-verified`}
        value={address}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setAddress(event.currentTarget.value)}
      />
      <datalist id={`${id}-verified`}>
        {settings.verified.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <fieldset class="admin-several">
        <legend>{say("redirect.mode")}</legend>
        {INBOX_MODES.map((one) => (
          <Check
            key={one}
            type="radio"
            name={`${id}-mode`}
            label={say(`mode.${one}`)}
            hint={say(`mode.${one}.${owner.kind === "agent" ? "agent" : "inbox"}`)}
            checked={mode === one}
            onCheck={() => setMode(one)}
          />
        ))}
      </fieldset>
      {trouble?.fields.address === undefined ? <TroubleLine trouble={trouble} /> : null}
      <div class="admin-deeds">
        <button type="submit" class="button primary" disabled={busy}>
          {say(settings.verified.includes(target) ? "save" : "redirect.ask")}
        </button>
        <button type="button" class="button" onClick={() => setStage("shown")}>
          {say("cancel")}
        </button>
      </div>
    </form>
  )

  const shown = (
    <div class="admin-redirect">
      {redirect === null ? (
        <p class="soft">{say("redirect.none")}</p>
      ) : (
        <p class="admin-breaking">
          {say(`redirect.${redirect.mode}`, { address: redirect.address })}
          {redirect.setBy === "" ? null : (
            <small class="soft">
              {say("redirect.set", { name: redirect.setBy, date: dateIn(redirect.setAt, language) })}
            </small>
          )}
        </p>
      )}
      <div class="admin-deeds">
        <button
          type="button"
          class="button small"
          aria-label={say(redirect === null ? "redirect.begin.of" : "redirect.change.of", { name })}
          onClick={begin}
        >
          {say(redirect === null ? "redirect.begin" : "change")}
        </button>
        {redirect === null ? null : (
          <button
            type="button"
            class="button small"
            disabled={busy}
            aria-label={say("redirect.off.of", { name })}
            onClick={off}
          >
            {say("redirect.off")}
          </button>
        )}
      </div>
      <TroubleLine trouble={trouble} />
    </div>
  )

  return (
    <div ref={place}>
      {stage === "shown" ? shown : null}
      {stage === "address" ? form : null}
      {stage === "code" ? (
        <EnterCode address={target} onConfirmed={save} onOther={() => setStage("address")} />
      ) : null}
    </div>
  )
}
