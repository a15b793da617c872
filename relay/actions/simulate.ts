import type { Foresight, ForesightOf } from "../../shared/protocol/views.ts"
import type { AccountId, GroupId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import type { Millis } from "../../shared/words/time.ts"
import { missedDueAt } from "../rules/missed.ts"
import { batchOf } from "../rules/offline-notice.ts"
import { opensAt } from "../rules/open.ts"
import type { Judgement } from "../rules/recipients.ts"
import type { Tx } from "../store/store.ts"
import type { AudienceRow } from "../store/tables-people.ts"
import { findAccountRow, groupsOfAccount } from "../store/team.ts"
import type { NewVerdict } from "../store/verdicts.ts"
import { openVerdicts, outsiders } from "./batch.ts"
import { loadJudge, withheldVerdicts } from "./judge.ts"
import { planReason } from "./missed.ts"
import { forWhomOf, sentToVerdicts } from "./notice.ts"
import { audienceOf, audienceRowOf, liveGroup, loadPeople, type People } from "./people.ts"

/** A conversation that does not exist: only its group matters. */
interface Imagined {
  group_id: GroupId | null
}

/** Everybody in the order of their names, each with the last that was said of them. */
const tellAgents = (people: People, verdicts: readonly NewVerdict[]): ForesightOf["agents"] => {
  const reasons = new Map(verdicts.map(({ agentId, reason }) => [agentId, reason]))
  return people.agents.flatMap(({ id, name, removed_at }) => {
    const reason = reasons.get(id)
    return reason === undefined || removed_at !== null ? [] : [{ id, name, reason }]
  })
}

/** The mails of a judgement that is made at `at`, and what everybody would be told. */
const mailed = (people: People, of: Imagined, judgement: Judgement, at: Millis): ForesightOf => ({
  at: judgement.recipients.length === 0 ? null : at,
  mails: judgement.recipients.map((recipient) => ({
    address: recipient.address,
    forWhom: forWhomOf(recipient),
    inbox: recipient.inbox,
  })),
  agents: tellAgents(people, [
    ...outsiders(people, of),
    ...withheldVerdicts(people, judgement),
    ...judgement.recipients.flatMap((recipient) => sentToVerdicts(recipient, at)),
  ]),
})

/** Nobody gets a mail, and this is what each is told. */
const quiet = (people: People, of: Imagined, verdicts: readonly NewVerdict[]): ForesightOf => ({
  at: null,
  mails: [],
  agents: tellAgents(people, [...outsiders(people, of), ...verdicts]),
})

/** When the offline notice would be due, and what would come of it. */
const foreseeOffline = (
  people: People,
  of: Imagined,
  row: AudienceRow,
  now: Millis,
  judgement: Judgement,
): ForesightOf & { dueAt: Millis | null } => {
  const batch = batchOf({
    uncoveredAt: now,
    uncoveredMailAt: null,
    handedBackAt: null,
    there: row.there === 1,
    thereUntil: row.there_until,
    notBefore: people.account.hold_until,
    wait: people.account.wait_ms,
  })
  if (batch.kind !== "counting")
    return { ...quiet(people, of, openVerdicts(people, of, { at: now }, batch, row)), dueAt: null }
  return { ...mailed(people, of, judgement, batch.dueAt), dueAt: batch.dueAt }
}

/** What would come of it as a missed conversation: the visitor closes the page at once, nobody joins. */
const foreseeMissed = (
  people: People,
  of: Imagined,
  row: AudienceRow,
  { now, offlineDueAt }: { now: Millis; offlineDueAt: Millis | null },
  judgement: Judgement,
): ForesightOf => {
  const { account } = people
  const audience = audienceOf(people, of.group_id)
  const without = planReason(account.plan)
  if (without)
    return quiet(
      people,
      of,
      audience.map(({ id }) => ({ agentId: id, reason: without })),
    )
  const facts = { state: "unserved", unjoinedAt: now, handedBackAt: null, closedAt: now } as const
  const at = missedDueAt({ ...facts, wait: account.wait_ms, notBefore: account.hold_until }) ?? now
  if (row.there === 1) return mailed(people, of, judgement, at)
  const reason = { code: "nobody-online", at, dueAt: offlineDueAt } as const
  return quiet(
    people,
    of,
    audience.map(({ id }) => ({ agentId: id, reason })),
  )
}

/**
 * "If a visitor wrote now": who would get a mail, when, where, and who not and why; by the functions that
 * decide it, with presence, hours, switches, plan and redirects as they are. Writes nothing. `groupId` null:
 * without a group. Refusal `not-found`.
 */
export const simulate = async (
  tx: Tx,
  { accountId, groupId }: { accountId: AccountId; groupId: GroupId | null },
): Promise<Foresight> => {
  const account = await findAccountRow(tx, accountId)
  if (!account) throw new Refusal("not-found", `there is no account ${accountId}`)
  const known = groupId === null || (await groupsOfAccount(tx, accountId)).some(({ id }) => id === groupId)
  if (!known) throw new Refusal("not-found", `there is no group ${groupId}; it may have been deleted`)
  const people = await loadPeople(tx, account)
  // Where the plan has no groups, they count as none.
  const group = liveGroup(people, groupId)
  const of = { group_id: group?.id ?? null }
  const row = await audienceRowOf(tx, people, of.group_id)
  const judge = await loadJudge(tx, people)
  const { dueAt, ...offline } = foreseeOffline(people, of, row, tx.now, judge(of, "offline"))
  return {
    now: tx.now,
    groupId: of.group_id,
    group: group?.name ?? null,
    light: row.light === 1,
    opensAt: opensAt(people.hours, of.group_id, tx.now),
    offline,
    missed: foreseeMissed(people, of, row, { now: tx.now, offlineDueAt: dueAt }, judge(of, "missed")),
  }
}
