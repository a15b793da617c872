import "./simulator.css"
import { useCallback, useEffect, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import { listOf, timeIn } from "../../../../shared/i18n/formatter.ts"
import type { SayInsight } from "../../../../shared/i18n/insight/tell.ts"
import { tellReason } from "../../../../shared/i18n/reasons/tell.ts"
import { tellWhen } from "../../../../shared/i18n/when/tell.ts"
import type { Foresight, ForesightOf, SettingsView } from "../../../../shared/protocol/views.ts"
import type { GroupId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import type { AdminApi } from "../api.ts"
import { useAdmin } from "../context.ts"
import { useInsightWords } from "../insight-words.ts"
import { Head } from "../kit/page.tsx"
import { kinds, useNews } from "../kit/use-news.ts"
import { tellProblem } from "../words.ts"

interface Props {
  api: AdminApi
  settings: SettingsView
  language: Language
}

/** "If a visitor wrote now": asked anew whenever settings or lights change, and on demand. */
export const Simulator = ({ api, settings, language }: Props) => {
  const say = useInsightWords(language)
  const { say: sayAdmin } = useAdmin()
  const [chosen, setChosen] = useState<GroupId | null>(null)
  const groupId = settings.groups.some(({ id }) => id === chosen) ? chosen : null
  const { told, problem, look } = useForesight(api, groupId, settings)
  if (say === null) return null
  return (
    <>
      <Head
        title={say("simulator.title")}
        lead={say("simulator.lead")}
        deed={
          <button type="button" class="button" onClick={look}>
            {say("simulator.again")}
          </button>
        }
      />
      {settings.groups.length === 0 ? null : (
        <label class="field simulator-group">
          <span>{say("simulator.to")}</span>
          <select
            value={groupId ?? ""}
            onChange={(event) => setChosen((event.currentTarget.value || null) as GroupId | null)}
          >
            <option value="">{say("no-group")}</option>
            {settings.groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(sayAdmin, problem)}
        </p>
      )}
      {told === null ? (
        problem === null && <p role="status">{say("reading")}</p>
      ) : (
        <Told told={told} say={say} language={language} />
      )}
    </>
  )
}

const useForesight = (api: AdminApi, groupId: GroupId | null, settings: SettingsView) => {
  const [told, setTold] = useState<Foresight | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  const look = useCallback(() => setTurn((before) => before + 1), [])
  // `settings` and `turn` are not read: with either it is to be asked anew.
  useEffect(() => {
    const away = new AbortController()
    api.simulate(groupId, away.signal).then(
      (answer) => {
        setTold(answer)
        setProblem(null)
      },
      (error: unknown) => {
        if (!away.signal.aborted) setProblem(problemOf(error))
      },
    )
    return () => away.abort()
  }, [api, groupId, settings, turn])
  useNews(api, CHANGING, look)
  return { told, problem, look }
}

/** Events after which something else would come of a message. */
const CHANGING = kinds("presence", "intent", "hours", "light", "team", "settings")

const Told = ({ told, say, language }: { told: Foresight; say: SayInsight; language: Language }) => (
  <>
    <p class="simulator-light" role="status">
      <span class="lamp" data-on={told.light} aria-hidden="true" />
      <strong>{say(told.light ? "light.on" : "light.off")}</strong>
      {told.opensAt === null ? null : (
        <span>{say("simulator.opens", { when: tellWhen(told.opensAt, told.now, language) })}</span>
      )}
      <span class="small soft">{say("simulator.as-of", { time: timeIn(told.now, language) })}</span>
    </p>
    <Kind
      title={say("simulator.offline")}
      lead={say("simulator.offline.lead")}
      of={told.offline}
      say={say}
      language={language}
    />
    <Kind
      title={say("simulator.missed")}
      lead={say("simulator.missed.lead")}
      of={told.missed}
      say={say}
      language={language}
    />
  </>
)

const Kind = ({
  title,
  lead,
  of,
  say,
  language,
}: {
  title: string
  lead: string
  of: ForesightOf
  say: SayInsight
  language: Language
}) => {
  const spared = of.agents.filter(({ reason }) => reason.code !== "sent-to")
  return (
    <section class="card simulator-kind">
      <header>
        <h2>{title}</h2>
        <p class="small soft">{lead}</p>
      </header>
      {of.at === null ? (
        <p class="simulator-none">{say("simulator.none")}</p>
      ) : (
        <ul class="simulator-mails">
          {of.mails.map((mail) => (
            <li key={mail.address}>
              {say("simulator.mail", {
                time: timeIn(of.at!, language),
                address: mail.address,
                names: listOf([...mail.forWhom, ...(mail.inbox ? [say("simulator.inbox")] : [])], language),
              })}
            </li>
          ))}
        </ul>
      )}
      {spared.length === 0 ? null : <h3 class="small">{say("simulator.agents")}</h3>}
      <ul class="simulator-agents">
        {spared.map(({ id, name, reason }) => {
          const { text, todo } = tellReason(reason, language, undefined, name)
          return (
            <li key={id}>
              <strong>
                <bdi>{name}</bdi>
              </strong>
              <span>
                {text}
                {todo === null ? null : <small class="soft">{say("simulator.todo", { todo })}</small>}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
