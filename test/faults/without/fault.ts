import { repeated } from "../ledger.ts"
import { comesTo, type House, type HousePlan } from "./house.ts"

/** A fault, once: what it is done to, and what was found to be wrong afterwards (nothing, with all guards). */
export interface Fault {
  /** The row of "Nothing lost" that it is of. */
  row: string
  plan?: Partial<HousePlan>
  /** What is found without the guard. */
  finds: RegExp
  /** On a disk of so many megabytes. */
  disk?: number
  needsRoot?: boolean
  run(house: House): Promise<string[]>
}

/** Well above what it takes with the guard, and below what the fault would last. */
export const SOON = 12_000

export const lostOf = (acknowledged: readonly string[], there: readonly string[]): string[] =>
  acknowledged.filter((one) => !there.includes(one)).map((one) => `lost: ${one}`)

export const twiceOf = (there: readonly string[]): string[] =>
  repeated(there).map(([one, times]) => `${times} times: ${one}`)

/** Mails that were taken come to the next server, which takes them, within the time. */
export const arrive = async (house: House, ids: readonly string[], within = SOON): Promise<string[]> => {
  const missing = () => ids.filter((id) => !house.taken().includes(id))
  await comesTo(() => missing().length === 0, within)
  return missing().map((id) => `late or lost: ${id}`)
}
