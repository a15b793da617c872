import { render } from "preact"
import { useEffect, useState } from "preact/hooks"
import logo from "../../../shared/design/logo.svg"
import { caller } from "../../../shared/desk/http-port.ts"
import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import { AskKey } from "../kit/ask-key.tsx"
import { KEY_HEADER } from "../kit/key.ts"
import { useKey } from "../kit/use-key.ts"
import { pageWords, tellProblem, useWords, WordsContext } from "../kit/words.ts"
import { SetupForm } from "./form.tsx"
import { Next, type SetupStatus } from "./next.tsx"

/** The set-up page: the form on the first run, afterwards what to do next. */
const Page = () => {
  const { key, asked } = useKey()
  return key === null ? <AskKey wrong={false} /> : <Setup key={key} setupKey={key} asked={asked} />
}

const Setup = ({ setupKey, asked }: { setupKey: string; asked: boolean }) => {
  const { say } = useWords()
  const [status, setStatus] = useState<SetupStatus | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [justNow, setJustNow] = useState(false)
  const call = caller({ relay: location.origin, token: null, headers: { [KEY_HEADER]: setupKey } })

  const read = async (): Promise<void> => {
    setProblem(null)
    try {
      setStatus(await call.json<SetupStatus>("GET", "/api/setup/status"))
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  useEffect(() => void read(), [])

  if (problem?.kind === "refused" && problem.code === "forbidden") return <AskKey wrong={asked} />
  return (
    <main class="setup">
      <header class="setup-head">
        <img src={logo} alt="" />
        {status === null ? null : (
          <>
            <h1>{say(status.done ? "next.title" : "setup.title")}</h1>
            <p class="soft">{say(!status.done ? "setup.lead" : justNow ? "next.lead" : "next.again")}</p>
          </>
        )}
      </header>
      {problem === null ? null : (
        <div class="notice" data-kind="bad" role="alert">
          <p>{tellProblem(say, problem)}</p>
          <button type="button" class="button small" onClick={read}>
            {say("retry")}
          </button>
        </div>
      )}
      {status === null ? null : status.done ? (
        <Next status={status} setupKey={setupKey} />
      ) : (
        <SetupForm
          call={call}
          setupKey={setupKey}
          onDone={({ snippet }) => {
            setJustNow(snippet !== null)
            setStatus({ ...status, done: true, snippet: snippet ?? status.snippet })
            scrollTo({ top: 0 })
          }}
        />
      )}
    </main>
  )
}

render(
  <WordsContext.Provider value={await pageWords()}>
    <Page />
  </WordsContext.Provider>,
  document.getElementById("root")!,
)
