import { expect, test } from "vitest"
import { REASON_CODES } from "../../shared/words/reasons.ts"
import { BOUNCED } from "./why/bounced.ts"
import { DECIDED } from "./why/decided.ts"
import { CAPTURED, MAILED, UNANSWERED } from "./why/mailed.ts"
import { MISSED } from "./why/missed.ts"
import { ROWS, type Row } from "./why/rows.ts"

const SITUATIONS = [...DECIDED, ...MAILED, ...UNANSWERED, ...CAPTURED, ...MISSED, ...BOUNCED]

test("every code is in a row of the table, and every row is of codes there are", () => {
  expect(new Set(Object.values(ROWS).flat())).toEqual(new Set(REASON_CODES))
})

test.each(Object.keys(ROWS) as Row[])(
  "the row “%s” comes about in a situation, by each of its codes",
  (row) => {
    const codes = SITUATIONS.filter((one) => one.row === row).map((one) => one.code)
    expect(codes).toEqual(expect.arrayContaining([...ROWS[row]]))
  },
)

test("missed conversations have situations of their own for every row that is about them", () => {
  const missed = Object.keys(ROWS).filter((row) => row.startsWith("missed: "))
  expect(missed.filter((row) => !MISSED.some((one) => one.row === row))).toEqual([])
})
