import "./timeline.css"
import { useState } from "preact/hooks"
import { momentIn } from "../../../../shared/i18n/formatter.ts"
import type { SayInsight } from "../../../../shared/i18n/insight/tell.ts"
import type { SettingsView } from "../../../../shared/protocol/views.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { DAY, HOUR, MINUTE, type Millis } from "../../../../shared/words/time.ts"
import type { AdminApi } from "../api.ts"
import { useAdmin } from "../context.ts"
import { useInsightWords } from "../insight-words.ts"
import { Head } from "../kit/page.tsx"
import { tellProblem } from "../words.ts"
import { moved, type Window, zoomed } from "./geometry.ts"
import { Legend } from "./legend.tsx"
import { List } from "./list.tsx"
import { Picture } from "./picture.tsx"
import { isEmpty } from "./rows.ts"
import { useTimeline } from "./use-timeline.ts"

const LENGTHS = { hour: HOUR, day: DAY, week: 7 * DAY } as const
type Length = keyof typeof LENGTHS

/** A little room after now, so that its line is seen. */
const latest = (length: Millis): Window => {
  const to = Date.now() + Math.max(MINUTE, length / 50)
  return { from: to - length, to }
}

/** Who was there when, by which device; what the light showed; what was decided. */
export const Timeline = ({
  api,
  settings,
  language,
}: {
  api: AdminApi
  settings: SettingsView
  language: Language
}) => {
  const say = useInsightWords(language)
  const { say: sayAdmin } = useAdmin()
  const [window, setWindow] = useState<Window>(() => latest(3 * HOUR))
  const [cursor, setCursor] = useState<Millis | null>(null)
  const [agentId, setAgentId] = useState<AgentId | null>(null)
  const { view, problem, again } = useTimeline(api, window, agentId)
  if (say === null) return null

  return (
    <>
      <Head title={say("timeline.title")} lead={say("timeline.lead")} />
      <Controls
        window={window}
        onWindow={setWindow}
        cursor={cursor}
        settings={settings}
        agentId={agentId}
        onAgent={setAgentId}
        say={say}
      />
      {problem === null ? null : (
        <p class="notice" data-kind="bad" role="alert">
          {tellProblem(sayAdmin, problem)}{" "}
          <button type="button" class="button small" onClick={again}>
            {say("retry")}
          </button>
        </p>
      )}
      {view === null ? (
        problem === null && <p role="status">{say("reading")}</p>
      ) : (
        <>
          {view.cut && view.to < window.to ? (
            <p class="notice small" data-kind="warn">
              {say("cut", { time: momentIn(view.to, language) })}
            </p>
          ) : null}
          {view.keptFrom > window.from ? (
            <p class="small soft">{say("kept", { time: momentIn(view.keptFrom, language) })}</p>
          ) : null}
          {isEmpty(view) ? <p class="notice small">{say("empty")}</p> : null}
          <Picture
            view={view}
            window={window}
            onWindow={setWindow}
            cursor={cursor}
            onCursor={setCursor}
            say={say}
            language={language}
          />
          <Legend say={say} />
          <List view={view} window={window} say={say} language={language} />
        </>
      )}
    </>
  )
}

const Controls = ({
  window,
  onWindow,
  cursor,
  settings,
  agentId,
  onAgent,
  say,
}: {
  window: Window
  onWindow: (window: Window) => void
  cursor: Millis | null
  settings: SettingsView
  agentId: AgentId | null
  onAgent: (id: AgentId | null) => void
  say: SayInsight
}) => {
  const length = window.to - window.from
  const middle = (window.from + window.to) / 2
  const anchor = cursor !== null && cursor >= window.from && cursor <= window.to ? cursor : middle
  const choose = (of: Length): void => {
    const now = Date.now()
    if (window.to >= now) onWindow(latest(LENGTHS[of]))
    else onWindow(moved({ from: anchor - LENGTHS[of] / 2, to: anchor + LENGTHS[of] / 2 }, 0, now))
  }
  const zoom = (factor: number) => () => onWindow(zoomed(window, factor, anchor))
  const move = (share: number) => () => onWindow(moved(window, share * length, Date.now()))
  return (
    <div class="tl-controls">
      <fieldset class="tl-lengths">
        <legend class="hidden">{say("range.label")}</legend>
        {(Object.keys(LENGTHS) as Length[]).map((of) => (
          <button
            key={of}
            type="button"
            class="button small"
            aria-pressed={Math.abs(length - LENGTHS[of]) < MINUTE}
            onClick={() => choose(of)}
          >
            {say(`range.${of}`)}
          </button>
        ))}
      </fieldset>
      <label class="tl-date">
        <span class="hidden">{say("date")}</span>
        <input
          type="date"
          max={dateValue(Date.now())}
          value={dateValue(anchor)}
          onChange={(event) => {
            const from = new Date(`${event.currentTarget.value}T00:00`).getTime()
            if (!Number.isNaN(from)) onWindow(moved({ from, to: endOfDay(from) }, 0, Date.now()))
          }}
        />
      </label>
      <span class="tl-moves">
        <Press name={say("earlier")} onPress={move(-0.5)} sign="‹" />
        <Press name={say("later")} onPress={move(0.5)} sign="›" />
        <Press name={say("zoom.out")} onPress={zoom(1.6)} sign="−" />
        <Press name={say("zoom.in")} onPress={zoom(1 / 1.6)} sign="+" />
        <button type="button" class="button small" onClick={() => onWindow(latest(length))}>
          {say("to-now")}
        </button>
      </span>
      <label class="tl-who">
        <span class="hidden">{say("who")}</span>
        <select
          value={agentId ?? ""}
          onChange={(event) => onAgent((event.currentTarget.value || null) as AgentId | null)}
        >
          <option value="">{say("who.all")}</option>
          {settings.team.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

const Press = ({ name, sign, onPress }: { name: string; sign: string; onPress: () => void }) => (
  <button type="button" class="button small icon" aria-label={name} title={name} onClick={onPress}>
    <span aria-hidden="true">{sign}</span>
  </button>
)

const dateValue = (at: Millis): string => {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, "0")
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Midnight after a midnight: days of a change of clock are longer or shorter. */
const endOfDay = (from: Millis): Millis => {
  const date = new Date(from)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
}
