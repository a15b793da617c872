import { changeWords } from "../../shared/i18n/changes/words.ts"
import type { PersonView } from "../../shared/protocol/record-views.ts"
import type { Actor, ChangedField } from "../../shared/words/changes.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { holdsName, type Nameless, namelessJson } from "../rules/nameless.ts"
import { saveAgent } from "../store/accounts.ts"
import { removeVerified, verifiedAddresses } from "../store/addresses.ts"
import { changesAbout, forgetMailNames } from "../store/changes.ts"
import { removeDestination } from "../store/destinations.ts"
import { emit } from "../store/events.ts"
import { addressesOnce, removeOwnOf, rewriteAll } from "../store/nameless.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow } from "../store/tables-people.ts"
import { agentsOfAccount, findAgentRow } from "../store/team.ts"
import { refuseLastAdmin } from "./agents.ts"
import { enter } from "./enter.ts"
import { recording, writeDown } from "./record.ts"
import { bumpSettings } from "./settings-version.ts"
import { removeAgent } from "./team.ts"

/** An agent's name and addresses go; what they wrote stays, by nobody in particular. */

const load = async (
  tx: Tx,
  accountId: AccountId,
  agentId: AgentId,
): Promise<{ account: AccountRow; agent: AgentRow; who: Nameless }> => {
  const account = await enter(tx, accountId)
  const agent = await findAgentRow(tx, accountId, agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  // What they were called and where they were reached before, as the log has it.
  const once = (await changesAbout(tx, accountId, "agent", agentId)).flatMap(
    ({ fields }) => JSON.parse(fields) as ChangedField[],
  )
  const values = (field: string): string[] =>
    once
      .filter((one) => one.field === field)
      .flatMap(({ from, to }) => [from, to])
      .filter((value) => typeof value === "string" && value !== "")
      .map(String)
  // Colleagues of the same name keep it, where nothing says who of them is meant.
  const others = new Set(
    (await agentsOfAccount(tx, accountId)).filter(({ id }) => id !== agentId).map(({ name }) => name),
  )
  const names = [agent.name, ...values("name")].filter((name) => name !== "" && !others.has(name))
  const taken = new Set(
    (await agentsOfAccount(tx, accountId)).filter(({ id }) => id !== agentId).map(({ address }) => address),
  )
  const known = [agent.address, ...values("address"), ...(await addressesOnce(tx, accountId, agentId))]
  const addresses = [...new Set(known.map((address) => address.toLowerCase()))].filter(
    (address) => !taken.has(address) && !isNowhere(address),
  )
  const name = changeWords(account.language)("who.former")
  return {
    account,
    agent,
    who: { names: new Set(names), addresses, name, address: `${agentId}@removed.invalid` },
  }
}

const isNowhere = (address: string): boolean => address.endsWith("@removed.invalid")

const viewOf = (agent: AgentRow, who: Nameless): PersonView => ({
  kind: "agent",
  visitors: [],
  agent: { id: agent.id, name: agent.name, address: agent.address },
  addresses: [...who.addresses],
  conversations: 0,
  messages: 0,
  mails: 0,
  attachments: 0,
  bytes: 0,
})

/** Whose name and addresses would go. Refusals: `not-found`, `bad-input` for the last admin. */
export const readAgentData = async (
  tx: Tx,
  { accountId, agentId }: { accountId: AccountId; agentId: AgentId },
): Promise<PersonView> => {
  const { agent, who } = await load(tx, accountId, agentId)
  if (agent.removed_at === null) await refuseLastAdmin(tx, agent)
  return viewOf(agent, who)
}

/**
 * Erases an agent: they are removed (team.ts) if they still are of the team, and wherever their name or an address of
 * theirs was written down, in verdicts, mails, the log of changes, something neutral stands instead. Original mails
 * that hold either are emptied; what they and others wrote in conversations stays as it is. Looks through everything
 * the account has. Refusals: `not-found`, `bad-input` for the last admin.
 */
export const eraseAgent = async (
  tx: Tx,
  { accountId, agentId, actor }: { accountId: AccountId; agentId: AgentId; actor?: Actor },
): Promise<PersonView> => {
  const { account, agent, who } = await load(tx, accountId, agentId)
  const view = viewOf(agent, who)
  if (agent.removed_at === null)
    await recording(tx, accountId, actor, () => removeAgent(tx, { accountId, agentId }))
  for (const { address } of await verifiedAddresses(tx, accountId))
    if (who.addresses.includes(address)) await removeVerified(tx, accountId, address)
  for (const address of who.addresses) await removeDestination(tx, accountId, address)
  await removeOwnOf(tx, accountId, agentId)
  const mailNames = await forgetMailNames(tx, accountId, agentId)
  const domains = [account.mail_domain, await mailDomain(tx)].filter((domain) => domain !== null)
  const written = mailNames.flatMap((name) => domains.map((domain) => `${name}@${domain}`))
  const gone = { ...who, addresses: [...who.addresses, ...written] }
  await saveAgent(tx, accountId, agentId, { name: who.name })
  await rewriteAll(tx, accountId, {
    text: (old) => namelessJson(old, gone),
    goes: (bytes) => holdsName(bytes, gone),
  })
  await bumpSettings(tx, accountId)
  await emit(tx, accountId, { kind: "team", agentId })
  await writeDown(tx, accountId, actor, [
    { kind: "person", thing: agentId, name: null, deed: "erased", fields: [] },
  ])
  return view
}
