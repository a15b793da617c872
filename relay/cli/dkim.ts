import { HOUR, type Millis } from "../../shared/words/time.ts"
import type { DkimKeyView } from "../actions/dkim-keys.ts"
import { KEPT_PUBLISHED, makeDkimPair, OVERLAP } from "../mail/dkim-keys.ts"
import { EXIT } from "../start-error.ts"
import { type Command, type Io, none, onlyOne, pickVerb, readArgs, UsageError, withStore } from "./command.ts"
import { moment, printList, table, zoneName } from "./print.ts"
import { signingKeys } from "./values.ts"

const DAYS_KEPT = KEPT_PUBLISHED / (24 * HOUR)

/** `porchlight dkim`: the keys that mail is signed with, and their exchange. */
export const dkim: Command = {
  name: "dkim",
  summary: "list, exchange or retire the keys that mail is signed with",
  help: `usage: porchlight dkim list [--json]
       porchlight dkim rotate [--overlap ${OVERLAP / HOUR}h | --now] [--json]
       porchlight dkim retire SELECTOR [--withdraw] [--json]

rotate makes new keys under new selectors. Publish their records (“porchlight dns” shows old and new); after the
overlap they sign, and the old ones cease. Those stay published for ${DAYS_KEPT} days more, so that mail under way can
still be checked. With --now they sign at once; if new ones wait already, these do.
retire ends the signing of one key now; with --withdraw its record goes too, as for a key that somebody else has.
Relays that run follow within a minute; nothing needs a restart.

examples:
  porchlight dkim rotate
  porchlight dkim rotate --overlap 72h
  porchlight dkim retire pl-2026-11-r`,
  run: (args, io) => pickVerb(args, { list, rotate, retire })(io),
}

const JSON_OPTION = { json: { type: "boolean", default: false } } as const

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, JSON_OPTION)
  none(positionals)
  return withStore(io, async (opened) => {
    await signingKeys(opened)
    const keys = await opened.store.run("listDkimKeys", {}, opened.clock.now())
    printList(io, values.json, keys, headings(), cells, "")
    return EXIT.ok
  })
}

const rotate = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    overlap: { type: "string" },
    now: { type: "boolean", default: false },
    ...JSON_OPTION,
  })
  none(positionals)
  if (values.now && values.overlap !== undefined) throw new UsageError("--now is an overlap of none: use one")
  const overlapMs = values.now ? 0 : asHours(values.overlap)
  return withStore(io, async (opened) => {
    await signingKeys(opened)
    const { store, clock } = opened
    const pair = await makeDkimPair()
    const keys = await store.run("rotateDkimKeys", { pair, overlapMs }, clock.now())
    show(io, values.json, keys, [
      values.now
        ? "The new keys sign within a minute: publish their records now, if they are not yet."
        : `Publish the records of the new keys now; they sign from ${moment(newest(keys))} on (${zoneName()}).`,
      "“porchlight dns” prints the records, “porchlight doctor” looks whether they are there.",
    ])
    return EXIT.ok
  })
}

const retire = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    withdraw: { type: "boolean", default: false },
    ...JSON_OPTION,
  })
  const selector = onlyOne(positionals, "selector")
  return withStore(io, async (opened) => {
    await signingKeys(opened)
    const { store, clock } = opened
    const { withdraw } = values
    const keys = await store.run("retireDkimKey", { selector, withdraw }, clock.now())
    const until = keys.find((key) => key.selector === selector)?.publishedUntil ?? null
    show(io, values.json, keys, [
      withdraw
        ? `${selector} signs no more. Remove its record: what it signed counts as not signed then.`
        : `${selector} signs no more. Leave its record until ${moment(until)} (${zoneName()}).`,
    ])
    return EXIT.ok
  })
}

const newest = (keys: readonly DkimKeyView[]): Millis => Math.max(...keys.map(({ signsFrom }) => signsFrom))

const headings = (): string[] => {
  const zone = zoneName()
  return ["selector", "key", "state", `signs from (${zone})`, "until", "published until"]
}

const cells = (key: DkimKeyView): string[] => [
  key.selector,
  key.algorithm,
  key.state,
  key.signsFrom === 0 ? "the start" : moment(key.signsFrom),
  moment(key.retiresAt),
  moment(key.publishedUntil),
]

const show = (io: Io, json: boolean, keys: DkimKeyView[], sentences: string[]): void => {
  if (json) io.out(JSON.stringify(keys, null, 2))
  else io.out([table(headings(), keys.map(cells)), ...sentences].join("\n"))
}

/** `48h` or `2d`, from an hour to 60 days. */
const asHours = (given: string | undefined): Millis => {
  if (given === undefined) return OVERLAP
  const [, number = "", unit] = /^(\d{1,4})(h|d)$/.exec(given) ?? []
  const ms = Number(number) * HOUR * (unit === "d" ? 24 : 1)
  if (unit === undefined || ms < HOUR || ms > 60 * 24 * HOUR)
    throw new UsageError(`--overlap “${given}”: it has to be hours or days like 48h or 3d, at most 60d`)
  return ms
}
