import type { AgentId, GroupId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
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
import { hoursHelp, readHours, shownHours } from "./hours.ts"
import { planNote } from "./plan-note.ts"
import { printDone, printList } from "./print.ts"
import { asName, findAccount, findAgent, required } from "./values.ts"

/** `porchlight group`: who answers for which concern. */
export const group: Command = {
  name: "group",
  summary: "list, add, change or delete groups",
  help: `usage: porchlight group list [--account ACCOUNT] [--json]
       porchlight group add --name NAME [--member AGENT …] [--account ACCOUNT] [--json]
       porchlight group set GROUP [--name NAME] [--member AGENT … | --no-members] [--hours FILE|none] [--json]
       porchlight group delete GROUP [--json]

GROUP is an id or a name, AGENT an id or a sign-in address, ACCOUNT an id or a name; with a single account it can
be left out. Agents in no group answer for all. The members given are all that the group has from then on.
Where the account's plan has no groups they are kept, but count as none until it has.
A deleted group's conversations concern everybody.
  --hours      office hours of the group; none: those of the account

${hoursHelp}

examples:
  porchlight group add --name Returns --member ada@lamps.example --member ben@lamps.example
  porchlight group set Returns --hours returns.json
  porchlight group delete Returns`,
  run: (args, io) => pickVerb(args, { list, add, set, delete: remove })(io),
}

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  return withStore(io, async (opened) => {
    const { store, clock } = opened
    const accountId = await findAccount(opened, values.account)
    const agents = await store.run("listAgents", { accountId }, clock.now())
    const nameOf = (id: AgentId): string => agents.find((agent) => agent.id === id)?.name ?? id
    printList(
      io,
      values.json,
      await store.run("listGroups", { accountId }, clock.now()),
      ["id", "name", "members", "hours"],
      (row) => [row.id, row.name, row.members.map(nameOf).join(", ") || "–", shownHours(row.hours)],
      "This account has no groups: everybody answers for all.",
    )
    return EXIT.ok
  })
}

const add = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    name: { type: "string" },
    member: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  const name = required("name", asName("name", values.name))
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const members = await findMembers(opened, values.member ?? [])
    const made = await opened.store.run("createGroup", { accountId, name, members }, opened.clock.now())
    const note = await planNote(opened, accountId, ["groups"])
    printDone(io, values.json, { accountId, ...made }, `Added group ${name} (${made.groupId}).${note}`)
    return EXIT.ok
  })
}

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    member: { type: "string", multiple: true },
    "no-members": { type: "boolean", default: false },
    hours: { type: "string" },
    json: { type: "boolean", default: false },
  })
  const which = onlyOne(positionals, "group")
  if (values.member && values["no-members"])
    throw new UsageError("--member and --no-members cannot both be meant")
  const name = asName("name", values.name)
  const hours = readHours("hours", values.hours)
  const given = values["no-members"] ? [] : values.member
  if (name === undefined && hours === undefined && given === undefined)
    throw new UsageError("say what to change")
  return withStore(io, async (opened) => {
    const ids = await findAnywhere(opened, which)
    const change = { name, hours, members: given && (await findMembers(opened, given)) }
    const { version } = await opened.store.run("setGroup", { ...ids, ...change }, opened.clock.now())
    const note = await planNote(opened, ids.accountId, hours ? ["groups", "office-hours"] : ["groups"])
    printDone(io, values.json, { ...ids, ...change, version }, `Changed group ${ids.groupId}.${note}`)
    return EXIT.ok
  })
}

const remove = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
  const which = onlyOne(positionals, "group")
  return withStore(io, async (opened) => {
    const ids = await findAnywhere(opened, which)
    const { version } = await opened.store.run("deleteGroup", ids, opened.clock.now())
    printDone(
      io,
      values.json,
      { ...ids, version },
      `Deleted group ${ids.groupId}: its conversations concern everybody now.`,
    )
    return EXIT.ok
  })
}

const findMembers = async (opened: Opened, given: string[]): Promise<AgentId[]> => {
  const members: AgentId[] = []
  for (const one of given) members.push((await findAgent(opened, one)).agentId)
  return members
}

/** The group with this id or name on any account. */
const findAnywhere = async ({ store, clock }: Opened, given: string) => {
  const found = []
  for (const { id: accountId } of await store.run("listAccounts", {}, clock.now())) {
    const groups = await store.run("listGroups", { accountId }, clock.now())
    const fitting = groups.filter(({ id, name }) => [id as string, name].includes(given))
    found.push(...fitting.map(({ id }) => ({ accountId, groupId: id as GroupId })))
  }
  const [first, ...others] = found
  if (first === undefined)
    throw new Refusal("not-found", `there is no group “${given}”; “porchlight group list” shows them`)
  if (others.length > 0)
    throw new UsageError(`name one group: ${found.map(({ groupId }) => groupId).join(" or ")}`)
  return first
}
