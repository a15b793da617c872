/** Keys of the desk. None of them acts while somebody writes. */

/** Whether a key goes into a field, or belongs to the browser. */
const isTyping = (event: KeyboardEvent): boolean => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true
  const target = event.target
  return (
    target instanceof HTMLElement && target.matches("input:not([type=radio]), textarea, select, dialog *")
  )
}

/** Where a key moves to in a list: so many rows on, or to one of its ends; null: it moves nowhere. */
export const stepOf = (event: KeyboardEvent): number | null => {
  if (isTyping(event)) return null
  const target = event.target instanceof HTMLElement ? event.target : null
  // There arrows scroll, or choose.
  const elsewhere = target?.closest(".desk-thread, pre, .switch, [role=tablist], [popover]") != null
  switch (event.key) {
    case "j":
      return 1
    case "k":
      return -1
    case "ArrowDown":
      return elsewhere ? null : 1
    case "ArrowUp":
      return elsewhere ? null : -1
    case "Home":
      return target?.closest(".desk-rows") ? Number.NEGATIVE_INFINITY : null
    case "End":
      return target?.closest(".desk-rows") ? Number.POSITIVE_INFINITY : null
    default:
      return null
  }
}

/** A key that does something anywhere in the desk, as long as nobody writes. `shared/desk/views/keys.tsx` lists them. */
export type DeskKey =
  | "answer"
  | "take"
  | "assign"
  | "hand-back"
  | "close"
  | "undo"
  | "search"
  | "canned"
  | "unserved"
  | "mine"
  | "all"
  | "help"

const KEYS: Record<string, DeskKey> = {
  r: "answer",
  t: "take",
  a: "assign",
  h: "hand-back",
  e: "close",
  z: "undo",
  "/": "search",
  g: "canned",
  "1": "unserved",
  "2": "mine",
  "3": "all",
  "?": "help",
}

/** What a key is for; null: nothing. Ctrl+K and ⌘K search from everywhere, also while somebody writes. */
export const deskKeyOf = (event: KeyboardEvent): DeskKey | null => {
  const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  if (control && event.key.toLowerCase() === "k") return "search"
  return isTyping(event) ? null : (KEYS[event.key] ?? null)
}
