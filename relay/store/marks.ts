import { sql } from "kysely"
import type { AccountId, AgentId, ConversationId } from "../../shared/words/ids.ts"
import { inChunks } from "./chunks.ts"
import type { Tx } from "./store.ts"
import type { ConversationRow, MessageRow } from "./tables-conversations.ts"

/** What a list shows of each conversation, read for a whole page at once: a few statements, however long it is. */

export interface Marks {
  lastText: string
  lastAuthor: MessageRow["author"]
  visitor: string | null
  site: string
  unconfirmed: number
}

type Listed = Pick<ConversationRow, "account_id" | "id" | "channel" | "last_seq">

/** The words and marks of conversations of one account, the same for every agent. */
export const marksIn = async (
  tx: Tx,
  accountId: AccountId,
  conversations: readonly Listed[],
): Promise<Map<ConversationId, Marks>> => {
  const found = new Map<ConversationId, Marks>()
  for (const some of inChunks(conversations)) {
    const ids = some.map(({ id }) => id)
    const rows = await lastWords(tx, accountId, ids)
    const subjects = await newestSubjects(tx, accountId, ids)
    const unconfirmed = await unconfirmedIn(tx, accountId, ids)
    const wordless = rows.filter((row) => row.text === "").map(({ id }) => id)
    const files = wordless.length === 0 ? new Map() : await firstFiles(tx, accountId, wordless)
    const channels = new Map(some.map(({ id, channel }) => [id, channel]))
    for (const row of rows) {
      const said = row.text === "" ? (files.get(row.id) ?? "") : (row.text ?? "")
      const words = [subjectIn(row, channels.get(row.id), subjects.get(row.id)), said]
      found.set(row.id, {
        lastText: words.filter((one) => one !== "").join(" – "),
        lastAuthor: row.author ?? "visitor",
        visitor: row.name ?? row.address,
        site: row.site,
        unconfirmed: unconfirmed.get(row.id) ?? 0,
      })
    }
  }
  return found
}

/** The same of one. */
export const marksOf = async (tx: Tx, conversation: Listed): Promise<Marks> => {
  const marks = (await marksIn(tx, conversation.account_id, [conversation])).get(conversation.id)
  if (marks === undefined) throw new Error(`conversation ${conversation.id} is gone`)
  return marks
}

const lastWords = (tx: Tx, accountId: AccountId, ids: readonly ConversationId[]) =>
  tx.db
    .selectFrom("conversations as c")
    .innerJoin("visitors as v", (join) =>
      join.onRef("v.account_id", "=", "c.account_id").onRef("v.id", "=", "c.visitor_id"),
    )
    .innerJoin("sites as s", (join) =>
      join.onRef("s.account_id", "=", "c.account_id").onRef("s.id", "=", "c.site_id"),
    )
    .leftJoin("messages as m", (join) =>
      join
        .onRef("m.account_id", "=", "c.account_id")
        .onRef("m.conversation_id", "=", "c.id")
        .onRef("m.seq", "=", "c.last_seq"),
    )
    .select(["c.id", "m.text", "m.author", "v.name", "v.address", "s.name as site"])
    .where("c.account_id", "=", accountId)
    .where("c.id", "in", ids)
    .execute()

interface Subjects {
  /** Of mails that became messages, and of mails that programs wrote. */
  said: string
  automatic: string
}

/** Of what came by mail the subject first. Programs may have written, and nobody else yet. */
const subjectIn = (
  { author }: { author: MessageRow["author"] | null },
  channel: ConversationRow["channel"] | undefined,
  subjects: Subjects | undefined,
): string => {
  if (author === null) return subjects?.automatic ?? ""
  return channel === "mail" && author === "visitor" ? (subjects?.said ?? "") : ""
}

const newestSubjects = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, Subjects>> => {
  const ranked = tx.db
    .selectFrom("inbound_mails")
    .select(["conversation_id", "subject", "state"])
    .select(
      sql<number>`row_number() over (partition by conversation_id,
        case when state = 'automatic' then 1 else 0 end order by at desc)`.as("place"),
    )
    .where("account_id", "=", accountId)
    .where("conversation_id", "in", ids)
    .where("state", "in", ["posted", "released", "automatic"])
  const rows = await tx.db
    .selectFrom(ranked.as("ranked"))
    .select(["conversation_id", "subject", "state"])
    .where("place", "=", 1)
    .execute()
  const found = new Map<ConversationId, Subjects>()
  for (const { conversation_id: id, subject, state } of rows) {
    const known = found.get(id) ?? { said: "", automatic: "" }
    found.set(id, { ...known, [state === "automatic" ? "automatic" : "said"]: subject })
  }
  return found
}

/** The name of the last message's first file: what there is to say of one that is files alone. */
const firstFiles = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, string>> => {
  const rows = await tx.db
    .selectFrom("conversations as c")
    .innerJoin("attachments as a", (join) =>
      join
        .onRef("a.account_id", "=", "c.account_id")
        .onRef("a.conversation_id", "=", "c.id")
        .onRef("a.seq", "=", "c.last_seq"),
    )
    .select(["c.id", "a.name"])
    .where("c.account_id", "=", accountId)
    .where("c.id", "in", ids)
    .orderBy("a.position", "desc")
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const unconfirmedIn = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, number>> => {
  const rows = await tx.db
    .selectFrom("inbound_mails")
    .select((eb) => ["conversation_id", eb.fn.countAll().as("n")])
    .where("account_id", "=", accountId)
    .where("conversation_id", "in", ids)
    .where("state", "=", "unconfirmed")
    .groupBy("conversation_id")
    .execute()
  return new Map(rows.map((row) => [row.conversation_id, Number(row.n)]))
}

/** Visitor messages after an agent's watermark, by conversation; those without any are left out. */
export const unopenedIn = async (
  tx: Tx,
  accountId: AccountId,
  ids: readonly ConversationId[],
  agentId: AgentId,
): Promise<Map<ConversationId, number>> => {
  const found = new Map<ConversationId, number>()
  for (const some of inChunks(ids)) {
    const rows = await tx.db
      .selectFrom("messages as m")
      .leftJoin("watermarks as w", (join) =>
        join
          .onRef("w.account_id", "=", "m.account_id")
          .onRef("w.conversation_id", "=", "m.conversation_id")
          .on("w.agent_id", "=", agentId),
      )
      .select((eb) => ["m.conversation_id", eb.fn.countAll().as("n")])
      .where("m.account_id", "=", accountId)
      .where("m.conversation_id", "in", some)
      .where("m.author", "=", "visitor")
      .where((eb) => eb("m.seq", ">", eb.fn.coalesce("w.seq", eb.lit(0))))
      .groupBy("m.conversation_id")
      .execute()
    for (const row of rows) found.set(row.conversation_id, Number(row.n))
  }
  return found
}
