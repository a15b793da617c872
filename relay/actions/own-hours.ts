import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"
import { anyClosed, overrideEndsAt } from "../rules/open.ts"
import { emit } from "../store/events.ts"
import type { Tx } from "../store/store.ts"
import { saveOverride } from "../store/team.ts"
import { enter } from "./enter.ts"
import { asHoursAgent, loadPeople } from "./people.ts"
import { settleAccount } from "./settle.ts"

/** Hours that never open again are kept open for so long at most. */
const LONGEST: Millis = 7 * DAY

/**
 * An agent keeps open for themselves while hours are closed, until they open next; or stops doing so.
 * Refusal `bad-input` where nothing is closed.
 */
export const setOverride = async (
  tx: Tx,
  { accountId, agentId, on }: { accountId: AccountId; agentId: AgentId; on: boolean },
): Promise<{ overrideUntil: Millis | null }> => {
  const account = await enter(tx, accountId)
  const people = await loadPeople(tx, account)
  const agent = people.agents.find((one) => one.id === agentId)
  if (!agent) throw new Refusal("not-found", `there is no agent ${agentId}`)
  const asked = { ...asHoursAgent(people, agent), overrideUntil: null }
  if (on && !anyClosed(people.hours, asked, tx.now))
    throw new Refusal("bad-input", "the office hours are open now: there is nothing to keep open")
  const overrideUntil = on ? (overrideEndsAt(people.hours, asked, tx.now) ?? tx.now + LONGEST) : null
  await saveOverride(tx, accountId, agentId, overrideUntil)
  await emit(tx, accountId, { kind: "team", agentId })
  await settleAccount(tx, accountId)
  return { overrideUntil }
}
