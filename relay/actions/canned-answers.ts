import type { CannedAnswerView } from "../../shared/protocol/views.ts"
import { type AccountId, type AgentId, type CannedAnswerId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { sameName } from "../rules/settings.ts"
import {
  cannedAnswersFor,
  findCannedAnswer,
  insertCannedAnswer,
  removeCannedAnswer,
  saveCannedAnswer,
} from "../store/canned.ts"
import type { Tx } from "../store/store.ts"
import type { AgentRow } from "../store/tables-people.ts"
import type { CannedAnswerRow } from "../store/tables-search.ts"
import { agentsOfAccount } from "../store/team.ts"

/** Texts at hand: everybody's, which admins write, and one's own. What is in braces is filled in by the desk. */

/** Of everybody, or of one agent: a list that is longer is no help to anybody. */
const AT_MOST = 500

interface ByAgent {
  accountId: AccountId
  agentId: AgentId
}

const view = (row: CannedAnswerRow): CannedAnswerView => ({
  id: row.id,
  name: row.name,
  text: row.text,
  shared: row.owner === "",
  setBy: row.set_by,
  setAt: Number(row.set_at),
})

export const listCannedAnswers = async (
  tx: Tx,
  { accountId, agentId }: ByAgent,
): Promise<{ answers: CannedAnswerView[] }> => ({
  answers: (await cannedAnswersFor(tx, accountId, agentId)).map(view),
})

/** Who writes, holding the account: of two at once with one name the second is refused. */
const writerOf = async (tx: Tx, { accountId, agentId }: ByAgent): Promise<AgentRow> => {
  await tx.lock(accountId)
  const agent = (await agentsOfAccount(tx, accountId)).find(
    ({ id, active }) => id === agentId && active === 1,
  )
  if (!agent) throw new Refusal("forbidden", "this agent is not active in the account any more")
  return agent
}

const refuseUnlessAdmin = (agent: AgentRow): void => {
  if (agent.role !== "admin")
    throw new Refusal("forbidden", "only an admin can change the answers that everybody has")
}

/** One that this agent may change. Whatever is not theirs to see is not there. */
const findOwn = async (tx: Tx, agent: AgentRow, id: CannedAnswerId): Promise<CannedAnswerRow> => {
  const row = await findCannedAnswer(tx, agent.account_id, id)
  if (!row || (row.owner !== "" && row.owner !== agent.id))
    throw new Refusal("not-found", `there is no canned answer ${id}; it may have been removed meanwhile`)
  if (row.owner === "") refuseUnlessAdmin(agent)
  return row
}

/** They are chosen by their names. */
const refuseTakenName = (others: readonly CannedAnswerRow[], name: string): void => {
  if (others.some((other) => sameName(other.name, name)))
    throw new Refusal("already-exists", `there is an answer “${name}” already: choose another name`)
}

export const createCannedAnswer = async (
  tx: Tx,
  given: ByAgent & { shared: boolean; name: string; text: string },
): Promise<{ answer: CannedAnswerView }> => {
  const agent = await writerOf(tx, given)
  const { accountId, shared, name, text } = given
  if (shared) refuseUnlessAdmin(agent)
  const owner = shared ? "" : agent.id
  const others = (await cannedAnswersFor(tx, accountId, agent.id)).filter((row) => row.owner === owner)
  refuseTakenName(others, name)
  if (others.length >= AT_MOST)
    throw new Refusal("too-many", `there are ${AT_MOST} answers already: remove some that nobody needs`)
  const id = newId("canned-answer")
  const row = { account_id: accountId, id, owner, name, text, set_by: agent.name, set_at: tx.now } as const
  await insertCannedAnswer(tx, row)
  return { answer: view(row) }
}

export const setCannedAnswer = async (
  tx: Tx,
  given: ByAgent & { id: CannedAnswerId; name: string; text: string },
): Promise<{ answer: CannedAnswerView }> => {
  const agent = await writerOf(tx, given)
  const row = await findOwn(tx, agent, given.id)
  const { accountId, id, name, text } = given
  const all = await cannedAnswersFor(tx, accountId, agent.id)
  refuseTakenName(
    all.filter((other) => other.owner === row.owner && other.id !== id),
    name,
  )
  const change = { name, text, set_by: agent.name, set_at: tx.now }
  await saveCannedAnswer(tx, accountId, id, change)
  return { answer: view({ ...row, ...change }) }
}

export const deleteCannedAnswer = async (tx: Tx, given: ByAgent & { id: CannedAnswerId }): Promise<void> => {
  const agent = await writerOf(tx, given)
  await findOwn(tx, agent, given.id)
  await removeCannedAnswer(tx, given.accountId, given.id)
}
