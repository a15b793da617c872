import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import type { Tx } from "../store/store.ts"
import type { DeliveryRow } from "../store/tables.ts"
import { noteHealth } from "./destination-health.ts"

/**
 * What a try's result, or a report about it, means beyond its own mail: how the address fares. `final`: the mail
 * has failed with it.
 */
export const noteResult = async (
  tx: Tx,
  row: DeliveryRow,
  result: DeliveryResult,
  final: boolean,
): Promise<void> => {
  await noteHealth(tx, row, result, final)
}
