import { z } from "@hono/zod-openapi"
import type { Foresight, ForesightOf, TimelineMark, TimelineView } from "../../shared/protocol/views.ts"
import * as nouns from "../../shared/words/nouns.ts"
import { REASON_CODES, type Reason } from "../../shared/words/reasons.ts"

/** Shapes of what the simulator and the timeline answer; see answers.ts. */
const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>
const moment = z.number().int().describe("milliseconds since 1970, relay's clock")

const reason = z.object({ code: z.enum(REASON_CODES) }).loose() as unknown as z.ZodType<Reason>

const foresightOf: z.ZodType<ForesightOf> = z.object({
  at: moment.nullable().describe("when mails would go out; null: none would while it stays so"),
  mails: z.array(z.object({ address: z.string(), forWhom: z.array(z.string()), inbox: z.boolean() })),
  agents: z.array(z.object({ id: id<never>(), name: z.string(), reason })),
})

export const foresightAnswer: z.ZodType<Foresight> = z.object({
  now: moment,
  groupId: id<never>().nullable(),
  group: z.string().nullable(),
  light: z.boolean(),
  opensAt: moment.nullable().describe("when the hours open, if they are closed now"),
  offline: foresightOf,
  missed: foresightOf.describe("supposing that the visitor closed the page at once and nobody joined"),
})

const range = { from: moment, to: moment }

const mark = z.object({
  at: moment,
  conversationId: id<never>(),
  visitor: z.string(),
})

const timelineMark: z.ZodType<TimelineMark> = z.discriminatedUnion("kind", [
  mark.extend({
    kind: z.literal("message"),
    author: z.enum(nouns.AUTHORS),
    seq: z.number().int(),
    excerpt: z.string(),
  }),
  mark.extend({
    kind: z.literal("mail"),
    deliveryId: id<never>(),
    to: z.string(),
    mail: z.enum(nouns.MAIL_KINDS),
    state: z.enum(nouns.DELIVERY_STATES),
  }),
  mark.extend({
    kind: z.literal("verdict"),
    seqs: z.array(z.number().int()),
    codes: z.partialRecord(z.enum(REASON_CODES), z.array(id<never>())),
  }),
])

export const timelineAnswer: z.ZodType<TimelineView> = z.object({
  from: moment,
  to: moment.describe("earlier than asked for where more happened than fits, and never after now"),
  cut: z.boolean().describe("more happened than fits into one answer"),
  keptFrom: moment.describe("how far back there is anything"),
  lights: z.array(
    z.object({
      groupId: id<never>().nullable(),
      group: z.string().nullable(),
      spans: z.array(z.object({ ...range, on: z.boolean() })),
    }),
  ),
  agents: z.array(
    z.object({
      id: id<never>(),
      name: z.string(),
      intents: z.array(z.object({ ...range, intent: z.enum(nouns.INTENTS) })),
      closed: z.array(z.object(range)),
      devices: z.array(
        z.object({
          id: id<never>(),
          label: z.string(),
          kind: z.enum(nouns.DEVICE_KINDS),
          spans: z.array(z.object({ ...range, presence: z.enum(nouns.PRESENCES) })),
        }),
      ),
    }),
  ),
  marks: z.array(timelineMark),
})
