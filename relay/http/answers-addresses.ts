import { z } from "@hono/zod-openapi"
import type {
  DestinationView,
  ProfileView,
  RedirectView,
  TakeView,
  UnreachedView,
  UnsubscribeView,
} from "../../shared/protocol/views.ts"
import * as nouns from "../../shared/words/nouns.ts"
import { DELIVERY_OUTCOMES } from "../../shared/words/outcomes.ts"
import { FEATURES } from "../../shared/words/plans.ts"
import { agentView } from "./answers.ts"

/** Shapes of answers about destinations, redirects, and conversations taken by mail; see answers.ts. */
const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>
const moment = z.number().int().describe("milliseconds since 1970, relay's clock")

export const redirectView: z.ZodType<RedirectView> = z.object({
  owner: z.object({ kind: z.enum(nouns.REDIRECT_OWNERS), id: z.string() }),
  address: z.string(),
  mode: z.enum(nouns.INBOX_MODES),
  setBy: z.string(),
  setAt: moment,
})

export const destinationView: z.ZodType<DestinationView> = z.object({
  address: z.string(),
  agents: z.array(z.object({ id: id<DestinationView["agents"][number]["id"]>(), name: z.string() })),
  inboxes: z.array(z.string()).describe('names of groups; "" is the account\'s own'),
  failing: z.boolean().describe("several mails in a row have failed, or all tries for a day"),
  failures: z.number().int().nonnegative(),
  failingSince: moment.nullable(),
  lastFailure: z
    .object({
      outcome: z.enum(DELIVERY_OUTCOMES),
      answer: z.string(),
      server: z.string().nullable(),
      at: moment,
    })
    .nullable(),
  deliveredAt: moment.nullable().describe("to the hour; null where no failure ever made the relay look"),
  fallback: z
    .object({ address: z.string(), setBy: z.string(), setAt: moment })
    .nullable()
    .describe("gets notices, too, while this address keeps failing"),
})

export const destinationsView = z.object({
  destinations: z.array(destinationView),
  targets: z.array(z.string()).describe("addresses that may be a fallback"),
})

export const unreachedView: z.ZodType<UnreachedView> = z.object({
  groupId: id<NonNullable<UnreachedView["groupId"]>>().nullable(),
  group: z.string().nullable(),
  kind: z.enum(nouns.NOTICE_KINDS),
})

export const profileView: z.ZodType<ProfileView> = z.object({
  me: agentView,
  zone: z.string().describe("IANA time zone"),
  redirect: redirectView.nullable(),
  pendingAddress: z
    .object({ address: z.string(), expiresAt: moment })
    .nullable()
    .describe("a new destination waits for its code; nothing but the code was sent there"),
  groups: z.array(z.object({ id: id<ProfileView["groups"][number]["id"]>(), name: z.string() })),
  features: z.array(z.enum(FEATURES)),
  unreached: z.array(unreachedView).describe("own audiences whose notices would reach nobody"),
  destination: destinationView.describe("how the own destination fares"),
  fallbackTargets: z.array(z.string()).describe("addresses that may be its fallback"),
})

export const codeSent = z.object({ expiresAt: moment.describe("how long the code can be used") })
export const addressConfirmed = z.object({ address: z.string() })
export const settingsVersion = z.object({ version: z.number().int().nonnegative() })

export const unsubscribeView: z.ZodType<UnsubscribeView> = z.object({
  account: z.string(),
  address: z.string(),
  agents: z.array(z.string()),
  sentOn: z.array(z.object({ kind: z.enum(nouns.REDIRECT_OWNERS), name: z.string() })),
  unreached: z.array(unreachedView),
})

export const takeView: z.ZodType<TakeView> = z.object({
  account: z.string(),
  site: z.string(),
  language: z.enum(nouns.LANGUAGES),
  visitor: z.string(),
  excerpt: z.string(),
  state: z.enum(nouns.CONVERSATION_STATES),
  takenBy: z.string().nullable(),
  takenAt: moment.nullable(),
  agents: z.array(z.object({ id: id<TakeView["agents"][number]["id"]>(), name: z.string() })),
})
