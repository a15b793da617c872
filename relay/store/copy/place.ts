/** Where a store is: the embedded one's file, or a PostgreSQL. */
export type Place = { kind: "sqlite"; file: string } | { kind: "postgres"; url: string }

/** What was asked cannot be done as things stand: nothing was changed. Its message says what to do. */
export class CopyRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = "CopyRefused"
  }
}
