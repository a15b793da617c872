import pino from "pino"
import pretty from "pino-pretty"

/**
 * The relay's log: one line a thing that happened. Secrets never get in: fields that carry them are
 * blacked out here, and whoever logs an address uses `pathOf` and `withoutSecret`.
 */
export type Log = pino.Logger

export type LogFormat = "pretty" | "json"

/** Names of fields that carry secrets, at the top and one or two levels down. */
const SECRET_FIELDS = new Set(["authorization", "token", "key", "visitor", "secret", "password", "pass"])
const DEPTH = 3

/** A sign-in code is called `code`, but so is what went wrong (`err.code`), which is to be read. */
const WITH_CODES = new Set(["", "body", "input", "content"])

const CENSORED = "[hidden]"

/**
 * `to` is where lines go: standard error by default, as standard output is for what a command prints. There,
 * JSON is written past the event loop, a tenth of a second later at most: under load one write is many lines.
 */
export const createLog = (format: LogFormat, to?: NodeJS.WritableStream): Log => {
  const options: pino.LoggerOptions = {
    base: undefined,
    // The library's own way copies each line and goes over it once for each path: a twentieth of a relay's time.
    formatters: { log: (facts) => withoutSecrets(facts, "", DEPTH) },
    serializers: { err: (error) => withoutSecrets(pino.stdSerializers.err(error), "err", DEPTH - 1) },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  if (format === "json")
    return pino(
      options,
      to ?? pino.destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 100 }),
    )
  const destination = to ?? process.stderr
  return pino(options, pretty({ destination, colorize: true, translateTime: "SYS:HH:MM:ss", sync: true }))
}

/** The same object where there is nothing to hide. `name`: of the field that it is the value of. */
const withoutSecrets = <T extends object>(facts: T, name: string, depth: number): T => {
  const hidden: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(facts)) {
    const kept = keptOf(field, value, name, depth)
    if (kept !== value) hidden[field] = kept
  }
  return Object.keys(hidden).length === 0 ? facts : { ...facts, ...hidden }
}

const keptOf = (field: string, value: unknown, within: string, depth: number): unknown => {
  if (SECRET_FIELDS.has(field) || (field === "code" && WITH_CODES.has(within))) return CENSORED
  if (depth <= 1 || typeof value !== "object" || value === null || value instanceof Error) return value
  return withoutSecrets(value, field, depth - 1)
}

/** A log that says nothing, for tests and for commands. */
export const silentLog = (): Log => pino({ level: "silent" })

/** The part of a request's address that may be logged: no query, which can carry keys. */
export const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? ""

/** An address of a server with its password blacked out, e.g. `smtp://user:***@host:587`. */
export const withoutSecret = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):.*@/i, "$1:***@")
