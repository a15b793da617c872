import { z } from "@hono/zod-openapi"
import type { CannedAnswerView } from "../../shared/protocol/views.ts"

/** Shapes of what canned answers are answered with, as in answers.ts. */

const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>

const cannedAnswer: z.ZodType<CannedAnswerView> = z.object({
  id: id<CannedAnswerView["id"]>(),
  name: z.string(),
  text: z.string().describe("with {visitor} and {agent} where their names belong"),
  shared: z.boolean().describe("everybody's; else one's own"),
  setBy: z.string(),
  setAt: z.number().int(),
})

export const cannedAnswers = z.object({ answers: z.array(cannedAnswer) })
export const cannedAnswerAnswer = z.object({ answer: cannedAnswer })
