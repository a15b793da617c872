import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import type { DeliveryState } from "../../shared/words/nouns.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { rawOfMail } from "../store/mails.ts"
import { holdDelivery as lockDelivery, stepDelivery } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow } from "../store/tables-mail.ts"
import { bringsCode, factsOf, tell, withoutCode } from "./deliveries.ts"

/** What operators and admins do with mails of the queue. What is under way or through is not theirs any more. */

interface Given {
  accountId: AccountId
  id: DeliveryId
  /** Name of who does it. */
  by: string
}

/** Why it is held or dropped, as people read it. */
interface WithNote extends Given {
  note: string
}

const OVER: readonly DeliveryState[] = ["delivered", "captured", "sending"]

const take = async (tx: Tx, { accountId, id }: Given): Promise<DeliveryRow> => {
  await tx.lock(accountId)
  const row = await lockDelivery(tx, accountId, id)
  if (!row) throw new Refusal("not-found", `there is no mail ${id} in the queue`)
  if (OVER.includes(row.state)) {
    throw new Refusal("stale", `mail ${id} is ${row.state}: it cannot be changed any more`, {
      state: row.state,
    })
  }
  return row
}

const checkNote = (note: string): string => {
  const words = note.replace(/\s+/g, " ").trim()
  if (words === "" || words.length > 300)
    throw new Refusal("bad-input", "say why, in 1 to 300 characters: whoever waits for the mail reads it")
  return words
}

/** A mail passed on whose bytes went when it arrived, or when it was too old, and that came back afterwards. */
const isGone = async (tx: Tx, { account_id, kind, mail_id }: DeliveryRow): Promise<boolean> =>
  kind === "forward" && (mail_id === null || (await rawOfMail(tx, account_id, mail_id)) === null)

/** Makes a waiting, held, dropped or failed mail due now. Refusals: `not-found`, `stale`. */
export const retryDelivery = async (tx: Tx, given: Given): Promise<void> => {
  const { accountId, id } = given
  const row = await take(tx, given)
  if (bringsCode(row) && row.settled_at !== null)
    throw new Refusal("stale", `mail ${id} brought a code, which is not kept: ask for a new one`)
  if (await isGone(tx, row))
    throw new Refusal(
      "stale",
      `mail ${id} was passed on and is not kept here any more: ask its sender to send it again`,
    )
  await stepDelivery(tx, accountId, id, {
    state: "queued",
    next_at: tx.now,
    settled_at: null,
    bounced_at: null,
    note: null,
  })
  await tell(tx, row, "queued", null)
}

/**
 * Keeps a waiting mail from being tried until it is retried or dropped; the verdicts say who does, and why.
 * Refusals: `not-found`; `stale` for one that does not wait; `bad-input` without a reason.
 */
export const holdMail = async (tx: Tx, given: WithNote): Promise<void> => {
  const { accountId, id, by } = given
  const note = checkNote(given.note)
  const row = await take(tx, given)
  if (row.state !== "queued" && row.state !== "held")
    throw new Refusal("stale", `mail ${id} is ${row.state}: only one that waits can be held`, {
      state: row.state,
    })
  await stepDelivery(tx, accountId, id, {
    state: "held",
    next_at: null,
    settled_at: null,
    note: `${by}: ${note}`,
  })
  const facts = await factsOf(tx, row)
  await tell(tx, row, "held", { code: "held", address: row.to_address, by, note, at: tx.now, ...facts })
}

/** Takes a mail out of the queue for good; the verdicts say who did, and why. Refusals as for `holdMail`. */
export const dropDelivery = async (tx: Tx, given: WithNote): Promise<void> => {
  const { accountId, id, by } = given
  const note = checkNote(given.note)
  const row = await take(tx, given)
  await stepDelivery(tx, accountId, id, {
    state: "dropped",
    next_at: null,
    settled_at: tx.now,
    note: `${by}: ${note}`,
    ...withoutCode(row),
  })
  const facts = await factsOf(tx, row)
  await tell(tx, row, "dropped", { code: "dropped", address: row.to_address, by, note, at: tx.now, ...facts })
}
