/** What a benchmark found, as a table. */
export interface Result {
  /** Its name on the command line. */
  name: string
  title: string
  /** What was measured and how, in a sentence or two. */
  how: string
  columns: string[]
  rows: (string | number)[][]
}

/** Sorted copy's value at a share of its length, e.g. 0.99; NaN when there is nothing. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

/** Per second, whole. */
export const rate = (count: number, ms: number): number => Math.round((count / ms) * 1000)

/** GitHub Markdown: numbers to the right. */
export const markdown = ({ columns, rows }: Result): string => {
  const rightwards = columns.map((_, column) => rows.every((row) => typeof row[column] === "number"))
  const line = (cells: (string | number)[]): string =>
    `| ${cells.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)).join(" | ")} |`
  return [line(columns), line(rightwards.map((right) => (right ? "---:" : "---"))), ...rows.map(line)].join(
    "\n",
  )
}
