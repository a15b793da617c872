import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import type { ContentfulStatusCode } from "hono/utils/http-status"
import type { z } from "zod"
import type { refusal } from "../../shared/protocol/http.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { type Log, pathOf } from "../log.ts"

/** The one place where what went wrong becomes an HTTP answer (shape: `refusal` in shared/protocol/http.ts). */
export const answerError =
  (log: Log) =>
  (error: Error, c: Context): Response => {
    const refused = asRefusal(error)
    if (refused !== null) return refusalResponse(c, refused)
    log.error({ err: error, method: c.req.method, path: pathOf(c.req.url) }, "a request failed")
    const body: z.infer<typeof refusal> = {
      error: { code: "internal", message: "something went wrong in the relay; its log says what", facts: {} },
    }
    return c.json(body, 500)
  }

const refusalResponse = (c: Context, refused: Refusal): Response => {
  const body: z.infer<typeof refusal> = {
    error: { code: refused.code, message: refused.message, facts: refused.facts },
  }
  return c.json(body, refused.status as ContentfulStatusCode)
}

export const notFound = (c: Context): Response =>
  refusalResponse(c, new Refusal("not-found", `there is nothing at ${pathOf(c.req.path)}`))

/** Hono's own exceptions (malformed JSON, body too large) in our words; null for what is no refusal. */
const asRefusal = (error: Error): Refusal | null => {
  if (error instanceof Refusal) return error
  if (!(error instanceof HTTPException) || error.status >= 500) return null
  return new Refusal("bad-input", error.message || "the request could not be read")
}

/** What is wrong with a request, field by field: `agent.address: not a mail address …`. */
export const badInput = (issues: readonly { path: PropertyKey[]; message: string }[]): Refusal => {
  const fields = issues.map(({ path, message }) => ({ field: path.map(String).join("."), message }))
  const words = fields.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`))
  return new Refusal("bad-input", words.join("; "), { fields })
}
