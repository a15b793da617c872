import { render } from "preact"
import { useEffect, useState } from "preact/hooks"
import logo from "../../../shared/design/logo.svg"
import { caller } from "../../../shared/desk/http-port.ts"
import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import { momentIn } from "../../../shared/i18n/formatter.ts"
import type { TakeView } from "../../../shared/protocol/views.ts"
import { pageWords, type SayPage, tellProblem, useWords, WordsContext } from "../kit/words.ts"
import { TakeForm, type Taker } from "./form.tsx"

/**
 * "I'll take it": where the link in a mail to a general inbox leads. Opening it changes nothing (mail
 * scanners open links too); the button does.
 */
const call = caller({ relay: location.origin, token: null })

/** The token stands in the hash, which browsers send to nobody. */
const tokenIn = (hash: string): string => hash.replace(/^#/, "").trim()

const Page = () => {
  const [token, setToken] = useState(() => tokenIn(location.hash))
  useEffect(() => {
    const follow = (): void => setToken(tokenIn(location.hash))
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  return (
    <main class="page-card take">
      <div class="card page-form">
        <Take key={token} token={token} />
      </div>
    </main>
  )
}

const Take = ({ token }: { token: string }) => {
  const { say, language } = useWords()
  const [view, setView] = useState<TakeView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [mine, setMine] = useState(false)
  const [busy, setBusy] = useState(false)

  const work = async (doIt: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      await doIt()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }
  const read = async (): Promise<void> =>
    setView(await call.json<TakeView>("POST", "/api/take/read", { token }))
  const take = (taker: Taker): Promise<void> =>
    work(async () => {
      try {
        const body = { token, ...taker, takenAt: view?.takenAt ?? null }
        setView(await call.json<TakeView>("POST", "/api/take", body))
        setMine(true)
      } catch (error) {
        // Somebody was faster: who has it now is shown before anybody is relieved of it.
        if (isStale(problemOf(error))) await read()
        throw error
      }
    })
  useEffect(() => void work(read), [])

  if (view === null) {
    return (
      <>
        <Brand title={say("take.title")} />
        {problem === null ? (
          <p class="soft">{say("mailbox.reading")}</p>
        ) : (
          <>
            <p class="notice" data-kind={leadsNowhere(problem) ? "warn" : "bad"} role="alert">
              {leadsNowhere(problem) ? say("take.nowhere") : tellProblem(say, problem)}
            </p>
            {leadsNowhere(problem) ? (
              <a class="button" href="/desk">
                {say("take.desk")}
              </a>
            ) : (
              <button type="button" class="button" disabled={busy} onClick={() => void work(read)}>
                {say("retry")}
              </button>
            )}
          </>
        )}
      </>
    )
  }
  const visitor = view.visitor || say("take.visitor")
  return (
    <>
      <Brand title={say("take.lead", { visitor, site: view.site })} />
      <blockquote class="take-words" dir="auto">
        {view.excerpt}
      </blockquote>
      {mine ? (
        <Done view={view} />
      ) : (
        <>
          {problem === null ? null : (
            <p class="notice" data-kind="warn" role="alert">
              {isStale(problem) ? say("take.changed") : tellProblem(say, problem)}
            </p>
          )}
          <p>{standing(view, say, (at) => momentIn(at, language))}</p>
          <TakeForm agents={view.agents} over={view.takenBy !== null} busy={busy} onTake={take} />
        </>
      )}
    </>
  )
}

const Brand = ({ title }: { title: string }) => (
  <header class="page-brand take-head">
    <img src={logo} alt="" />
    <h1>{title}</h1>
  </header>
)

const Done = ({ view }: { view: TakeView }) => {
  const { say } = useWords()
  return (
    <>
      <p class="notice" data-kind="good" role="status">
        {say("take.done", { name: view.takenBy ?? "" })}
      </p>
      <p class="soft">{say("take.next")}</p>
      <a class="button" href="/desk">
        {say("take.desk")}
      </a>
    </>
  )
}

const standing = (view: TakeView, say: SayPage, when: (at: number) => string): string => {
  if (view.takenBy !== null)
    return say("take.has", { name: view.takenBy, when: view.takenAt === null ? "" : when(view.takenAt) })
  return say(view.state === "closed" ? "take.closed" : "take.nobody")
}

const isStale = (problem: Problem): boolean => problem.kind === "refused" && problem.code === "stale"
const leadsNowhere = (problem: Problem): boolean =>
  problem.kind === "refused" && (problem.code === "not-found" || problem.code === "bad-input")

const words = await pageWords()
document.title = `${words.say("take.title")} · Porchlight`
render(
  <WordsContext.Provider value={words}>
    <Page />
  </WordsContext.Provider>,
  document.getElementById("root")!,
)
