import { Refusal, type RefusalCode } from "../../shared/words/refusals.ts"

/**
 * What a database's own errors are to the one who asked: no room (`store-full`), or not to be had just now
 * (`store-unavailable`). Trying again later is right for both. When a connection breaks just as it commits,
 * nobody can know whether it did: that is what idempotency keys and Message-IDs are for.
 */
const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""

const full = (cause: unknown): Refusal =>
  withCause(
    new Refusal("store-full", "The store has no room left: nothing was stored. Make room on its disk."),
    cause,
  )

const unavailable = (cause: unknown): Refusal =>
  withCause(
    new Refusal("store-unavailable", "The store cannot be reached just now: try again in a moment."),
    cause,
  )

const withCause = (refusal: Refusal, cause: unknown): Refusal => {
  refusal.cause = cause
  return refusal
}

/** Result codes of SQLite (sqlite.org/rescode.html) that tell of the disk or the file, not of a statement. */
const SQLITE_UNAVAILABLE =
  /^SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|BUSY|LOCKED|PROTOCOL|NOMEM|PERM|AUTH|INTERRUPT|NOLFS)/

/** The refusal that an error of SQLite stands for; null when it is none of these. */
export const refusalOfSqlite = (error: unknown): Refusal | null => {
  const code = codeOf(error)
  if (code.startsWith("SQLITE_FULL")) return full(error)
  return SQLITE_UNAVAILABLE.test(code) ? unavailable(error) : null
}

/**
 * SQLSTATE: 08 connection, 25006 read-only (a standby), 25P03 left alone in a transaction, 53 resources, 55P03 and 57014 waited too long,
 * 57P shutting down or starting, 58 and XX the server's own trouble. (53100, the disk is full, is apart.)
 */
const POSTGRES_UNAVAILABLE = /^(08...|25006|25P03|53...|55P03|57014|57P0.|58...|XX...)$/

const SOCKET_ERRORS = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ECONNABORTED",
  "ENOENT",
])

/** What `pg` throws without a code when a connection goes, or none is to be had in time. */
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|not queryable|Query read timeout/

/** The refusal that an error of PostgreSQL or of the way to it stands for; null when it is none of these. */
export const refusalOfPostgres = (error: unknown): Refusal | null => {
  const code = codeOf(error)
  if (code === "53100") return full(error)
  if (POSTGRES_UNAVAILABLE.test(code) || SOCKET_ERRORS.has(code)) return unavailable(error)
  if (error instanceof AggregateError && error.errors.some((one) => SOCKET_ERRORS.has(codeOf(one)))) {
    return unavailable(error)
  }
  return error instanceof Error && !code && LOST_CONNECTION.test(error.message) ? unavailable(error) : null
}

/** Two transactions in each other's way: 40001 serialization failure, 40P01 deadlock. Again is right. */
export const isConflict = (error: unknown): boolean => ["40001", "40P01"].includes(codeOf(error))

/**
 * A prepared statement whose tables were changed since, as a newer version beside this one does: 0A000 feature not
 * supported, "cached plan must not change result type". Prepared again it is right.
 */
export const isStalePlan = (error: unknown): boolean =>
  codeOf(error) === "0A000" && error instanceof Error && error.message.includes("cached plan")

/** How an error crosses a thread. */
export type PlainError =
  | {
      kind: "refusal"
      code: RefusalCode
      message: string
      facts: Record<string, unknown>
      cause: string | null
    }
  | { kind: "error"; name: string; message: string; stack: string }

export const toPlainError = (error: unknown): PlainError => {
  if (error instanceof Refusal) {
    const { code, message, facts, cause } = error
    return { kind: "refusal", code, message, facts, cause: cause instanceof Error ? cause.message : null }
  }
  if (error instanceof Error) {
    return { kind: "error", name: error.name, message: error.message, stack: error.stack ?? "" }
  }
  return { kind: "error", name: "Error", message: String(error), stack: "" }
}

export const fromPlainError = (plain: PlainError): Error => {
  if (plain.kind === "refusal") {
    const refusal = new Refusal(plain.code, plain.message, plain.facts)
    return plain.cause === null ? refusal : withCause(refusal, new Error(plain.cause))
  }
  const error = new Error(plain.message)
  error.name = plain.name
  error.stack = plain.stack
  return error
}

/** The store was closed, or its thread has ended. */
export const closedStore = (cause?: unknown): Refusal => unavailable(cause)
