/** One side of a copy between stores: its tables as they are, without what any action knows of them. */

/** A value as both databases give it back: bytes are a Buffer. */
export type Value = string | number | Buffer | null
export type Row = Record<string, Value>

/** What a table has that is copied. */
export interface Shape {
  name: string
  /** In the order of their names; without what the database works out itself. */
  columns: string[]
  /** Columns of the primary key, in its order: what rows are sorted by, byte by byte. */
  key: string[]
  /** Tables whose rows this one's name. */
  parents: string[]
}

/** A database to be read. What `rows` gives is that of one moment, that of `openReader`. */
export interface Reader {
  shapes(): Promise<Shape[]>
  /** All rows by their key. To be read to the end, or `return`ed. */
  rows(shape: Shape): AsyncIterable<Row>
  close(): Promise<void>
}

/** A database to be written. Each call is a transaction of its own: what was answered is on disk. */
export interface Writer {
  /** Puts rows in, over those that have the same key. */
  put(shape: Shape, rows: readonly Row[]): Promise<void>
  /** Takes the rows with these keys out. */
  remove(shape: Shape, keys: readonly Row[]): Promise<void>
}

/** Compares keys as both databases sort them: numbers by value, text by its UTF-8 bytes. */
export const compareKeys = (key: readonly string[], a: Row, b: Row): number => {
  for (const column of key) {
    const [one, other] = [a[column], b[column]]
    const order =
      typeof one === "number" && typeof other === "number"
        ? one - other
        : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
    if (order !== 0) return order
  }
  return 0
}

/** Tables so that whatever a row names stands before it. Throws if they go round. */
export const parentsFirst = (shapes: readonly Shape[]): Shape[] => {
  const sorted: Shape[] = []
  const waiting = new Set(shapes)
  while (waiting.size > 0) {
    const names = new Set([...waiting].map(({ name }) => name))
    const ready = [...waiting].filter(({ name, parents }) =>
      parents.every((parent) => parent === name || !names.has(parent)),
    )
    if (ready.length === 0)
      throw new Error(`these tables name each other in a circle: ${[...names].join(", ")}`)
    for (const shape of ready) waiting.delete(shape)
    sorted.push(...ready.sort((a, b) => (a.name < b.name ? -1 : 1)))
  }
  return sorted
}
