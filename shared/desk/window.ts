/** Which rows of a long list are drawn: those in view, and some beside them, whatever its length. */

export interface View {
  /** How far the list is scrolled, and how much of it is in view, px. */
  top: number
  height: number
}

export interface Drawn {
  /** First row that is drawn, and the one after the last. */
  from: number
  to: number
}

/** Rows that are drawn above and below what is in view: a key or a flick finds them there. */
const BESIDE = 10

/** All rows are of one height `row`, px. Steps of some rows at a time: not every pixel draws anew. */
export const drawnRows = ({ top, height }: View, row: number, count: number): Drawn => {
  const step = BESIDE / 2
  const first = Math.floor(top / row / step) * step - BESIDE
  const last = Math.ceil((top + height) / row / step) * step + BESIDE
  const to = Math.min(count, Math.max(0, last))
  return { from: Math.min(Math.max(0, first), to), to }
}

/** Where to scroll to for a row to be in view as a whole; null: it is. */
export const scrollTo = ({ top, height }: View, row: number, at: number): number | null => {
  if (at * row < top) return at * row
  return (at + 1) * row > top + height ? (at + 1) * row - height : null
}
