import { useState } from "preact/hooks"
import { ask, type Problem } from "../background/messages.ts"
import { permit } from "../background/permission.ts"
import { report } from "../background/state.ts"
import { type Draft, writeDraft } from "../background/storage.ts"
import { DEFAULT_RELAY, permissionFor, readRelayUrl } from "../rules/relay-url.ts"
import { useSpeech } from "./context.ts"
import { ProblemNotice } from "./problem.tsx"

/**
 * Signing in: relay and address, then the code from the mail. What was begun is kept, for the popup closes
 * when the person goes to their mail.
 */
export const SignIn = ({ draft, ended }: { draft: Draft | null; ended: boolean }) => {
  const { say } = useSpeech()
  return (
    <div class="sign-in">
      <header>
        <img src="/icon/off/48.png" alt="" width="40" height="40" />
        <div>
          <h1>Porchlight</h1>
          <p class="soft">{say("signIn.intro")}</p>
        </div>
      </header>
      {ended && draft === null && (
        <p class="notice" data-kind="warn" role="status">
          {say("signIn.ended")}
        </p>
      )}
      {draft === null ? <AskCode /> : <EnterCode draft={draft} />}
    </div>
  )
}

const AskCode = () => {
  const { say } = useSpeech()
  const [relay, setRelay] = useState(DEFAULT_RELAY)
  const [address, setAddress] = useState("")
  const { busy, problem, work } = useWork()
  const [wrong, setWrong] = useState<"malformed" | "insecure" | null>(null)
  // A problem is that of the relay that was asked, whatever is typed since.
  const [asked, setAsked] = useState(DEFAULT_RELAY)

  const send = (event: Event): void => {
    event.preventDefault()
    const read = readRelayUrl(relay)
    setWrong(read.ok ? null : read.why)
    if (!read.ok) return
    setRelay(read.origin)
    setAsked(read.origin)
    askPermission(read.origin)
    work(() => ask({ type: "ask-code", relay: read.origin, address: address.trim() }))
  }

  return (
    <form onSubmit={send}>
      <label class="field">
        <span>{say("signIn.relay")}</span>
        <input
          name="relay"
          type="text"
          inputMode="url"
          autoComplete="url"
          spellcheck={false}
          required
          value={relay}
          aria-invalid={wrong !== null}
          onInput={(event) => setRelay(event.currentTarget.value)}
        />
        {wrong === null ? (
          <small>{say(mayAsk(relay) ? "signIn.permit" : "signIn.relayHint")}</small>
        ) : (
          <small class="error" role="alert">
            {say(`problem.relay.${wrong}`)}
          </small>
        )}
      </label>
      <label class="field">
        <span>{say("signIn.address")}</span>
        <input
          name="address"
          type="email"
          autoComplete="email"
          required
          value={address}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      {problem !== null && <ProblemNotice problem={problem} relay={asked} />}
      <button class="button primary" type="submit" disabled={busy}>
        {say(busy ? "signIn.sending" : "signIn.send")}
      </button>
    </form>
  )
}

/** Whether the browser will ask for this relay, as far as it is typed. */
const mayAsk = (typed: string): boolean => {
  const read = readRelayUrl(typed)
  return read.ok && permissionFor(read.origin) !== null
}

/**
 * Asks for the relay's origin, within the click, and waits for nothing: the code is on its way meanwhile, for
 * it needs no permission. Whatever the answer, signing in goes on; where it fails without, the problem says so
 * and asks again.
 */
const askPermission = (relay: string): void => {
  const origin = permissionFor(relay)
  if (origin !== null) void permit(origin).catch(report)
}

const EnterCode = ({ draft: { relay, address } }: { draft: Draft }) => {
  const { say } = useSpeech()
  const [code, setCode] = useState("")
  const { busy, problem, work } = useWork()

  const enter = (digits: string): void => work(() => ask({ type: "sign-in", relay, address, code: digits }))

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        enter(code)
      }}
    >
      <p role="status">{say("signIn.codeSent", { address })}</p>
      <label class="field">
        <span>{say("signIn.code")}</span>
        <input
          name="code"
          type="text"
          class="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          required
          // biome-ignore lint/a11y/noAutofocus: the person came back to type the code
          autoFocus
          value={code}
          onInput={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 6)
            event.currentTarget.value = digits
            setCode(digits)
            if (digits.length === 6 && !busy) enter(digits)
          }}
        />
        <small>{say("signIn.codeHint")}</small>
      </label>
      {problem !== null && <ProblemNotice problem={problem} relay={relay} />}
      <button class="button primary" type="submit" disabled={busy || code.length !== 6}>
        {say(busy ? "signIn.entering" : "signIn.enter")}
      </button>
      <div class="ways">
        <button
          type="button"
          class="button quiet small"
          disabled={busy}
          onClick={() => work(() => ask({ type: "ask-code", relay, address }))}
        >
          {say("signIn.again")}
        </button>
        <button type="button" class="button quiet small" onClick={() => void writeDraft(null)}>
          {say("signIn.other")}
        </button>
      </div>
    </form>
  )
}

/** One thing at a time, with its problem if it has one. */
const useWork = () => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const work = (what: () => ReturnType<typeof ask>): void => {
    setBusy(true)
    setProblem(null)
    void what()
      .then((answer) => {
        if (!answer.ok) setProblem(answer.problem)
      })
      .finally(() => setBusy(false))
  }
  return { busy, problem, work }
}
