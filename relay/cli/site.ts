import { Refusal } from "../../shared/words/refusals.ts"
import { snippet } from "../http/snippet.ts"
import { EXIT } from "../start-error.ts"
import {
  type Command,
  type Io,
  none,
  type Opened,
  onlyOne,
  pickVerb,
  readArgs,
  UsageError,
  withStore,
} from "./command.ts"
import { planNote } from "./plan-note.ts"
import { printDone, printList } from "./print.ts"
import { asLanguage, asName, asOrigins, findAccount, findGroups, required } from "./values.ts"

/** `porchlight site`: the websites with a chat box. */
export const site: Command = {
  name: "site",
  summary: "list, add or change sites, and print their tag",
  help: `usage: porchlight site list [--account ACCOUNT] [--json]
       porchlight site add --name NAME --origin ORIGIN [--origin …] [--language en] [--groups GROUP …]
                           [--account ACCOUNT] [--json]
       porchlight site set SITE [--name NAME] [--origin ORIGIN …] [--language L] [--groups GROUP … | --no-groups]
                           [--json]
       porchlight site snippet [SITE] [--json]

SITE is an id, a key or a name; GROUP and ACCOUNT an id or a name. What there is only one of can be left out.
  --origin    where the chat box may stand, like https://www.example.com; * for anywhere
  --groups    the groups that visitors choose from, in this order; repeat it, or name several with commas

examples:
  porchlight site add --name "Lamps" --origin https://lamps.example --origin https://www.lamps.example
  porchlight site set Lamps --groups Sales,Returns
  porchlight site snippet Lamps`,
  run: (args, io) => pickVerb(args, { list, add, set, snippet: printSnippet })(io),
}

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const groups = await opened.store.run("listGroups", { accountId }, opened.clock.now())
    printList(
      io,
      values.json,
      await opened.store.run("listSites", { accountId }, opened.clock.now()),
      ["id", "name", "key", "language", "groups", "origins"],
      (row) => [
        row.id,
        row.name,
        row.key,
        row.language,
        row.groups.map((id) => groups.find((group) => group.id === id)?.name ?? id).join(", ") || "–",
        row.origins.join(" "),
      ],
      "This account has no sites: add one with “porchlight site add”.",
    )
    return EXIT.ok
  })
}

const add = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    name: { type: "string" },
    origin: { type: "string", multiple: true },
    language: { type: "string" },
    groups: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  const given = {
    name: required("name", asName("name", values.name)),
    origins: required("origin", asOrigins("origin", values.origin)),
    language: asLanguage("language", values.language) ?? "en",
  }
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const groups = await findGroups(opened, accountId, namesOf(values.groups ?? []))
    const made = await opened.store.run("createSite", { accountId, ...given, groups }, opened.clock.now())
    const tag = snippet(opened.config.publicUrl, made.siteKey)
    printDone(
      io,
      values.json,
      { accountId, ...made, snippet: tag },
      `Added site ${made.siteId}. Put this on its pages:\n${tag}`,
    )
    return EXIT.ok
  })
}

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    origin: { type: "string", multiple: true },
    language: { type: "string" },
    groups: { type: "string", multiple: true },
    "no-groups": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  })
  const which = onlyOne(positionals, "site")
  if (values.groups && values["no-groups"])
    throw new UsageError("--groups and --no-groups cannot both be meant")
  const given = {
    name: asName("name", values.name),
    origins: asOrigins("origin", values.origin),
    language: asLanguage("language", values.language),
  }
  const named = values["no-groups"] ? [] : values.groups && namesOf(values.groups)
  if ([named, ...Object.values(given)].every((value) => value === undefined))
    throw new UsageError("say what to change")
  return withStore(io, async (opened) => {
    const { accountId, id: siteId } = await findSite(opened, which)
    const change = { ...given, groups: named && (await findGroups(opened, accountId, named)) }
    const { version } = await opened.store.run(
      "setSite",
      { accountId, siteId, ...change },
      opened.clock.now(),
    )
    const note = named?.length ? await planNote(opened, accountId, ["groups"]) : ""
    printDone(io, values.json, { accountId, siteId, ...change, version }, `Changed site ${siteId}.${note}`)
    return EXIT.ok
  })
}

/** Several in one option, or each in one of its own. */
const namesOf = (given: string[]): string[] =>
  given.flatMap((one) => one.split(",").map((name) => name.trim())).filter((name) => name !== "")

const printSnippet = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
  const which = positionals.length === 0 ? undefined : onlyOne(positionals, "site")
  return withStore(io, async (opened) => {
    const { id: siteId, key } = await findSite(opened, which)
    const tag = snippet(opened.config.publicUrl, key)
    printDone(io, values.json, { siteId, siteKey: key, snippet: tag }, tag)
    return EXIT.ok
  })
}

/** The site with this id, key or name on any account; without one the only one there is. */
const findSite = async ({ store, clock }: Opened, given: string | undefined) => {
  const found = []
  for (const { id: accountId } of await store.run("listAccounts", {}, clock.now())) {
    const sites = await store.run("listSites", { accountId }, clock.now())
    const fitting = sites.filter((row) => given === undefined || [row.id, row.key, row.name].includes(given))
    found.push(...fitting.map((row) => ({ ...row, accountId })))
  }
  const [first, ...others] = found
  if (first === undefined)
    throw new Refusal(
      "not-found",
      given === undefined
        ? "there is no site yet: make one with “porchlight setup”"
        : `there is no site “${given}”; “porchlight site list” shows them`,
    )
  if (others.length > 0) throw new UsageError(`name one site: ${found.map(({ id }) => id).join(" or ")}`)
  return first
}
