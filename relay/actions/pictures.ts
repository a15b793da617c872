import { type AccountId, type AgentId, isId, newId, type PictureId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { checkPicture } from "../rules/picture.ts"
import { saveAgent } from "../store/accounts.ts"
import { emit } from "../store/events.ts"
import { findPicture, removePicture, savePicture } from "../store/pictures.ts"
import type { Tx } from "../store/store.ts"
import { findMember } from "./agents.ts"
import { enter } from "./enter.ts"
import { bumpSettings } from "./settings-version.ts"

/**
 * Gives an agent a picture, or (null) takes it from them. Every picture has an id of its own, so that whoever has
 * seen one knows it again. Refusals: `not-found`, and those of `checkPicture`.
 */
export const setPicture = async (
  tx: Tx,
  { accountId, agentId, picture }: { accountId: AccountId; agentId: AgentId; picture: Uint8Array | null },
): Promise<{ picture: PictureId | null }> => {
  const kind = picture === null ? null : checkPicture(picture)
  await enter(tx, accountId)
  const agent = await findMember(tx, accountId, agentId)
  const id = picture === null ? null : newId("picture")
  if (id === null && agent.picture === null) return { picture: null }
  if (picture !== null && kind !== null && id !== null)
    await savePicture(tx, {
      account_id: accountId,
      agent_id: agentId,
      id,
      type: kind.type,
      bytes: Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength),
      at: tx.now,
    })
  else await removePicture(tx, accountId, agentId)
  await saveAgent(tx, accountId, agentId, { picture: id })
  await bumpSettings(tx, accountId)
  await emit(tx, accountId, { kind: "team", agentId })
  return { picture: id }
}

/** The picture of somebody of this account. Refusal `not-found` for all others, and for one that was replaced. */
export const readPicture = async (
  tx: Tx,
  { accountId, id }: { accountId: AccountId; id: string },
): Promise<{ type: string; bytes: Uint8Array }> => {
  const row = isId("picture", id) ? await findPicture(tx, accountId, id) : undefined
  if (!row) throw new Refusal("not-found", `there is no picture ${id}`)
  return { type: row.type, bytes: row.bytes }
}
