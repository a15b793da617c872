import { enableCompileCache } from "node:module"
import { fileURLToPath } from "node:url"

// Compiled once, not at every start: a quarter of the processor's time. Threads read the variable. Where the
// folder cannot be written, everything is compiled each time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL("../node_modules/.cache/porchlight/compiled", import.meta.url),
)
enableCompileCache(process.env.NODE_COMPILE_CACHE)

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
// Who reads no further (`porchlight queue list | head`) wants no more of it; what was asked for is done all the same.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") die(error)
})

const { runCommand } = await import("./cli/index.ts")
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  ended,
})
