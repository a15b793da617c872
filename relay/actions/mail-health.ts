import { lookUp } from "../store/directory.ts"
import type { Tx } from "../store/store.ts"

/** Whether an account has this mail domain of its own. Lowercase, ASCII. */
export const isMailDomain = async (tx: Tx, { domain }: { domain: string }): Promise<boolean> =>
  (await lookUp(tx, "mail-domain", domain)) !== undefined
