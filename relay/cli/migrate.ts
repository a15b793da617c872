import { EXIT } from "../start-error.ts"
import { type Command, none, readArgs, withNewStore } from "./command.ts"
import { printDone } from "./print.ts"

/** `porchlight migrate`: what `serve` does with the store at start, alone. */
export const migrate: Command = {
  name: "migrate",
  summary: "bring the store up to date, as serve does at start",
  help: `usage: porchlight migrate [--json]

Makes the tables of the store (PORCHLIGHT_DATA, or PORCHLIGHT_DATABASE_URL) those of this version. The
embedded store is copied first. Does nothing when they already are.

example:
  porchlight migrate`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
    none(positionals)
    return withNewStore(io, async ({ store }) => {
      printDone(
        io,
        values.json,
        { store: store.dialect, upToDate: true },
        `The ${store.dialect} store is up to date.`,
      )
      return EXIT.ok
    })
  },
}
