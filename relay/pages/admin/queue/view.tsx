import { useCallback, useEffect, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import { momentIn } from "../../../../shared/i18n/formatter.ts"
import type { DeliveryView, SettingsView } from "../../../../shared/protocol/views.ts"
import { DELIVERY_STATES, type DeliveryState, type Language } from "../../../../shared/words/nouns.ts"
import type { AdminApi } from "../api.ts"
import { useAdmin } from "../context.ts"
import { Choice } from "../kit/field.tsx"
import { Head } from "../kit/page.tsx"
import { TroubleLine } from "../kit/save.tsx"
import { MAILS, useNews } from "../kit/use-news.ts"
import { useWork } from "../use-form.ts"
import { tellProblem } from "../words.ts"
import { Stop } from "./stop.tsx"
import { type SayQueue, useQueueWords } from "./words.ts"

interface Props {
  api: AdminApi
  settings: SettingsView
  language: Language
}

const KINDS: Partial<Record<DeliveryState, "good" | "warn" | "bad">> = {
  delivered: "good",
  captured: "good",
  held: "warn",
  failed: "bad",
  dropped: "bad",
}

/** What can still be done with a mail. */
const CAN: Record<"retry" | "hold" | "drop", readonly DeliveryState[]> = {
  retry: ["queued", "held", "failed", "dropped"],
  hold: ["queued"],
  drop: ["queued", "held", "failed"],
}

interface Asking {
  how: "hold" | "drop"
  mail: DeliveryView
}

/** Mails of the account on their way out; follows them live. */
export const Queue = ({ api, language }: Props) => {
  const words = useQueueWords(language)
  const { say } = useAdmin()
  const [state, setState] = useState<DeliveryState | "all">("all")
  const [asking, setAsking] = useState<Asking | null>(null)
  const { mails, problem, look } = useMails(api, state === "all" ? null : state)
  if (words === null) return null
  return (
    <>
      <Head title={words("title")} lead={words("lead")} />
      <Choice
        label={words("filter")}
        value={state}
        options={[
          { value: "all", name: words("all") },
          ...DELIVERY_STATES.map((value) => ({ value, name: words(`state.${value}`) })),
        ]}
        onChoose={setState}
      />
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
      {mails === null ? (
        problem === null && <p role="status">{words("reading")}</p>
      ) : mails.length === 0 ? (
        <p class="soft" role="status">
          {words("none")}
        </p>
      ) : (
        <ul class="admin-cards">
          {mails.map((mail) => (
            <Mail
              key={mail.id}
              mail={mail}
              words={words}
              language={language}
              onAsk={(how) => setAsking({ how, mail })}
              onDone={look}
            />
          ))}
        </ul>
      )}
      {asking === null ? null : (
        <Stop {...asking} words={words} onDone={look} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

const useMails = (api: AdminApi, state: DeliveryState | null) => {
  const [mails, setMails] = useState<DeliveryView[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  const look = useCallback(() => setTurn((before) => before + 1), [])
  // `turn` is not read: with another it is to be asked anew.
  useEffect(() => {
    const away = new AbortController()
    api.queue(state, away.signal).then(
      (answer) => {
        setMails(answer.mails)
        setProblem(null)
      },
      (error: unknown) => {
        if (!away.signal.aborted) setProblem(problemOf(error))
      },
    )
    return () => away.abort()
  }, [api, state, turn])
  useNews(api, MAILS, look)
  return { mails, problem, look }
}

const Mail = ({
  mail,
  words,
  language,
  onAsk,
  onDone,
}: {
  mail: DeliveryView
  words: SayQueue
  language: Language
  onAsk: (how: "hold" | "drop") => void
  onDone: () => void
}) => {
  const { api } = useAdmin()
  const { busy, trouble, work } = useWork()
  const retry = async (): Promise<void> => {
    if (await work(() => api.retryMail(mail.id))) onDone()
  }
  return (
    <li class="card admin-item">
      <div class="admin-item-words">
        <h2 class="admin-breaking">
          <bdi>{mail.subject}</bdi>
        </h2>
        <p class="admin-pills">
          <span class="pill" data-kind={KINDS[mail.state]}>
            {words(`state.${mail.state}`)}
          </span>
          <span class="pill">{words(`kind.${mail.kind}`)}</span>
        </p>
        <p class="small soft admin-breaking">{words("to", { address: mail.to })}</p>
        <p class="small soft">
          {[
            words("since", { when: momentIn(mail.createdAt, language) }),
            words("tries", { count: mail.attempts }),
            ...(mail.nextAt === null || mail.state !== "queued"
              ? []
              : [words("next", { when: momentIn(mail.nextAt, language) })]),
          ].join(" · ")}
        </p>
        {mail.answer === null ? null : (
          <p class="small admin-breaking">{words("answer", { answer: mail.answer })}</p>
        )}
        {mail.note === null ? null : <p class="small admin-breaking">{words("note", { note: mail.note })}</p>}
        <TroubleLine trouble={trouble} />
      </div>
      <div class="admin-item-deeds">
        {CAN.retry.includes(mail.state) ? (
          <button
            type="button"
            class="button small"
            aria-label={`${words("retry")}: ${mail.subject}`}
            disabled={busy}
            onClick={() => void retry()}
          >
            {words("retry")}
          </button>
        ) : null}
        {(["hold", "drop"] as const)
          .filter((how) => CAN[how].includes(mail.state))
          .map((how) => (
            <button
              key={how}
              type="button"
              class="button small quiet"
              aria-label={`${words(how)} ${mail.subject}`}
              onClick={() => onAsk(how)}
            >
              {words(how)}
            </button>
          ))}
      </div>
    </li>
  )
}
