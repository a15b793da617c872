import type { CannedAnswerView } from "../protocol/views.ts"
import type { CannedAnswerId } from "../words/ids.ts"
import { hasWanted, wantedOf } from "../words/search-words.ts"
import type { CannedWish, DeskPort } from "./port.ts"

/** Texts at hand: found by what is typed after a slash, filled in, and put into the answer as text. */

/** Who is meant by `{visitor}` and `{agent}`; an empty name is none. */
export interface Names {
  visitor: string
  agent: string
}

/**
 * A canned answer as it goes into an answer. Where a name is not known its place closes up: "Hello {visitor}," is
 * "Hello,". Other braces stay as they are.
 */
export const fillCanned = (text: string, names: Names): string =>
  text.replace(/([^\S\n]?)\{(visitor|agent)\}/g, (_, space: string, who: keyof Names) =>
    names[who] === "" ? "" : space + names[who],
  )

/** Of all that there are those that fit what was typed, by name first; all where nothing was. */
export const cannedFor = (all: readonly CannedAnswerView[], typed: string): CannedAnswerView[] => {
  const wanted = wantedOf(typed)
  if (wanted === null) return [...all]
  const named = all.filter(({ name }) => hasWanted(wanted, name))
  const others = all.filter((one) => !named.includes(one) && hasWanted(wanted, `${one.name} ${one.text}`))
  return [...named, ...others]
}

/** What stands between a slash and the caret, where one was typed at the beginning or after a space. */
export interface Slash {
  /** Where the slash stands. */
  from: number
  typed: string
}

/** Longest that is taken for the name of an answer rather than for a slash of the text. */
const LONGEST = 40

export const slashBefore = (text: string, caret: number): Slash | null => {
  const before = text.slice(0, caret)
  const found = /(?:^|\s)\/([^\s/]*)$/.exec(before)
  const typed = found?.[1]
  if (typed === undefined || typed.length > LONGEST) return null
  return { from: caret - typed.length - 1, typed }
}

/** The text with a canned answer in the place of what was typed, and where the caret is then. */
export const withCanned = (
  text: string,
  { from, typed }: Slash,
  canned: string,
): { text: string; caret: number } => ({
  text: text.slice(0, from) + canned + text.slice(from + 1 + typed.length),
  caret: from + canned.length,
})

/** What the desk has of them; read when first asked for, then shown at once and read again. */
export interface CannedShelf {
  /** What is known; null: nothing was read yet. */
  known(): CannedAnswerView[] | null
  read(): Promise<CannedAnswerView[]>
  save(id: CannedAnswerId | null, wish: CannedWish): Promise<void>
  remove(id: CannedAnswerId): Promise<void>
}

export const cannedShelf = (port: DeskPort): CannedShelf => {
  let known: CannedAnswerView[] | null = null
  const read = async (): Promise<CannedAnswerView[]> => {
    known = await port.cannedAnswers()
    return known
  }
  return {
    known: () => known,
    read,
    save: async (id, wish) => {
      await port.saveCanned(id, wish)
      await read()
    },
    remove: async (id) => {
      await port.removeCanned(id)
      await read()
    },
  }
}
