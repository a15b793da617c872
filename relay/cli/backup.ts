import path from "node:path"
import { sizeIn } from "../../shared/i18n/formatter.ts"
import { systemClock } from "../clock.ts"
import { hasStore } from "../open-store.ts"
import { EXIT, noStoreError } from "../start-error.ts"
import { backUp } from "../store/copy/backup.ts"
import { type Command, onlyOne, readArgs } from "./command.ts"
import { copying, holdings, placeOf } from "./copying.ts"
import { printDone } from "./print.ts"

/** `porchlight backup`: the whole store in one file, while relays run on it. */
export const backup: Command = {
  name: "backup",
  summary: "copy the whole store into a file, while the relay runs",
  help: `usage: porchlight backup FILE [--json]

Copies the store (PORCHLIGHT_DATA, or PORCHLIGHT_DATABASE_URL) as it is at one moment into FILE, while relays go on.
FILE is an embedded store, also when the copy is of a PostgreSQL; it is read through before it gets its name, and is
not written over one that is there. It holds everything: conversations, files, mails under way, keys. Keep it as
safe as the store. “porchlight restore FILE” makes a store of either kind of it.

examples:
  porchlight backup /backup/porchlight-$(date +%F).db
  porchlight backup /backup/now.db --json`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
    const file = path.resolve(onlyOne(positionals, "file the copy goes to"))
    return copying(io, "No copy was made", async (config) => {
      if (!(await hasStore(config))) throw noStoreError(config)
      const held = await backUp(placeOf(config), file, systemClock().now())
      printDone(
        io,
        values.json,
        { file, ...held },
        `${file} holds ${holdings(held)} (${sizeIn(held.bytes, "en")}).`,
      )
      return EXIT.ok
    })
  },
}
