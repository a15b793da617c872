/** Finds links in a visitor's or agent's text. What is shown stays text: nothing here makes HTML. */

export type Piece = { text: string; href: string | null }

const LINK = /https?:\/\/[^\s<>"]+|www\.[^\s<>"]+\.[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
/** Punctuation that belongs to the sentence; a closing bracket only when none was opened in the link. */
const TAIL = /[.,;:!?'"»“”…]+$/

const trim = (link: string): string => {
  const cut = link.replace(TAIL, "")
  return cut.endsWith(")") && !cut.includes("(") ? trim(cut.slice(0, -1)) : cut
}

const hrefOf = (link: string): string | null => {
  const wanted = /^https?:/i.test(link) ? link : link.includes("@") ? `mailto:${link}` : `https://${link}`
  return URL.canParse(wanted) ? wanted : null
}

/** The text in pieces, in order; joined they are the text again. Only http, https and mailto become links. */
export const piecesOf = (text: string): Piece[] => {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(LINK)) {
    const link = trim(match[0])
    const href = hrefOf(link)
    if (!href) continue
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), href: null })
    pieces.push({ text: link, href })
    at = match.index + link.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null })
  return pieces
}
