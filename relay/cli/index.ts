import packageJson from "../../package.json" with { type: "json" }
import { Refusal } from "../../shared/words/refusals.ts"
import { SettingsError } from "../config.ts"
import { EXIT, type ExitCode, StartError } from "../start-error.ts"
import { account } from "./account.ts"
import { address } from "./address.ts"
import { agent } from "./agent.ts"
import { backup } from "./backup.ts"
import { bounceKeys } from "./bounce-keys.ts"
import { changes } from "./changes.ts"
import { type Command, type Io, UsageError } from "./command.ts"
import { destinations } from "./destinations.ts"
import { dkim } from "./dkim.ts"
import { dns } from "./dns.ts"
import { doctor } from "./doctor.ts"
import { erase } from "./erase.ts"
import { exportData } from "./export.ts"
import { group } from "./group.ts"
import { mailName } from "./mail-name.ts"
import { migrate } from "./migrate.ts"
import { queue } from "./queue.ts"
import { redirect } from "./redirect.ts"
import { restore } from "./restore.ts"
import { serve } from "./serve.ts"
import { setup } from "./setup.ts"
import { simulate } from "./simulate.ts"
import { site } from "./site.ts"
import { timeline } from "./timeline.ts"
import { webhook } from "./webhook.ts"
import { why } from "./why.ts"

export const COMMANDS: readonly Command[] = [
  serve,
  setup,
  account,
  agent,
  group,
  site,
  address,
  mailName,
  redirect,
  destinations,
  why,
  simulate,
  timeline,
  changes,
  webhook,
  exportData,
  erase,
  queue,
  dns,
  dkim,
  bounceKeys,
  doctor,
  backup,
  restore,
  migrate,
]

/** The list of commands, for `porchlight --help`. */
const overview = (): string => {
  const rows = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`)
  return `usage: porchlight <command> [options]

${rows.join("\n")}

porchlight <command> --help says more. Settings come from the environment; see docs/settings.md.`
}

/** Runs one command line (without `porchlight` itself) and gives the exit code. */
export const runCommand = async (args: string[], io: Io): Promise<ExitCode> => {
  const [name = "", ...rest] = args
  if (name === "--help" || name === "-h" || name === "help") {
    io.out(overview())
    return EXIT.ok
  }
  if (name === "--version") {
    io.out(packageJson.version)
    return EXIT.ok
  }
  const command = COMMANDS.find((one) => one.name === name)
  if (command === undefined) {
    io.err(name === "" ? overview() : `There is no command “${name}”.\n\n${overview()}`)
    return EXIT.usage
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(command.help)
    return EXIT.ok
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    return explain(error, command, io)
  }
}

/** Says what went wrong in words; what is nobody's mistake goes on as it is. */
const explain = (error: unknown, { name }: Command, io: Io): ExitCode => {
  if (error instanceof UsageError) {
    io.err(`porchlight ${name}: ${error.message}\nporchlight ${name} --help says more.`)
    return EXIT.usage
  }
  if (error instanceof SettingsError) {
    io.err(`These settings are wrong:\n${error.message.replace(/^/gm, "  ")}`)
    return EXIT.usage
  }
  if (error instanceof StartError) {
    io.err(error.message)
    return error.exitCode
  }
  if (error instanceof Refusal) {
    io.err(`porchlight ${name}: ${error.message}`)
    return error.code === "store-full" || error.code === "store-unavailable" ? EXIT.store : EXIT.refused
  }
  throw error
}
