import { z } from "zod"
import { CHANGE_KINDS } from "../words/changes.ts"
import { LONGEST_NAME } from "../words/files.ts"
import type { AgentId } from "../words/ids.ts"
import { LONGEST_GREETING, LONGEST_LAUNCHER, SIDES, THEMES } from "../words/look.ts"
import {
  CONVERSATION_STATES,
  DELIVERY_STATES,
  DEVICE_KINDS,
  INBOX_MODES,
  INTENT_ENDS,
  INTENTS,
  LANGUAGES,
  MAIL_NAME_OWNERS,
  REDIRECT_OWNERS,
  ROLES,
} from "../words/nouns.ts"
import { CHOSEN_EVENTS } from "../words/webhooks.ts"
import { address, clientKey, files, language, name, origin, saysSomething, textOrNone } from "./fields.ts"
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

/** A trial mail, to any address. */
export const probeBody = z.object({ to: address })

export const signInBody = z.object({
  address,
  code: z.string().regex(/^\d{6}$/, "the code has six digits"),
  device: z.object({ kind: z.enum(DEVICE_KINDS), label: z.string().trim().min(1).max(80) }),
})

/** With `unavailable`, the intent is set too, so that the light goes at once instead of after the grace. */
export const signOutBody = z.object({ unavailable: z.boolean().default(false) })

export const intentBody = z.object({
  intent: z.enum(INTENTS),
  version: z.number().int().nonnegative(),
  /** When it ends by itself and the one before returns; left out: when somebody changes it. */
  until: z.enum(INTENT_ENDS).nullable().default(null),
})

export const beatBody = beat.omit({ type: true })

export const openBody = z.object({ seq: z.number().int().nonnegative() })
/** How the conversation stood when an answer was written that could not be sent at once. */
const knownState = z.object({
  seq: z.number().int().nonnegative(),
  state: z.enum(CONVERSATION_STATES),
  joinedBy: z
    .string()
    .max(64)
    .transform((id) => id as AgentId)
    .nullable(),
})

export const answerBody = z
  .object({ key: clientKey, text: textOrNone, files: files.optional(), known: knownState.optional() })
  .refine(saysSomething, { path: ["text"], message: "write something first" })

/** Of a file that is sent: its name as the sender has it, and a key that makes sending it again harmless. */
export const uploadQuery = z.object({ key: clientKey, name: z.string().max(LONGEST_NAME).default("") })

/** Which site's box a visitor asks from. */
export const visitorQuery = z.object({ site: z.string().max(64) })
export const visitorUploadQuery = uploadQuery.extend(visitorQuery.shape)

export const profileBody = z.object({
  name: name.optional(),
  language: language.optional(),
  zone: z.string().max(64).optional(),
  offlineNotices: z.boolean().optional(),
  missedNotices: z.boolean().optional(),
})

/** One's own picture, in base64; null takes it away. How large it may be is said where its bytes are read. */
export const pictureBody = z.object({ picture: z.base64().min(1).max(60_000).nullable() })

/** Keeps open for oneself while hours are closed, until they open next. */
export const overrideBody = z.object({ on: z.boolean() })

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time looks like 09:00")
const endClock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "a time looks like 17:30, or 24:00")
const span = z.object({ from: clock, to: endClock })

/** Form of office hours; what they mean (zone, overlaps, dates) is checked by relay/rules/hours.ts. */
export const hours = z.object({
  zone: z.string().max(64),
  week: z
    .array(
      span.extend({
        day: z.union([
          z.literal(1),
          z.literal(2),
          z.literal(3),
          z.literal(4),
          z.literal(5),
          z.literal(6),
          z.literal(7),
        ]),
      }),
    )
    .max(70),
  exceptions: z
    .array(
      z.object({
        date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a date looks like 2026-12-24"),
        name: z.string().trim().max(80).nullable().default(null),
        spans: z.array(span).max(10),
      }),
    )
    .max(400),
})

/** The version of the settings that the change was made on; a stale one is refused. Left out: whatever it is. */
const version = z.number().int().nonnegative().optional()

/** Of a change that has nothing else to say. */
export const versionBody = z.object({ version })

const seconds = z.number().int().min(0).max(600)

export const accountBody = z.object({
  version,
  name: name.optional(),
  language: language.optional(),
  zone: z.string().max(64).optional(),
  graceSeconds: seconds.optional(),
  waitSeconds: seconds.optional(),
  offlineNotices: z.boolean().optional(),
  missedNotices: z.boolean().optional(),
  hours: hours.nullable().optional(),
  /** By language; an empty text takes the catalogue's again. */
  busyTexts: z.partialRecord(z.enum(LANGUAGES), z.string().trim().max(500)).optional(),
})

const ids = z.array(z.string().max(64)).max(2000)

export const groupBody = z.object({ version, name, members: ids.default([]) })
export const groupChangeBody = z.object({
  version,
  name: name.optional(),
  members: ids.optional(),
  hours: hours.nullable().optional(),
})

