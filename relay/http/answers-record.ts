import { z } from "@hono/zod-openapi"
import type {
  ChangesView,
  PersonView,
  TagHellosView,
  TagLookView,
  WebhookDeliveryView,
  WebhookView,
} from "../../shared/protocol/record-views.ts"
import { CHANGE_DEEDS, CHANGE_KINDS, CHANGE_WAYS, type Json } from "../../shared/words/changes.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import { TAG_FINDINGS } from "../../shared/words/tags.ts"
import { WEBHOOK_EVENTS, WEBHOOK_STATES } from "../../shared/words/webhooks.ts"

/** Shapes of answers about the record of an account: changes, webhooks, persons' data; see answers.ts. */
const agentId = z.string() as unknown as z.ZodType<AgentId>
const moment = z.number().int().describe("milliseconds since 1970, relay's clock")
const json = z.unknown() as unknown as z.ZodType<Json>

export const changesView: z.ZodType<ChangesView> = z.object({
  changes: z.array(
    z.object({
      seq: z.number().int().describe("1, 2, 3 … in the account"),
      at: moment,
      way: z.enum(CHANGE_WAYS),
      byAgent: agentId.nullable(),
      byName: z.string().nullable().describe("user of the command line, or address of the mail"),
      kind: z.enum(CHANGE_KINDS),
      thing: z.string(),
      name: z.string().nullable(),
      deed: z.enum(CHANGE_DEEDS),
      fields: z.array(z.object({ field: z.string(), from: json, to: json })),
    }),
  ),
  names: z.record(z.string(), z.string()).describe("of agents and groups, by id"),
  next: z.number().int().nullable().describe("`before` of the next page; null at the end"),
})

const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>
const event = z.enum(WEBHOOK_EVENTS)

const webhookView: z.ZodType<WebhookView> = z.object({
  id: id<WebhookView["id"]>(),
  name: z.string(),
  url: z.string(),
  events: z.array(event),
  active: z.boolean(),
  stoppedAt: moment.nullable().describe("since when the relay sends nothing any more"),
  stoppedWhy: z.string().nullable().describe("an HTTP status, or what the network said"),
  failingSince: moment.nullable(),
  secretAt: moment,
  oldSecretUntil: moment.nullable().describe("until then the secret before signs along"),
  createdAt: moment,
})

const webhookDeliveryView: z.ZodType<WebhookDeliveryView> = z.object({
  id: id<WebhookDeliveryView["id"]>(),
  event,
  conversationId: id<NonNullable<WebhookDeliveryView["conversationId"]>>().nullable(),
  body: z.string().describe("JSON, as it is posted"),
  state: z.enum(WEBHOOK_STATES),
  attempts: z.number().int(),
  nextAt: moment.nullable(),
  status: z.number().int().nullable(),
  answer: z.string().nullable(),
  tookMs: z.number().int().nullable(),
  createdAt: moment,
  settledAt: moment.nullable(),
})

export const webhooksAnswer = z.object({ webhooks: z.array(webhookView) })
export const webhookMade = z.object({
  webhookId: id<WebhookView["id"]>(),
  secret: z.string().describe("given here and never again"),
  version: z.number().int(),
})
export const webhookSecret = z.object({ secret: z.string(), oldUntil: moment.nullable() })
export const webhookTested = z.object({ id: id<WebhookDeliveryView["id"]>() })
export const webhookDeliveriesAnswer = z.object({ deliveries: z.array(webhookDeliveryView) })

const visitorSeen = z.object({
  id: id<PersonView["visitors"][number]["id"]>(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  site: z.string(),
  since: moment,
})

export const personView: z.ZodType<PersonView> = z.object({
  kind: z.enum(["visitor", "agent"]),
  visitors: z.array(visitorSeen),
  agent: z.object({ id: agentId, name: z.string(), address: z.string() }).nullable(),
  addresses: z.array(z.string()),
  conversations: z.number().int(),
  messages: z.number().int(),
  mails: z.number().int(),
  attachments: z.number().int(),
  bytes: z.number().int(),
})

export const personErased = z.object({
  person: personView,
  store: z
    .enum(["done", "later", "none"])
    .describe("whether the bytes are gone from the embedded store's file too; none: it is PostgreSQL"),
  copies: z.number().int().describe("copies from before updates that still have them, in the relay's folder"),
})

export const tagHellosView: z.ZodType<TagHellosView> = z.object({
  hellos: z.array(z.object({ origin: z.string(), at: moment, listed: z.boolean() })),
  now: moment,
})

export const tagLookView: z.ZodType<TagLookView> = z.object({
  url: z.string().describe("where the page was in the end"),
  at: moment,
  findings: z.array(
    z.object({
      finding: z.enum(TAG_FINDINGS),
      value: z.string().nullable().describe("the key, origin, directive or answer that it is about"),
    }),
  ),
})
