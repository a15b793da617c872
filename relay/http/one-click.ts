import type { OpenAPIHono } from "@hono/zod-openapi"
import type { House } from "../house.ts"

/**
 * The address in `List-Unsubscribe` (RFC 8058): a POST by a mail program switches the mails off, whatever its
 * body says; the page that a person gets at the same address is added by pages.ts, and changes nothing.
 */
export const addOneClick = (app: OpenAPIHono, { store, clock }: House): void => {
  app.post("/unsubscribe/:token", async (c) => {
    const { address } = await store.run("unsubscribe", { token: c.req.param("token") }, clock.now())
    return c.text(`No more notices go to ${address}.\n`, 200, { "Cache-Control": "no-store" })
  })
}
