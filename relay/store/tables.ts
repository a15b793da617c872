import type { BoxTables } from "./tables-box.ts"
import type {
  ConversationRow,
  EventRow,
  EventSweepRow,
  HandOverRow,
  MessageRow,
  ReplyTokenRow,
  VerdictRow,
  VisitorRow,
  VisitorTabRow,
  WatermarkRow,
} from "./tables-conversations.ts"
import type {
  AttachmentRow,
  BounceRow,
  CapturedMailRow,
  DeliveryRow,
  DestinationRow,
  InboundMailRow,
  MailNameRow,
  MailRow,
  ProbeRow,
  SenderToldRow,
} from "./tables-mail.ts"
import type {
  AccountRow,
  AddressCodeRow,
  AgentPictureRow,
  AgentRow,
  AudienceRow,
  DeviceRow,
  GroupMemberRow,
  GroupRow,
  RedirectRow,
  SignInCodeRow,
  SiteRow,
  VerifiedAddressRow,
} from "./tables-people.ts"
import type { PushRow } from "./tables-push.ts"
import type { ChangeRow, TagHelloRow, WebhookDeliveryRow, WebhookRow } from "./tables-record.ts"
import type { DirectoryRow, RelayRow, RelaySecretRow } from "./tables-relay.ts"
import type { CannedAnswerRow, ConversationCountRow, SearchEntryRow, UndoableRow } from "./tables-search.ts"
import type { UploadCountRow, UploadRow } from "./tables-uploads.ts"

/**
 * The tables, one interface each, as both databases give them back: moments and lengths are integers in
 * milliseconds, switches are 0 or 1, structured facts are JSON text, mails are bytes.
 * Every table is led by `account_id` (so that it can be distributed by account), but for the few that
 * find the account (`directory`) or belong to the relay itself (`relays`, `relay_secrets`).
 */
export interface Tables extends BoxTables {
  accounts: AccountRow
  sites: SiteRow
  groups: GroupRow
  group_members: GroupMemberRow
  agents: AgentRow
  agent_pictures: AgentPictureRow
  devices: DeviceRow
  audiences: AudienceRow
  sign_in_codes: SignInCodeRow
  visitors: VisitorRow
  visitor_tabs: VisitorTabRow
  conversations: ConversationRow
  messages: MessageRow
  hand_overs: HandOverRow
  watermarks: WatermarkRow
  verdicts: VerdictRow
  deliveries: DeliveryRow
  captured_mails: CapturedMailRow
  reply_tokens: ReplyTokenRow
  inbound_mails: InboundMailRow
  events: EventRow
  event_sweeps: EventSweepRow
  directory: DirectoryRow
  relays: RelayRow
  relay_secrets: RelaySecretRow
  redirects: RedirectRow
  verified_addresses: VerifiedAddressRow
  address_codes: AddressCodeRow
  mail_names: MailNameRow
  mails: MailRow
  attachments: AttachmentRow
  bounces: BounceRow
  probes: ProbeRow
  destinations: DestinationRow
  senders_told: SenderToldRow
  pushes: PushRow
  uploads: UploadRow
  upload_counts: UploadCountRow
  changes: ChangeRow
  webhooks: WebhookRow
  webhook_deliveries: WebhookDeliveryRow
  tag_hellos: TagHelloRow
  search_entries: SearchEntryRow
  conversation_counts: ConversationCountRow
  canned_answers: CannedAnswerRow
  undoables: UndoableRow
}
