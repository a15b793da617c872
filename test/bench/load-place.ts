import path from "node:path"
import { actions as product } from "../../relay/actions/index.ts"
import { openPostgres } from "../../relay/store/postgres.ts"
import { openSqliteDirect } from "../../relay/store/sqlite-direct.ts"
import type { Store, Tx } from "../../relay/store/store.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { administer, startPostgres } from "../kit/postgres-server.ts"
import { multiplyOpen } from "./multiply.ts"

/**
 * What is stored after a load: the client's keys of visitors' messages, and how long after it fell due each
 * conversation of one message was decided, ms.
 */
const readLoad = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<{ keys: string[]; late: number[]; undecided: number }> => {
  const { wait_ms: wait } = await tx.db
    .selectFrom("accounts")
    .select("wait_ms")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow()
  const messages = await tx.db
    .selectFrom("messages")
    .select(["conversation_id", "client_key", "seq", "at"])
    .where("account_id", "=", accountId)
    .where("author", "=", "visitor")
    .execute()
  const verdicts = await tx.db
    .selectFrom("verdicts")
    .select(["conversation_id", "at"])
    .where("account_id", "=", accountId)
    .where("kind", "=", "offline")
    .execute()
  const counting = await tx.db
    .selectFrom("conversations")
    .select("id")
    .where("account_id", "=", accountId)
    .where("batch", "=", "counting")
    .execute()
  const dueAt = new Map(messages.map((message) => [message.conversation_id, message.at + wait]))
  const decidedAt = new Map(verdicts.map((verdict) => [verdict.conversation_id, verdict.at]))
  return {
    keys: messages.flatMap(({ client_key }) => client_key ?? []),
    // One verdict for each agent, all of one moment.
    late: [...decidedAt].map(([conversation, at]) => at - (dueAt.get(conversation) ?? Number.NaN)),
    undecided: counting.length,
  }
}

const actions = { ...product, readLoad, multiplyOpen }
export type LoadActions = typeof actions

/** A store that relays are put on, and that is looked into before and after. */
export interface LoadPlace {
  store: string
  relays: number
  env: Record<string, string>
  open(data: string): Promise<Store<LoadActions>>
  remove(): Promise<void>
}

export const embedded = async (): Promise<LoadPlace> => ({
  store: "SQLite, one relay",
  relays: 1,
  env: {},
  open: (data) => openSqliteDirect<LoadActions>({ file: path.join(data, "porchlight.db"), actions }),
  remove: async () => undefined,
})

export const shared = async (): Promise<LoadPlace> => {
  const server = await startPostgres({ durable: true })
  await administer(server.url, "CREATE DATABASE load TEMPLATE template0")
  const url = server.url.replace(/\/postgres$/, "/load")
  return {
    store: "PostgreSQL, two relays",
    relays: 2,
    env: { PORCHLIGHT_DATABASE_URL: url },
    open: () => openPostgres({ url, actions }),
    remove: () => server.remove(),
  }
}
