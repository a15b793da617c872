import { systemClock } from "../clock.ts"
import { type Config, SettingsError } from "../config.ts"
import { withoutSecret } from "../log.ts"
import { hasStore, storeFile } from "../open-store.ts"
import { postgresUrl } from "../settings/readers.ts"
import { EXIT, type ExitCode, noStoreError } from "../start-error.ts"
import { moveStore, takeBack } from "../store/copy/move.ts"
import { type Command, type Io, none, readArgs, UsageError, withNewStore } from "./command.ts"
import { copying } from "./copying.ts"
import { printDone } from "./print.ts"

/** `porchlight migrate`: the tables brought up to date, or the embedded store taken to a PostgreSQL. */
export const migrate: Command = {
  name: "migrate",
  summary: "bring the store up to date; take the embedded store to PostgreSQL",
  help: `usage: porchlight migrate [--json]
       porchlight migrate --to postgres://… [--json]
       porchlight migrate --take-back [--json]

Without options it makes the tables of the store (PORCHLIGHT_DATA, or PORCHLIGHT_DATABASE_URL) those of this version.
The embedded store is copied first. Does nothing when they already are.

--to takes the embedded store of PORCHLIGHT_DATA to a PostgreSQL that is empty:
  1. While the relay runs, everything there is up to now is copied ahead. Repeat it as often as you like: only what
     differs is written.
  2. End the relay and run the same command again. It copies the rest, counts and sums every table on both sides, and
     marks the embedded store as moved: nothing opens it any more.
  3. Start the relay with PORCHLIGHT_DATABASE_URL.
The relay is down from 2 to 3, about as long as reading the store through twice takes; senders of mail come back,
chat boxes keep what is written. If it breaks off, run it again. The password may be in PGPASSWORD instead.

--take-back opens a store again that was moved. What was written since is in the PostgreSQL only.

examples:
  porchlight migrate
  porchlight migrate --to postgres://porchlight@db.example.com/porchlight`,
  run: (args, io) => {
    const { values, positionals } = readArgs(args, {
      json: { type: "boolean", default: false },
      to: { type: "string" },
      "take-back": { type: "boolean", default: false },
    })
    none(positionals)
    if (values.to !== undefined && values["take-back"]) throw new UsageError("either --to or --take-back")
    if (values.to !== undefined) return move(io, values.to, values.json)
    if (values["take-back"]) return back(io, values.json)
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

/** The embedded store is what is moved, so no other is to be set. */
const embedded = async (config: Config): Promise<string> => {
  if (config.databaseUrl !== null) {
    throw new SettingsError([
      {
        name: "PORCHLIGHT_DATABASE_URL",
        value: withoutSecret(config.databaseUrl),
        right: "leave it unset: it is the embedded store in PORCHLIGHT_DATA that is moved, or taken back",
      },
    ])
  }
  if (!(await hasStore(config))) throw noStoreError(config)
  return storeFile(config)
}

const move = (io: Io, given: string, json: boolean): Promise<ExitCode> => {
  const read = postgresUrl(given)
  if (!("value" in read)) throw new UsageError(`--to is “${withoutSecret(given)}”: ${read.right}`)
  const to = withoutSecret(given)
  return copying(io, `The store was not moved; as far as copied it is in ${to}`, async (config) => {
    const file = await embedded(config)
    const clock = systemClock()
    const began = clock.now()
    const result = await moveStore(file, { url: given, to }, began)
    const seconds = Math.ceil((clock.now() - began) / 1000)
    const { rows, tables, written, removed } = result.copied
    const facts = { to, moved: result.moved, tables, rows, written, removed, seconds }
    const said = `${rows} rows of ${tables} tables, of which ${written} were written and ${removed} removed there`
    if (!result.moved) {
      printDone(
        io,
        json,
        facts,
        `Copied ahead to ${to}: ${said}, in ${seconds} s. Not moved yet, as a relay or another command has the store open: end it, and run this again.`,
      )
      return EXIT.ok
    }
    printDone(
      io,
      json,
      { ...facts, verified: result.verified },
      `Moved to ${to}: ${said}; counts and checksums of all are the same on both sides. The relay may start, with PORCHLIGHT_DATABASE_URL set to it; ${file} is not opened any more.`,
    )
    return EXIT.ok
  })
}

const back = (io: Io, json: boolean): Promise<ExitCode> =>
  copying(io, "The store was not taken back", async (config) => {
    const moved = takeBack(await embedded(config))
    const where =
      moved === null ? "had not been moved" : `is used again; what was written since is in ${moved.to}`
    printDone(
      io,
      json,
      { takenBack: moved !== null, from: moved?.to ?? null },
      `The embedded store ${where}.`,
    )
    return EXIT.ok
  })
