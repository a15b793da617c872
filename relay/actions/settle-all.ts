import { missedPlanned } from "../store/conversations.ts"
import type { Tx } from "../store/store.ts"
import type { AccountRow } from "../store/tables-people.ts"
import { audiencesOfAccount, findAccountRow, resetAudiences } from "../store/team.ts"
import { findVisitor } from "../store/visitors.ts"
import { refreshAll, tellMoved } from "./batch.ts"
import { wakeBot } from "./bot.ts"
import { planMissed } from "./missed.ts"
import { loadPeople, type People } from "./people.ts"
import { settleAccount } from "./settle.ts"

/** Conversations may have come under an audience in which all are busy already. */
const wakeBots = async (tx: Tx, people: People): Promise<void> => {
  const live = people.groups.map((group) => group.id)
  for (const { group_id: group, busy } of await audiencesOfAccount(tx, people.account.id)) {
    if (busy === 0) continue
    if (group === "") await wakeBot(tx, people, { noneOf: live })
    else if (live.includes(group)) await wakeBot(tx, people, { group })
  }
}

/**
 * Settles an account after settings changed that all its open conversations depend on: waiting times, groups,
 * the plan. `regrouped`: groups count now that did not before, or the other way round. `moved`: conversations may
 * concern others than before.
 */
export const settleAll = async (
  tx: Tx,
  { id }: Pick<AccountRow, "id">,
  { regrouped = false, moved = true } = {},
): Promise<void> => {
  if (regrouped) await resetAudiences(tx, id)
  await settleAccount(tx, id)
  const account = await findAccountRow(tx, id)
  if (!account) return
  const people = await loadPeople(tx, account)
  await refreshAll(tx, people)
  if (moved) await tellMoved(tx, people)
  await wakeBots(tx, people)
  for (const conversation of await missedPlanned(tx, id)) {
    const visitor = await findVisitor(tx, id, conversation.visitor_id)
    if (visitor) await planMissed(tx, account, conversation, visitor)
  }
}
