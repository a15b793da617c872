import { z } from "@hono/zod-openapi"
import type {
  AgentView,
  ConversationSummary,
  ConversationView,
  DeliveryView,
  DeviceView,
  MessageView,
  TeammateView,
  ToolbarState,
  UnconfirmedView,
  VerdictView,
} from "../../shared/protocol/views.ts"
import type { GroupId, PictureId } from "../../shared/words/ids.ts"
import { HOLD_REASONS, type SenderProof } from "../../shared/words/mail-proof.ts"
import * as nouns from "../../shared/words/nouns.ts"
import { DELIVERY_OUTCOMES } from "../../shared/words/outcomes.ts"
import { type LightReason, REASON_CODES, type Reason } from "../../shared/words/reasons.ts"
import { identityView, ratingView } from "./answers-box.ts"
import { devicePushView } from "./answers-push.ts"

/**
 * Shapes of the API's answers, for its OpenAPI document; held to the types of shared/protocol/views.ts by
 * the compiler. What we answer is not checked against them at run time: it is our own.
 */
const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>
const moment = z.number().int().describe("milliseconds since 1970, relay's clock")
const counter = z.number().int().nonnegative()

const reason = z.object({ code: z.enum(REASON_CODES) }).loose() as unknown as z.ZodType<Reason>
const lightReason = z
  .object({ code: z.enum(["held-by", "nobody-online", "no-agents"]) })
  .loose() as unknown as z.ZodType<LightReason>

export const agentView: z.ZodType<AgentView> = z.object({
  id: id<never>(),
  name: z.string(),
  picture: id<PictureId>().nullable().describe("at /api/pictures/{id}; null: none"),
  address: z.string(),
  role: z.enum(nouns.ROLES),
  language: z.enum(nouns.LANGUAGES),
  intent: z.enum(nouns.INTENTS),
  intentVersion: counter,
  intentUntil: moment.nullable().describe("when the intent ends by itself"),
  intentBack: z.enum(nouns.INTENTS).nullable().describe("what it is then"),
  offlineNotices: z.boolean(),
  missedNotices: z.boolean(),
})

const deviceView: z.ZodType<DeviceView> = z.object({
  id: id<never>(),
  kind: z.enum(nouns.DEVICE_KINDS),
  label: z.string(),
  presence: z.enum(nouns.PRESENCES),
  seenAt: moment.nullable(),
  own: z.boolean(),
  running: z.boolean(),
  push: devicePushView.nullable(),
})

const teammateView: z.ZodType<TeammateView> = z.object({
  id: id<never>(),
  name: z.string(),
  picture: id<PictureId>().nullable(),
  intent: z.enum(nouns.INTENTS),
  online: z.boolean(),
  presence: z.enum(nouns.PRESENCES),
})

const summaryFields = {
  id: id<ConversationSummary["id"]>(),
  state: z.enum(nouns.CONVERSATION_STATES),
  channel: z.enum(nouns.CHANNELS),
  site: z.string(),
  group: z.string().nullable(),
  visitor: z.string(),
  joinedBy: id<NonNullable<ConversationSummary["joinedBy"]>>().nullable(),
  joinedByName: z.string().nullable(),
  excerpt: z.string(),
  lastAuthor: z.enum(nouns.AUTHORS),
  lastSeq: counter,
  lastAt: moment,
  unopened: counter,
  unconfirmed: counter,
  batch: z.enum(["none", "resting", "counting"]),
  dueAt: moment.nullable(),
}

export const conversationSummary: z.ZodType<ConversationSummary> = z.object(summaryFields)

const senderProof: z.ZodType<SenderProof> = z.union([
  z.object({ by: z.enum(["dkim", "spf"]), domain: z.string() }),
  z.object({ by: z.enum(["nothing", "open"]) }),
])

export const messageView: z.ZodType<MessageView> = z.object({
  id: id<never>(),
  seq: counter,
  author: z.enum(nouns.AUTHORS),
  name: z.string().nullable(),
  channel: z.enum(nouns.CHANNELS),
  text: z.string(),
  at: moment,
  mail: z
    .object({
      from: z.string().nullable(),
      subject: z.string(),
      to: z.string().nullable().describe("the name it was written to; null: it is an answer"),
      proof: senderProof.nullable().describe("what vouches for its sender; null: nobody looked"),
      more: counter.describe("attachments that are only in the original"),
    })
    .nullable(),
  attachments: z.array(
    z.object({ id: id<never>(), name: z.string(), type: z.string(), size: counter.describe("bytes") }),
  ),
  inboundMailId: id<NonNullable<MessageView["inboundMailId"]>>().nullable(),
})

const verdictFields = {
  seq: counter,
  agentId: id<VerdictView["agentId"]>(),
  agentName: z.string(),
  kind: z.enum(nouns.NOTICE_KINDS),
  reason,
  at: moment,
  deliveryId: id<NonNullable<VerdictView["deliveryId"]>>().nullable(),
}

