/**
 * The key of the printed links stands in the page's hash (`#key=…`): browsers send no hash to servers, so
 * it is in no log; calls carry it in a header.
 */
export const KEY_HEADER = "X-Porchlight-Key"

/** The key in a hash or in a whole link; null when there is none. */
export const keyIn = (text: string): string | null => {
  const at = text.indexOf("#")
  return new URLSearchParams(at < 0 ? "" : text.slice(at + 1)).get("key") || null
}

/** What a person pasted: a link with a key in it, or the key itself. */
export const keyFrom = (pasted: string): string | null => keyIn(pasted) ?? (pasted.trim() || null)

/** The hash of a page for this key. */
export const hashWith = (key: string): string => `#${new URLSearchParams({ key })}`

/** Kept in this browser, so that links without it, as on the sign-in and demo pages, lead on all the same. */
const KEPT = "porchlight.key.1"

export const keptKey = (): string | null => localStorage.getItem(KEPT)
export const keepKey = (key: string): void => localStorage.setItem(KEPT, key)
export const forgetKey = (): void => localStorage.removeItem(KEPT)
