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
  required,
} from "./values.ts"

/** `porchlight agent`: the people who answer. */
export const agent: Command = {
  name: "agent",
  summary: "list, add or change agents",
  help: `usage: porchlight agent list [--account ACCOUNT] [--json]
       porchlight agent add --name NAME --address ADDRESS [--role agent|admin] [--language en] [--zone UTC]
                            [--account ACCOUNT] [--json]
       porchlight agent set AGENT [--name NAME] [--role agent|admin] [--language L] [--zone Z]
                            [--active on|off] [--offline-notices on|off] [--json]

AGENT is an id or a sign-in address. ACCOUNT is an id or a name; with a single account it can be left out.
Agents sign in with a code that is mailed to their address; notices go there too.

examples:
  porchlight agent list
  porchlight agent add --name "Ada Novak" --address ada@lamps.example --language cs --zone Europe/Prague
  porchlight agent set ada@lamps.example --active off`,
  run: (args, io) => pickVerb(args, { list, add, set })(io),
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
    printList(
      io,
      values.json,
      agents,
      ["id", "name", "address", "role", "active", "status", "notices", "language", "zone"],
      (row) => [
        row.id,
        row.name,
        row.address,
        row.role,
        row.active ? "yes" : "no",
        row.intent,
        row.offlineNotices ? "on" : "off",
        row.language,
        row.zone,
      ],
      "This account has no agents: add one with “porchlight agent add”.",
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

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    name: { type: "string" },
    role: { type: "string" },
    language: { type: "string" },
    zone: { type: "string" },
    active: { type: "string" },
    "offline-notices": { type: "string" },
    json: { type: "boolean", default: false },
  })
  const which = onlyOne(positionals, "agent")
  const change = {
    name: asName("name", values.name),
    role: asRole("role", values.role),
    language: asLanguage("language", values.language),
    zone: asZone("zone", values.zone),
    active: asSwitch("active", values.active),
    offlineNotices: asSwitch("offline-notices", values["offline-notices"]),
  }
  if (Object.values(change).every((value) => value === undefined)) throw new UsageError("say what to change")
  return withStore(io, async (opened) => {
    const ids = await findAgent(opened, which)
    await opened.store.run("setAgent", { ...ids, ...change }, opened.clock.now())
    printDone(io, values.json, { ...ids, ...change }, `Changed agent ${ids.agentId}.`)
    return EXIT.ok
  })
}
