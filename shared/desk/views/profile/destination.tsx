import { useState } from "preact/hooks"
import { timeIn } from "../../../i18n/formatter.ts"
import type { ProfileView } from "../../../protocol/views.ts"
import { useDesk } from "../context.ts"
import { Code } from "./code.tsx"
import { Health } from "./health.tsx"
import { Part, useWork } from "./work.tsx"

/**
 * Where one's notices go, which is also what one signs in with. A new address first gets a code, and nothing
 * else before that is entered.
 */
export const Destination = ({ profile, onChanged }: { profile: ProfileView; onChanged: () => void }) => {
  const { desk, say, language } = useDesk()
  const work = useWork()
  const [asking, setAsking] = useState(false)
  const [address, setAddress] = useState("")
  const [justSent, setJustSent] = useState(false)
  const [confirmed, setConfirmed] = useState<string | null>(null)
  const pending = profile.pendingAddress

  const send = async (to: string): Promise<void> => {
    setConfirmed(null)
    const sent = await work.run(async () => {
      await desk.settings.askDestination(to)
    })
    if (!sent) return
    setAsking(false)
    setJustSent(true)
    onChanged()
  }
  const confirm = async (to: string, code: string): Promise<void> => {
    if (!(await work.run(() => desk.settings.confirmDestination(to, code)))) return
    setConfirmed(to)
    onChanged()
  }

  return (
    <Part name="destination" title={say("destination.title")} problem={work.problem}>
      <p class="desk-address">
        <strong>
          <bdi>{profile.me.address}</bdi>
        </strong>
        <small class="soft">{say("destination.hint")}</small>
      </p>
      <Health profile={profile} work={work} onChanged={onChanged} />
      {confirmed === profile.me.address ? (
        <p class="notice small" data-kind="good" role="status">
          {say("destination.done", { address: confirmed })}
        </p>
      ) : null}
      {pending === null || asking ? null : (
        <>
          <p class="notice small" data-kind="warn" role="status">
            {say("destination.pending", {
              address: pending.address,
              time: timeIn(pending.expiresAt, language),
            })}
          </p>
          <Code
            work={work}
            focused={justSent}
            onCode={(code) => void confirm(pending.address, code)}
            onAgain={() => void send(pending.address)}
          />
        </>
      )}
      {asking ? (
        <form
          class="desk-form"
          onSubmit={(event) => {
            event.preventDefault()
            void send(address)
          }}
        >
          <label class="field">
            <span>{say("destination.new")}</span>
            <input
              type="email"
              name="address"
              autocomplete="email"
              required
              autofocus
              value={address}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
            <small>{say("destination.new.hint")}</small>
          </label>
          <div class="desk-form-deeds">
            <button type="submit" class="button primary" disabled={work.busy}>
              {say("code.send")}
            </button>
            <button type="button" class="button quiet" onClick={() => setAsking(false)}>
              {say("cancel")}
            </button>
          </div>
        </form>
      ) : (
        <button type="button" class="button small desk-part-deed" onClick={() => setAsking(true)}>
          {say(pending === null ? "destination.change" : "destination.other")}
        </button>
      )}
    </Part>
  )
}
