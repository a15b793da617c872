import { type Config, readConfig } from "../config.ts"
import { withoutSecret } from "../log.ts"
import { storeFile } from "../open-store.ts"
import { EXIT, type ExitCode, StartError } from "../start-error.ts"
import { CopyRefused, type Place } from "../store/copy/place.ts"
import type { Io } from "./command.ts"

/** What backup, restore and moving have in common: they work on a store as a whole, past the actions. */

/** The store of the settings. */
export const placeOf = (config: Config): Place =>
  config.databaseUrl === null
    ? { kind: "sqlite", file: storeFile(config) }
    : { kind: "postgres", url: config.databaseUrl }

/** How a store is named to people. */
export const nameOf = (place: Place): string =>
  place.kind === "sqlite" ? place.file : withoutSecret(place.url)

/** What a store holds, in words. */
export const holdings = (
  held: Record<"accounts" | "conversations" | "messages" | "mails", number>,
): string => {
  const [accounts, conversations, messages, mails] = (
    ["accounts", "conversations", "messages", "mails"] as const
  ).map((what) => `${held[what]} ${held[what] === 1 ? what.slice(0, -1) : what}`)
  return `${accounts}, ${conversations}, ${messages} and ${mails}`
}

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

/** Runs such a command; what disk or database say becomes one sentence, after `failed` (what did not happen). */
export const copying = async (
  io: Io,
  failed: string,
  work: (config: Config) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const config = readConfig(io.env)
  try {
    return await work(config)
  } catch (error) {
    if (error instanceof CopyRefused) {
      io.err(error.message)
      return EXIT.refused
    }
    if (error instanceof StartError) throw error
    throw new StartError(EXIT.store, `${failed}: ${reasonOf(error)}.`, error)
  }
}
