/** Rows in one statement: of our widest table (18 columns) well below the 32,766 values that SQLite takes. */
const ROWS = 500

/** Rows in parts that one statement can take. */
export const inChunks = <Row>(rows: readonly Row[]): Row[][] => {
  const chunks: Row[][] = []
  for (let start = 0; start < rows.length; start += ROWS) chunks.push(rows.slice(start, start + ROWS))
  return chunks
}

/** Of rows with whole mails or files in them, read at a time, bytes: they may have 25 MB each. */
const BYTES = 8_000_000

/** How many of the first rows are read together, by the bytes that each has; one at least, where there is one. */
export const rowsThatFit = (sizes: readonly number[]): number => {
  let sum = 0
  const over = sizes.findIndex((size) => {
    sum += size
    return sum > BYTES
  })
  return over === -1 ? sizes.length : Math.max(1, over)
}
