import { monitorEventLoopDelay } from "node:perf_hooks"
import { Counter, Gauge, Registry } from "prom-client"
import type { DeliveryResult } from "../shared/words/outcomes.ts"
import type { PushResult } from "../shared/words/push.ts"
import { Refusal } from "../shared/words/refusals.ts"
import type { Actions } from "./actions/index.ts"
import type { House } from "./house.ts"
import type { Store } from "./store/store.ts"

/** What /metrics shows (Prometheus text format), and what the loops count. */
export interface Metrics {
  registry: Registry
  /** Batches decided. */
  decisions: Counter
  /** Tries of deliveries, by what became of them. */
  deliveries: Counter<"result" | "outcome">
  /** Tries of pushes to phones, by what became of them. */
  pushes: Counter<"result">
  stop(): void
}

/** How many sockets are open. */
export interface Crowd {
  agents(): number
  visitors(): number
}

const NS_PER_S = 1e9

export const createMetrics = (
  { store, clock }: Pick<House, "store" | "clock">,
  crowd: Crowd,
  refusals: StoreRefusals,
): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()

  new Gauge({
    name: "porchlight_event_loop_lag_seconds",
    help: "99th percentile of how late the event loop was since the last scrape",
    registers,
    collect() {
      this.set(Number.isNaN(delay.mean) ? 0 : delay.percentile(99) / NS_PER_S)
      delay.reset()
    },
  })
  new Gauge({
    name: "porchlight_memory_bytes",
    help: "resident memory of the process",
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  new Gauge({
    name: "porchlight_sockets",
    help: "open live sockets",
    labelNames: ["who"],
    registers,
    collect() {
      this.set({ who: "agent" }, crowd.agents())
      this.set({ who: "visitor" }, crowd.visitors())
    },
  })
  const oldestMail = new Gauge({
    name: "porchlight_queue_age_seconds",
    help: "how long the oldest mail in the queue has waited",
    registers,
  })
  const oldestDecision = new Gauge({
    name: "porchlight_decision_lateness_seconds",
    help: "how long the oldest batch that is due has waited for its decision",
    registers,
  })
  new Gauge({
    name: "porchlight_queue_mails",
    help: "mails in the queue",
    registers,
    async collect() {
      const now = clock.now()
      const { oldestQueuedAt, queued, oldestDueAt } = await store.run("readHealth", {}, now)
      this.set(queued)
      oldestMail.set(oldestQueuedAt === null ? 0 : Math.max(0, now - oldestQueuedAt) / 1000)
      oldestDecision.set(oldestDueAt === null ? 0 : Math.max(0, now - oldestDueAt) / 1000)
    },
  })

  new Gauge({
    name: "porchlight_destinations_failing",
    help: "addresses of agents and inboxes that keep failing",
    registers,
    async collect() {
      this.set((await store.run("countFailing", {}, clock.now())).failing)
    },
  })
  new Counter({
    name: "porchlight_store_errors_total",
    help: "actions that the store refused: store-full, store-unavailable",
    labelNames: ["code"],
    registers,
    collect() {
      this.reset()
      for (const [code, count] of refusals) this.inc({ code }, count)
    },
  })

  return {
    registry,
    decisions: new Counter({ name: "porchlight_decisions_total", help: "batches decided", registers }),
    deliveries: new Counter({
      name: "porchlight_deliveries_total",
      help: "tries of deliveries by result and, where not delivered, by what the server said",
      labelNames: ["result", "outcome"],
      registers,
    }),
    pushes: new Counter({
      name: "porchlight_pushes_total",
      help: "tries of notifications to phones and tabs: sent, or why not",
      labelNames: ["result"],
      registers,
    }),
    stop: () => delay.disable(),
  }
}

/** How often the store refused since the start, by why. */
export type StoreRefusals = ReadonlyMap<"store-full" | "store-unavailable", number>

/** The store, and a count of what it refuses to whoever asks it. */
export const watchedStore = (store: Store<Actions>): { store: Store<Actions>; refusals: StoreRefusals } => {
  const refusals = new Map<"store-full" | "store-unavailable", number>([
    ["store-full", 0],
    ["store-unavailable", 0],
  ])
  const watched: Store<Actions> = {
    ...store,
    get clockOffset() {
      return store.clockOffset
    },
    run: async (name, input, now, manner) => {
      try {
        return await store.run(name, input, now, manner)
      } catch (error) {
        if (error instanceof Refusal && (error.code === "store-full" || error.code === "store-unavailable"))
          refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1)
        throw error
      }
    },
  }
  return { store: watched, refusals }
}

/**
 * The store as the loops use it: what they do keeps a promise, and what they decide and settle is counted on the way.
 */
export const countingStore = (store: Store<Actions>, metrics: Metrics): Store<Actions> => {
  const count = (name: keyof Actions, input: unknown, output: unknown): void => {
    if (name === "settleForwards") {
      const sent = (input as { delivered: unknown[] }).delivered.length
      metrics.deliveries.inc(
        { result: "delivered", outcome: "" },
        sent - (output as { ended: unknown[] }).ended.length,
      )
    }
    if (name === "judgeDue") metrics.decisions.inc((output as { judged: number }).judged)
    if (name === "settlePush" && (output as { settled: boolean }).settled) {
      const { result } = input as { result: PushResult }
      metrics.pushes.inc({ result: result.kind === "sent" ? "sent" : result.failure })
    }
    if (name !== "settleDelivery" || !(output as { settled: boolean }).settled) return
    const { result } = input as { result: DeliveryResult }
    metrics.deliveries.inc({ result: result.kind, outcome: "outcome" in result ? result.outcome : "" })
  }
  return {
    ...store,
    get clockOffset() {
      return store.clockOffset
    },
    run: async (name, input, now, manner = "promised") => {
      const output = await store.run(name, input, now, manner)
      count(name, input, output)
      return output
    },
  }
}
