import { FILLED_FROM, MOVED_TO, type Moved } from "../store/copy/marks.ts"
import { findSecret } from "../store/secrets.ts"
import type { Tx } from "../store/store.ts"

/** Why a store is not to be used: it was moved elsewhere, or is only being filled. */
export const readMarks = async (tx: Tx): Promise<{ moved: Moved | null; isBeingFilled: boolean }> => {
  const moved = await findSecret(tx, MOVED_TO)
  return {
    moved: moved === null ? null : (JSON.parse(moved) as Moved),
    isBeingFilled: (await findSecret(tx, FILLED_FROM)) !== null,
  }
}
