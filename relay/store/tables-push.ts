import type { AccountId, AgentId, ConversationId, DeviceId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Switch } from "./tables-people.ts"

/**
 * What a device is told, or was told, of a conversation: one row for both, so that it is told once.
 *
 *            visitor writes                     sent
 *   (none) ────────────────▶ message, to be sent ────▶ message, sent ──a day──▶ (none)
 *                   opened │ │ gives up                      │ opened, joined, closed
 *                          ▼ ▼                               ▼
 *                        (none)                      close, to be sent ──sent, gives up──▶ (none)
 *
 * What is being sent when somebody opens the conversation is marked as over, and closed once it is out.
 */
export interface PushRow {
  account_id: AccountId
  /** Empty for a test that the agent asked for. */
  conversation_id: ConversationId | ""
  device_id: DeviceId
  agent_id: AgentId
  kind: "message" | "close" | "test"
  /** The newest message that it tells of. */
  seq: number
  /** Opened, joined or closed while it was being sent. */
  over: Switch
  /** Tries so far, the claimed one included. */
  attempts: number
  /** When it is to be sent, tried again, forgotten; while claimed, when the claim ends. */
  next_at: Millis
  sent_at: Millis | null
  /** The relay that sends it; with `attempts` it names the claim. */
  claimed_by: string | null
  /** Of no use after that. */
  gives_up_at: Millis
}
