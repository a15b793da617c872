import { runCommand } from "./cli/index.ts"

/** The process: signals become `ended`, and what nobody caught ends it. */
const ended = new Promise<void>((resolve) => {
  process.once("SIGTERM", resolve)
  process.once("SIGINT", resolve)
})

const die = (error: unknown): void => {
  process.stderr.write(
    `porchlight: unexpected error, ending: ${error instanceof Error ? error.stack : error}\n`,
  )
  process.exit(1)
}
process.on("uncaughtException", die)
process.on("unhandledRejection", die)

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  ended,
})
