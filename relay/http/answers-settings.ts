import { z } from "@hono/zod-openapi"
import type {
  GroupView,
  MailNameView,
  MemberView,
  SettingsView,
  SiteSettingsView,
} from "../../shared/protocol/views.ts"
import type { OfficeHours } from "../../shared/words/hours.ts"
import * as nouns from "../../shared/words/nouns.ts"
import { FEATURES } from "../../shared/words/plans.ts"
import { redirectView, unreachedView } from "./answers-addresses.ts"
import { siteBoxView } from "./answers-box.ts"

/** Shapes of answers about an account's settings; see answers.ts. */
const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>
const moment = z.number().int().describe("milliseconds since 1970, relay's clock")
const length = z.number().int().nonnegative().describe("milliseconds")
const version = z.number().int().nonnegative().describe("of the settings; to be sent with the next change")

const span = { from: z.string().describe("HH:MM"), to: z.string().describe("HH:MM, up to 24:00") }
const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as 1)))

const officeHours: z.ZodType<OfficeHours> = z.object({
  zone: z.string().describe("IANA time zone"),
  week: z.array(z.object({ ...span, day: weekday.describe("1 is Monday, 7 Sunday") })),
  exceptions: z
    .array(
      z.object({
        date: z.string().describe("YYYY-MM-DD"),
        name: z.string().nullable(),
        spans: z.array(z.object(span)).describe("none: closed on that day"),
      }),
    )
    .describe("each replaces the spans that begin on its date"),
})

const groupView: z.ZodType<GroupView> = z.object({
  id: id<GroupView["id"]>(),
  name: z.string(),
  members: z.array(id<GroupView["members"][number]>()),
  hours: officeHours.nullable().describe("null: those of the account"),
  inbox: redirectView.nullable(),
  light: z.boolean(),
})

const siteView: z.ZodType<SiteSettingsView> = z.object({
  id: id<SiteSettingsView["id"]>(),
  name: z.string(),
  key: z.string().describe("what its tag carries; public"),
  origins: z.array(z.string()),
  language: z.enum(nouns.LANGUAGES),
  groups: z.array(id<SiteSettingsView["groups"][number]>()).describe("that visitors choose from"),
  box: siteBoxView,
})

const memberView: z.ZodType<MemberView> = z.object({
  id: id<MemberView["id"]>(),
  name: z.string(),
  picture: id<NonNullable<MemberView["picture"]>>().nullable(),
  address: z.string(),
  role: z.enum(nouns.ROLES),
  active: z.boolean(),
  language: z.enum(nouns.LANGUAGES),
  zone: z.string(),
  groups: z.array(id<MemberView["groups"][number]>()),
  offlineNotices: z.boolean(),
  missedNotices: z.boolean(),
  redirect: redirectView.nullable(),
  joined: z.boolean().describe("has signed in at least once"),
})

export const settingsView: z.ZodType<SettingsView> = z.object({
  version,
  account: z.object({
    id: id<SettingsView["account"]["id"]>(),
    name: z.string(),
    language: z.enum(nouns.LANGUAGES),
    zone: z.string(),
    plan: z.enum(nouns.PLANS),
    features: z.array(z.enum(FEATURES)).describe("what the plan has; the rest is kept but ignored"),
    graceMs: length,
    waitMs: length,
    offlineNotices: z.boolean(),
    missedNotices: z.boolean(),
    hours: officeHours.nullable().describe("null: always open"),
    busyTexts: z.partialRecord(z.enum(nouns.LANGUAGES), z.string()),
    inbox: redirectView.nullable(),
  }),
  groups: z.array(groupView),
  sites: z.array(siteView),
  team: z.array(memberView),
  verified: z.array(z.string()).describe("addresses that redirects can go to"),
  pending: z.array(z.object({ address: z.string(), expiresAt: moment })),
  unreached: z.array(unreachedView).describe("audiences whose notices would reach nobody"),
})

/** Where people write to: the domain, and the names before the @. */
export const mailNamesView = z.object({
  domain: z.string(),
  own: z.boolean().describe("it is the account's own, not the relay's"),
  names: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      owner: z.object({ kind: z.enum(nouns.MAIL_NAME_OWNERS), id: z.string() }),
      ownerName: z.string(),
      madeBy: z.string().nullable().describe("null: the relay gave it"),
      madeAt: z.number().int(),
    }) satisfies z.ZodType<MailNameView>,
  ),
})
export const mailNameMade = z.object({
  name: z.string(),
  address: z.string(),
  version: z.number().int().nonnegative(),
})

export const groupMade = z.object({ groupId: id<GroupView["id"]>(), version })
export const siteMade = z.object({
  siteId: id<SiteSettingsView["id"]>(),
  siteKey: z.string(),
  snippet: z.string().describe("the tag to put on the site"),
  version,
})
export const memberMade = z.object({ agentId: id<MemberView["id"]>(), version })
