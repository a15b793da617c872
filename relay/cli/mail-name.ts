import type { AccountId } from "../../shared/words/ids.ts"
import { EXIT } from "../start-error.ts"
import type { NameOwner } from "../store/mail-names.ts"
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
import { printDone, printList } from "./print.ts"
import { asName, findAccount, findAgent, findGroup } from "./values.ts"

/** `porchlight mail-name`: the addresses that people write to. */
export const mailName: Command = {
  name: "mail-name",
  summary: "list, add or remove addresses at the mail domain",
  help: `usage: porchlight mail-name list [--account ACCOUNT] [--json]
       porchlight mail-name add NAME (--agent AGENT | --group GROUP | --inbox) [--by NAME] [--account ACCOUNT] [--json]
       porchlight mail-name remove NAME [--account ACCOUNT] [--json]

NAME is what stands before the @ of an address at the mail domain, such as info. Mail to an agent's name is forwarded
to their address (or redirect); mail to a group's, or to the account's inbox, becomes a conversation.
Every agent and group has a name from the start, made of what they are called, and the account has “inbox”.
Mail to name+anything reaches name. A name that is removed is refused: who writes to it hears so at once.
  --agent, --group, --inbox   whose name it is
  --by                        the name that screens give for who made it (default: operator)
AGENT is an id or a sign-in address, GROUP and ACCOUNT an id or a name; with a single account it can be left out.
The account's own mail domain is set by “porchlight account set --mail-domain”.

examples:
  porchlight mail-name list
  porchlight mail-name add info --inbox
  porchlight mail-name add returns --group "Returns & repairs"
  porchlight mail-name remove info`,
  run: (args, io) => pickVerb(args, { list, add, remove })(io),
}

const list = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    json: { type: "boolean", default: false },
  })
  none(positionals)
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    const { names } = await opened.store.run("listMailNames", { accountId }, opened.clock.now())
    printList(
      io,
      values.json,
      names,
      ["address", "of", "mail becomes", "made by"],
      (row) => [
        row.address,
        row.owner.kind === "account" ? "inbox" : row.ownerName,
        row.owner.kind === "agent" ? "forwarded" : "a conversation",
        row.madeBy ?? "the relay",
      ],
      "There is no address: mail to this account is refused. Make one with “porchlight mail-name add”.",
    )
    return EXIT.ok
  })
}

const ownerOf = async (
  opened: Opened,
  values: { account?: string; agent?: string; group?: string; inbox: boolean },
): Promise<{ accountId: AccountId; owner: NameOwner }> => {
  const said = [values.agent, values.group, values.inbox || undefined].filter((one) => one !== undefined)
  if (said.length !== 1) throw new UsageError("say whose name it is: --agent, --group or --inbox")
  if (values.agent !== undefined) {
    const { accountId, agentId } = await findAgent(opened, values.agent)
    return { accountId, owner: { kind: "agent", id: agentId } }
  }
  if (values.group !== undefined) {
    const accountId = await findAccount(opened, values.account)
    return { accountId, owner: { kind: "group", id: await findGroup(opened, accountId, values.group) } }
  }
  const accountId = await findAccount(opened, values.account)
  return { accountId, owner: { kind: "account", id: accountId } }
}

const add = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    agent: { type: "string" },
    group: { type: "string" },
    inbox: { type: "boolean", default: false },
    by: { type: "string", default: "operator" },
    json: { type: "boolean", default: false },
  })
  const name = onlyOne(positionals, "name")
  const by = asName("by", values.by) ?? "operator"
  return withStore(io, async (opened) => {
    const { accountId, owner } = await ownerOf(opened, values)
    const made = await opened.store.run("addMailName", { accountId, by, name, owner }, opened.clock.now())
    const then = owner.kind === "agent" ? "is forwarded" : "becomes a conversation"
    printDone(io, values.json, { accountId, owner, ...made }, `Mail to ${made.address} ${then} from now on.`)
    return EXIT.ok
  })
}

const remove = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    json: { type: "boolean", default: false },
  })
  const name = onlyOne(positionals, "name")
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    await opened.store.run("removeMailName", { accountId, name }, opened.clock.now())
    printDone(io, values.json, { accountId, name }, `Mail to ${name} is refused from now on.`)
    return EXIT.ok
  })
}
