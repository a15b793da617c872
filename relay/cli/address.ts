import { EXIT } from "../start-error.ts"
import { type Command, type Io, type Opened, pickVerb, readArgs, UsageError, withStore } from "./command.ts"
import { moment, printDone } from "./print.ts"
import { asAddressArgument, asCode, asName, findAccount, findAgent } from "./values.ts"

/** `porchlight address`: which addresses mail may go to. */
export const address: Command = {
  name: "address",
  summary: "confirm an address by a code, for redirects or as an agent's destination",
  help: `usage: porchlight address ask ADDRESS [--agent AGENT] [--by NAME] [--account ACCOUNT] [--json]
       porchlight address confirm ADDRESS CODE [--agent AGENT] [--by NAME] [--account ACCOUNT] [--json]
       porchlight address remove ADDRESS [--account ACCOUNT] [--json]

Mail goes only where somebody has shown to read it: “ask” mails a code of six digits to the address, good for
ten minutes and five tries; “confirm” takes it. Nothing else goes there before.
  without --agent   redirects and general inboxes can go there then (porchlight redirect)
  --agent           it becomes this agent's destination and sign-in address; the former one is told
  --by              the name that mails give for who asks (default: operator)
Remove takes a confirmed address back that no redirect and no general inbox goes to.
AGENT is an id or a sign-in address. ACCOUNT is an id or a name; with a single account it can be left out.

examples:
  porchlight address ask info@lamps.example
  porchlight address confirm info@lamps.example 402913
  porchlight address ask ada@new.example --agent ada@lamps.example`,
  run: (args, io) => pickVerb(args, { ask, confirm, remove })(io),
}

const OPTIONS = {
  account: { type: "string" },
  agent: { type: "string" },
  by: { type: "string", default: "operator" },
  json: { type: "boolean", default: false },
} as const

const addressIn = (positionals: string[]): string => {
  if (positionals[0] === undefined) throw new UsageError("say which address")
  return asAddressArgument(positionals[0])
}

const noneAfter = (positionals: string[], expected: number): void => {
  const [more] = positionals.slice(expected)
  if (more !== undefined)
    throw new UsageError(`“${more}” is not expected here; values with spaces need quotes`)
}

/** Whose address it is to be: an agent's, or (null) of all the account's redirects. */
const ownerOf = async (opened: Opened, values: { account?: string; agent?: string }) =>
  values.agent === undefined
    ? { accountId: await findAccount(opened, values.account), agentId: null }
    : findAgent(opened, values.agent)

const ask = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, OPTIONS)
  const to = addressIn(positionals)
  noneAfter(positionals, 1)
  const by = asName("by", values.by) ?? "operator"
  return withStore(io, async (opened) => {
    const { store, clock } = opened
    const { accountId, agentId } = await ownerOf(opened, values)
    const given = { accountId, by, address: to }
    const { expiresAt } =
      agentId === null
        ? await store.run("askAddress", given, clock.now())
        : await store.run("askDestination", { ...given, agentId }, clock.now())
    const next = `porchlight address confirm ${to} CODE${agentId === null ? "" : ` --agent ${agentId}`}`
    printDone(
      io,
      values.json,
      { accountId, agentId, address: to, expiresAt },
      `A code is on its way to ${to}, good until ${moment(expiresAt)}. Then: ${next}`,
    )
    return EXIT.ok
  })
}

const confirm = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, OPTIONS)
  const to = addressIn(positionals)
  const code = asCode(positionals[1])
  noneAfter(positionals, 2)
  const by = asName("by", values.by) ?? "operator"
  return withStore(io, async (opened) => {
    const { store, clock } = opened
    const { accountId, agentId } = await ownerOf(opened, values)
    const given = { accountId, by, address: to, code }
    const confirmed =
      agentId === null
        ? await store.run("confirmAddress", given, clock.now())
        : await store.run("confirmDestination", { ...given, agentId }, clock.now())
    if (confirmed.refused) {
      io.err(
        `porchlight address: this code for ${to} is wrong, used or too old: ask for a new one with “porchlight address ask ${to}”`,
      )
      return EXIT.refused
    }
    printDone(
      io,
      values.json,
      { accountId, agentId, address: to },
      agentId === null
        ? `${to} is confirmed: redirects can go there.`
        : `${to} is the destination and sign-in address from now on; the former one is told.`,
    )
    return EXIT.ok
  })
}

const remove = (args: string[], io: Io) => {
  const { values, positionals } = readArgs(args, {
    account: { type: "string" },
    json: { type: "boolean", default: false },
  })
  const address = addressIn(positionals)
  noneAfter(positionals, 1)
  return withStore(io, async (opened) => {
    const accountId = await findAccount(opened, values.account)
    await opened.store.run("forgetAddress", { accountId, address }, opened.clock.now())
    printDone(
      io,
      values.json,
      { accountId, address },
      `${address} is not confirmed any more: redirects need a new code for it.`,
    )
    return EXIT.ok
  })
}
