import { z } from "@hono/zod-openapi"
import type { ConversationView, RatingView, SiteSettingsView } from "../../shared/protocol/views.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import { type Look, SIDES, THEMES } from "../../shared/words/look.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"

/** Shapes of answers about chat boxes and what their visitors say; see answers.ts. */
const ownTexts = z.partialRecord(z.enum(LANGUAGES), z.string())

const look: z.ZodType<Look> = z.object({
  color: z.string().nullable().describe("#rrggbb; null: the product's own"),
  side: z.enum(SIDES).describe("auto: right, and left on pages written from right to left"),
  theme: z.enum(THEMES),
  language: z.enum(LANGUAGES).nullable().describe("null: the browser's, else the site's"),
  launcher: ownTexts.describe("on the launcher while the light is on"),
  greeting: ownTexts.describe("first words while the light is on"),
})

export const siteBoxView: z.ZodType<SiteSettingsView["box"]> = z.object({
  look,
  rates: z.boolean().describe("visitors are asked how it was when a conversation is closed"),
  transcripts: z.boolean().describe("visitors can have their conversation by mail"),
  signs: z.boolean().describe("the site has a key to sign visitors with"),
})

export const identityKeyMade = z.object({
  key: z.string().describe("for HMAC-SHA256; shown this once"),
  version: z.number().int().nonnegative(),
})

const rating = {
  good: z.boolean(),
  words: z.string().nullable(),
  agent: z.string().nullable().describe("who had answered last"),
  at: z.number().int().describe("milliseconds since 1970, relay's clock"),
}

export const ratingView: z.ZodType<RatingView> = z.object(rating)

export const ratingList = z.object({
  ratings: z.array(
    z.object({ ...rating, conversationId: z.string() as unknown as z.ZodType<ConversationId> }),
  ),
})

export const identityView: z.ZodType<NonNullable<ConversationView["identity"]>> = z.object({
  name: z.string().nullable(),
  address: z.string().nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  signed: z.boolean().describe("the site's server stands for it; else its page says so"),
})
