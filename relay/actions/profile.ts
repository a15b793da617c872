import type { ProfileView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { PLAN_FEATURES } from "../../shared/words/plans.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { isInAudience } from "../rules/audience.ts"
import { newestAddressCode } from "../store/addresses.ts"
import { redirectsOf } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import { agentView } from "./agent-view.ts"
import { isUsable } from "./codes.ts"
import { destinationView } from "./destination-health.ts"
import { enter } from "./enter.ts"
import { loadPeople } from "./people.ts"
import { unreachedOf } from "./reach.ts"
import { allowedTargets, redirectView } from "./redirects.ts"

/**
 * An agent's own settings. `unreached`: of the audiences they are in, those whose notices would reach nobody,
 * them neither. Refusal `not-found`.
 */
export const readProfile = async (
  tx: Tx,
  { accountId, agentId }: { accountId: AccountId; agentId: AgentId },
): Promise<ProfileView> => {
  const account = await enter(tx, accountId)
  const people = await loadPeople(tx, account)
  const agent = people.agents.find((one) => one.id === agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  const redirect = (await redirectsOf(tx, accountId)).find(
    (row) => row.owner_kind === "agent" && row.owner_id === agentId,
  )
  const code = await newestAddressCode(tx, accountId, { agentId })
  const groups = people.groupsOf(agentId)
  const seen = { id: agentId, active: agent.active === 1, groups }
  return {
    me: agentView(agent),
    zone: agent.zone,
    redirect: redirect ? redirectView(redirect) : null,
    pendingAddress:
      code && isUsable(code, tx.now) ? { address: code.address, expiresAt: code.expires_at } : null,
    groups: people.groups.filter(({ id }) => groups.includes(id)).map(({ id, name }) => ({ id, name })),
    features: PLAN_FEATURES[account.plan],
    unreached: (await unreachedOf(tx, people)).filter(({ groupId }) => isInAudience(seen, groupId)),
    destination: await destinationView(tx, accountId, agent.address),
    fallbackTargets: (await allowedTargets(tx, accountId)).filter((address) => address !== agent.address),
  }
}
