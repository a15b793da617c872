import { z } from "zod"
import { DEVICE_KINDS, INTENTS } from "../words/nouns.ts"
import { address, clientKey, language, name, origin, text } from "./fields.ts"
import { beat } from "./live.ts"

/** Bodies of the HTTP API. Answers are in views.ts; every refusal is `refusal` with its HTTP status. */

export const refusal = z.object({
  error: z.object({ code: z.string(), message: z.string(), facts: z.record(z.string(), z.unknown()) }),
})

/** First run: company, first agent (admin), site. Needs the set-up key of the printed link. */
export const setupBody = z.object({
  key: z.string().max(128),
  company: name,
  agent: z.object({
    name,
    address,
    language: language.default("en"),
    zone: z.string().max(64).default("UTC"),
  }),
  site: z.object({ name, origins: z.array(origin).min(1).max(50) }),
  /** Shorter times for the trial, seconds. */
  graceSeconds: z.number().int().min(0).max(600).optional(),
  waitSeconds: z.number().int().min(0).max(600).optional(),
})

export const codeBody = z.object({ address })

export const signInBody = z.object({
  address,
  code: z.string().regex(/^\d{6}$/, "the code has six digits"),
  device: z.object({ kind: z.enum(DEVICE_KINDS), label: z.string().trim().min(1).max(80) }),
})

/** With `unavailable`, the intent is set too, so that the light goes at once instead of after the grace. */
export const signOutBody = z.object({ unavailable: z.boolean().default(false) })

export const intentBody = z.object({ intent: z.enum(INTENTS), version: z.number().int().nonnegative() })

export const beatBody = beat.omit({ type: true })

export const LISTS = ["unserved", "mine", "all"] as const
export const listQuery = z.object({
  list: z.enum(LISTS).default("unserved"),
  /** Only what is older than this moment (ms): the next page. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const openBody = z.object({ seq: z.number().int().nonnegative() })
export const answerBody = z.object({ key: clientKey, text })

export const profileBody = z.object({
  name: name.optional(),
  language: language.optional(),
  zone: z.string().max(64).optional(),
  offlineNotices: z.boolean().optional(),
})
