import type { SnippetPart } from "../../shared/protocol/views.ts"
import { isWanted, type Wanted, wordsOf } from "../../shared/words/search-words.ts"

/** Characters that a snippet has, about: some before its first hit, the others after. */
const BEFORE = 40
const LENGTH = 160

/** Ends inside of a word move to its beginning, as long as that is near. */
const NEAR = 20

/**
 * The place of a text that was searched for, on one line: pieces in their order, those that were hit marked. It is
 * text, never markup. A text without any hit gives its beginning.
 */
export const snippetOf = (text: string, wanted: Wanted): SnippetPart[] => {
  const line = text.replace(/[\p{Cc}\p{Z}]+/gu, " ").trim()
  const hits = wordsOf(line).filter(({ word }) => isWanted(wanted, word))
  const from = startNear(line, Math.max(0, (hits[0]?.from ?? 0) - BEFORE))
  const to = endNear(line, Math.max(from + LENGTH, hits[0]?.to ?? 0))
  const parts: SnippetPart[] = []
  const add = (piece: string, hit: boolean): void => {
    if (piece !== "") parts.push({ text: piece, hit })
  }
  let at = from
  add(from > 0 ? "…" : "", false)
  for (const hit of hits.filter((one) => one.from >= from && one.to <= to)) {
    add(line.slice(at, hit.from), false)
    add(line.slice(hit.from, hit.to), true)
    at = hit.to
  }
  add(line.slice(at, to), false)
  add(to < line.length ? "…" : "", false)
  return parts
}

/** A place to begin at: behind a space, not within a sign of two units. */
const startNear = (line: string, at: number): number => {
  if (at === 0) return 0
  const space = line.indexOf(" ", at - 1)
  if (space !== -1 && space < at + NEAR) return space + 1
  return isLow(line, at) ? at - 1 : at
}

const endNear = (line: string, at: number): number => {
  if (at >= line.length) return line.length
  const space = line.lastIndexOf(" ", at)
  if (space > at - NEAR) return space
  return isLow(line, at) ? at + 1 : at
}

/** Whether the second half of a surrogate pair stands there. */
const isLow = (line: string, at: number): boolean => {
  const code = line.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}
