import type { Millis } from "../../shared/words/time.ts"
import { prepared } from "./prepared.ts"
import { saveSecret } from "./secrets.ts"
import type { Tx } from "./store.ts"

/** The last sign of life of any relay; null if there never was one. */
export const lastSign = async (tx: Tx): Promise<Millis | null> => {
  const row = await tx.db
    .selectFrom("relays")
    .select((eb) => eb.fn.max("seen_at").as("at"))
    .executeTakeFirst()
  return row?.at ?? null
}

export const saveSign = async (tx: Tx, id: string): Promise<void> => {
  await tx.db
    .insertInto("relays")
    .values({ id, started_at: tx.now, seen_at: tx.now })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ seen_at: tx.now }))
    .execute()
}

/** How many relays have given a sign since a moment. */
export const relaysSeenSince = async (tx: Tx, since: Millis): Promise<number> => {
  const row = await tx.db
    .selectFrom("relays")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("seen_at", ">=", since)
    .executeTakeFirst()
  return row?.n ?? 0
}

/** Relays whose last sign is older than `before`: their sockets are gone. */
export const relaysSilentSince = async (tx: Tx, before: Millis): Promise<string[]> => {
  const rows = await tx.db.selectFrom("relays").select("id").where("seen_at", "<", before).execute()
  return rows.map((row) => row.id)
}

/** Forgets relays that are gone, but for the newest sign: it says when a relay was last up. */
export const forgetRelays = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.db.deleteFrom("relays").where("id", "in", ids).execute()
}

const MAIL_DOMAIN = "mail-domain"

const secretValue = prepared((db, { name }: { name: string }) =>
  db.selectFrom("relay_secrets").select("value").where("name", "=", name),
)

/** The relay's mail domain, as the last relay that started said: Message-IDs are made with it. */
export const mailDomain = async (tx: Tx): Promise<string> =>
  (await secretValue(tx, { name: MAIL_DOMAIN })).rows[0]?.value ?? "porchlight.localhost"

export const saveMailDomain = (tx: Tx, domain: string): Promise<void> => saveSecret(tx, MAIL_DOMAIN, domain)
