import type { UnreachedView } from "../../shared/protocol/views.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import type { NoticeKind } from "../../shared/words/nouns.ts"
import { planHas } from "../../shared/words/plans.ts"
import { type Audience, unreached } from "../rules/reach.ts"
import { destinationsOf } from "../store/destinations.ts"
import { redirectsOf } from "../store/redirects.ts"
import type { Tx } from "../store/store.ts"
import { agentsOfAccount } from "../store/team.ts"
import { loadJudge } from "./judge.ts"
import type { People } from "./people.ts"

/** The audiences of an account: conversations without a group, and each live group. */
const audiencesOf = (people: People): Audience[] => [
  { groupId: null, group: null },
  ...people.groups.map(({ id, name }) => ({ groupId: id, group: name })),
]

/** What the account's notices reach nobody for, by the decision that is made when one is due. */
export const unreachedOf = async (tx: Tx, people: People): Promise<UnreachedView[]> => {
  const judge = await loadJudge(tx, people)
  const kinds: NoticeKind[] = planHas(people.account.plan, "missed-notices")
    ? ["offline", "missed"]
    : ["offline"]
  return unreached(audiencesOf(people), kinds, ({ groupId }, kind) => judge({ group_id: groupId }, kind))
}

/**
 * Whether mail of the account goes to an address still: as a redirect or general inbox, or as the destination of
 * an active agent. Who reads one that it went to once has no more say in the account.
 */
export const isReached = async (tx: Tx, accountId: AccountId, address: string): Promise<boolean> =>
  (await redirectsOf(tx, accountId)).some((row) => row.address === address) ||
  (await destinationsOf(tx, accountId)).some((row) => row.fallback === address) ||
  (await agentsOfAccount(tx, accountId)).some((agent) => agent.active === 1 && agent.address === address)
