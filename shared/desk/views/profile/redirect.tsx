import { useState } from "preact/hooks"
import { momentIn, timeIn } from "../../../i18n/formatter.ts"
import type { ProfileView } from "../../../protocol/views.ts"
import { INBOX_MODES } from "../../../words/nouns.ts"
import type { RedirectWish } from "../../port.ts"
import { useDesk } from "../context.ts"
import { Code } from "./code.tsx"
import { Part, useWork } from "./work.tsx"

/** What the part shows: how it is, the form, or the field for the code that was sent. */
type Step = { kind: "shown" } | { kind: "form" } | { kind: "code"; wish: RedirectWish; expiresAt: number }

/** A second address that gets one's notices, in addition or instead; only after somebody there entered a code. */
export const Redirect = ({ profile, onChanged }: { profile: ProfileView; onChanged: () => void }) => {
  const { desk, say, language } = useDesk()
  const work = useWork()
  const [step, setStep] = useState<Step>({ kind: "shown" })
  const [wish, setWish] = useState<RedirectWish>(profile.redirect ?? { address: "", mode: "along-with" })
  const { redirect, me } = profile

  const ask = async (asked: RedirectWish): Promise<void> => {
    await work.run(async () => {
      const sent = await desk.settings.redirect(me.id, asked)
      if (sent !== null) return setStep({ kind: "code", wish: asked, expiresAt: sent.expiresAt })
      setStep({ kind: "shown" })
      onChanged()
    })
  }
  const confirm = async (asked: RedirectWish, code: string): Promise<void> => {
    await work.run(async () => {
      await desk.settings.confirmRedirect(me.id, asked, code)
      setStep({ kind: "shown" })
      onChanged()
    })
  }
  const off = async (): Promise<void> => {
    if (await work.run(() => desk.settings.redirectOff(me.id))) onChanged()
  }

  return (
    <Part name="redirect" title={say("redirect.title")} problem={work.problem}>
      {redirect === null ? (
        <p class="small soft">{say("redirect.none")}</p>
      ) : (
        <p class="desk-address" role="status">
          {say(`redirect.is.${redirect.mode}`, { address: redirect.address })}
          <small class="soft">
            {say("redirect.by", { name: redirect.setBy, at: momentIn(redirect.setAt, language) })}
          </small>
        </p>
      )}
      {step.kind === "code" ? (
        <>
          <p class="notice small" data-kind="warn" role="status">
            {say("redirect.sent", { address: step.wish.address, time: timeIn(step.expiresAt, language) })}
          </p>
          <Code
            work={work}
            focused
            onCode={(code) => void confirm(step.wish, code)}
            onAgain={() => void ask(step.wish)}
            onCancel={() => setStep({ kind: "shown" })}
          />
        </>
      ) : null}
      {step.kind === "form" ? (
        <form
          class="desk-form"
          onSubmit={(event) => {
            event.preventDefault()
            void ask({ ...wish, address: wish.address.trim() })
          }}
        >
          <label class="field">
            <span>{say("redirect.address")}</span>
            <input
              type="email"
              name="redirect"
              autocomplete="off"
              required
              autofocus
              value={wish.address}
              onInput={(event) => setWish({ ...wish, address: event.currentTarget.value })}
            />
          </label>
          <fieldset class="desk-modes">
            <legend class="hidden">{say("redirect.mode")}</legend>
            {INBOX_MODES.map((mode) => (
              <label key={mode} class="desk-check">
                <input
                  type="radio"
                  name="mode"
                  checked={wish.mode === mode}
                  onChange={() => setWish({ ...wish, mode })}
                />
                <span>{say(`redirect.${mode}`, { address: me.address })}</span>
              </label>
            ))}
          </fieldset>
          <div class="desk-form-deeds">
            <button type="submit" class="button primary" disabled={work.busy}>
              {say("redirect.save")}
            </button>
            <button type="button" class="button quiet" onClick={() => setStep({ kind: "shown" })}>
              {say("cancel")}
            </button>
          </div>
        </form>
      ) : null}
      {step.kind === "shown" ? (
        <div class="desk-form-deeds">
          <button type="button" class="button small" onClick={() => setStep({ kind: "form" })}>
            {say(redirect === null ? "redirect.add" : "redirect.change")}
          </button>
          {redirect === null ? null : (
            <button type="button" class="button small" disabled={work.busy} onClick={() => void off()}>
              {say("redirect.off")}
            </button>
          )}
        </div>
      ) : null}
    </Part>
  )
}
