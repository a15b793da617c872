import { userInfo } from "node:os"
import { type ParseArgsOptionsConfig, parseArgs } from "node:util"
import type { Actor } from "../../shared/words/changes.ts"
import type { Millis } from "../../shared/words/time.ts"
import { type Actions, actions } from "../actions/index.ts"
import { isRecorded } from "../actions/record.ts"
import { type Clock, systemClock } from "../clock.ts"
import { type Config, readConfig } from "../config.ts"
import { hasStore, openStore } from "../open-store.ts"
import { type ExitCode, noStoreError } from "../start-error.ts"
import type { Store } from "../store/store.ts"

/** What a command has of the world: tests put their own in its place. */
export interface Io {
  env: Record<string, string | undefined>
  /** Standard output: what was asked for. */
  out(text: string): void
  /** Standard error: what went wrong, and what to do. */
  err(text: string): void
  /** Resolves when the process is asked to end (SIGTERM, SIGINT). */
  ended: Promise<void>
  /** How long something takes is measured by it: ms, only grows. The process's own if left out. */
  elapsed?(): Millis
}

export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** Usage, options and examples. */
  help: string
  run(args: string[], io: Io): Promise<ExitCode>
}

/** The command line was written wrong: exit code 2, and where help is. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "UsageError"
  }
}

/** Options and positional arguments of a command; UsageError names what is unknown or lacks its value. */
export const readArgs = <Options extends ParseArgsOptionsConfig>(args: string[], options: Options) => {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(badArgs(error))
  }
}

/** Node's words, but for an unknown option: there they go on about what is meant to be a file's name. */
const badArgs = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  const [, option] = /^Unknown option '([^']*)'/.exec(message) ?? []
  return option === undefined ? message : `there is no option ${option}`
}

/** The word that says what to do, like `list` in `account list`, and what follows it. */
export const pickVerb = <Verb extends string>(
  args: string[],
  verbs: Record<Verb, (args: string[], io: Io) => Promise<ExitCode>>,
): ((io: Io) => Promise<ExitCode>) => {
  const [verb = "", ...rest] = args
  const chosen = Object.hasOwn(verbs, verb) ? verbs[verb as Verb] : undefined
  if (chosen === undefined) {
    const names = Object.keys(verbs).join(", ")
    throw new UsageError(verb === "" ? `say what to do: ${names}` : `“${verb}” is none of: ${names}`)
  }
  return (io) => chosen(rest, io)
}

/** The single positional argument; UsageError when it is missing or there are more. */
export const onlyOne = (positionals: string[], what: string): string => {
  const [first, ...more] = positionals
  if (first === undefined) throw new UsageError(`say which ${what}`)
  if (more.length > 0) throw new UsageError(`name one ${what} only, not also ${more.join(" ")}`)
  return first
}

/** No positional arguments here: most likely a forgotten pair of quotes. */
export const none = (positionals: string[]): void => {
  if (positionals.length > 0)
    throw new UsageError(`“${positionals[0]}” is not expected here; values with spaces need quotes`)
}

export interface Opened {
  config: Config
  clock: Clock
  store: Store<Actions>
}

/**
 * Opens the store of the settings for one command; works while the relay runs. What asks or changes makes no
 * store where there is none: most likely PORCHLIGHT_DATA is not the relay's. Throws StartError.
 */
export const withStore = <Result>(io: Io, work: (opened: Opened) => Promise<Result>): Promise<Result> =>
  open(io, work, async (config) => {
    if (!(await hasStore(config))) throw noStoreError(config)
  })

/** The same for what may be the first to be done: the store is made if it is not there. */
export const withNewStore = <Result>(io: Io, work: (opened: Opened) => Promise<Result>): Promise<Result> =>
  open(io, work, async () => {})

/** What is changed from here is by whoever runs this command: the log of changes says so. */
const asOperator = (store: Store<Actions>): Store<Actions> => ({
  dialect: store.dialect,
  get clockOffset() {
    return store.clockOffset
  },
  onNudge: store.onNudge,
  whispers: store.whispers,
  locks: store.locks,
  close: store.close,
  run: (name, input, now, manner) => {
    const actor: Actor = { way: "cli", user: userInfo().username }
    return store.run(
      name,
      isRecorded(actions[name]) ? ({ ...(input as object), actor } as typeof input) : input,
      now,
      manner,
    )
  },
})

const open = async <Result>(
  io: Io,
  work: (opened: Opened) => Promise<Result>,
  check: (config: Config) => Promise<void>,
): Promise<Result> => {
  const config = readConfig(io.env)
  await check(config)
  const store = await openStore(config)
  try {
    return await work({ config, store: asOperator(store), clock: systemClock(() => store.clockOffset) })
  } finally {
    await store.close()
  }
}
