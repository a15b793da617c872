import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { ownDomain } from "../store/accounts.ts"
import { lookUp } from "../store/directory.ts"
import { queueAge } from "../store/outbox.ts"
import { lastSign } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"

/** Whether an account has this mail domain of its own. Lowercase, ASCII. */
export const isMailDomain = async (tx: Tx, { domain }: { domain: string }): Promise<boolean> =>
  (await lookUp(tx, "mail-domain", domain)) !== undefined

/** The mail domain of an account's own; null: it uses the relay's. */
export const readOwnDomain = async (
  tx: Tx,
  { accountId }: { accountId: AccountId },
): Promise<{ domain: string | null }> => ({ domain: await ownDomain(tx, accountId) })

/** How much mail waits, of an account or on the whole relay, and since when; and when a relay was last up. */
export const readMailHealth = async (
  tx: Tx,
  { accountId }: { accountId: AccountId | null },
): Promise<{ queued: number; oldestQueuedAt: Millis | null; lastSign: Millis | null }> => ({
  ...(await queueAge(tx, accountId)),
  lastSign: await lastSign(tx),
})
