import path from "node:path"
import { systemClock } from "../clock.ts"
import { EXIT } from "../start-error.ts"
import { restore as restoreStore } from "../store/copy/restore.ts"
import { type Command, onlyOne, readArgs } from "./command.ts"
import { copying, holdings, nameOf, placeOf } from "./copying.ts"
import { printDone } from "./print.ts"

/** `porchlight restore`: an empty store made what a backup holds. */
export const restore: Command = {
  name: "restore",
  summary: "make an empty store what a backup holds",
  help: `usage: porchlight restore FILE [--json]

Makes the store of the settings (PORCHLIGHT_DATA, or PORCHLIGHT_DATABASE_URL) what FILE holds, a copy made by
“porchlight backup” of a store of either kind, of this version or an earlier one. The store has to be empty, and no
relay may run on it. FILE is not changed. On PostgreSQL all tables are counted and summed afterwards; if it breaks off,
run it again.

Mails that waited when the copy was made go out when the relay starts, those that had gone out since once more, with
the same Message-ID. Take them from the queue before, if that is not wanted: “porchlight queue --help”.

example:
  PORCHLIGHT_DATA=/var/lib/porchlight porchlight restore /backup/porchlight-2026-11-20.db`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
    const file = path.resolve(onlyOne(positionals, "file to restore from"))
    return copying(io, "Nothing was restored", async (config) => {
      const place = placeOf(config)
      const held = await restoreStore(file, place, systemClock().now())
      printDone(
        io,
        values.json,
        { store: nameOf(place), ...held },
        `${nameOf(place)} holds ${holdings(held)} now. Start the relay.`,
      )
      return EXIT.ok
    })
  },
}
