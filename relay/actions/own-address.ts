import { Refusal } from "../../shared/words/refusals.ts"
import { mailDomain } from "../store/relays.ts"
import type { Tx } from "../store/store.ts"
import { accountOfDomain } from "./mail-domains.ts"

/** Whether an address is at a mail domain of this relay, its own or an account's. */
export const isOwnAddress = async (tx: Tx, address: string): Promise<boolean> => {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase()
  return domain === (await mailDomain(tx)).toLowerCase() || (await accountOfDomain(tx, domain)) !== null
}

/** Mail to one of the relay's own addresses would come back to it: nobody can be notified there. */
export const refuseOwnAddress = async (tx: Tx, address: string | null | undefined): Promise<void> => {
  if (!address || !(await isOwnAddress(tx, address))) return
  throw new Refusal("bad-input", `${address} is an address of this relay itself: give one of a mailbox`)
}
