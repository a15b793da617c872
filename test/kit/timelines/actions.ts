import { sql } from "kysely"
import { enter } from "../../../relay/actions/enter.ts"
import { actions as product } from "../../../relay/actions/index.ts"
import { settleAll } from "../../../relay/actions/settle-all.ts"
import { addVisitorMessage } from "../../../relay/actions/visitor-message.ts"
import { findConversation } from "../../../relay/store/conversations.ts"
import { saveGroupsOf } from "../../../relay/store/groups.ts"
import { nextMoments } from "../../../relay/store/moments.ts"
import { removeRedirect, saveRedirect } from "../../../relay/store/redirects.ts"
import { saveSign } from "../../../relay/store/relays.ts"
import type { Tx } from "../../../relay/store/store.ts"
import type { RedirectRow } from "../../../relay/store/tables-people.ts"
import type { AccountId, AgentId, ConversationId, GroupId } from "../../../shared/words/ids.ts"
import type { NoticeKind, Plan } from "../../../shared/words/nouns.ts"
import { seedCompany } from "./seed.ts"

/** What timelines do to a company beside the product's own actions; each waits its turn as those do. */

const RELAY = "relay"

const sign = (tx: Tx, _: Record<string, never>): Promise<void> => saveSign(tx, RELAY)

/** A relay has been up all the time until now, and perhaps takes its turn. */
const turn = async (tx: Tx, { accountId, loop }: { accountId: AccountId; loop: boolean }) => {
  await saveSign(tx, RELAY)
  if (loop) {
    await product.changePresences(tx, { limit: 100 })
    await product.judgeDue(tx, { limit: 100 })
  }
  const next = await nextMoments(tx, accountId)
  const moments = Object.values(next).filter((at) => at !== null)
  return {
    next: moments.length === 0 ? null : Math.min(...moments),
    audiences: await tx.db
      .selectFrom("audiences")
      .select(["group_id", "light", "there"])
      .where("account_id", "=", accountId)
      .execute(),
    conversations: await tx.db
      .selectFrom("conversations")
      .select(["id", "group_id", "batch", "due_at", "uncovered_at"])
      .where("account_id", "=", accountId)
      .execute(),
    uncovered: await tx.db
      .selectFrom("messages")
      .select(["conversation_id", (eb) => eb.fn.min("at").as("at")])
      .where("account_id", "=", accountId)
      .where("author", "=", "visitor")
      .where("covered_at", "is", null)
      .groupBy("conversation_id")
      .execute(),
  }
}

export type Turn = Awaited<ReturnType<typeof turn>>

/** How everything stands in the end. */
const ending = async (tx: Tx, { accountId }: { accountId: AccountId }) => ({
  messages: await tx.db
    .selectFrom("messages")
    .select(["conversation_id", "seq", "author", "covered_at", "covered_by", "at"])
    .where("account_id", "=", accountId)
    .orderBy("seq")
    .execute(),
  mails: await tx.db
    .selectFrom("deliveries")
    .select(["id", "kind", "conversation_id", "to_address", "content", "created_at"])
    .where("account_id", "=", accountId)
    .execute(),
  verdicts: await tx.db
    .selectFrom("verdicts")
    .select(["conversation_id", "seq", "agent_id", "kind", "code"])
    .where("account_id", "=", accountId)
    .execute(),
})

/** A message of the visitor that came by mail. */
const mailIn = async (
  tx: Tx,
  given: { accountId: AccountId; conversationId: ConversationId; text: string },
): Promise<{ seq: number }> => {
  const account = await enter(tx, given.accountId)
  const conversation = await findConversation(tx, account.id, given.conversationId)
  const { text } = given
  const { row } = await addVisitorMessage(tx, account, conversation!, { channel: "mail", text, key: null })
  return { seq: row.seq }
}

const setSwitch = async (
  tx: Tx,
  given: { accountId: AccountId; agentId: AgentId | null; notice: NoticeKind; on: boolean },
): Promise<void> => {
  const { accountId, agentId, notice, on } = given
  await enter(tx, accountId)
  const set = { [`${notice}_notices`]: on ? 1 : 0, [`${notice}_notices_at`]: tx.now }
  if (agentId === null) await tx.db.updateTable("accounts").set(set).where("id", "=", accountId).execute()
  else
    await tx.db
      .updateTable("agents")
      .set(set)
      .where("account_id", "=", accountId)
      .where("id", "=", agentId)
      .execute()
}

const redirect = async (
  tx: Tx,
  row: Omit<RedirectRow, "set_by" | "set_at"> | Pick<RedirectRow, "account_id" | "owner_kind" | "owner_id">,
) => {
  await enter(tx, row.account_id)
  if ("address" in row) await saveRedirect(tx, { ...row, set_by: "Agent 0", set_at: tx.now })
  else await removeRedirect(tx, row.account_id, row.owner_kind, row.owner_id)
}

const setPlan = async (tx: Tx, { accountId, plan }: { accountId: AccountId; plan: Plan }) => {
  const account = await enter(tx, accountId)
  await tx.db.updateTable("accounts").set({ plan }).where("id", "=", accountId).execute()
  await settleAll(tx, account, { regrouped: (account.plan === "pro") !== (plan === "pro") })
}

const setMember = async (
  tx: Tx,
  { accountId, agentId, groups }: { accountId: AccountId; agentId: AgentId; groups: GroupId[] },
) => {
  const account = await enter(tx, accountId)
  await saveGroupsOf(tx, accountId, agentId, groups)
  await settleAll(tx, account)
}

/** Empties a database that the next timeline begins on. */
const forgetAll = async (tx: Tx, _: Record<string, never>): Promise<void> => {
  const tables = await tx.db.introspection.getTables()
  const names = tables.map(({ name }) => name).filter((name) => !name.startsWith("kysely"))
  await sql`truncate ${sql.join(names.map((name) => sql.table(name)))} cascade`.execute(tx.db)
}

export const actions = {
  ...product,
  seedCompany,
  sign,
  turn,
  ending,
  mailIn,
  setSwitch,
  redirect,
  setPlan,
  setMember,
  forgetAll,
}
