import type { Millis } from "../../shared/words/time.ts"
import type { Io } from "./command.ts"

/** A moment as the operator's machine tells it: `2026-11-21 10:04:05`. */
export const moment = (at: Millis | null): string => {
  if (at === null) return "–"
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, "0")
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The zone that moments are told in: the operator's machine's own. */
export const zoneName = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Text of others on one line, with nothing that a terminal would obey. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "")

/** Rows under headings, in columns as wide as they need to be. */
export const table = (headings: string[], rows: string[][]): string => {
  const all = [headings, ...rows.map((row) => row.map(plain))]
  const widths = headings.map((_, i) => Math.max(...all.map((row) => [...(row[i] ?? "")].length)))
  const line = (row: string[]): string =>
    row
      .map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd()
  return all.map(line).join("\n")
}

/** As JSON for programs, or as a table for people; `empty` is what people read when there is nothing. */
export const printList = <Row>(
  io: Io,
  json: boolean,
  rows: Row[],
  headings: string[],
  cells: (row: Row) => string[],
  empty: string,
): void => {
  if (json) io.out(JSON.stringify(rows, null, 2))
  else io.out(rows.length === 0 ? empty : table(headings, rows.map(cells)))
}

/** What was done: its facts as JSON for programs, or a sentence for people. */
export const printDone = (io: Io, json: boolean, facts: Record<string, unknown>, sentence: string): void => {
  io.out(json ? JSON.stringify(facts, null, 2) : sentence)
}
