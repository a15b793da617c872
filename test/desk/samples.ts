import type {
  AgentEvent,
  ConversationSummary,
  ConversationView,
  MessageView,
  NewEvent,
  ToolbarState,
} from "../../shared/protocol/views.ts"
import type { AgentId, ConversationId, MessageId } from "../../shared/words/ids.ts"

/** Small things to build desks from. Ids end in what tells them apart. */
export const ME = `ag_${"a".repeat(20)}` as AgentId
export const BEN = `ag_${"b".repeat(20)}` as AgentId
export const ONE = `co_${"a".repeat(20)}` as ConversationId
export const TWO = `co_${"b".repeat(20)}` as ConversationId

export const message = (seq: number, change: Partial<MessageView> = {}): MessageView => ({
  id: `me_${String(seq).padStart(20, "a")}` as MessageId,
  seq,
  author: "visitor",
  name: null,
  channel: "chat",
  text: `message ${seq}`,
  at: seq * 1000,
  inboundMailId: null,
  mail: null,
  attachments: [],
  ...change,
})

export const summary = (
  id: ConversationId,
  change: Partial<ConversationSummary> = {},
): ConversationSummary => ({
  id,
  state: "unserved",
  channel: "chat",
  site: "Lamps",
  group: null,
  visitor: "Visitor",
  joinedBy: null,
  joinedByName: null,
  excerpt: "message 1",
  lastAuthor: "visitor",
  lastSeq: 1,
  lastAt: 1000,
  unopened: 1,
  unconfirmed: 0,
  batch: "none",
  dueAt: null,
  ...change,
})

export const view = (id: ConversationId, change: Partial<ConversationView> = {}): ConversationView => ({
  ...summary(id),
  visitorId: "vi_x" as ConversationView["visitorId"],
  visitorAddress: null,
  identity: null,
  rating: null,
  visitorZone: "UTC",
  visitorDevice: null,
  visitorLanguage: "en",
  page: null,
  visitorHere: true,
  visitorSeenSeq: 0,
  visitorSeenAt: null,
  messages: [message(1)],
  verdicts: [],
  deliveries: [],
  handOvers: [],
  unconfirmedAnswers: [],
  automaticMails: [],
  ...change,
})

export const toolbar = (change: Partial<ToolbarState["me"]> = {}): ToolbarState => ({
  now: 5000,
  account: { id: "ac_x" as ToolbarState["account"]["id"], name: "Lamps" },
  me: {
    id: ME,
    name: "Ada",
    picture: null,
    address: "ada@example.com",
    role: "admin",
    language: "en",
    intent: "available",
    intentVersion: 1,
    intentUntil: null,
    intentBack: null,
    offlineNotices: true,
    missedNotices: true,
    ...change,
  },
  device: "de_x" as ToolbarState["device"],
  devices: [],
  online: true,
  light: true,
  lightReason: { code: "no-agents" },
  lights: [],
  hours: null,
  team: [],
  waiting: [],
  waitingCount: 0,
  latestVerdict: null,
})

let cursor = 0
export const event = (body: NewEvent): AgentEvent => ({ ...body, cursor: ++cursor, at: 0 }) as AgentEvent
