import "./mail-health.css"
import { useCallback, useEffect, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import { momentIn, timeIn } from "../../../../shared/i18n/formatter.ts"
import type { MailHealthView } from "../../../../shared/protocol/mail-health-views.ts"
import type { SettingsView } from "../../../../shared/protocol/views.ts"
import { isTrouble } from "../../../../shared/words/findings.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import type { AdminApi } from "../api.ts"
import { useAdmin } from "../context.ts"
import { Head } from "../kit/page.tsx"
import { tellProblem } from "../words.ts"
import { Destinations } from "./destinations.tsx"
import { Findings } from "./findings.tsx"
import { Probes } from "./probes.tsx"
import { type MailHealthWords, useMailHealthWords } from "./words.ts"

interface Props {
  api: AdminApi
  settings: SettingsView
  language: Language
}

/** Whether mail finds the relay, leaves it and is trusted; and a trial mail that is followed. */
export const MailHealth = ({ api, language }: Props) => {
  const told = useMailHealthWords(language)
  const { say: sayAdmin } = useAdmin()
  const { health, problem, busy, look } = useHealth(api)
  if (told === null) return null
  const { say } = told
  return (
    <>
      <Head
        title={say("title")}
        lead={say("lead")}
        deed={
          <button type="button" class="button" aria-disabled={busy} onClick={() => busy || look()}>
            {say(busy ? "reading" : "again")}
          </button>
        }
      />
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(sayAdmin, problem)}
        </p>
      )}
      {health === null ? (
        problem === null && <p role="status">{say("reading")}</p>
      ) : (
        <>
          <Summary health={health} told={told} />
          <Findings findings={health.findings} told={told} />
          <Destinations api={api} told={told} />
          <Probes api={api} told={told} />
          <Waiting health={health} told={told} />
          <Keys health={health} told={told} />
          <p>
            <a href="/allow" target="_blank" rel="noreferrer">
              {say("to-allow")}
            </a>
          </p>
        </>
      )}
    </>
  )
}

const useHealth = (api: AdminApi) => {
  const [health, setHealth] = useState<MailHealthView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(true)
  const read = useCallback(
    async (anew: boolean, signal?: AbortSignal): Promise<void> => {
      setBusy(true)
      try {
        setHealth(await api.mailHealth(anew, signal))
        setProblem(null)
      } catch (error) {
        if (!signal?.aborted) setProblem(problemOf(error))
      }
      if (!signal?.aborted) setBusy(false)
    },
    [api],
  )
  useEffect(() => {
    const away = new AbortController()
    void read(false, away.signal)
    return () => away.abort()
  }, [read])
  return { health, problem, busy, look: () => void read(true) }
}

const Summary = ({ health, told: { say, language } }: { health: MailHealthView; told: MailHealthWords }) => {
  const count = health.findings.filter(isTrouble).length
  return (
    <p class="notice mail-health-sum" data-kind={count === 0 ? "good" : "warn"} role="status">
      <strong>{count === 0 ? say("all-right") : say("trouble", { count })}</strong>
      <span class="small">{say("checked-at", { time: timeIn(health.checkedAt, language) })}</span>
    </p>
  )
}

const Waiting = ({ health, told: { say, language } }: { health: MailHealthView; told: MailHealthWords }) => {
  const { queued, oldestQueuedAt } = health.queue
  return (
    <section class="card admin-form" aria-labelledby="mail-health-queue">
      <h2 id="mail-health-queue">{say("queue.title")}</h2>
      <p>
        <a href="#/queue">{say("queue.waiting", { count: queued })}</a>{" "}
        {oldestQueuedAt === null ? null : say("queue.oldest", { time: momentIn(oldestQueuedAt, language) })}
      </p>
    </section>
  )
}

const Keys = ({ health, told }: { health: MailHealthView; told: MailHealthWords }) => (
  <section class="card admin-form" aria-labelledby="mail-health-keys">
    <div>
      <h2 id="mail-health-keys">{told.say("keys.title")}</h2>
      <p class="soft">{told.say("keys.lead")}</p>
    </div>
    <ul class="mail-health-keys">
      {health.keys.map((key) => (
        <li key={key.selector}>
          <code>{key.selector}</code>
          <span class="soft">{key.algorithm === "rsa" ? "RSA" : "Ed25519"}</span>
          <span>{stateOf(key, told)}</span>
        </li>
      ))}
    </ul>
  </section>
)

const stateOf = (
  { state, signsFrom, retiresAt, publishedUntil }: MailHealthView["keys"][number],
  { say, language }: MailHealthWords,
): string => {
  const when = (at: number | null): string => (at === null ? "" : momentIn(at, language))
  if (state === "waiting") return say("key.waiting", { time: when(signsFrom) })
  if (state === "signing")
    return retiresAt === null ? say("key.signing") : say("key.signing-until", { time: when(retiresAt) })
  return say("key.retired", { time: when(publishedUntil) })
}
