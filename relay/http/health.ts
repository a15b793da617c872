import type { OpenAPIHono } from "@hono/zod-openapi"
import type { House } from "../house.ts"

/** Ready from the moment everything runs until a signal says to end. */
export interface Readiness {
  ready: boolean
}

/**
 * GET /health, for balancers: 200 while the relay takes and sends, 503 while it starts, ends or cannot reach its
 * store. GET /health/alive, for supervisors: 200 as long as the process answers at all, whatever its store does; one
 * that does not is to be started anew.
 */
export const addHealth = (app: OpenAPIHono, { store, clock, log }: House, readiness: Readiness): void => {
  app.get("/health/alive", (c) => c.json({ status: "alive" }))

  app.get("/health", async (c) => {
    const now = clock.now()
    try {
      const { oldestQueuedAt, queued, oldestDueAt } = await store.run("readHealth", {}, now)
      return c.json(
        {
          status: readiness.ready ? "ready" : "not ready",
          store: { kind: store.dialect, state: "up" },
          queue: { mails: queued, oldestMs: age(oldestQueuedAt, now) },
          decisions: { oldestDueMs: age(oldestDueAt, now) },
        },
        readiness.ready ? 200 : 503,
      )
    } catch (error) {
      log.warn({ err: error }, "the store did not answer")
      return c.json({ status: "not ready", store: { kind: store.dialect, state: "down" } }, 503)
    }
  })
}

/** How long ago, ms; 0 for what is not there or still to come. */
const age = (at: number | null, now: number): number => (at === null ? 0 : Math.max(0, now - at))
