/** Rows in one statement: of our widest table (18 columns) well below the 32,766 values that SQLite takes. */
const ROWS = 500

/** Rows in parts that one statement can take. */
export const inChunks = <Row>(rows: readonly Row[]): Row[][] => {
  const chunks: Row[][] = []
  for (let start = 0; start < rows.length; start += ROWS) chunks.push(rows.slice(start, start + ROWS))
  return chunks
}
