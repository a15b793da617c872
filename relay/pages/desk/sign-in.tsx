import { useEffect, useRef, useState } from "preact/hooks"
import logo from "../../../shared/design/logo.svg"
import { caller } from "../../../shared/desk/http-port.ts"
import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import { tellProblem, useWords } from "../kit/words.ts"
import { isHandheld } from "./handheld.ts"
import { tabLabel } from "./label.ts"
import type { Session } from "./session.ts"

/** Signing in: the address, then the six digits that were mailed to it. */
export const SignIn = ({ ended, onSignedIn }: { ended: boolean; onSignedIn: (session: Session) => void }) => {
  const { say } = useWords()
  const [address, setAddress] = useState<string | null>(null)
  return (
    <main class="page-card">
      <div class="card page-form">
        <header class="page-brand">
          <img src={logo} alt="" />
          <h1>{say("sign-in.title")}</h1>
        </header>
        {ended && address === null ? (
          <p class="notice" data-kind="warn" role="status">
            {say("sign-in.ended")}
          </p>
        ) : null}
        {address === null ? (
          <AskCode onSent={setAddress} />
        ) : (
          <EnterCode address={address} onOther={() => setAddress(null)} onSignedIn={onSignedIn} />
        )}
      </div>
    </main>
  )
}

const call = caller({ relay: location.origin, token: null })

const AskCode = ({ onSent }: { onSent: (address: string) => void }) => {
  const { say } = useWords()
  const [address, setAddress] = useState("")
  const { busy, problem, work } = useWork()
  const field = useFocus()
  return (
    <form
      class="page-form"
      onSubmit={(event) => {
        event.preventDefault()
        void work(async () => {
          await call.nothing("POST", "/api/sign-in/code", { address })
          onSent(address.trim())
        })
      }}
    >
      <label class="field">
        <span>{say("sign-in.address")}</span>
        <input
          ref={field}
          type="email"
          name="address"
          autocomplete="email"
          required
          value={address}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      <ProblemLine problem={problem} />
      <button type="submit" class="button primary" disabled={busy}>
        {say(busy ? "sign-in.sending" : "sign-in.send")}
      </button>
    </form>
  )
}

const EnterCode = ({
  address,
  onOther,
  onSignedIn,
}: {
  address: string
  onOther: () => void
  onSignedIn: (session: Session) => void
}) => {
  const { say } = useWords()
  const [code, setCode] = useState("")
  const { busy, problem, work } = useWork()
  const field = useFocus()

  const enter = (digits: string): void => {
    void work(async () => {
      const kind = isHandheld(navigator) ? "phone" : "tab"
      const device = { kind, label: tabLabel(navigator, kind) }
      onSignedIn(await call.json<Session>("POST", "/api/sign-in", { address, code: digits, device }))
    })
  }
  const again = (): void => {
    setCode("")
    void work(() => call.nothing("POST", "/api/sign-in/code", { address }))
    field.current?.focus()
  }

  return (
    <form
      class="page-form"
      onSubmit={(event) => {
        event.preventDefault()
        enter(code)
      }}
    >
      <p>{say("sign-in.sent", { address })}</p>
      <label class="field sign-in-code">
        <span>{say("sign-in.code")}</span>
        <input
          ref={field}
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          required
          value={code}
          aria-invalid={problem !== null}
          onInput={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 6)
            event.currentTarget.value = digits
            setCode(digits)
            if (digits.length === 6 && !busy) enter(digits)
          }}
        />
      </label>
      <ProblemLine problem={problem} />
      <button type="submit" class="button primary" disabled={busy || code.length < 6}>
        {say(busy ? "sign-in.entering" : "sign-in.enter")}
      </button>
      <div class="page-deeds">
        <button type="button" class="button small" disabled={busy} onClick={again}>
          {say("sign-in.again")}
        </button>
        <button type="button" class="button small quiet" onClick={onOther}>
          {say("sign-in.other")}
        </button>
      </div>
      <p class="small soft">
        {say("sign-in.where")} <a href="/mailbox">/mailbox</a>
      </p>
    </form>
  )
}

const ProblemLine = ({ problem }: { problem: Problem | null }) => {
  const { say } = useWords()
  return problem === null ? null : (
    <p class="notice small" data-kind="bad" role="alert">
      {tellProblem(say, problem)}
    </p>
  )
}

/** One call at a time, and what went wrong with the last one. */
const useWork = () => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const work = async (call: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await call()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, work }
}

const useFocus = () => {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return field
}
