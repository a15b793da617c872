import type { DeviceView, ToolbarState, WaitingView } from "../protocol/views.ts"
import type { ConversationId } from "../words/ids.ts"
import { type Millis, SECOND } from "../words/time.ts"

/** Of which waiting conversations the person was told on this device, up to which message. */
export type Notified = Readonly<Record<ConversationId, number>>

export interface Notices {
  show: WaitingView[]
  /** Opened, joined, closed or gone from the list: their notification goes too. */
  clear: ConversationId[]
  notified: Notified
}

type Waiting = Pick<ToolbarState, "waiting"> & {
  me: Pick<ToolbarState["me"], "intent">
  /** More than are named here may wait. */
  waitingCount?: number
  devices?: readonly Pick<DeviceView, "own" | "presence">[]
}

/** Who reads a conversation as the message comes has opened it by then (that takes them a second). */
const READING: Millis = 2 * SECOND

/** Who sits at another device hears of it there; this one follows if they have not opened it by then. */
const ELSEWHERE_FIRST: Millis = 30 * SECOND

const delayOf = ({ devices = [] }: Waiting): Millis => {
  const here = devices.some(({ own, presence }) => own && presence === "present")
  const elsewhere = devices.some(({ own, presence }) => !own && presence === "present")
  return elsewhere && !here ? ELSEWHERE_FIRST : READING
}

/**
 * Which notifications of a device come and go with a new toolbar state. A conversation is told once, until somebody
 * opens it, joins it or closes it, on whatever device; with `notified` null (just signed in) what already waits is
 * only noted, for it is not new. Whoever chose unavailable is not disturbed, and is told of what still waits when
 * they are back.
 */
export const noticesOf = (toolbar: Waiting, notified: Notified | null): Notices => {
  const waiting = toolbar.waiting.filter(({ unopened, opened }) => unopened > 0 && !opened)
  const before = notified ?? {}
  const quiet = toolbar.me.intent === "unavailable"
  const isNew = ({ id, lastAuthor }: WaitingView): boolean => lastAuthor === "visitor" && !(id in before)
  const show = notified === null || quiet ? [] : waiting.filter(isNew)
  const told = new Set(notified === null ? waiting : show)
  const after: Record<ConversationId, number> = {}
  for (const conversation of waiting)
    if (told.has(conversation) || conversation.id in before) after[conversation.id] = conversation.lastSeq
  // What is not among those that are named may wait all the same.
  const all = (toolbar.waitingCount ?? 0) <= toolbar.waiting.length
  const named = new Set(toolbar.waiting.map(({ id }) => id))
  const ids = Object.keys(before) as ConversationId[]
  for (const id of ids) if (!all && !named.has(id)) after[id] = before[id]!
  return { show, clear: ids.filter((id) => !(id in after)), notified: after }
}

/** Where notifications of a device are shown, and what is remembered of them. */
export interface NoticeBoard {
  notified(): Notified | null
  remember(notified: Notified): void
  /** Shows and takes away; takes away what is not shown without a complaint. */
  apply(change: Pick<Notices, "show" | "clear">): void
  /** The person looks at the lists, where it stands: they are told only once they look away. */
  looking?(): boolean
}

export interface NoticeTeller {
  take(toolbar: Waiting): void
  /** The person does not look at the lists any more. */
  lookedAway(): void
  stop(): void
}

/**
 * Tells of what waits as toolbar states come: takes away at once, and shows after a moment what still waits then,
 * so that nobody is told on any device of what they are just reading, nor on another than they sit at.
 */
export const noticeTeller = (board: NoticeBoard): NoticeTeller => {
  let newest: Waiting | null = null
  let timer: { at: Millis; id: ReturnType<typeof setTimeout> } | null = null

  const show = (): void => {
    timer = null
    if (newest === null || board.looking?.()) return
    const { show, clear, notified } = noticesOf(newest, board.notified())
    board.remember(notified)
    if (show.length > 0 || clear.length > 0) board.apply({ show, clear })
  }

  const drop = (): void => {
    if (timer !== null) clearTimeout(timer.id)
    timer = null
  }

  const take = (toolbar: Waiting): void => {
    newest = toolbar
    const { show: fresh, clear, notified } = noticesOf(toolbar, board.notified())
    const kept = { ...notified }
    for (const { id } of fresh) delete kept[id]
    board.remember(kept)
    if (clear.length > 0) board.apply({ show: [], clear })
    const delay = delayOf(toolbar)
    const at = Date.now() + delay
    if (fresh.length > 0 && timer !== null && timer.at <= at) return
    drop()
    if (fresh.length === 0) return
    timer = { at, id: setTimeout(show, delay) }
  }

  return {
    take,
    lookedAway: () => {
      if (newest !== null) take(newest)
    },
    stop: () => {
      newest = null
      drop()
    },
  }
}
