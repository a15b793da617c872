import {
  type AccountId,
  type AttachmentId,
  type ConversationId,
  type InboundMailId,
  newId,
} from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { findAttachment, insertAttachment, pieceOfAttachment } from "../store/attachments.ts"
import type { Tx } from "../store/store.ts"

/** A file that came with a mail, as it was read; name and type are safe to show and to save. */
export interface NewAttachment {
  name: string
  type: string
  bytes: Uint8Array
}

/** Keeps what came with a mail; it is shown once the mail is a message (postMessage). */
export const keepAttachments = async (
  tx: Tx,
  accountId: AccountId,
  conversationId: ConversationId,
  mailId: InboundMailId,
  attachments: readonly NewAttachment[],
): Promise<void> => {
  for (const [position, { name, type, bytes }] of attachments.entries())
    await insertAttachment(tx, {
      account_id: accountId,
      id: newId("attachment"),
      conversation_id: conversationId,
      seq: 0,
      position,
      inbound_mail_id: mailId,
      name,
      type,
      size: bytes.byteLength,
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      at: tx.now,
    })
}

/** A piece of a file, and what it is a piece of. */
export interface FilePiece {
  name: string
  /** Bytes of the whole file. */
  size: number
  bytes: Uint8Array
}

/**
 * So much of a file is in memory for each who reads it, however slowly. SQLite goes through the whole file for any part
 * of it (4 ms for 10 MB): smaller pieces would be read too often.
 */
const PIECE = 1024 * 1024

/** A piece of a file, from one of its bytes on. Refusal `not-found` for another account's too. */
export const readAttachmentPiece = async (
  tx: Tx,
  { accountId, id, from }: { accountId: AccountId; id: AttachmentId; from: number },
): Promise<FilePiece> => {
  const row = await pieceOfAttachment(tx, accountId, id, { from, length: PIECE })
  if (!row) throw new Refusal("not-found", `there is no attachment ${id}`)
  return { name: row.name, size: row.size, bytes: row.bytes }
}

/** A file that came with a mail. Refusal `not-found` for another account's too. */
export const readAttachment = async (
  tx: Tx,
  { accountId, id }: { accountId: AccountId; id: AttachmentId },
): Promise<{ name: string; type: string; bytes: Uint8Array }> => {
  const row = await findAttachment(tx, accountId, id)
  if (!row) throw new Refusal("not-found", `there is no attachment ${id}`)
  return { name: row.name, type: row.type, bytes: row.bytes }
}
