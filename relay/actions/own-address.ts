import { Refusal } from "../../shared/words/refusals.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"

/** Mail to one of the relay's own addresses would come back to it: nobody can be notified there. */
export const refuseOwnAddress = async (tx: Tx, address: string | null | undefined): Promise<void> => {
  const domain = (await mailDomain(tx)).toLowerCase()
  if (!address?.toLowerCase().endsWith(`@${domain}`)) return
  throw new Refusal("bad-input", `${address} is an address of this relay itself: give one of a mailbox`)
}
