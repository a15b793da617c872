import { useEffect } from "preact/hooks"
import type { DeskNews } from "../../../../shared/desk/port.ts"

type EventKind = Extract<DeskNews, { type: "event" }>["event"]["kind"]

/** Kinds of events that a screen follows. */
export const kinds = (...names: EventKind[]): ReadonlySet<EventKind> => new Set(names)

/** A mail went out, arrived or failed. */
export const MAILS = kinds("delivery")

/**
 * Calls `look` after events of these kinds, and whenever the connection is there (again): what happened before it
 * was is told by nobody. `of` and `look` are to be the same ones at every turn.
 */
export const useNews = (
  api: { live(listener: (news: DeskNews) => void): () => void },
  of: ReadonlySet<EventKind>,
  look: () => void,
): void => {
  useEffect(
    () =>
      api.live((news) => {
        const again = news.type === "connection" && news.connection.state === "connected"
        if (again || (news.type === "event" && of.has(news.event.kind))) look()
      }),
    [api, of, look],
  )
}
