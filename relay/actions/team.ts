import { type AccountId, type AgentId, type GroupId, newId } from "../../shared/words/ids.ts"
import type { Language, Role } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import type { Invitation } from "../mail/content.ts"
import { saveAgent } from "../store/accounts.ts"
import { removeVerified } from "../store/addresses.ts"
import { removeCannedAnswersOf } from "../store/canned.ts"
import { removeKey } from "../store/directory.ts"
import { emit } from "../store/events.ts"
import { saveGroupsOf } from "../store/groups.ts"
import { enqueue } from "../store/outbox.ts"
import { removePicture } from "../store/pictures.ts"
import { redirectsOf, removeRedirect } from "../store/redirects.ts"
import { mailDomain } from "../store/relays.ts"
import { agentsEverSignedIn } from "../store/sign-in.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { endAgent, enterAgent, findMember, refuseLastAdmin } from "./agents.ts"
import { enter } from "./enter.ts"
import { liveGroups } from "./groups.ts"
import { takeNamesFrom } from "./mail-names.ts"
import { bumpSettings } from "./settings-version.ts"
import { settleAll } from "./settle-all.ts"

/** Who comes to a team, and who goes. */

/** How long an invitation is tried to be delivered. */
const INVITATION_LIFE: Millis = 4 * DAY

const queueInvitation = async (
  tx: Tx,
  account: AccountRow,
  agentId: AgentId,
  content: Invitation,
): Promise<void> => {
  const id = newId("delivery")
  await enqueue(tx, {
    account_id: account.id,
    id,
    kind: "invitation",
    conversation_id: null,
    agent_id: agentId,
    to_address: content.address,
    message_id: `<${id.replace("_", ".")}@${await mailDomain(tx)}>`,
    content: JSON.stringify(content),
    gives_up_at: tx.now + INVITATION_LIFE,
  })
}

/** In whose name an invitation is: an admin's; or, where an operator invites, the company's. */
const inviterOf = async (tx: Tx, account: AccountRow, by: AgentId | null): Promise<string> =>
  by === null ? account.name : (await findMember(tx, account.id, by)).name

/**
 * Adds an agent and mails them how to sign in. Language and zone are those of the account unless given.
 * `by`: the admin who invites; null for an operator, then it is the company that does.
 */
export const inviteAgent = async (
  tx: Tx,
  given: {
    accountId: AccountId
    by: AgentId | null
    version?: number
    name: string
    address: string
    role: Role
    language?: Language
    zone?: string
    groups: GroupId[]
  },
): Promise<{ agentId: AgentId; version: number }> => {
  const { accountId, name, address, role } = given
  const account = await enter(tx, accountId)
  const by = await inviterOf(tx, account, given.by)
  const groups = await liveGroups(tx, accountId, given.groups)
  const version = await bumpSettings(tx, accountId, given.version)
  const language = given.language ?? account.language
  const zone = given.zone ?? account.zone
  const agentId = await enterAgent(tx, account, { name, address, role, language, zone })
  await saveGroupsOf(tx, accountId, agentId, groups)
  const content = { kind: "invitation", account: account.name, name, by, address, language } as const
  await queueInvitation(tx, account, agentId, content)
  await emit(tx, accountId, { kind: "team", agentId })
  await settleAll(tx, account)
  return { agentId, version }
}

/**
 * Mails an agent once more how to sign in. `by`: as with the first invitation. Refusal `bad-input` for who is
 * deactivated, and for who has signed in: they know how.
 */
export const inviteAgain = async (
  tx: Tx,
  { accountId, by, agentId }: { accountId: AccountId; by: AgentId | null; agentId: AgentId },
): Promise<{ address: string }> => {
  const account = await enter(tx, accountId)
  const { name, address, language, active } = await findMember(tx, accountId, agentId)
  if (active === 0) throw new Refusal("bad-input", `${name} is deactivated: activate them first`)
  if ((await agentsEverSignedIn(tx, accountId)).has(agentId))
    throw new Refusal("bad-input", `${name} has signed in already, and needs no invitation any more`)
  const inviter = await inviterOf(tx, account, by)
  const content = { kind: "invitation", account: account.name, name, by: inviter, address, language } as const
  await queueInvitation(tx, account, agentId, content)
  return { address }
}

/** Where nothing can ever be delivered (RFC 2606). */
const nowhere = (agentId: AgentId): string => `${agentId}@removed.invalid`

/** Nothing of the account is sent on any more to the address of somebody who has left. */
const leaveRedirects = async (tx: Tx, accountId: AccountId, address: string): Promise<void> => {
  for (const row of await redirectsOf(tx, accountId))
    if (row.address === address) await removeRedirect(tx, accountId, row.owner_kind, row.owner_id)
  await removeVerified(tx, accountId, address)
}

/**
 * Removes an agent for good: signed out everywhere, out of all groups, what they had joined handed back, and no
 * redirect or general inbox leads to their destination any more. Their address and their names at the mail
 * domain are free for somebody else; what they are called stays with what they wrote. Refused for the last admin.
 */
export const removeAgent = async (
  tx: Tx,
  { accountId, agentId, version }: { accountId: AccountId; agentId: AgentId; version?: number },
): Promise<{ version: number }> => {
  const account = await enter(tx, accountId)
  const agent = await findMember(tx, accountId, agentId)
  await refuseLastAdmin(tx, agent)
  const bumped = await bumpSettings(tx, accountId, version)
  await removeKey(tx, "address", agent.address)
  await removeRedirect(tx, accountId, "agent", agentId)
  await leaveRedirects(tx, accountId, agent.address)
  await takeNamesFrom(tx, account, { kind: "agent", id: agentId })
  await saveGroupsOf(tx, accountId, agentId, [])
  await removeCannedAnswersOf(tx, accountId, agentId)
  await removePicture(tx, accountId, agentId)
  await saveAgent(tx, accountId, agentId, {
    picture: null,
    active: 0,
    active_at: agent.active === 1 ? tx.now : agent.active_at,
    removed_at: tx.now,
    address: nowhere(agentId),
  })
  await emit(tx, accountId, { kind: "team", agentId })
  await endAgent(tx, account, agentId)
  return { version: bumped }
}
