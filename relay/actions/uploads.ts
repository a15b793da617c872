import type { AttachmentView } from "../../shared/protocol/views.ts"
import { MOST_FILES } from "../../shared/words/files.ts"
import {
  type AccountId,
  type AgentId,
  type ConversationId,
  isId,
  newId,
  type SiteId,
  type VisitorId,
} from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { CONVERSATION_SIZE, passed, UPLOADS_PER, WAITING_KEPT } from "../rules/upload-limits.ts"
import { attachmentFacts } from "../store/attachments.ts"
import { findConversation } from "../store/conversations.ts"
import type { Tx } from "../store/store.ts"
import type { ConversationRow } from "../store/tables-conversations.ts"
import { accountsAfter } from "../store/team.ts"
import {
  becomeAttachment,
  countSince,
  filesIn,
  insertUpload,
  removeCountsBefore,
  removeUpload,
  removeUploadsBefore,
  saveCount,
  type UploadFacts,
  uploadByKey,
  uploadsOf,
} from "../store/uploads.ts"
import { findSiteByKey, findVisitor, keepVisitor } from "../store/visitors.ts"
import { type FilePiece, type NewAttachment, readAttachmentPiece } from "./attachments.ts"
import { knownVisitor } from "./read-box.ts"

/** Who sends a file: an agent for an answer in a conversation, or a visitor, whose next message may begin one. */
export type Sender =
  | { kind: "agent"; id: AgentId; conversationId: ConversationId }
  | { kind: "visitor"; id: VisitorId }

const viewOf = ({ id, name, type, size }: UploadFacts): AttachmentView => ({ id, name, type, size })

/**
 * Keeps a file until the message that it goes with is written (`attach`), or for some days. Name and type are safe to
 * show. The same key of the same sender again gives what is there already. Refusals: `not-found` for a conversation of
 * another account, `too-many` with the limit that it would pass.
 */
export const takeUpload = async (
  tx: Tx,
  given: { accountId: AccountId; sender: Sender; key: string; file: NewAttachment },
): Promise<AttachmentView> => {
  const { accountId, sender, key, file } = given
  // An erasure that is under way is waited for; one that comes now waits for us, and finds the file.
  const visitorId = await visitorOf(tx, accountId, sender)
  if (visitorId) await keepVisitor(tx, accountId, visitorId)
  await refuseStranger(tx, accountId, sender)
  const known = await uploadByKey(tx, accountId, sender.id, key)
  if (known) return viewOf(known)
  const { name, type, bytes } = file
  const size = bytes.byteLength
  const count = await countSince(tx, accountId, sender.id, tx.now - UPLOADS_PER)
  const waiting = (await uploadsOf(tx, accountId, sender.id)).length
  refusePassed(passed(sender.kind, { ...count, waiting }, size))
  const row = { id: newId("attachment"), name, type, size }
  const conversationId = sender.kind === "agent" ? sender.conversationId : null
  const fresh = await insertUpload(tx, {
    account_id: accountId,
    ...row,
    owner_kind: sender.kind,
    owner_id: sender.id,
    client_key: key,
    conversation_id: conversationId,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, size),
    at: tx.now,
  })
  if (!fresh) return viewOf((await uploadByKey(tx, accountId, sender.id, key))!)
  const more = { since: count.since, files: count.files + 1, size: count.size + size }
  await saveCount(tx, accountId, sender.id, more)
  return row
}

/** Whether somebody may send a further file now: refuses as `takeUpload` would. */
export const mayUpload = async (
  tx: Tx,
  { accountId, sender }: { accountId: AccountId; sender: Sender },
): Promise<void> => {
  await refuseStranger(tx, accountId, sender)
  const count = await countSince(tx, accountId, sender.id, tx.now - UPLOADS_PER)
  const waiting = (await uploadsOf(tx, accountId, sender.id)).length
  refusePassed(passed(sender.kind, { ...count, waiting }, 0))
}

/** Whose erasure would take the file along. */
const visitorOf = async (tx: Tx, accountId: AccountId, sender: Sender): Promise<VisitorId | undefined> =>
  sender.kind === "visitor"
    ? sender.id
    : (await findConversation(tx, accountId, sender.conversationId))?.visitor_id

const refuseStranger = async (tx: Tx, accountId: AccountId, sender: Sender): Promise<void> => {
  if (sender.kind === "visitor") {
    if (!(await findVisitor(tx, accountId, sender.id)))
      throw new Refusal("not-found", "this visitor is not known any more: open the box anew")
  } else if (!(await findConversation(tx, accountId, sender.conversationId))) {
    throw new Refusal("not-found", `there is no conversation ${sender.conversationId}`)
  }
}

