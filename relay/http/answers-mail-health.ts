import { z } from "@hono/zod-openapi"
import type { AllowView, MailHealthView, ProbeView } from "../../shared/protocol/mail-health-views.ts"
import { CHECKS, FINDING_CODES, FINDING_STATES } from "../../shared/words/findings.ts"
import { DELIVERY_STATES } from "../../shared/words/nouns.ts"
import { DELIVERY_OUTCOMES } from "../../shared/words/outcomes.ts"

/** Shapes of answers about mail and how it fares; see answers.ts. */
const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>
const moment = z.number().int().describe("milliseconds since 1970, relay's clock")

const finding = z.object({
  check: z.enum(CHECKS),
  subject: z.string().describe("name of a record, host or server that it is about"),
  state: z.enum(FINDING_STATES),
  code: z.enum(FINDING_CODES),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  found: z.string().nullable(),
  expected: z.string().nullable().describe("what is to be published"),
  optional: z.boolean(),
})

export const mailHealthAnswer: z.ZodType<MailHealthView> = z.object({
  checkedAt: moment,
  findings: z.array(finding),
  queue: z.object({ queued: z.number().int(), oldestQueuedAt: moment.nullable() }),
  keys: z.array(
    z.object({
      selector: z.string(),
      algorithm: z.enum(["rsa", "ed25519"]),
      state: z.enum(["waiting", "signing", "retired", "gone"]),
      signsFrom: moment,
      retiresAt: moment.nullable(),
      publishedUntil: moment.nullable(),
    }),
  ),
})

const probe: z.ZodType<ProbeView> = z.object({
  id: id<ProbeView["id"]>(),
  to: z.string(),
  by: z.string(),
  at: moment,
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  nextAt: moment.nullable(),
  outcome: z.enum(DELIVERY_OUTCOMES).nullable(),
  answer: z.string().nullable().describe("the last answer, word for word"),
  server: z.string().nullable(),
  note: z.string().nullable().describe("who holds or dropped it, and why"),
  bouncedAt: moment.nullable().describe("a report came that it could not be delivered"),
  settledAt: moment.nullable(),
})

export const probesAnswer = z.object({ probes: z.array(probe) })
export const probeSent = z.object({ id: id<ProbeView["id"]>() })

export const allowAnswer: z.ZodType<AllowView> = z.object({
  domain: z.string(),
  host: z.string(),
  selectors: z.array(z.string()),
  addresses: z.array(z.string()),
  smarthost: z.string().nullable(),
  capture: z.boolean().describe("nothing leaves this relay for now"),
  publicUrl: z.string(),
})
