import { render } from "preact"
import { useEffect, useState } from "preact/hooks"
import logo from "../../../shared/design/logo.svg"
import { caller } from "../../../shared/desk/http-port.ts"
import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import type { UnsubscribeView } from "../../../shared/protocol/views.ts"
import { pageWords, type SayPage, tellProblem, useWords, WordsContext } from "../kit/words.ts"

/**
 * "Switch these mails off": where the link in a notice leads. Opening it changes nothing (mail scanners open
 * links too); the button does. Mail programs post to the same address by themselves (RFC 8058).
 */
const call = caller({ relay: location.origin, token: null })
const token = location.pathname.split("/").at(-1) ?? ""

const Page = () => (
  <main class="page-card">
    <div class="card page-form">
      <Stop />
    </div>
  </main>
)

const Stop = () => {
  const { say } = useWords()
  const [view, setView] = useState<UnsubscribeView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  const ask = async (path: string): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      setView(await call.json<UnsubscribeView>("POST", path, { token }))
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  useEffect(() => void ask("/api/unsubscribe/read"), [])

  if (view === null) {
    return (
      <>
        <Brand title={say("stop.title")} />
        {problem === null ? null : (
          <p class="notice" data-kind={leadsNowhere(problem) ? "warn" : "bad"} role="alert">
            {leadsNowhere(problem) ? say("stop.nowhere") : tellProblem(say, problem)}
          </p>
        )}
        {problem === null ? (
          <p class="soft">{say("mailbox.reading")}</p>
        ) : leadsNowhere(problem) ? (
          <Desk />
        ) : (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void ask("/api/unsubscribe/read")}
          >
            {say("retry")}
          </button>
        )}
      </>
    )
  }
  const { account, address } = view
  return (
    <>
      <Brand title={say("stop.lead", { account, address })} />
      {isOff(view) ? (
        <>
          <p class="notice" data-kind="good" role="status">
            {say("stop.done", { address })}
          </p>
          {view.unreached.length > 0 ? (
            <p class="notice" data-kind="warn" role="status">
              {say("stop.unreached")}
            </p>
          ) : null}
          <p class="soft">{say("stop.again")}</p>
          <Desk />
        </>
      ) : (
        <>
          <ul class="stop-list">
            {linesOf(view, say).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {problem === null ? null : (
            <p class="notice" data-kind="bad" role="alert">
              {tellProblem(say, problem)}
            </p>
          )}
          <button
            type="button"
            class="button primary"
            disabled={busy}
            onClick={() => void ask("/api/unsubscribe")}
          >
            {say(busy ? "stop.going" : "stop.go")}
          </button>
          <p class="soft">{say("stop.what")}</p>
        </>
      )}
    </>
  )
}

const Brand = ({ title }: { title: string }) => (
  <header class="page-brand stop-head">
    <img src={logo} alt="" />
    <h1>{title}</h1>
  </header>
)

const Desk = () => {
  const { say } = useWords()
  return (
    <a class="button" href="/desk">
      {say("take.desk")}
    </a>
  )
}

const isOff = ({ agents, sentOn }: UnsubscribeView): boolean => agents.length + sentOn.length === 0

/** What the button would switch off, a line each. */
const linesOf = ({ agents, sentOn }: UnsubscribeView, say: SayPage): string[] => [
  ...agents.map((name) => say("stop.agent", { name })),
  ...sentOn.map(({ kind, name }) => say(`stop.sent-on.${kind}`, { name })),
]

const leadsNowhere = (problem: Problem): boolean =>
  problem.kind === "refused" && (problem.code === "not-found" || problem.code === "bad-input")

const words = await pageWords()
document.title = `${words.say("stop.title")} · Porchlight`
render(
  <WordsContext.Provider value={words}>
    <Page />
  </WordsContext.Provider>,
  document.getElementById("root")!,
)
