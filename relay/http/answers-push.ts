import { z } from "@hono/zod-openapi"
import type { DevicePushView } from "../../shared/protocol/views.ts"

/** Shapes of answers about push; see answers.ts. */
export const devicePushView: z.ZodType<DevicePushView> = z
  .object({
    on: z.boolean(),
    failure: z.enum(["gone", "refused", "unreached", "private"]).nullable(),
    failedAt: z.number().int().nullable().describe("since when nothing arrives; milliseconds, relay's clock"),
    answer: z.string().nullable().describe("what its push service said"),
  })
  .describe("how a device is reached by push")

export const pushState = z.object({
  key: z.string().describe("what to subscribe with (applicationServerKey): P-256, base64url"),
  push: devicePushView.nullable(),
})
