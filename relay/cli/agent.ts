import { EXIT } from "../start-error.ts"
import { type Command, type Io, none, onlyOne, pickVerb, readArgs, UsageError, withStore } from "./command.ts"
import { printDone, printList } from "./print.ts"
import {
  asAddress,
  asLanguage,
  asName,
  asRole,
  asSwitch,
  asZone,
  findAccount,
  findAgent,
  findGroups,
  required,
} from "./values.ts"

/** `porchlight agent`: the people who answer. */
export const agent: Command = {
  name: "agent",
  summary: "list, invite, change or remove agents",
  help: `usage: porchlight agent list [--account ACCOUNT] [--json]
       porchlight agent invite --name NAME --address ADDRESS [--role agent|admin] [--language L] [--zone Z]
                               [--group GROUP …] [--account ACCOUNT] [--json]
       porchlight agent invite AGENT [--json]
       porchlight agent add --name NAME --address ADDRESS [--role agent|admin] [--language en] [--zone UTC]
                            [--account ACCOUNT] [--json]
       porchlight agent set AGENT [--name NAME] [--role agent|admin] [--language L] [--zone Z]
                            [--active on|off] [--group GROUP … | --no-groups]
                            [--offline-notices on|off] [--missed-notices on|off] [--json]
       porchlight agent remove AGENT [--json]

AGENT is an id or a sign-in address, GROUP an id or a name, ACCOUNT an id or a name; with a single account it can be
left out. Agents sign in with a code that is mailed to their address; notices go there too.
Invite mails them how to begin, and with AGENT does so once more; add does not. Not active: signed out everywhere, and their open conversations are
handed back; remove does that for good, and their address is free for somebody else.
  --group      the groups given are all that the agent is in from then on

examples:
  porchlight agent list
  porchlight agent invite --name "Ada Novak" --address ada@lamps.example --language cs --zone Europe/Prague
  porchlight agent set ada@lamps.example --group Returns --group Sales
  porchlight agent remove ada@lamps.example`,
  run: (args, io) => pickVerb(args, { list, invite, add, set, remove })(io),
}

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const agents = await opened.store.run("listAgents", { accountId }, opened.clock.now())
    const groups = await opened.store.run("listGroups", { accountId }, opened.clock.now())
    printList(
      io,
      values.json,
      agents,
      [
        "id",
        "name",
        "address",
        "role",
        "active",
        "status",
        "offline",
        "missed",
        "groups",
        "language",
        "zone",
      ],
      (row) => [
        row.id,
        row.name,
        row.address,
        row.role,
        row.active ? "yes" : "no",
        row.intent,
        row.offlineNotices ? "on" : "off",
        row.missedNotices ? "on" : "off",
        groups.flatMap(({ id, name }) => (row.groups.includes(id) ? [name] : [])).join(", ") || "–",
        row.language,
        row.zone,
      ],
      "This account has no agents: invite one with “porchlight agent invite”.",
    )
    return EXIT.ok
  })
}

const add = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    name: { type: "string" },
    address: { type: "string" },
    role: { type: "string" },
    language: { type: "string" },
    zone: { type: "string" },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  const given = {
    name: required("name", asName("name", values.name)),
    address: required("address", asAddress("address", values.address)),
    role: asRole("role", values.role) ?? "agent",
    language: asLanguage("language", values.language) ?? "en",
    zone: asZone("zone", values.zone) ?? "UTC",
  }
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const { agentId } = await opened.store.run("createAgent", { accountId, ...given }, opened.clock.now())
    printDone(
      io,
      values.json,
      { accountId, agentId },
      `Added ${given.name} (${agentId}). They sign in as ${given.address}.`,
    )
    return EXIT.ok
  })
}

const invite = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    name: { type: "string" },
    address: { type: "string" },
    role: { type: "string" },
    language: { type: "string" },
    zone: { type: "string" },
    group: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  })
  const { json, ...wishes } = values
  if (positionals.length > 0) {
    if (Object.values(wishes).some((value) => value !== undefined))
      throw new UsageError("give AGENT alone to invite once more, or the options alone for somebody new")
    return again(onlyOne(positionals, "agent"), json, io)
  }
  const given = {
    name: required("name", asName("name", values.name)),
    address: required("address", asAddress("address", values.address)),
    role: asRole("role", values.role) ?? "agent",
    language: asLanguage("language", values.language),
    zone: asZone("zone", values.zone),
  }
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const groups = await findGroups(opened, accountId, values.group ?? [])
    const made = await opened.store.run(
      "inviteAgent",
      { accountId, by: null, ...given, groups },
      opened.clock.now(),
    )
    printDone(
      io,
      values.json,
      { accountId, ...made },
      `Invited ${given.name} (${made.agentId}) by a mail to ${given.address}.`,
    )
    return EXIT.ok
  })
}

/** The invitation once more. */
const again = (which: string, json: boolean, io: Io) =>
  withStore(io, async (opened) => {
    const { accountId, agentId } = await findAgent(opened, which)
    const whom = { accountId, by: null, agentId }
    const { address } = await opened.store.run("inviteAgain", whom, opened.clock.now())
    printDone(io, json, { accountId, agentId, address }, `Invited again by a mail to ${address}.`)
    return EXIT.ok
  })

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    role: { type: "string" },
    language: { type: "string" },
    zone: { type: "string" },
    active: { type: "string" },
    group: { type: "string", multiple: true },
    "no-groups": { type: "boolean", default: false },
    "offline-notices": { type: "string" },
    "missed-notices": { type: "string" },
    json: { type: "boolean", default: false },
  })
  const which = onlyOne(positionals, "agent")
  if (values.group && values["no-groups"])
    throw new UsageError("--group and --no-groups cannot both be meant")
  const named = values["no-groups"] ? [] : values.group
  const given = {
    name: asName("name", values.name),
    role: asRole("role", values.role),
    language: asLanguage("language", values.language),
    zone: asZone("zone", values.zone),
    active: asSwitch("active", values.active),
    offlineNotices: asSwitch("offline-notices", values["offline-notices"]),
    missedNotices: asSwitch("missed-notices", values["missed-notices"]),
  }
  if ([named, ...Object.values(given)].every((value) => value === undefined))
    throw new UsageError("say what to change")
  return withStore(io, async (opened) => {
    const ids = await findAgent(opened, which)
    const change = { ...given, groups: named && (await findGroups(opened, ids.accountId, named)) }
    const { version } = await opened.store.run("setAgent", { ...ids, ...change }, opened.clock.now())
    printDone(io, values.json, { ...ids, ...change, version }, `Changed agent ${ids.agentId}.`)
    return EXIT.ok
  })
}

const remove = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, { json: { type: "boolean", default: false } })
  const which = onlyOne(positionals, "agent")
  return withStore(io, async (opened) => {
    const ids = await findAgent(opened, which)
    const { version } = await opened.store.run("removeAgent", ids, opened.clock.now())
    printDone(
      io,
      values.json,
      { ...ids, version },
      `Removed agent ${ids.agentId}: they are signed out everywhere.`,
    )
    return EXIT.ok
  })
}
