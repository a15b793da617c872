import type { Author } from "../../shared/words/nouns.ts"
import type { Millis } from "../../shared/words/time.ts"

/**
 * What the loader (on the customer's page) and the frame (on the relay's origin) say to each other by
 * postMessage. Types only: the loader shares no code with anything, so that it stays one small file.
 * Both check source and origin of every message; neither believes the other with anything but looks, and who
 * the page says its visitor is.
 */

export type FromFrame =
  /**
   * How much room the box needs. Closed: the launcher's own size in CSS pixels. `title` names the frame. `side`:
   * where it stands, "auto" by the page's direction of writing; `theme`: "light" or "dark", else the system's.
   */
  | {
      type: "shape"
      open: boolean
      width: number
      height: number
      title: string
      side?: string
      theme?: string
    }
  /** Tell the page: see the events of `window.porchlight`. */
  | { type: "event"; name: BoxEventName; value: BoxEvents[BoxEventName] }
  /** Something is being written, or the box has just been loaded: which page is the visitor on now? */
  | { type: "where" }

export type FromHost =
  | { type: "host"; url: string; title: string; full: boolean }
  | { type: "open" }
  | { type: "close" }
  /** Who the page says the visitor is: an object, or the JSON text that `signature` is over. */
  | { type: "identify"; who: unknown; signature?: unknown }
  /** The browser is to keep nothing of this visitor any more. */
  | { type: "forget" }

/** What each event of the page's API carries. */
export interface BoxEvents {
  /** On or off. */
  light: boolean
  /** Messages not seen yet. */
  unread: number
  /** A message was sent or came; without its words, which are not every script's business. */
  message: { from: Author; at: Millis }
  open: null
  close: null
}
export type BoxEventName = keyof BoxEvents
