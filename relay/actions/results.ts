import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow } from "../store/tables-mail.ts"
import { reportToSender } from "./delivery-reports.ts"
import { noteHealth } from "./destination-health.ts"

/**
 * What a try's result, or a report about it, means beyond its own mail: how the address fares, and that the
 * sender of a forwarded mail is told. `final`: the mail has failed with it.
 */
export const noteResult = async (
  tx: Tx,
  row: DeliveryRow,
  result: DeliveryResult,
  final: boolean,
): Promise<void> => {
  await noteHealth(tx, row, result, final)
  if (final && (result.kind === "failed" || result.kind === "deferred")) await reportToSender(tx, row, result)
}
