import { z } from "@hono/zod-openapi"
import type {
  ConversationPageView,
  HeirsView,
  ListedView,
  SearchPageView,
} from "../../shared/protocol/views.ts"
import type { GroupId } from "../../shared/words/ids.ts"
import { FOUND_KINDS } from "../../shared/words/nouns.ts"
import { conversationSummary } from "./answers.ts"

/** Shapes of what lists and searches answer, as in answers.ts. */

const counter = z.number().int().nonnegative()
const counts = z.object({ unserved: counter, mine: counter, all: counter })

export const conversationPage: z.ZodType<ConversationPageView> = z.object({
  conversations: z.array(conversationSummary),
  counts,
  next: z.string().nullable().describe("`after` of the page that follows; null: there is none"),
})

export const listed: z.ZodType<ListedView> = z.object({
  conversations: z.array(
    z.object({
      summary: conversationSummary,
      lists: z.array(z.enum(["unserved", "mine", "all"])).describe("those of who asks that it is in"),
    }),
  ),
  counts,
})

export const searchPage: z.ZodType<SearchPageView> = z.object({
  found: z.array(
    z.object({
      summary: conversationSummary,
      kind: z.enum(FOUND_KINDS).describe("what of it was found"),
      seq: counter.nullable().describe("number of the message"),
      at: z.number().int(),
      snippet: z
        .array(z.object({ text: z.string(), hit: z.boolean() }))
        .describe("pieces of plain text in their order; `hit`: what was searched for"),
    }),
  ),
  next: z.number().int().nullable().describe("`before` of the page that follows; null: there is none"),
})

export const heirs: z.ZodType<HeirsView> = z.object({
  groups: z.array(
    z.object({
      id: z.string() as unknown as z.ZodType<GroupId>,
      name: z.string(),
      on: z.boolean().describe("its light"),
    }),
  ),
})
