import { render } from "preact"
import { useEffect, useState } from "preact/hooks"
import logo from "../../../shared/design/logo.svg"
import { caller } from "../../../shared/desk/http-port.ts"
import { isAbort, type Problem, problemOf } from "../../../shared/desk/problem.ts"
import type { DeliveryId } from "../../../shared/words/ids.ts"
import { SECOND } from "../../../shared/words/time.ts"
import { AskKey } from "../kit/ask-key.tsx"
import { KEY_HEADER } from "../kit/key.ts"
import { useKey } from "../kit/use-key.ts"
import { pageWords, tellProblem, useWords, WordsContext } from "../kit/words.ts"
import { MailListView } from "./list.tsx"
import { MailView } from "./mail.tsx"
import type { MailList, OneMail } from "./mails.ts"

const READ_EVERY = 2 * SECOND

/** The mailbox page: what the relay would send, as it comes. */
const Page = () => {
  const { key, asked } = useKey()
  return key === null ? <AskKey wrong={false} /> : <Mailbox key={key} mailboxKey={key} asked={asked} />
}

const Mailbox = ({ mailboxKey, asked }: { mailboxKey: string; asked: boolean }) => {
  const { say } = useWords()
  const [chosen, setChosen] = useState<DeliveryId | null>(null)
  const { list, problem } = useList(mailboxKey)
  const state = list?.mails.find(({ id }) => id === chosen)?.state
  const one = useMail(mailboxKey, chosen, state)

  if (problem?.kind === "refused" && problem.code === "forbidden") return <AskKey wrong={asked} />
  return (
    <div class="mailbox" data-chosen={chosen !== null}>
      <header class="mailbox-head">
        <img src={logo} alt="" />
        <h1>{say("mailbox.title")}</h1>
        <p class="small soft" role="status">
          {problem !== null
            ? `${tellProblem(say, problem)} ${say("mailbox.lost")}`
            : list === null
              ? say("mailbox.reading")
              : say(list.capture ? "mailbox.capture" : "mailbox.leaves")}
        </p>
      </header>
      <main class="mailbox-panes">
        {list === null ? <div /> : <MailListView mails={list.mails} chosen={chosen} onChoose={setChosen} />}
        {one === null ? (
          <div class="mailbox-empty mailbox-choose">
            <p class="soft">{say(chosen === null ? "mailbox.choose" : "mailbox.reading")}</p>
          </div>
        ) : (
          <MailView key={one.mail.id} one={one} onBack={() => setChosen(null)} />
        )}
      </main>
    </div>
  )
}

const callWith = (key: string) =>
  caller({ relay: location.origin, token: null, headers: { [KEY_HEADER]: key } })

/** The list, read again every two seconds while somebody can see it. */
const useList = (key: string): { list: MailList | null; problem: Problem | null } => {
  const [list, setList] = useState<MailList | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    const stopped = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      try {
        setList(await callWith(key).json<MailList>("GET", "/api/mailbox", undefined, stopped.signal))
        setProblem(null)
      } catch (error) {
        if (isAbort(error)) return
        setProblem(problemOf(error))
      }
      timer = setTimeout(wait, READ_EVERY)
    }
    const wait = (): void => {
      if (document.visibilityState === "visible") void read()
      else document.addEventListener("visibilitychange", wait, { once: true, signal: stopped.signal })
    }
    void read()
    return () => {
      stopped.abort()
      clearTimeout(timer)
    }
  }, [key])
  return { list, problem }
}

/** The mail that is chosen, read again when its state changes. */
const useMail = (key: string, id: DeliveryId | null, state: string | undefined): OneMail | null => {
  const [one, setOne] = useState<OneMail | null>(null)
  useEffect(() => {
    if (id === null) return setOne(null)
    const stopped = new AbortController()
    const read = async (): Promise<void> => {
      try {
        setOne(await callWith(key).json<OneMail>("GET", `/api/mailbox/${id}`, undefined, stopped.signal))
      } catch (error) {
        // What went wrong is said by the list, which asks the same relay every two seconds.
        if (!isAbort(error)) problemOf(error)
      }
    }
    void read()
    return () => stopped.abort()
  }, [key, id, state])
  return id === null || one?.mail.id !== id ? null : one
}

render(
  <WordsContext.Provider value={await pageWords()}>
    <Page />
  </WordsContext.Provider>,
  document.getElementById("root")!,
)
