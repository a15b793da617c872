import { momentIn } from "../../../../shared/i18n/formatter.ts"
import { type SayInsight, tellMark } from "../../../../shared/i18n/insight/tell.ts"
import type { TimelineView } from "../../../../shared/protocol/views.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import type { Millis } from "../../../../shared/words/time.ts"
import type { Window } from "./geometry.ts"
import { barsIn, rowsOf } from "./rows.ts"

/** Lines that are read; more are no list that anybody reads. */
const LINES = 500

interface Entry {
  from: Millis
  to: Millis | null
  who: string
  what: string
}

/** The facts of the picture as a table, oldest first: for those who read rather than look. */
export const List = ({
  view,
  window,
  say,
  language,
}: {
  view: TimelineView
  window: Window
  say: SayInsight
  language: Language
}) => {
  const nameOf = (id: AgentId): string => view.agents.find((agent) => agent.id === id)?.name ?? "–"
  const bars = rowsOf(view, language).flatMap((row) =>
    barsIn(row.bars, window).map((bar): Entry => {
      const who =
        row.kind === "light"
          ? row.group === null
            ? say("row.sites")
            : say("row.light", { group: row.group })
          : row.kind === "device"
            ? `${row.agent}, ${row.name}`
            : row.name
      return { from: bar.from, to: bar.to, who, what: say(bar.look) }
    }),
  )
  const marks = view.marks
    .filter((mark) => mark.at >= window.from && mark.at < window.to)
    .map((mark): Entry => {
      const visitor = mark.visitor === "" ? say("visitor") : mark.visitor
      return { from: mark.at, to: null, who: visitor, what: tellMark(say, mark, nameOf, language) }
    })
  const entries = [...bars, ...marks].sort((a, b) => a.from - b.from)
  return (
    <details class="tl-list">
      <summary>{say("list")}</summary>
      <div class="tl-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("list.from")}</th>
              <th scope="col">{say("list.to")}</th>
              <th scope="col">{say("who")}</th>
              <th scope="col">{say("list.what")}</th>
            </tr>
          </thead>
          <tbody>
            {entries.slice(0, LINES).map((entry, index) => (
              <tr key={index}>
                <td>{momentIn(entry.from, language)}</td>
                <td>{entry.to === null ? "" : momentIn(entry.to, language)}</td>
                <td>
                  <bdi>{entry.who}</bdi>
                </td>
                <td>{entry.what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {entries.length > LINES ? <p>{say("list.more", { count: entries.length - LINES })}</p> : null}
    </details>
  )
}
