/** A piece of somebody's text: as it is, or an address to link to. */
export type TextPart = { text: string; url: string | null }

const URL_PATTERN = /https?:\/\/[^\s<>"']+/gi

/**
 * Finds web addresses in a text, for showing it without ever making HTML of it. Punctuation that ends a
 * sentence is not part of an address, nor is a closing bracket that was opened before it.
 */
export const linkParts = (text: string): TextPart[] => {
  const parts: TextPart[] = []
  let at = 0
  for (const match of text.matchAll(URL_PATTERN)) {
    const url = trimEnd(match[0])
    if (webUrl(url) === null) continue
    if (match.index > at) parts.push({ text: text.slice(at, match.index), url: null })
    parts.push({ text: url, url })
    at = match.index + url.length
  }
  if (at < text.length) parts.push({ text: text.slice(at), url: null })
  return parts
}

const trimEnd = (url: string): string => {
  let end = url.replace(/[.,;:!?…]+$/, "")
  for (const [open, close] of ["()", "[]", "{}"] as const)
    while (end.endsWith(close!) && !end.slice(0, -1).includes(open!)) end = end.slice(0, -1)
  return end
}

/** The address as it may be linked: http and https only (a page's address is the visitor's to write). */
export const webUrl = (text: string): string | null => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null
}
