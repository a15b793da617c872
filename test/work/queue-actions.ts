import { actions as real } from "../../relay/actions/index.ts"
import { enqueue } from "../../relay/store/outbox.ts"
import type { Tx } from "../../relay/store/store.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { type DeliveryId, newId } from "../../shared/words/ids.ts"
import type { MailKind } from "../../shared/words/nouns.ts"
import { DAY } from "../../shared/words/time.ts"

/** Puts a mail into the queue as it is, even one that nobody can write. */
const queueMail = async (
  tx: Tx,
  given: { accountId: AccountId; to: string; kind: MailKind; content: string },
): Promise<{ id: DeliveryId; messageId: string }> => {
  const id = newId("delivery")
  const messageId = `<${id}@relay.test>`
  await enqueue(tx, {
    account_id: given.accountId,
    id,
    kind: given.kind,
    conversation_id: null,
    agent_id: null,
    to_address: given.to,
    message_id: messageId,
    content: given.content,
    gives_up_at: tx.now + DAY,
  })
  return { id, messageId }
}

/** How many bytes of each mail on its way through are kept. */
const bytesOfMails = async (tx: Tx, { accountId }: { accountId: AccountId }): Promise<number[]> =>
  (await tx.db.selectFrom("mails").select("raw").where("account_id", "=", accountId).execute()).map(
    ({ raw }) => raw.length,
  )

/** The relay's actions and some for tests: imported in the store's own thread too. */
export const actions = { ...real, queueMail, bytesOfMails }
