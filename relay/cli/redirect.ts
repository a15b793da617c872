import type { RedirectView, UnreachedView } from "../../shared/protocol/views.ts"
import type { AccountId } from "../../shared/words/ids.ts"
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
import { moment, printDone, printList } from "./print.ts"
import { asAddressArgument, asInboxMode, asName, findAccount, findAgent, findGroup } from "./values.ts"

/** `porchlight redirect`: second addresses that take somebody's mail. */
export const redirect: Command = {
  name: "redirect",
  summary: "list, set or switch off redirects and general inboxes",
  help: `usage: porchlight redirect list [--account ACCOUNT] [--json]
       porchlight redirect set ADDRESS [--agent AGENT | --group GROUP] [--mode along-with|instead-of]
                               [--by NAME] [--account ACCOUNT] [--json]
       porchlight redirect off [--agent AGENT | --group GROUP] [--account ACCOUNT] [--json]

Without --agent and --group it is the general inbox of the account, which gets what no group's inbox gets.
  --agent   an agent's own redirect
  --group   the general inbox of a group
  --mode    along with the destination (or the agents), which is the default; or instead of it (or them)
  --by      the name that verdicts give for who set it (default: operator)
An address has to be confirmed before: see “porchlight address”. Where mail would go round in a loop, or to the
relay itself, it is refused. AGENT is an id or a sign-in address, GROUP an id or a name, ACCOUNT too; with a
single account it can be left out.

examples:
  porchlight redirect set info@lamps.example
  porchlight redirect set sales@lamps.example --group Sales --mode instead-of
  porchlight redirect off --agent ada@lamps.example`,
  run: (args, io) => pickVerb(args, { list, set, off })(io),
}

const OWNER = {
  account: { type: "string" },
  agent: { type: "string" },
  group: { type: "string" },
  json: { type: "boolean", default: false },
} as const

type Owner = RedirectView["owner"]

const ownerOf = async (
  opened: Opened,
  { account, agent, group }: { account?: string; agent?: string; group?: string },
): Promise<{ accountId: AccountId; owner: Owner }> => {
  if (agent !== undefined && group !== undefined)
    throw new UsageError("name an agent or a group, not both: each has a redirect of its own")
  if (agent !== undefined) {
    const { accountId, agentId } = await findAgent(opened, agent)
    return { accountId, owner: { kind: "agent", id: agentId } }
  }
  const accountId = await findAccount(opened, account)
  if (group === undefined) return { accountId, owner: { kind: "account", id: accountId } }
  return { accountId, owner: { kind: "group", id: await findGroup(opened, accountId, group) } }
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
    const { redirects, verified } = await store.run("listRedirects", { accountId }, clock.now())
    if (values.json) {
      io.out(JSON.stringify({ redirects, verified }, null, 2))
      return EXIT.ok
    }
    const agents = await store.run("listAgents", { accountId }, clock.now())
    const groups = await store.run("listGroups", { accountId }, clock.now())
    const nameOf = ({ kind, id }: Owner): string =>
      kind === "account"
        ? "the account"
        : ([...agents, ...groups].find((one) => one.id === id)?.name ?? "(gone)")
    printList(
      io,
      false,
      redirects,
      ["of", "name", "address", "mode", "set by", "at"],
      (row) => [
        row.owner.kind,
        nameOf(row.owner),
        row.address,
        row.mode,
        row.setBy || "–",
        moment(row.setAt),
      ],
      "There are no redirects: everybody's mail goes to their destination.",
    )
    io.out(`\nConfirmed addresses: ${verified.join(", ") || "none yet; see “porchlight address --help”"}`)
    return EXIT.ok
  })
}

/** Switching off is always possible; but whoever does it is to know what becomes of it. */
const nobodyFor = ({ group, kind }: UnreachedView): string =>
  `Nobody gets ${kind === "offline" ? "offline notices" : "notices of missed conversations"} ${group === null ? "of conversations without a group" : `of ${group}`} now: everybody has switched them off.`

const set = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    ...OWNER,
    mode: { type: "string" },
    by: { type: "string", default: "operator" },
  })
  const address = asAddressArgument(onlyOne(positionals, "address"))
  const mode = asInboxMode("mode", values.mode) ?? "along-with"
  const by = asName("by", values.by) ?? "operator"
  return withStore(io, async (opened) => {
    const { accountId, owner } = await ownerOf(opened, values)
    const given = { accountId, by, owner, redirect: { address, mode } }
    const { version } = await opened.store.run("setRedirect", given, opened.clock.now())
    printDone(
      io,
      values.json,
      { accountId, owner, address, mode, version },
      `Mail of the ${owner.kind} goes to ${address} now, ${mode.replace("-", " ")} ${owner.kind === "agent" ? "the destination" : "the agents"}.`,
    )
    return EXIT.ok
  })
}

const off = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, OWNER)
  none(positionals)
  return withStore(io, async (opened) => {
    const { store, clock } = opened
    const { accountId, owner } = await ownerOf(opened, values)
    const given = { accountId, by: "operator", owner, redirect: null }
    const { version } = await store.run("setRedirect", given, clock.now())
    const { unreached } = await store.run("listRedirects", { accountId }, clock.now())
    printDone(
      io,
      values.json,
      { accountId, owner, version, unreached },
      [`Mail of the ${owner.kind} is not redirected any more.`, ...unreached.map(nobodyFor)].join("\n"),
    )
    return EXIT.ok
  })
}