const refusePassed = (limit: ReturnType<typeof passed>): void => {
  if (limit === "waiting")
    throw new Refusal("too-many", "too many files wait to be sent: send or remove some first", { limit })
  if (limit === "hour")
    throw new Refusal("too-many", "too many files were sent within the hour: try again later", { limit })
}

/** Throws a file away that was not sent. Refusal `not-found` where it was, or is somebody else's. */
export const dropUpload = async (
  tx: Tx,
  { accountId, senderId, id }: { accountId: AccountId; senderId: AgentId | VisitorId; id: string },
): Promise<void> => {
  const gone = isId("attachment", id) && (await removeUpload(tx, accountId, senderId, id))
  if (!gone) throw new Refusal("not-found", `no file ${id} waits to be sent`)
}

/**
 * Puts files that wait under a message of their sender, in the order given: from then on they are its attachments.
 * Refusals: `not-found` for one that is not theirs or not there any more, `too-large` where the conversation has
 * no room left; then nothing is posted.
 */
export const attach = async (
  tx: Tx,
  conversation: Pick<ConversationRow, "account_id" | "id">,
  seq: number,
  by: { senderId: AgentId | VisitorId; files: readonly string[] },
): Promise<AttachmentView[]> => {
  const { account_id: accountId, id: conversationId } = conversation
  const ids = [...new Set(by.files)]
  if (ids.length === 0) return []
  if (ids.length > MOST_FILES)
    throw new Refusal("too-many", `a message has at most ${MOST_FILES} files: send the others with another`)
  const waiting = new Map((await uploadsOf(tx, accountId, by.senderId)).map((one) => [one.id as string, one]))
  const gone = (id: string): Refusal =>
    new Refusal("not-found", "a file of this message is not here any more: add it once more", { id })
  const files = ids.map((id): UploadFacts => {
    const file = waiting.get(id)
    if (!file || (file.conversation_id !== null && file.conversation_id !== conversationId)) throw gone(id)
    return file
  })
  const kept = await filesIn(tx, accountId, conversationId)
  const size = files.reduce((sum, file) => sum + file.size, kept.size)
  if (size > CONVERSATION_SIZE)
    throw new Refusal("too-large", "this conversation has no room for more files: send them another way")
  // its sender may throw it away at this very moment
  for (const [position, { id }] of files.entries())
    if (!(await becomeAttachment(tx, accountId, id, { conversationId, seq, position }))) throw gone(id)
  return files.map(viewOf)
}

/** Who asks from a chat box. Refusal `not-signed-in` for one whom this site does not know. */
export const identifyBox = async (
  tx: Tx,
  { siteKey, visitor }: { siteKey: string; visitor: string },
): Promise<{ accountId: AccountId; siteId: SiteId; visitorId: VisitorId }> => {
  const site = await findSiteByKey(tx, siteKey)
  const known = site && (await knownVisitor(tx, site, visitor))
  if (!known) throw new Refusal("not-signed-in", "this visitor is not known here: open the box anew")
  return { accountId: known.account_id, siteId: known.site_id, visitorId: known.id }
}

/** A piece of a file of the visitor's own conversation. Refusal `not-found` for all others, and for what is not posted. */
export const readVisitorAttachment = async (
  tx: Tx,
  given: { accountId: AccountId; visitorId: VisitorId; id: string; from: number },
): Promise<FilePiece> => {
  const { accountId, visitorId, id, from } = given
  const missing = (): Refusal => new Refusal("not-found", `there is no attachment ${id}`)
  if (!isId("attachment", id)) throw missing()
  const facts = await attachmentFacts(tx, accountId, id)
  const conversation = facts && (await findConversation(tx, accountId, facts.conversation_id))
  if (!facts || facts.seq === 0 || conversation?.visitor_id !== visitorId) throw missing()
  return readAttachmentPiece(tx, { accountId, id, from })
}

/** Accounts that one turn looks at. */
const ACCOUNTS = 100

/**
 * Removes files that nobody sent, at most `limit` of each kind in an account, from the accounts after `after`.
 * `next`: where to go on; null when all are done.
 */
export const sweepUploads = async (
  tx: Tx,
  { after, limit }: { after: AccountId | ""; limit: number },
): Promise<{ removed: number; next: AccountId | null }> => {
  const accounts = await accountsAfter(tx, after, ACCOUNTS)
  let removed = 0
  for (const { id } of accounts) {
    for (const kind of ["agent", "visitor"] as const)
      removed += await removeUploadsBefore(tx, id, kind, tx.now - WAITING_KEPT[kind], limit)
    await removeCountsBefore(tx, id, tx.now - UPLOADS_PER)
  }
  return { removed, next: accounts.length < ACCOUNTS ? null : (accounts.at(-1)?.id ?? null) }
}
