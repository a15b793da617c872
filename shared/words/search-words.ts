/**
 * Words as searches see them: without case and accents, the same for what is stored and for what is asked.
 * Scripts that write no spaces give a word for each of their signs.
 */
export interface Word {
  /** Folded: lower case, no accents, letters and digits only; at most `LONGEST` of them. */
  word: string
  /** Where it stands in the text, in UTF-16 units: from, and to (not with it). */
  from: number
  to: number
}

/** Letters of a word that count: what is longer was not written by a person. */
const LONGEST = 40

const SIGNS = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}"
const WORD = new RegExp(`[${SIGNS}]|(?:(?![${SIGNS}])[\\p{L}\\p{N}\\p{M}])+`, "gu")

/** Letters that do not come apart into a plain one and an accent (Unicode has no decomposition for them). */
const PLAIN: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
}

/** A word without case and accents. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðþłħı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, "")

/** The words of a text, in their order. */
export const wordsOf = (text: string): Word[] => {
  const words: Word[] = []
  for (const found of text.matchAll(WORD)) {
    const word = [...fold(found[0])].slice(0, LONGEST).join("")
    if (word !== "") words.push({ word, from: found.index, to: found.index + found[0].length })
  }
  return words
}

/** What a search asks for: all of these words, the last one perhaps not yet written to its end. */
export interface Wanted {
  words: string[]
  /** The beginning of a word; null where the last one is finished by a space. */
  begins: string | null
}

/** Words that one search can ask for. */
const AT_MOST = 12

/** What a person has typed so far; nothing to look for where it has no letter or digit. */
export const wantedOf = (typed: string): Wanted | null => {
  const found = wordsOf(typed)
  const last = found.at(-1)
  if (last === undefined) return null
  const open = last.to === typed.trimEnd().length && !/\s$/.test(typed)
  // A single letter begins half of all words: it is looked for as one.
  const begins = open && [...last.word].length > 1 ? last.word : null
  const words = (begins === null ? found : found.slice(0, -1)).map(({ word }) => word)
  return { words: [...new Set(words)].slice(0, AT_MOST), begins }
}

/** Whether a word of a text is one of those that are wanted. */
export const isWanted = ({ words, begins }: Wanted, word: string): boolean =>
  words.includes(word) || (begins !== null && word.startsWith(begins))

/** Whether a text has all that is wanted. */
export const hasWanted = (wanted: Wanted, text: string): boolean => {
  const there = wordsOf(text).map(({ word }) => word)
  return (
    wanted.words.every((word) => there.includes(word)) &&
    (wanted.begins === null || there.some((word) => word.startsWith(wanted.begins!)))
  )
}
