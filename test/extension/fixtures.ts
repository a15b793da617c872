import type { DeviceView, TeammateView, ToolbarState, WaitingView } from "../../shared/protocol/views.ts"
import type { AccountId, AgentId, ConversationId, DeviceId } from "../../shared/words/ids.ts"

/** 21 November 2026, 12:00 UTC. */
export const NOON = 1_795_262_400_000

export const aConversation = (id: string, change: Partial<WaitingView> = {}): WaitingView => ({
  id: `co_${id.padEnd(20, "a")}` as ConversationId,
  state: "unserved",
  channel: "chat",
  site: "Shop",
  group: null,
  visitor: "Ben",
  joinedBy: null,
  joinedByName: null,
  excerpt: "Is anybody there?",
  lastAuthor: "visitor",
  lastSeq: 1,
  lastAt: NOON,
  unopened: 1,
  opened: false,
  unconfirmed: 0,
  batch: "counting",
  dueAt: NOON + 120_000,
  ...change,
})

export const aDevice = (label: string, change: Partial<DeviceView> = {}): DeviceView => ({
  id: `de_${label}` as DeviceId,
  kind: "extension",
  label,
  presence: "present",
  seenAt: NOON,
  own: false,
  running: true,
  push: null,
  ...change,
})

export const aTeammate = (name: string, change: Partial<TeammateView> = {}): TeammateView => ({
  id: `ag_${name}` as AgentId,
  name,
  picture: null,
  intent: "available",
  online: true,
  presence: "present",
  ...change,
})

export const aToolbar = (change: Partial<ToolbarState> = {}): ToolbarState => ({
  now: NOON,
  account: { id: "ac_x" as AccountId, name: "Lantern & Sons" },
  me: {
    id: "ag_Ada" as AgentId,
    name: "Ada",
    picture: null,
    address: "ada@example.com",
    role: "admin",
    language: "en",
    intent: "available",
    intentVersion: 3,
    intentUntil: null,
    intentBack: null,
    offlineNotices: true,
    missedNotices: true,
  },
  device: "de_own" as DeviceId,
  devices: [aDevice("own", { own: true })],
  online: true,
  light: true,
  lightReason: {
    code: "held-by",
    agents: [{ name: "Ada", device: "Chrome on Linux", presence: "present", until: null, busy: false }],
  },
  lights: [],
  hours: null,
  team: [aTeammate("Ada")],
  waiting: [],
  waitingCount: 0,
  latestVerdict: null,
  ...change,
})
