import { headerOf } from "./split.ts"

/** A header field as bytes, with its line end and its folded lines; what begins no field belongs to the one above. */
export interface RawField {
  /** Lowercase; empty for lines above the first field that are none. */
  name: string
  /** In the mail. */
  start: number
  end: number
}

/**
 * A name, perhaps folded before its colon (RFC 5322 4.5.8): what other programs read as a field must not pass us
 * as something else.
 */
const FIELD = /^([!-9;-~]+)(?:[ \t]|\r\n[ \t])*:/

/** Where the fields are that are wanted: a mail may be millions of others. Nothing is decoded or changed. */
export const fieldsOf = (raw: Buffer, wanted: (field: RawField) => boolean): RawField[] => {
  const header = headerOf(raw).toString("latin1")
  const fields: RawField[] = []
  let last: RawField | null = null
  const add = (): void => {
    if (last && wanted(last)) fields.push(last)
  }
  for (let start = 0; start < header.length; ) {
    const lineEnd = header.indexOf("\n", start)
    const end = lineEnd < 0 ? header.length : lineEnd + 1
    const isFolded = header[start] === " " || header[start] === "\t"
    const name = isFolded ? null : FIELD.exec(header.slice(start, start + MAX_NAME))?.[1]
    if (last && !name) last.end = end
    else {
      add()
      last = { name: name?.toLowerCase() ?? "", start, end }
    }
    start = end
  }
  add()
  return fields
}

/** Characters in which a name and its colon are looked for; lines have at most 998 (RFC 5322 2.1.1). */
const MAX_NAME = 1000

/** The value of a field, unfolded, one character a byte. */
export const fieldValue = (raw: Buffer, field: RawField): string => {
  const text = raw.toString("latin1", field.start, field.end)
  return text
    .slice(text.indexOf(":") + 1)
    .replaceAll(/\r?\n/g, "")
    .trim()
}

/** The mail without these fields; itself if there are none. */
export const withoutFields = (raw: Buffer, fields: readonly RawField[]): Buffer => {
  if (fields.length === 0) return raw
  const pieces: Buffer[] = []
  let at = 0
  for (const { start, end } of fields) {
    pieces.push(raw.subarray(at, start))
    at = end
  }
  return Buffer.concat([...pieces, raw.subarray(at)])
}