export const siteBody = z.object({
  version,
  name,
  origins: z.array(origin).min(1).max(50),
  language: language.default("en"),
  groups: ids.default([]),
})
export const siteChangeBody = z.object({
  version,
  name: name.optional(),
  origins: z.array(origin).min(1).max(50).optional(),
  language: language.optional(),
  groups: ids.optional(),
})

const ownTexts = (longest: number) =>
  z.partialRecord(z.enum(LANGUAGES), z.string().trim().max(longest, `at most ${longest} characters`))

/** How a site's chat box looks and what it offers, all of it; see shared/words/look.ts. */
export const siteBoxBody = z.object({
  version,
  look: z.object({
    color: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^#[0-9a-f]{6}$/, "a colour looks like #2a5298")
      .nullable(),
    side: z.enum(SIDES),
    theme: z.enum(THEMES),
    language: language.nullable(),
    launcher: ownTexts(LONGEST_LAUNCHER),
    greeting: ownTexts(LONGEST_GREETING),
  }),
  rates: z.boolean(),
  transcripts: z.boolean(),
})

export const ratingsQuery = z.object({
  /** Only what is older than this moment (ms): the next page. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const memberBody = z.object({
  version,
  name,
  address,
  role: z.enum(ROLES).default("agent"),
  language: language.optional(),
  zone: z.string().max(64).optional(),
  groups: ids.default([]),
})
export const memberChangeBody = z.object({
  version,
  name: name.optional(),
  role: z.enum(ROLES).optional(),
  active: z.boolean().optional(),
  groups: ids.optional(),
  offlineNotices: z.boolean().optional(),
  missedNotices: z.boolean().optional(),
})

const code = z.string().regex(/^\d{6}$/, "the code has six digits")

/** A code is sent to the address; nothing else is, before it is confirmed. */
export const addressBody = z.object({ address })
export const addressCodeBody = z.object({ address, code })

/** The address that gets notices along with one that keeps failing; null for none. */
export const fallbackBody = z.object({ address, fallback: address.nullable() })

/** What stands before the @; `owner.id` of the account itself for its inbox. */
export const mailNameBody = z.object({
  version,
  name: z.string().trim().min(1).max(64),
  owner: z.object({ kind: z.enum(MAIL_NAME_OWNERS), id: z.string().max(64) }),
})
export const mailNameRemoveBody = z.object({ version, name: z.string().trim().min(1).max(64) })

export const redirectBody = z.object({
  owner: z.object({ kind: z.enum(REDIRECT_OWNERS), id: z.string().max(64) }),
  /** Null switches it off. */
  redirect: z.object({ address, mode: z.enum(INBOX_MODES) }).nullable(),
})

/** Token of the link in a mail to a general inbox. */
export const takeReadBody = z.object({ token: z.string().max(64) })

/** Who takes a conversation by the link in a mail to a general inbox: an agent, or somebody else by name. */
export const takeBody = z
  .object({
    token: z.string().max(64),
    agentId: z.string().max(64).nullable(),
    name: name.nullable(),
    /** Since when somebody had it when this was decided (null: nobody); refused as stale if that changed. */
    takenAt: z.number().int().nullable().optional(),
  })
  .refine((body) => (body.agentId === null) !== (body.name === null), "say who takes it: an agent, or a name")

/** The link in a notice by which such mails are switched off. */
export const unsubscribeBody = z.object({ token: z.string().max(64) })

export const queueQuery = z.object({ state: z.enum(DELIVERY_STATES).optional() })

/** Why an admin holds or drops a mail: whoever waits for it reads that. */
export const reasonBody = z.object({ reason: z.string().max(300) })

/** Changes by one agent, or of one kind of thing; `before`: the number of the last of the page before. */
export const changesQuery = z.object({
  agentId: z.string().max(64).optional(),
  kind: z.enum(CHANGE_KINDS).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const webhookUrl = z
  .string()
  .trim()
  .max(2000)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    error: "an address looks like https://example.com/porchlight",
  })
const webhookEvents = z.array(z.enum(CHOSEN_EVENTS)).min(1, "choose at least one event").max(50)

export const webhookBody = z.object({ name, url: webhookUrl, events: webhookEvents })
export const webhookChangeBody = z.object({
  name: name.optional(),
  url: webhookUrl.optional(),
  events: webhookEvents.optional(),
  active: z.boolean().optional(),
})
/** How long the secret before signs along. */
export const webhookSecretBody = z.object({
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(7 * 24)
    .default(24),
})

/** Whose data: a visitor's address or id, or an agent's id. */
export const personBody = z.union([
  z.object({ visitor: z.string().trim().min(1, "say whose: an address, or an id").max(254) }),
  z.object({ agentId: z.string().max(64) }),
])

/** A page of a site; an origin alone is its first page. */
export const tagLookBody = z.object({ url: webhookUrl })

export const simulateQuery = z.object({ groupId: z.string().max(64).optional() })

export const timelineQuery = z.object({
  from: z.coerce.number().int().nonnegative(),
  to: z.coerce.number().int().nonnegative(),
  agentId: z.string().max(64).optional(),
})
