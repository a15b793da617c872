import type { AccountId, AgentId, ConversationId } from "../../shared/words/ids.ts"
import type { UndoableDeed } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { MINUTE, type Millis } from "../../shared/words/time.ts"
import { findConversation, saveConversation } from "../store/conversations.ts"
import { emit } from "../store/events.ts"
import { removeHandOvers } from "../store/hand-overs.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow, VerdictRow } from "../store/tables-conversations.ts"
import {
  type Cover,
  coversAfterAnswer,
  keepUndoable,
  setCovers,
  setVerdicts,
  takeUndoable,
} from "../store/undoables.ts"
import { findVisitor } from "../store/visitors.ts"
import { refreshBatch } from "./batch.ts"
import { planBot } from "./bot.ts"
import { enter } from "./enter.ts"
import { planMissed } from "./missed.ts"
import { audienceRowOf, loadPeople } from "./people.ts"

/** A deed can be taken back for so long; screens offer it for some seconds. */
const UNDO_FOR: Millis = MINUTE

/** What these deeds change of a conversation. */
const FIELDS = [
  "state",
  "joined_by",
  "joined_at",
  "taken_by",
  "group_id",
  "handed_back_at",
  "unanswered_at",
  "last_seq",
] as const

type Fields = Pick<ConversationRow, (typeof FIELDS)[number]>

interface Snapshot {
  fields: Fields
  covers: Cover[]
  verdicts: VerdictRow[]
}

/** Both sides of a deed: how things stood before it, and how it left them. */
interface Facts {
  before: Snapshot
  after: Omit<Snapshot, "verdicts">
}

interface ByAgent {
  accountId: AccountId
  agentId: AgentId
  conversationId: ConversationId
}

const fieldsOf = (row: ConversationRow): Fields =>
  Object.fromEntries(FIELDS.map((name) => [name, row[name]])) as unknown as Fields

const snapshot = async (tx: Tx, { accountId, conversationId }: ByAgent): Promise<Snapshot | null> => {
  const row = await findConversation(tx, accountId, conversationId)
  if (row === undefined) return null
  return { fields: fieldsOf(row), ...(await coversAfterAnswer(tx, accountId, conversationId)) }
}

/** A deed in a conversation that whoever did it can take back for a while, as long as nothing comes of it. */
export const undoable =
  <Given extends ByAgent>(deed: UndoableDeed, act: (tx: Tx, given: Given) => Promise<void>) =>
  async (tx: Tx, given: Given): Promise<void> => {
    // What was due before this happens first: it is none of the deed's.
    await enter(tx, given.accountId)
    const before = await snapshot(tx, given)
    await act(tx, given)
    const after = await snapshot(tx, given)
    if (before === null || after === null) return
    const facts: Facts = { before, after: { fields: after.fields, covers: after.covers } }
    const { accountId: account_id, agentId: agent_id, conversationId: conversation_id } = given
    const row = { account_id, conversation_id, agent_id, deed, facts: JSON.stringify(facts), at: tx.now }
    await keepUndoable(tx, row, tx.now - UNDO_FOR)
  }

/** What somebody's looking changes takes nothing from a deed: that a message was opened meanwhile, that is. */
const asLeft = (covers: readonly Cover[]) =>
  JSON.stringify(covers.map(({ seq, covered_by: by }) => [seq, by === "opened" ? null : by]))

const isAsLeft = (now: Snapshot, after: Facts["after"]): boolean =>
  FIELDS.every((name) => now.fields[name] === after.fields[name]) &&
  asLeft(now.covers) === asLeft(after.covers)

/**
 * Takes back the agent's last deed in a conversation: who has it, how its messages are covered and what was decided
 * about them is as it was before. What it covered for nobody to see waits again. Refusal `stale` when it is too
 * long ago, was not theirs, or something happened since: the visitor wrote, a colleague joined, a notice went out.
 */
export const undoDeed = async (tx: Tx, given: ByAgent & { deed: UndoableDeed }): Promise<void> => {
  const { accountId, agentId, conversationId, deed } = given
  const account = await enter(tx, accountId)
  const now = await snapshot(tx, given)
  if (now === null) throw new Refusal("not-found", `there is no conversation ${conversationId}`)
  const kept = await takeUndoable(tx, accountId, conversationId)
  if (!kept || kept.agent_id !== agentId || kept.deed !== deed || Number(kept.at) < tx.now - UNDO_FOR)
    throw new Refusal(
      "stale",
      "there is nothing left to take back here: it is too long ago, or not the last thing that was done",
    )
  const { before, after } = JSON.parse(kept.facts) as Facts
  if (!isAsLeft(now, after))
    throw new Refusal("stale", "something has happened in this conversation meanwhile: it stays as it is now")
  const people = await loadPeople(tx, account)
  const { last_seq: _, ...fields } = before.fields
  if (fields.joined_by !== null && !people.agents.some(({ id, active }) => id === fields.joined_by && active))
    throw new Refusal("stale", "whoever had this conversation is no longer active in the account")
  await saveConversation(tx, accountId, conversationId, fields)
  await removeHandOvers(tx, accountId, conversationId, Number(kept.at))
  await setCovers(tx, accountId, conversationId, before.covers)
  const seqs = before.covers.map(({ seq }) => seq)
  await setVerdicts(tx, accountId, conversationId, seqs, before.verdicts)
  await emit(tx, accountId, { kind: "conversation", conversationId, state: fields.state, why: "undone" })
  const row = (await findConversation(tx, accountId, conversationId))!
  const audience = await audienceRowOf(tx, people, row.group_id)
  await refreshBatch(tx, people, audience, row)
  const visitor = await findVisitor(tx, accountId, row.visitor_id)
  if (!visitor) return
  await planBot(tx, row, visitor, audience)
  await planMissed(tx, account, row, visitor)
}
