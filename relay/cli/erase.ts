import type { PersonView } from "../../shared/protocol/record-views.ts"
import { whoseOf } from "../actions/persons.ts"
import { type Scrubbed, scrubNow } from "../scrub.ts"
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
import { printDone } from "./print.ts"
import { findAccount, findAgent } from "./values.ts"

/** `porchlight erase`: a person's data goes, for good. */
export const erase: Command = {
  name: "erase",
  summary: "erase a visitor, or an agent's name and addresses; there is no way back",
  help: `usage: porchlight erase visitor ADDRESS|ID [--account ACCOUNT] (--dry-run | --yes) [--json]
       porchlight erase agent AGENT (--dry-run | --yes) [--json]
       porchlight erase leftovers

visitor: who they are, their conversations with every message, attachment, mail and verdict, what waits in the queue,
what can be searched for. agent: they are removed; their name and addresses go everywhere, what they wrote stays.
--dry-run says what would go, and changes nothing. The log of changes says that somebody was erased, not who.
Afterwards the embedded store's file is written anew, so that no deleted byte is left in it; leftovers does only that,
after erasures on the admin page of a large store. It takes about as long as copying the file, works beside a relay
that runs, and needs room for the file once more.

examples:
  porchlight erase visitor eve@example.org --dry-run
  porchlight erase agent ben@lamps.example --yes`,
  run: (args, io) => pickVerb(args, { visitor, agent, leftovers })(io),
}

const OPTIONS = {
  "dry-run": { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const

const decided = (values: { "dry-run": boolean; yes: boolean }): "look" | "erase" => {
  if (values["dry-run"] === values.yes)
    throw new UsageError("say --dry-run to see what would go, or --yes to erase it: there is no way back")
  return values.yes ? "erase" : "look"
}

const visitor = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { ...OPTIONS, account: { type: "string" } })
  const whose = whoseOf(onlyOne(positionals, "visitor"))
  const how = decided(values)
  return withStore(io, async (opened) => {
    const { store, clock } = opened
    const given = { accountId: await findAccount(opened, values.account), whose }
    if (how === "look") return tellLook(io, values.json, await store.run("readPerson", given, clock.now()))
    return tellErased(io, values.json, opened, await store.run("erasePerson", given, clock.now()))
  })
}

const agent = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, OPTIONS)
  const who = onlyOne(positionals, "agent")
  const how = decided(values)
  return withStore(io, async (opened) => {
    const { store, clock } = opened
    const ids = await findAgent(opened, who)
    if (how === "look") return tellLook(io, values.json, await store.run("readAgentData", ids, clock.now()))
    return tellErased(io, values.json, opened, await store.run("eraseAgent", ids, clock.now()))
  })
}

const leftovers = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { json: OPTIONS.json })
  none(positionals)
  return withStore(io, async ({ config }) => {
    const scrubbed = scrubNow(config)
    printDone(io, values.json, { ...scrubbed }, tellScrubbed(scrubbed).join("\n"))
    return EXIT.ok
  })
}

const tellPerson = (person: PersonView): string[] => {
  if (person.agent !== null)
    return [`Agent ${person.agent.name}; addresses: ${person.addresses.join(", ") || "none"}`]
  return [
    ...person.visitors.map(
      ({ id, name, address, site }) =>
        `Visitor ${id}: ${name ?? "no name"}, ${address ?? "no address"}, on ${site}`,
    ),
    `Addresses: ${person.addresses.join(", ") || "none"}`,
    `Conversations: ${person.conversations}, messages: ${person.messages}, mails: ${person.mails}, attachments: ${person.attachments}`,
  ]
}

const tellLook = (io: Io, json: boolean, person: PersonView) => {
  const lines = [...tellPerson(person), "Nothing was changed. With --yes all of this goes."]
  printDone(io, json, { ...person }, lines.join("\n"))
  return EXIT.ok
}

const tellErased = (io: Io, json: boolean, { config }: Opened, person: PersonView) => {
  const scrubbed = scrubNow(config)
  const lines = [...tellPerson(person), "Erased.", ...tellScrubbed(scrubbed)]
  printDone(io, json, { person, ...scrubbed }, lines.join("\n"))
  return EXIT.ok
}

const tellScrubbed = ({ how, copies }: Scrubbed): string[] => [
  how === "none"
    ? "PostgreSQL gives the room back by itself (VACUUM); its own backups are yours to see to."
    : "The store's file was written anew: no deleted byte is left in it.",
  ...(copies.length === 0
    ? []
    : [`These copies from before updates still have whoever was in them; remove them: ${copies.join(", ")}`]),
  "Backups that you made have them too.",
]
