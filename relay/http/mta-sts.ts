import type { OpenAPIHono } from "@hono/zod-openapi"
import { Refusal } from "../../shared/words/refusals.ts"
import type { House } from "../house.ts"
import { stsPolicy } from "../mail/sts-policy.ts"

const PREFIX = "mta-sts."

/**
 * The MTA-STS policy (RFC 8461 3.3) of every mail domain on this relay, under the host name that senders ask it
 * at: `mta-sts.D`. Any other host has none here.
 */
export const addMtaSts = (app: OpenAPIHono, { config, store, clock }: House): void => {
  const policy = stsPolicy(config.mailHost, config.tls !== null)

  app.get("/.well-known/mta-sts.txt", async (c) => {
    const host = new URL(c.req.url).hostname.replace(/\.$/, "")
    const domain = host.startsWith(PREFIX) ? host.slice(PREFIX.length) : ""
    const known = domain === config.mailDomain || (await store.run("isMailDomain", { domain }, clock.now()))
    if (!known)
      throw new Refusal("not-found", `${host} has no MTA-STS policy: it is at mta-sts. and a mail domain`)
    return c.text(policy, 200, { "Cache-Control": "public, max-age=300" })
  })
}
