import type { BounceEffect, BounceReport } from "../../shared/words/bounces.ts"
import { type AccountId, type DeliveryId, newId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { BOUNCE_LIFE, readBounceToken } from "../mail/bounce-token.ts"
import { judgeReport, type ReportJudgement } from "../rules/bounces.ts"
import { reasonOf } from "../rules/delivery.ts"
import { bouncesOf, failBounced, insertBounce } from "../store/bounces.ts"
import { findDeliveryAnywhere, holdDelivery } from "../store/outbox.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow } from "../store/tables-mail.ts"
import { factsOf, tell } from "./deliveries.ts"
import { noteResult } from "./results.ts"
import { bounceKeys } from "./secrets.ts"

/** Reports kept of one mail: whoever has its token could send any number. */
const MOST_KEPT = 10

/** Bytes of a report that are kept: what it says stands before what it sends back. */
const MAX_KEPT = 256 * 1024

/** The mail that a bounce token is of; null if we never made it, the mail is gone, or its 30 days are over. */
export const findBounce = async (
  tx: Tx,
  token: string,
): Promise<{ accountId: AccountId; deliveryId: DeliveryId } | null> => {
  const id = readBounceToken(token.toLowerCase(), await bounceKeys(tx))
  const row = id === null ? undefined : await findDeliveryAnywhere(tx, id)
  if (!row || tx.now >= row.created_at + BOUNCE_LIFE) return null
  return { accountId: row.account_id, deliveryId: row.id }
}

/** Whether a report can tell of the mail at all: some server has been offered it. */
const wasOffered = ({ state, attempts }: DeliveryRow): boolean =>
  attempts > 0 && state !== "captured" && state !== "held" && state !== "dropped"

/** What becomes of a report, as the mail stands. */
const effectOf = (row: DeliveryRow, { effect }: ReportJudgement): BounceEffect => {
  if (effect !== "failed") return effect
  if (!wasOffered(row)) return "never-sent"
  return row.state === "failed" ? "repeated" : "failed"
}

/**
 * Takes a mail that came to the envelope sender of one of ours. It is kept; if it reports a failure, our mail
 * has failed from now on, and the verdicts that it carried say so. A second report changes nothing.
 * Refusal `not-found` for a token that was never given out or is older than 30 days.
 */
export const takeBounce = async (
  tx: Tx,
  { token, raw, report }: { token: string; raw: Uint8Array; report: BounceReport },
): Promise<{ deliveryId: DeliveryId; effect: BounceEffect; outcome: string }> => {
  const found = await findBounce(tx, token)
  if (!found) throw new Refusal("not-found", "there is no such bounce address")
  const { accountId, deliveryId } = found
  await tx.lock(accountId)
  const row = await holdDelivery(tx, accountId, deliveryId)
  if (!row) throw new Refusal("not-found", "the mail of this bounce address is gone")
  const judged = judgeReport(report, { address: row.to_address, messageId: row.message_id })
  const effect = effectOf(row, judged)
  const { action, outcome, answer } = judged
  if ((await bouncesOf(tx, accountId, deliveryId)).length < MOST_KEPT) {
    await insertBounce(tx, {
      account_id: accountId,
      id: newId("bounce"),
      delivery_id: deliveryId,
      action,
      effect,
      outcome,
      answer,
      raw: Buffer.from(raw.subarray(0, MAX_KEPT)),
      at: tx.now,
    })
  }
  if (effect === "failed") await fail(tx, row, judged)
  return { deliveryId, effect, outcome }
}

/** The mail has failed: it is settled so, and whoever was to get it is told. */
const fail = async (
  tx: Tx,
  row: DeliveryRow,
  { outcome, answer, server }: ReportJudgement,
): Promise<void> => {
  await failBounced(tx, row.account_id, row.id, { outcome, answer, server })
  const result = { kind: "failed", outcome, server, answer } as const
  const { to_address: address, gives_up_at: givesUpAt } = row
  const facts = {
    address,
    at: tx.now,
    nextAt: null,
    givesUpAt,
    bounced: true,
    ...(await factsOf(tx, row)),
  } as const
  await tell(tx, row, "failed", reasonOf(result, facts))
  await noteResult(tx, row, result, true)
}
