import { Refusal } from "../shared/words/refusals.ts"
import type { Config } from "./config.ts"
import { withoutSecret } from "./log.ts"
import type { Listen } from "./settings/readers.ts"

/** Exit codes of the command line and of `serve`. */
export const EXIT = { ok: 0, refused: 1, usage: 2, store: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Why the relay cannot run, in one sentence that says what to do. */
export class StartError extends Error {
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string, cause: unknown) {
    super(message, { cause })
    this.name = "StartError"
    this.exitCode = exitCode
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""

/** A server could not listen. */
export const listenError = (
  error: unknown,
  setting: "PORCHLIGHT_HTTP" | "PORCHLIGHT_SMTP",
  at: Listen,
): StartError => {
  const where = `${setting} is ${at.host}:${at.port}`
  const other = `set ${setting} to another address and port`
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new StartError(
        EXIT.usage,
        `${where}, but another program listens there already: end it, or ${other}.`,
        error,
      )
    case "EACCES":
      return new StartError(EXIT.usage, `${where}, but this user may not listen there: ${other}.`, error)
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(EXIT.usage, `${where}, but this machine has no such address: ${other}.`, error)
    default:
      return new StartError(
        EXIT.usage,
        `${where}, but it cannot be listened on (${String(error)}): ${other}.`,
        error,
      )
  }
}

/** The folder of the data cannot be made or written in. */
export const folderError = (error: unknown, folder: string): StartError =>
  new StartError(
    EXIT.store,
    `PORCHLIGHT_DATA is ${folder}, but nothing can be written there (${codeOf(error) || String(error)}): give this user the right to, or set another folder.`,
    error,
  )

/** There is no embedded store, and what was asked for makes none. */
export const noStoreError = (config: Config): StartError =>
  new StartError(
    EXIT.store,
    `PORCHLIGHT_DATA is ${config.data}, but there is no store there yet: set the folder of the relay, or make one with “porchlight serve” or “porchlight setup”.`,
    undefined,
  )

/** The embedded store is no longer the one: its data went to a PostgreSQL. */
export const movedError = (config: Config, { to, at }: { to: string; at: number }): StartError =>
  new StartError(
    EXIT.store,
    `The embedded store in ${config.data} was moved to ${to} at ${new Date(at).toISOString()}: set PORCHLIGHT_DATABASE_URL to that. If it was given up, take this store back with “porchlight migrate --take-back”; what was written since is in the other.`,
    undefined,
  )

/** The database holds a part of another store. */
export const unfinishedError = (config: Config): StartError =>
  new StartError(
    EXIT.store,
    `PORCHLIGHT_DATABASE_URL is ${withoutSecret(config.databaseUrl ?? "")}, but that database is still being filled: finish “porchlight migrate --to …” or “porchlight restore …” by running it again.`,
    undefined,
  )

/** The store could not be opened or migrated. */
export const storeError = (error: unknown, config: Config): StartError => {
  const reason = causeOf(error)
  if (config.databaseUrl === null)
    return new StartError(
      EXIT.store,
      `The embedded store in ${config.data} could not be opened (${reason}): PORCHLIGHT_DATA names its folder.`,
      error,
    )
  return new StartError(
    EXIT.store,
    `PORCHLIGHT_DATABASE_URL is ${withoutSecret(config.databaseUrl)}, but the database could not be used (${reason}): is it running, and are name and password right?`,
    error,
  )
}

/** What lies under a refusal; of several tries (IPv6, IPv4) the first. */
const causeOf = (error: unknown): string => {
  if (error instanceof Refusal && error.cause !== undefined) return causeOf(error.cause)
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

/** A certificate file could not be read. */
export const certificateError = (error: unknown, config: Config): StartError =>
  new StartError(
    EXIT.usage,
    `PORCHLIGHT_TLS_CERT is ${config.tls?.cert} and PORCHLIGHT_TLS_KEY is ${config.tls?.key}, but they cannot be used (${error instanceof Error ? error.message : String(error)}): name a PEM certificate and its key.`,
    error,
  )
