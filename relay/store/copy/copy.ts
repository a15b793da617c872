import { type Digest, isSameValue, startDigest } from "./digest.ts"
import { compareKeys, parentsFirst, type Reader, type Row, type Shape, type Writer } from "./side.ts"

/** What a copy may leave to the database it goes to, or to who began it. */
const NOT_COPIED = new Set(["migrations"])

/** Marks of this copy itself (relay/store/copy/marks.ts): each side has its own. */
const isOwn = ({ name }: Shape, row: Row, marks: readonly string[]): boolean =>
  name === "relay_secrets" && marks.includes(String(row.name))

/** Rows written in one transaction: so many, or so many bytes. */
const ROWS = 500
const BYTES = 4_000_000

const sizeOf = (row: Row): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === "string" || Buffer.isBuffer(value) ? value.length : 8),
    0,
  )

/** Gathers rows and hands them on in parts. */
const inParts = (write: (rows: readonly Row[]) => Promise<void>) => {
  let rows: Row[] = []
  let bytes = 0
  const flush = async (): Promise<void> => {
    const some = rows
    rows = []
    bytes = 0
    if (some.length > 0) await write(some)
  }
  return {
    add: async (row: Row): Promise<void> => {
      rows.push(row)
      bytes += sizeOf(row)
      if (rows.length >= ROWS || bytes >= BYTES) await flush()
    },
    flush,
  }
}

/** Rows of two sides that belong together by their key; null: that side has none. */
async function* paired(
  shape: Shape,
  from: AsyncIterable<Row>,
  to: AsyncIterable<Row>,
): AsyncGenerator<[Row | null, Row | null]> {
  const one = from[Symbol.asyncIterator]()
  const other = to[Symbol.asyncIterator]()
  try {
    let a = await one.next()
    let b = await other.next()
    while (!a.done || !b.done) {
      const order = a.done ? 1 : b.done ? -1 : compareKeys(shape.key, a.value, b.value)
      yield [order <= 0 ? (a.value as Row) : null, order >= 0 ? (b.value as Row) : null]
      if (order <= 0) a = await one.next()
      if (order >= 0) b = await other.next()
    }
  } finally {
    await one.return?.()
    await other.return?.()
  }
}

export interface Copied {
  /** Tables that were looked at. */
  tables: number
  /** Rows of the source. */
  rows: number
  /** Rows that were put in or changed, and taken out. */
  written: number
  removed: number
}

/** One database to be made like another. */
export interface Sides {
  from: Reader
  /** A new reader of what has been written so far. */
  readTo: () => Promise<Reader>
  writeTo: Writer
  /** Names in `relay_secrets` that each side keeps for itself. */
  marks: readonly string[]
  /** Tables that either side works out from others. */
  derived: readonly string[]
}

/**
 * The tables that both sides have. Throws when one has what the other lacks: they are not of one version.
 */
const sharedShapes = async (from: Reader, to: Reader, derived: readonly string[]): Promise<Shape[]> => {
  const wanted = (shapes: Shape[]): Shape[] =>
    shapes.filter(({ name }) => !NOT_COPIED.has(name) && !derived.includes(name))
  const shapes = wanted(await from.shapes())
  const others = wanted(await to.shapes())
  const told = (some: Shape[]): string[] =>
    some.map(({ name, columns }) => `${name}(${columns.join(",")})`).sort()
  const [here, there] = [told(shapes), told(others)]
  const odd = [
    ...here.filter((table) => !there.includes(table)),
    ...there.filter((table) => !here.includes(table)),
  ]
  if (odd.length > 0)
    throw new Error(`the two stores are not of one version; they differ in ${odd.join("; ")}`)
  const keyless = shapes.find(({ key }) => key.length === 0)
  if (keyless) throw new Error(`the table ${keyless.name} has no key to copy it by`)
  return parentsFirst(shapes)
}

/**
 * Makes one database hold what the other holds, by writing only what differs: so it can be begun before the last
 * moment, broken off and taken up again. Rows that are gone go first, from children to parents; what is new or
 * changed follows, from parents to children.
 */
export const copyRows = async ({ from, readTo, writeTo, marks, derived }: Sides): Promise<Copied> => {
  const copied: Copied = { tables: 0, rows: 0, written: 0, removed: 0 }
  const to = await readTo()
  try {
    const shapes = await sharedShapes(from, to, derived)
    copied.tables = shapes.length
    for (const shape of [...shapes].reverse()) {
      const keysOnly = { ...shape, columns: shape.key }
      const gone = inParts((rows) => writeTo.remove(shape, rows))
      for await (const [source, target] of paired(shape, from.rows(keysOnly), to.rows(keysOnly))) {
        if (source || !target || isOwn(shape, target, marks)) continue
        copied.removed += 1
        await gone.add(target)
      }
      await gone.flush()
    }
    for (const shape of shapes) {
      const changed = inParts((rows) => writeTo.put(shape, rows))
      for await (const [source, target] of paired(shape, from.rows(shape), to.rows(shape))) {
        if (!source || isOwn(shape, source, marks)) continue
        copied.rows += 1
        if (target && shape.columns.every((column) => isSameValue(source[column], target[column]))) continue
        copied.written += 1
        await changed.add(source)
      }
      await changed.flush()
    }
  } finally {
    await to.close()
  }
  return copied
}

const digestsOf = async (
  reader: Reader,
  shapes: readonly Shape[],
  marks: readonly string[],
): Promise<Map<string, Digest>> => {
  const digests = new Map<string, Digest>()
  for (const shape of shapes) {
    const digest = startDigest(shape)
    for await (const row of reader.rows(shape)) if (!isOwn(shape, row, marks)) digest.add(row)
    digests.set(shape.name, digest.end())
  }
  return digests
}

export interface Verified {
  table: string
  rows: number
  sha256: string
}

/** Counts and sums every table on both sides, read anew. Throws with the tables that differ. */
export const verifyCopy = async ({
  from,
  readTo,
  marks,
  derived,
}: Omit<Sides, "writeTo">): Promise<Verified[]> => {
  const to = await readTo()
  try {
    const shapes = await sharedShapes(from, to, derived)
    const source = await digestsOf(from, shapes, marks)
    const target = await digestsOf(to, shapes, marks)
    const odd = shapes.filter(({ name }) => source.get(name)?.sha256 !== target.get(name)?.sha256)
    if (odd.length > 0) {
      const rows = odd.map(
        ({ name }) => `${name} (${source.get(name)?.rows} rows, there ${target.get(name)?.rows})`,
      )
      throw new Error(`after copying, these tables are not the same: ${rows.join(", ")}`)
    }
    return shapes.map(({ name }) => ({ table: name, ...(source.get(name) as Digest) }))
  } finally {
    await to.close()
  }
}
