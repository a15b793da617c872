import type {
  ConversationSummary,
  MessageView,
  ToolbarState,
  VerdictView,
} from "../../shared/protocol/views.ts"
import type { DeliveryId, GroupId, InboundMailId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { BEN, ME, message, ONE, summary, TWO, toolbar } from "../../test/desk/samples.ts"

/** What the components show on their page: nothing of it comes from a relay. */

export const AT = new Date(2026, 2, 10, 10, 24).getTime()

type Device = ToolbarState["devices"][number]

const device = (label: string, presence: Device["presence"], own = false): Device => ({
  id: `de_${label}` as Device["id"],
  kind: "extension",
  label,
  presence,
  seenAt: AT - 20 * MINUTE,
  own,
  running: presence !== "gone",
  push: null,
})

export const DEVICES: Device[] = [
  device("Chrome on Linux", "present", true),
  device("Firefox on Windows", "fading"),
  device("Phone", "reachable"),
  device("Old laptop", "gone"),
]

export const TEAM: ToolbarState["team"] = (
  [
    ["Ben", "available", true, "present"],
    ["Chloé", "busy", true, "present"],
    ["Dan", "available", true, "reachable"],
    ["Eva", "available", false, "gone"],
    ["Filip", "unavailable", false, "present"],
  ] as const
).map(([name, intent, online, presence], at) => ({
  id: `ag_${at}` as typeof BEN,
  ...{ name, intent, online, presence, picture: null },
}))

export const LIGHTS: ToolbarState["lights"] = [
  { groupId: "gr_1" as GroupId, group: "Sales", on: true },
  { groupId: "gr_2" as GroupId, group: "Returns", on: false },
]

export const TOOLBAR: ToolbarState = {
  ...toolbar({ name: "Anna", address: "anna@lamplight.example" }),
  now: AT,
  account: { ...toolbar().account, name: "Lamplight & Co" },
  lightReason: {
    code: "held-by",
    agents: [{ name: "Anna", device: "Chrome on Linux", presence: "present", until: null, busy: false }],
  },
  devices: DEVICES,
  team: TEAM,
  lights: LIGHTS,
}

/** A conversation in a list, in each state that a row shows. */
export const ROWS: [name: string, summary: ConversationSummary][] = [
  [
    "unopened",
    summary(ONE, { visitor: "Vera", excerpt: "Does it stand salt air?", unopened: 3, lastAt: AT }),
  ],
  ["opened", summary(TWO, { visitor: "", excerpt: "Kolik stojí doprava?", unopened: 0, lastAt: AT })],
  ["counting", summary(TWO, { visitor: "Vera", batch: "counting", dueAt: Date.now() + 90_000, lastAt: AT })],
  [
    "joined by oneself",
    summary(TWO, { state: "mine", joinedBy: ME, joinedByName: "Anna", lastAt: AT, unopened: 0 }),
  ],
  [
    "joined by a colleague",
    summary(TWO, { state: "mine", joinedBy: BEN, joinedByName: "Ben", lastAt: AT, unopened: 0 }),
  ],
  [
    "by mail, unconfirmed",
    summary(TWO, { channel: "mail", visitor: "Jana Nováková", unconfirmed: 1, lastAt: AT }),
  ],
  [
    "closed",
    summary(TWO, {
      state: "closed",
      lastAuthor: "agent",
      excerpt: "You are welcome.",
      unopened: 0,
      lastAt: AT,
    }),
  ],
]

export const WAITING: ConversationSummary[] = ROWS.slice(0, 3).map(([, one], at) => ({
  ...one,
  id: `${ONE.slice(0, -1)}${at}` as typeof ONE,
}))

const verdict = (reason: VerdictView["reason"], agent = ME): VerdictView => ({
  seq: 1,
  agentId: agent,
  agentName: agent === ME ? "Anna" : "Ben",
  kind: "offline",
  reason,
  at: AT,
  deliveryId: null,
})

export const VERDICTS: VerdictView[] = [
  verdict({ code: "waiting", dueAt: AT + 2 * MINUTE }),
  verdict({ code: "present-on-device", device: "Chrome on Linux", kind: "extension", lastBeatAt: AT }),
  verdict({ code: "back-online", device: "Chrome on Linux", afterSeconds: 40 }),
  verdict({ code: "opened", who: "Ben", at: AT }),
  verdict({ code: "notifications-off", whose: "account", since: AT }),
  verdict({
    code: "delivered",
    server: "mx.lamplight.example",
    answer: "250 2.0.0 Ok: queued as 4ZxYkQ",
    at: AT,
    address: "anna@lamplight.example",
  }),
]

export const COLLEAGUES = VERDICTS.slice(2, 4).map((one) => ({ ...one, agentId: BEN, agentName: "Ben" }))

const MAIL = {
  from: "jana@customer.example",
  subject: "Lamps for a school",
  to: "info@lamplight.example",
  proof: { by: "spf", domain: "customer.example" },
  more: 0,
} satisfies MessageView["mail"]

export const MESSAGES: [name: string, message: MessageView][] = [
  ["visitor", message(1, { text: "Does it stand salt air? https://lamplight.example/evening", at: AT })],
  ["agent", message(2, { author: "agent", name: "Anna", text: "It does.", at: AT })],
  ["bot", message(3, { author: "bot", text: "One moment, please: we are busy.", at: AT })],
  ["right to left", message(4, { text: "שלום, האם אתם שולחים לחיפה?", at: AT })],
  [
    "by mail",
    message(5, {
      channel: "mail",
      inboundMailId: "in_1" as InboundMailId,
      mail: MAIL,
      text: "The plan is attached.",
      at: AT,
    }),
  ],
]

export const DELIVERY = {
  id: "dl_1" as DeliveryId,
  kind: "offline-notice",
  conversationId: ONE,
  to: "anna@lamplight.example",
  subject: "Vera wrote",
  attempts: 1,
  outcome: null,
  answer: "250 2.0.0 Ok",
  bouncedAt: null,
  note: null,
  nextAt: null,
  createdAt: AT,
  settledAt: AT,
} as const

/** An answer that a server had taken, and that came back. */
export const CAME_BACK = {
  ...DELIVERY,
  kind: "answer",
  to: "vera@example.com",
  state: "failed",
  outcome: "address-wrong",
  answer: "550 5.1.1 <vera@example.com>: Recipient address rejected: User unknown",
  bouncedAt: AT,
} as const
