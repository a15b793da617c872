/**
 * What the loader (on the customer's page) and the frame (on the relay's origin) say to each other by
 * postMessage. Types only: the loader shares no code with anything, so that it stays one small file.
 * Both check source and origin of every message; neither believes the other with anything but looks.
 */

export type FromFrame =
  /** How much room the box needs. Closed: the launcher's own size in CSS pixels. `title` names the frame. */
  | { type: "shape"; open: boolean; width: number; height: number; title: string }
  /** Tell the page: see the events of `window.porchlight`. */
  | { type: "event"; name: BoxEventName; value: boolean | number | null }
  /** Something is being written: which page is the visitor on now? */
  | { type: "where" }

export type FromHost =
  | { type: "host"; url: string; title: string; full: boolean }
  | { type: "open" }
  | { type: "close" }

/** `light`: on or off. `unread`: messages not seen yet. `open` and `close`: the panel. */
export type BoxEventName = "light" | "unread" | "open" | "close"
