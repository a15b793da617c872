import type { AccountId, AgentId, AttachmentId, ConversationId, VisitorId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"

/** A file that was sent to the relay, and is not yet part of a message. It becomes an attachment with its message. */
export interface UploadRow {
  account_id: AccountId
  id: AttachmentId
  owner_kind: "agent" | "visitor"
  /** Who sent it: nobody else may use it. */
  owner_id: AgentId | VisitorId
  /** Idempotency key of the client; unique for its owner. */
  client_key: string
  /** Of an agent's answer; null: a visitor's, whose conversation may begin with it. */
  conversation_id: ConversationId | null
  name: string
  /** MIME type, by its content. */
  type: string
  /** Bytes. */
  size: number
  bytes: Buffer
  at: Millis
}

/** How much somebody has sent since then: the limit of an hour counts what was thrown away as well. */
export interface UploadCountRow {
  account_id: AccountId
  owner_id: AgentId | VisitorId
  since: Millis
  files: number
  /** Bytes. */
  size: number
}