export const deliveryView: z.ZodType<DeliveryView> = z.object({
  id: id<never>(),
  kind: z.enum(nouns.MAIL_KINDS),
  conversationId: id<NonNullable<DeliveryView["conversationId"]>>().nullable(),
  to: z.string(),
  subject: z.string(),
  state: z.enum(nouns.DELIVERY_STATES),
  attempts: counter,
  outcome: z.enum(DELIVERY_OUTCOMES).nullable(),
  answer: z.string().nullable(),
  bouncedAt: moment.nullable().describe("a report came that it could not be delivered"),
  note: z.string().nullable().describe("who holds or dropped it, and why"),
  nextAt: moment.nullable(),
  createdAt: moment,
  settledAt: moment.nullable(),
})

const unconfirmedView: z.ZodType<UnconfirmedView> = z.object({
  id: id<never>(),
  from: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  why: z.enum(HOLD_REASONS).nullable().describe("why it waits"),
  proof: senderProof.nullable().describe("what vouches for its sender; null: nobody looked"),
  at: moment,
})

export const conversationView: z.ZodType<ConversationView> = z.object({
  ...summaryFields,
  visitorId: id<ConversationView["visitorId"]>(),
  visitorAddress: z.string().nullable(),
  visitorZone: z.string(),
  visitorDevice: z.string().nullable(),
  visitorLanguage: z.enum(nouns.LANGUAGES),
  page: z.object({ url: z.string(), title: z.string().nullable() }).nullable(),
  visitorHere: z.boolean(),
  identity: identityView.nullable(),
  rating: ratingView.nullable(),
  visitorSeenSeq: counter,
  visitorSeenAt: moment.nullable().describe("when they saw the newest that they have seen"),
  messages: z.array(messageView),
  verdicts: z.array(z.object(verdictFields)),
  deliveries: z.array(deliveryView),
  handOvers: z.array(
    z.object({
      why: z.enum(nouns.HAND_OVER_WHYS),
      by: z.string().nullable(),
      to: z.string().nullable().describe("a colleague or a group; null: everybody"),
      at: moment,
    }),
  ),
  unconfirmedAnswers: z.array(unconfirmedView),
  automaticMails: z.array(
    z.object({
      id: id<never>(),
      from: z.string().nullable(),
      subject: z.string(),
      text: z.string(),
      at: moment,
    }),
  ),
})

export const toolbarState: z.ZodType<ToolbarState> = z.object({
  now: moment,
  account: z.object({ id: id<ToolbarState["account"]["id"]>(), name: z.string() }),
  me: agentView,
  device: id<ToolbarState["device"]>(),
  devices: z.array(deviceView),
  online: z.boolean(),
  light: z.boolean(),
  lightReason,
  lights: z.array(z.object({ groupId: id<GroupId>(), group: z.string(), on: z.boolean() })),
  hours: z
    .object({ open: z.boolean(), until: moment.nullable(), overrideUntil: moment.nullable() })
    .nullable()
    .describe("office hours as they are for this agent; null where none are set, or the plan has none"),
  team: z.array(teammateView),
  waiting: z.array(z.object({ ...summaryFields, opened: z.boolean() })),
  waitingCount: counter,
  latestVerdict: z
    .object({
      ...verdictFields,
      conversationId: id<ConversationSummary["id"]>(),
      visitor: z.string(),
    })
    .nullable(),
})

export const intentNow = z.object({
  intent: z.enum(nouns.INTENTS),
  version: counter,
  until: moment.nullable().describe("when it ends by itself and the one before returns"),
})
export const overrideNow = z.object({
  overrideUntil: moment.nullable().describe("until then closed hours do not count for this agent"),
})
export const messageAnswer = z.object({ message: messageView })
export const beatAnswer = z.object({ now: moment })

export const signInAnswer = z.object({
  token: z.string().describe("bearer token of this device; kept by the relay as a hash only"),
  device: id<ToolbarState["device"]>(),
  account: z.object({ id: id<ToolbarState["account"]["id"]>(), name: z.string() }),
  agent: agentView,
})

export const setupAnswer = z.object({
  siteKey: z.string(),
  snippet: z.string().describe("the tag to put on the site"),
})

export const setupStatus = z.object({
  done: z.boolean(),
  capture: z.boolean().describe("nothing leaves the relay: codes and notices are on its mailbox page"),
  snippet: z.string().nullable().describe("the tag of the first site"),
  chromeFolder: z.string().nullable().describe("where the extension was built, on the relay's machine"),
  firefoxFolder: z.string().nullable(),
})

export const mailboxAnswer = z.object({
  capture: z.boolean().describe("nothing leaves the relay: mails are seen here only"),
  mails: z.array(deliveryView),
})

export const mailAnswer = z.object({
  mail: deliveryView,
  from: z.string().nullable(),
  replyTo: z.string().nullable(),
  text: z.string().nullable(),
  html: z.string().nullable(),
  raw: z.string().nullable().describe("the whole mail, as it would have gone out"),
})
