import type { OpenAPIHono } from "@hono/zod-openapi"
import type { Metrics } from "../metrics.ts"

/** GET /metrics in the text format of Prometheus. */
export const addMetrics = (app: OpenAPIHono, { registry }: Metrics): void => {
  app.get("/metrics", async (c) => {
    c.header("Content-Type", registry.contentType)
    return c.body(await registry.metrics())
  })
}
