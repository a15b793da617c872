import { type AccountId, type AgentId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import type { DestinationChanged } from "../mail/content.ts"
import { loopByMove } from "../rules/redirects.ts"
import { saveAgent } from "../store/accounts.ts"
import { enterKey, lookUp, removeKey } from "../store/directory.ts"
import { emit } from "../store/events.ts"
import { enqueue } from "../store/outbox.ts"
import { redirectsOf } from "../store/redirects.ts"
import { mailDomain } from "../store/relays.ts"
import { codesOf, removeCode } from "../store/sign-in.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow, AgentRow } from "../store/tables-people.ts"
import { agentsOfAccount, findAgentRow } from "../store/team.ts"
import { sendAddressCode, spendAddressCode } from "./addresses.ts"
import { forgetCode } from "./deliveries.ts"
import { enter } from "./enter.ts"
import { refuseOwnAddress } from "./own-address.ts"
import { asRedirectAgents, saidLoop } from "./redirects.ts"
import { bumpSettings } from "./settings-version.ts"

/** How long the former address is tried to be told. */
const TOLD_LIFE = 4 * DAY

/** Changing where an agent's notices go, and with what they sign in. */

const findActive = async (tx: Tx, accountId: AccountId, agentId: AgentId): Promise<AgentRow> => {
  const agent = await findAgentRow(tx, accountId, agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  if (agent.active !== 1)
    throw new Refusal("forbidden", `${agent.name} is not active: activate them before changing their address`)
  return agent
}

/** Their own redirect would lead back to the new address. */
const refuseLoop = async (tx: Tx, agent: AgentRow, address: string): Promise<void> => {
  const agents = await agentsOfAccount(tx, agent.account_id)
  const redirects = await redirectsOf(tx, agent.account_id)
  const loop = loopByMove(asRedirectAgents(agents, redirects), agent.id, address)
  if (!loop) return
  throw new Refusal(
    "redirect-loop",
    `with ${address} as destination mail would go round: ${saidLoop(loop)}. Switch that redirect off first`,
    { loop },
  )
}

/**
 * Mails a code to the address that is to be an agent's destination; it is so once the code is confirmed, and
 * nothing else goes there before. A colleague's address is refused at once (`already-exists`). Whether an
 * address belongs to somebody of another account is only told to who has shown to read it.
 */
export const askDestination = async (
  tx: Tx,
  {
    accountId,
    agentId,
    address,
    by,
  }: { accountId: AccountId; agentId: AgentId; address: string; by?: string },
): Promise<{ expiresAt: Millis }> => {
  const account = await enter(tx, accountId)
  const agent = await findActive(tx, accountId, agentId)
  await refuseOwnAddress(tx, address)
  if (agent.address === address)
    throw new Refusal("bad-input", `${address} is ${agent.name}'s destination already`)
  const taken = await lookUp(tx, "address", address)
  if (taken?.account_id === accountId)
    throw new Refusal(
      "already-exists",
      `${address} is a colleague's address: every agent needs one of their own; a redirect may go there`,
    )
  await refuseLoop(tx, agent, address)
  const { language, name } = agent
  return sendAddressCode(tx, account, { purpose: { agentId }, address, by: by ?? name, language })
}

/** To the address that was the destination: that it is not any more, and what to do if that is wrong. */
const tellFormer = async (
  tx: Tx,
  account: AccountRow,
  agent: AgentRow,
  newAddress: string,
  by: string,
): Promise<void> => {
  const id = newId("delivery")
  const content: DestinationChanged = {
    kind: "destination-changed",
    account: account.name,
    name: agent.name,
    oldAddress: agent.address,
    newAddress,
    by,
    language: agent.language,
    zone: agent.zone,
    at: tx.now,
  }
  await enqueue(tx, {
    account_id: account.id,
    id,
    kind: "destination-changed",
    conversation_id: null,
    agent_id: agent.id,
    to_address: agent.address,
    message_id: `<${id.replace("_", ".")}@${await mailDomain(tx)}>`,
    content: JSON.stringify(content),
    gives_up_at: tx.now + TOLD_LIFE,
  })
}

/**
 * Confirms a new destination by the code that was mailed to it: from now on notices go there, and the agent
 * signs in with it. The former address is told. `refused` instead of a refusal thrown, so that the count of
 * tries is kept. Refusal `already-exists` when the address is some agent's by now.
 */
export const confirmDestination = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId; address: string; code: string; by?: string },
): Promise<{ address: string; refused?: undefined } | { refused: "code-wrong" }> => {
  const { accountId, agentId, address } = given
  const account = await enter(tx, accountId)
  const agent = await findActive(tx, accountId, agentId)
  if (!(await spendAddressCode(tx, accountId, { agentId }, given))) return { refused: "code-wrong" }
  await refuseLoop(tx, agent, address)
  await enterKey(
    tx,
    { kind: "address", key: address, account_id: accountId, target: agentId },
    `somebody signs in with ${address} already: every agent needs an address of their own`,
  )
  await removeKey(tx, "address", agent.address)
  // Codes that went to the former address open nothing any more.
  for (const id of await codesOf(tx, accountId, agentId)) {
    await forgetCode(tx, accountId, id)
    await removeCode(tx, accountId, id)
  }
  const by = given.by ?? agent.name
  await saveAgent(tx, accountId, agentId, { address, address_by: by, address_at: tx.now })
  await tellFormer(tx, account, agent, address, by)
  await emit(tx, accountId, { kind: "team", agentId })
  await bumpSettings(tx, accountId)
  return { address }
}
