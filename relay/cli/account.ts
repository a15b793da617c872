import type { Language } from "../../shared/words/nouns.ts"
import { EXIT } from "../start-error.ts"
import {
  type Command,
  type Io,
  none,
  onlyOne,
  pickVerb,
  readArgs,
  UsageError,
  withNewStore,
  withStore,
} from "./command.ts"
import { hoursHelp, readHours, shownHours } from "./hours.ts"
import { planNote } from "./plan-note.ts"
import { printDone, printList } from "./print.ts"
import { asLanguage, asName, asPlan, asSeconds, asSwitch, asZone, findAccount, required } from "./values.ts"

/** `porchlight account`: the companies on this relay. */
export const account: Command = {
  name: "account",
  summary: "list, create or change accounts",
  help: `usage: porchlight account list [--json]
       porchlight account create --name NAME [--language en] [--zone UTC] [--grace S] [--wait S] [--plan pro] [--json]
       porchlight account set [ACCOUNT] [--name NAME] [--language L] [--zone Z] [--grace S] [--wait S]
                              [--offline-notices on|off] [--missed-notices on|off] [--hours FILE|none]
                              [--busy-text L=TEXT …] [--plan free|standard|pro] [--mail-domain D|none] [--json]

ACCOUNT is an id or a name; with a single account it can be left out.
  --grace, --wait      seconds, 0 to 600 (of new accounts: the settings' values); they hold at once
  --offline-notices    the account's switch for all its agents; --missed-notices: the same for missed conversations
  --hours              office hours; none: always open
  --busy-text          what visitors read while everybody is busy, by language; cs= takes our own words again
  --plan               what the plan lacks is kept, but ignored until it has it:
                       free: offline notices; standard: and missed conversations, office hours; pro: and groups
  --mail-domain        a mail domain of its own, whose MX is this relay (“porchlight dns” says what to publish);
                       its addresses move there; none: that of the relay

${hoursHelp}

examples:
  porchlight account list
  porchlight account set --grace 30 --wait 30
  porchlight account set "Lamps Ltd" --hours hours.json --busy-text "en=We will be with you in a minute."`,
  run: (args, io) => pickVerb(args, { list, create, set })(io),
}

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
  none(positionals)
  return withStore(io, async ({ store, clock }) => {
    const accounts = await store.run("listAccounts", {}, clock.now())
    printList(
      io,
      values.json,
      accounts,
      ["id", "name", "plan", "grace", "wait", "offline", "missed", "hours", "mail domain"],
      (row) => [
        row.id,
        row.name,
        row.plan,
        `${row.graceMs / 1000} s`,
        `${row.waitMs / 1000} s`,
        row.offlineNotices ? "on" : "off",
        row.missedNotices ? "on" : "off",
        shownHours(row.hours),
        row.mailDomain ?? "the relay's",
      ],
      "There is no account yet: make one with “porchlight setup”.",
    )
    return EXIT.ok
  })
}

const create = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    language: { type: "string" },
    zone: { type: "string" },
    grace: { type: "string" },
    wait: { type: "string" },
    plan: { type: "string" },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  const given = {
    name: required("name", asName("name", values.name)),
    language: asLanguage("language", values.language) ?? "en",
    zone: asZone("zone", values.zone) ?? "UTC",
    plan: asPlan("plan", values.plan),
  }
  const grace = asSeconds("grace", values.grace)
  const wait = asSeconds("wait", values.wait)
  return withNewStore(io, async ({ store, clock, config }) => {
    const times = { graceMs: grace ?? config.graceMs, waitMs: wait ?? config.waitMs }
    const { accountId } = await store.run("createAccount", { ...given, ...times }, clock.now())
    printDone(
      io,
      values.json,
      { accountId },
      `Created account ${accountId}. Next: porchlight agent add --account ${accountId} …`,
    )
    return EXIT.ok
  })
}

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    language: { type: "string" },
    zone: { type: "string" },
    grace: { type: "string" },
    wait: { type: "string" },
    "offline-notices": { type: "string" },
    "missed-notices": { type: "string" },
    hours: { type: "string" },
    "busy-text": { type: "string", multiple: true },
    plan: { type: "string" },
    "mail-domain": { type: "string" },
    json: { type: "boolean", default: false },
  })
  const which = positionals.length === 0 ? undefined : onlyOne(positionals, "account")
  const change = {
    name: asName("name", values.name),
    language: asLanguage("language", values.language),
    zone: asZone("zone", values.zone),
    graceMs: asSeconds("grace", values.grace),
    waitMs: asSeconds("wait", values.wait),
    offlineNotices: asSwitch("offline-notices", values["offline-notices"]),
    missedNotices: asSwitch("missed-notices", values["missed-notices"]),
    hours: readHours("hours", values.hours),
    busyTexts: asBusyTexts("busy-text", values["busy-text"]),
    plan: asPlan("plan", values.plan),
    mailDomain: values["mail-domain"] === "none" ? null : values["mail-domain"],
  }
  if (Object.values(change).every((value) => value === undefined)) throw new UsageError("say what to change")
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, which)
    const { version } = await opened.store.run("setAccount", { accountId, ...change }, opened.clock.now())
    const note = await planNote(opened, accountId, [
      ...(change.hours ? (["office-hours"] as const) : []),
      ...(change.missedNotices ? (["missed-notices"] as const) : []),
    ])
    printDone(io, values.json, { accountId, ...change, version }, `Changed account ${accountId}.${note}`)
    return EXIT.ok
  })
}

/** `en=We will be with you in a minute.` */
const asBusyTexts = (
  option: string,
  given: string[] | undefined,
): Partial<Record<Language, string>> | undefined => {
  if (given === undefined) return undefined
  return Object.fromEntries(
    given.map((one) => {
      const [, language, text = ""] = /^([^=]*)=([\s\S]*)$/.exec(one) ?? []
      if (language === undefined) throw new UsageError(`--${option} “${one}”: it has to be like en=TEXT`)
      return [asLanguage(option, language), text]
    }),
  )
}
