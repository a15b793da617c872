import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { momentIn, timeIn } from "../../../../shared/i18n/formatter.ts"
import { type SayInsight, tellMark, tellStanding } from "../../../../shared/i18n/insight/tell.ts"
import type { TimelineView } from "../../../../shared/protocol/views.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { DAY, MINUTE, type Millis } from "../../../../shared/words/time.ts"
import { Axis } from "./axis.tsx"
import { type Cluster, clustersIn, shareOf, type Window } from "./geometry.ts"
import { type Bar, barsIn, type Row, rowsOf } from "./rows.ts"
import { useGestures } from "./use-gestures.ts"

/** Nearer marks are one button with a number. */
const MARK_GAP = 26

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`

/** Where a bar stands, as far as it is seen. */
const placeOf = ({ from, to }: { from: Millis; to: Millis }, window: Window) => {
  const begin = Math.max(0, shareOf(from, window))
  return { insetInlineStart: percent(begin), inlineSize: percent(Math.min(1, shareOf(to, window)) - begin) }
}

export interface PictureProps {
  view: TimelineView
  window: Window
  onWindow: (window: Window) => void
  cursor: Millis | null
  onCursor: (at: Millis) => void
  say: SayInsight
  language: Language
}

/**
 * The picture: times on top, what happened, lights, then a line an agent and a line a device. Beneath it stands
 * in words what is pointed at.
 */
export const Picture = (props: PictureProps) => {
  const { view, window, onWindow, cursor, say, language } = props
  // Of the last moments nothing may be read yet, and of those to come nothing is known.
  const onCursor = (at: Millis): void =>
    props.onCursor(at > Date.now() - MINUTE ? Math.min(at, view.to - 1) : at)
  const picture = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLDivElement>(null)
  const width = useWidth(track)
  const [marked, setMarked] = useState<Cluster | null>(null)
  const [pointed, setPointed] = useState<string | null>(null)
  useGestures(picture, track, { window, onWindow, onPoint: onCursor })
  const rows = useMemo(() => rowsOf(view, language), [view, language])
  const clusters = clustersIn(view.marks, window, width, MARK_GAP)
  const moment = (at: Millis): string =>
    window.to - window.from > DAY || !isToday(at) ? momentIn(at, language) : timeIn(at, language)
  const words = cursor === null ? say("axis.hint") : tellStanding(say, view, cursor, language, moment)
  const nameOf = (id: AgentId): string => view.agents.find((agent) => agent.id === id)?.name ?? "–"

  return (
    <>
      <div class="tl-answer" role="status">
        {words}
      </div>
      <section
        ref={picture}
        class="tl"
        aria-label={say("picture", {
          from: momentIn(window.from, language),
          to: momentIn(window.to, language),
        })}
        onPointerLeave={() => setPointed(null)}
      >
        <Axis {...props} onCursor={onCursor} track={track} width={width} words={words} />
        <div class="tl-row tl-marks">
          <span class="tl-label">{say("row.happened")}</span>
          <div class="tl-track">
            {clusters.map((cluster) => (
              <MarkButton
                key={cluster.at}
                cluster={cluster}
                window={window}
                chosen={marked !== null && marked.marks[0] === cluster.marks[0]}
                words={
                  cluster.marks.length === 1
                    ? `${moment(cluster.at)}: ${tellMark(say, cluster.marks[0]!, nameOf, language)}`
                    : say("several", {
                        count: cluster.marks.length,
                        from: moment(cluster.at),
                        to: moment(cluster.marks.at(-1)!.at),
                      })
                }
                onChoose={() => {
                  setMarked(cluster)
                  onCursor(cluster.at)
                }}
              />
            ))}
          </div>
        </div>
        {rows.map((row) => (
          <Line
            key={`${row.kind} ${row.id}`}
            row={row}
            window={window}
            say={say}
            onBar={setPointed}
            moment={moment}
          />
        ))}
        {cursor === null || cursor < window.from || cursor > window.to ? null : (
          <div class="tl-over" aria-hidden="true">
            <div class="tl-cursor" style={{ insetInlineStart: percent(shareOf(cursor, window)) }}>
              <span>{timeIn(cursor, language)}</span>
            </div>
          </div>
        )}
      </section>
      <p class="tl-pointed small soft" aria-hidden="true">
        {pointed}
      </p>
      {marked === null ? null : (
        <ul class="tl-marked" aria-live="polite">
          {marked.marks.slice(0, 50).map((mark) => (
            <li key={`${mark.at} ${mark.kind} ${mark.conversationId}`}>
              <span class="tl-icon" data-kind={mark.kind} aria-hidden="true" />
              <time>{moment(mark.at)}</time>
              <span>{tellMark(say, mark, nameOf, language)}</span>
              <a href={`/desk#/c/${mark.conversationId}`}>{say("conversation")}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const isToday = (at: Millis): boolean => new Date(at).toDateString() === new Date().toDateString()

const MarkButton = ({
  cluster,
  window,
  chosen,
  words,
  onChoose,
}: {
  cluster: Cluster
  window: Window
  chosen: boolean
  words: string
  onChoose: () => void
}) => {
  const kinds = new Set(cluster.marks.map((mark) => mark.kind))
  // A mail says more than the decision that led to it, and both more than the message.
  const kind = kinds.has("mail") ? "mail" : kinds.has("message") ? "message" : "verdict"
  return (
    <button
      type="button"
      class="tl-mark"
      data-kind={kind}
      aria-label={words}
      aria-pressed={chosen}
      title={words}
      style={{ insetInlineStart: percent(shareOf(cluster.at, window)) }}
      onClick={onChoose}
      onFocus={onChoose}
    >
      <span class="tl-icon" data-kind={kind} aria-hidden="true" />
      {cluster.marks.length > 1 ? <small>{cluster.marks.length}</small> : null}
    </button>
  )
}

const labelOf = (row: Row, say: SayInsight): string => {
  if (row.kind === "light")
    return row.group === null ? say("row.sites") : say("row.light", { group: row.group })
  return row.name
}

const Line = ({
  row,
  window,
  say,
  moment,
  onBar,
}: {
  row: Row
  window: Window
  say: SayInsight
  moment: (at: Millis) => string
  onBar: (words: string | null) => void
}) => {
  const label = labelOf(row, say)
  const who = row.kind === "device" ? `${row.agent}, ${label}` : label
  const tell = (bar: Bar): string =>
    say("span", { what: `${who}: ${say(bar.look)}`, from: moment(bar.from), to: moment(bar.to) })
  return (
    <div class="tl-row" data-kind={row.kind}>
      <span class="tl-label" title={label}>
        <bdi>{label}</bdi>
        {row.kind === "agent" && row.alone ? <small class="soft"> {say("no-devices")}</small> : null}
      </span>
      <div class="tl-track">
        {barsIn(row.bars, window).map((bar) => (
          <div
            key={`${bar.look} ${bar.from}`}
            class="tl-bar"
            data-look={bar.look}
            style={placeOf(bar, window)}
            onPointerEnter={() => onBar(tell(bar))}
          >
            <span>{say(bar.look)}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

/** Width of an element in px, as it changes. */
const useWidth = (element: { current: HTMLElement | null }): number => {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
