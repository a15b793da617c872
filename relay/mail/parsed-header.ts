import type { ParsedHeader } from "mailauth/lib/tools.js"
import { headerOf } from "./split.ts"

/** What opens a field (RFC 5322 3.6.8), its colon perhaps on the next line (4.5.8). As mailauth has it. */
const FIELD_START = /^[\x21-\x39\x3b-\x7e]+[ \t\r\n]*:/

/**
 * The header of a mail as mailauth's parts want it, from its own `parseHeaders` in nothing but the time it takes:
 * that one copies all folded lines of a field for each of them, so that 60 kB of folds stand still for seconds.
 */
export const parsedHeader = (raw: Buffer): ParsedHeader => {
  const original = headerOf(raw)
  const text = original.toString("latin1").replace(/[\r\n]+$/, "")
  if (text === "") return { parsed: [], original }
  const rows = text.split(/\r?\n/)
  return { parsed: fieldsIn(rows).map(asField), original }
}

const asField = (line: string): ParsedHeader["parsed"][number] => {
  const casedKey = /^[^:]+/
    .exec(line)?.[0]
    .replaceAll(/\r?\n/g, "")
    .replaceAll(/^[ \t]+|[ \t]+$/g, "")
  const key = casedKey?.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
  return { key: key ?? null, casedKey, line: Buffer.from(line, "latin1") }
}

/** From the last row up, as it depends on the row below whether one opens a field. The first always does. */
const fieldsIn = (rows: readonly string[]): string[] => {
  const fields: string[] = []
  let end = rows.length
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at]!
    const below = at + 1 < end ? `\r\n${rows[at + 1]}` : ""
    if (at > 0 && !FIELD_START.test(row + below)) continue
    fields.push(rows.slice(at, end).join("\r\n"))
    end = at
  }
  return fields.reverse()
}
