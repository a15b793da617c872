import type { ConversationSummary, ToolbarState } from "../../shared/protocol/views.ts"
import type { ConversationId } from "../../shared/words/ids.ts"

/** Up to which message of each waiting conversation the person was told on the desktop. */
export type Notified = Readonly<Record<ConversationId, number>>

export interface Notices {
  show: ConversationSummary[]
  /** Opened, joined, closed or gone from the list: their notification goes too. */
  clear: ConversationId[]
  notified: Notified
}

/**
 * Which desktop notifications come and go with a new toolbar state. Each visitor's message is told once; with
 * `notified` null (just signed in) what already waits is only noted, for it is not new. Whoever chose
 * unavailable is not disturbed, and is told of what still waits when they are back.
 */
export const noticesOf = (
  toolbar: Pick<ToolbarState, "waiting"> & { me: Pick<ToolbarState["me"], "intent"> },
  notified: Notified | null,
): Notices => {
  const waiting = toolbar.waiting.filter((conversation) => conversation.unopened > 0)
  const before = notified ?? {}
  const quiet = toolbar.me.intent === "unavailable"
  const isNew = (conversation: ConversationSummary): boolean =>
    conversation.lastAuthor === "visitor" && conversation.lastSeq > (before[conversation.id] ?? -1)
  const show = notified === null || quiet ? [] : waiting.filter(isNew)
  const told = new Set(notified === null ? waiting : show)
  const after: Record<ConversationId, number> = {}
  for (const conversation of waiting) {
    const seq = told.has(conversation) ? conversation.lastSeq : before[conversation.id]
    if (seq !== undefined) after[conversation.id] = seq
  }
  const clear = (Object.keys(before) as ConversationId[]).filter((id) => !(id in after))
  return { show, clear, notified: after }
}
