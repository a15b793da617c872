import { createHash, type Hash } from "node:crypto"
import type { Row, Shape, Value } from "./side.ts"

/** What a table holds, in two figures that are the same on both databases if the rows are. */
export interface Digest {
  rows: number
  /** SHA-256 over all rows by their key, hexadecimal. */
  sha256: string
}

/**
 * One row in bytes: each value with its kind and length, so that no two rows look alike. U+0000 counts as
 * U+FFFD, as which PostgreSQL keeps it.
 */
const write = (hash: Hash, { columns }: Shape, row: Row): void => {
  for (const column of columns) {
    const value = row[column] ?? null
    if (value === null) hash.update("n;")
    else if (typeof value === "number") hash.update(`i${value};`)
    else if (typeof value === "string") {
      const text = storableText(value)
      hash.update(`s${Buffer.byteLength(text)}:`).update(text)
    } else hash.update(`b${value.length}:`).update(value)
  }
}

/** As PostgreSQL can keep it; see relay/store/postgres-pool.ts. */
export const storableText = (text: string): string =>
  text.includes("\u0000") ? text.replaceAll("\u0000", "\ufffd") : text

export const isSameValue = (a: Value | undefined, b: Value | undefined): boolean => {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  if (typeof a === "string" && typeof b === "string") return storableText(a) === storableText(b)
  return (a ?? null) === (b ?? null)
}

/** Counts and sums rows while they pass. */
export const startDigest = (shape: Shape) => {
  const hash = createHash("sha256")
  let rows = 0
  return {
    add: (row: Row): void => {
      rows += 1
      write(hash, shape, row)
    },
    end: (): Digest => ({ rows, sha256: hash.digest("hex") }),
  }
}
