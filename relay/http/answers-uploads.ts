import { z } from "@hono/zod-openapi"
import type { AttachmentView } from "../../shared/protocol/views.ts"
import type { AttachmentId } from "../../shared/words/ids.ts"

/** A file of a message, or one that waits for its message. */
export const attachment: z.ZodType<AttachmentView> = z.object({
  id: z.string() as unknown as z.ZodType<AttachmentId>,
  name: z.string(),
  type: z.string(),
  size: z.number().int().nonnegative(),
})
