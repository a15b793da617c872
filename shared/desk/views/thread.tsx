import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import { dayIn } from "../../i18n/formatter.ts"
import type { ConversationView } from "../../protocol/views.ts"
import type { InboundMailId } from "../../words/ids.ts"
import { SECOND } from "../../words/time.ts"
import type { DeskState } from "../state.ts"
import { type TimelineItem, timelineOf } from "../timeline.ts"
import { Automatic } from "./automatic.tsx"
import { useDesk, useLooking } from "./context.ts"
import { HandOver } from "./hand-over.tsx"
import { Icon } from "./icon.tsx"
import { useLook } from "./look.ts"
import { Mail } from "./mail.tsx"
import { Message } from "./message.tsx"
import { Original } from "./original.tsx"
import { Pending } from "./pending.tsx"
import { Rating } from "./rating.tsx"
import { Unconfirmed } from "./unconfirmed.tsx"

/** A line or two from the end still counts as being there. */
const NEAR_END = 80
/** How long a conversation is to be visible and focused to count as opened (rules.md, Words). */
const OPENED_AFTER = 1 * SECOND

/** The messages of a conversation with all that belongs to them; keeps to the end unless one has scrolled up. */
export const Thread = ({
  state,
  view,
  busy,
}: {
  state: DeskState
  view: ConversationView
  busy: boolean
}) => {
  const { say, language } = useDesk()
  const [original, setOriginal] = useState<InboundMailId | null>(null)
  const items = timelineOf(view, state.pending, state.toolbar?.me.id ?? null, (at) => dayIn(at, language))
  const lastSeq = view.messages.at(-1)?.seq ?? 0
  const { scroller, content, atEnd, seenSeq, toEnd } = useEnd(lastSeq)
  useOpened(state, view, seenSeq)
  useLook(state, view)

  return (
    <div class="desk-thread-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys */}
      <div ref={scroller} class="desk-thread" role="log" aria-label={say("thread.label")} tabIndex={0}>
        <div ref={content} class="desk-thread-content">
          {items.map((item) => (
            <Item
              key={keyOf(item)}
              item={item}
              state={state}
              view={view}
              busy={busy}
              onOriginal={setOriginal}
            />
          ))}
        </div>
      </div>
      {atEnd ? null : (
        <button type="button" class="button small desk-to-end" onClick={toEnd}>
          <Icon name="down" size={16} /> {say(seenSeq < lastSeq ? "thread.new" : "thread.end")}
        </button>
      )}
      {original === null ? null : <Original mail={original} onClose={() => setOriginal(null)} />}
    </div>
  )
}

const Item = ({
  item,
  state,
  view,
  busy,
  onOriginal,
}: {
  item: TimelineItem
  state: DeskState
  view: ConversationView
  busy: boolean
  onOriginal: (mail: InboundMailId) => void
}) => {
  const { language } = useDesk()
  switch (item.kind) {
    case "day":
      return <h3 class="desk-day">{dayIn(item.at, language)}</h3>
    case "message":
      return (
        <Message item={item} me={state.toolbar?.me ?? null} visitor={view.visitor} onOriginal={onOriginal} />
      )
    case "mail":
      return <Mail delivery={item.delivery} channel={view.channel} />
    case "unconfirmed":
      return <Unconfirmed conversationId={view.id} answer={item.answer} busy={busy} onOriginal={onOriginal} />
    case "automatic":
      return <Automatic mail={item.mail} onOriginal={onOriginal} />
    case "rating":
      return <Rating rating={item.rating} />
    case "hand-over":
      return <HandOver handOver={item.handOver} />
    case "pending":
      return <Pending answer={item.answer} />
  }
}

const keyOf = (item: TimelineItem): string => {
  switch (item.kind) {
    case "day":
      return `day-${item.at}`
    case "message":
      return item.message.id
    case "mail":
      return item.delivery.id
    case "unconfirmed":
      return item.answer.id
    case "automatic":
      return item.mail.id
    case "rating":
      return "rating"
    case "hand-over":
      return `hand-over-${item.handOver.at}`
    case "pending":
      return item.answer.key
  }
}

/**
 * Follows the end of the thread, and knows up to which message it has been in view. Whatever grows (a
 * message, a reason that unfolds, the composer, a keyboard that slides in) must not hide an end that was seen.
 */
const useEnd = (lastSeq: number) => {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  /** Where `toEnd` put it last. */
  const placed = useRef(-1)
  const [atEnd, setAtEnd] = useState(true)
  const [seenSeq, setSeenSeq] = useState(lastSeq)

  const toEnd = (): void => {
    const element = scroller.current
    if (!element) return
    element.scrollTop = element.scrollHeight
    placed.current = element.scrollTop
  }

  useLayoutEffect(() => {
    const frame = scroller.current
    const inner = content.current
    if (frame === null || inner === null) return
    let following = true
    // Only what a person does moves away from the end; growing does not.
    const follow = (): void => {
      const near = frame.scrollHeight - frame.scrollTop - frame.clientHeight < NEAR_END
      // Where we put it ourselves: it has become smaller since, before the browser said that it had moved.
      if (!near && frame.scrollTop === placed.current) return
      following = near
      setAtEnd(following)
    }
    const grown = new ResizeObserver(() => {
      if (following) toEnd()
    })
    grown.observe(frame)
    grown.observe(inner)
    toEnd()
    frame.addEventListener("scroll", follow, { passive: true })
    return () => {
      frame.removeEventListener("scroll", follow)
      grown.disconnect()
    }
  }, [])

  useEffect(() => {
    if (atEnd) setSeenSeq(lastSeq)
  }, [atEnd, lastSeq])

  return { scroller, content, atEnd, seenSeq, toEnd }
}

/** Says that the conversation was opened, once what is in view has been looked at for a second. */
const useOpened = (state: DeskState, view: ConversationView, seenSeq: number): void => {
  const { desk } = useDesk()
  const looking = useLooking()
  const connected = state.connection.state === "connected"
  // Said again when the connection is back
  useEffect(() => {
    if (!looking || seenSeq === 0) return
    const timer = setTimeout(() => desk.shown(view.id, seenSeq), OPENED_AFTER)
    return () => clearTimeout(timer)
  }, [desk, looking, connected, view.id, seenSeq])
}
