import type { Costs } from "./model.ts"

/**
 * As `npm run bench -- costs` measured them on two cores that the load shared, in a team of 100 agents whose screens
 * all show each message: upper bounds for small teams. A mail of the embedded store's is that of `npm run bench:peers`.
 */
export const COSTS: Record<"SQLite" | "PostgreSQL", Costs> = {
  SQLite: {
    beat: { relayMs: 0.16, databaseMs: 0, kB: 0.2 },
    message: { relayMs: 7.4, databaseMs: 0, kB: 409 },
    mail: { relayMs: 1.4, databaseMs: 0, kB: 30 },
    boxSecond: { relayMs: 0.012, databaseMs: 0, kB: 0 },
    socketKB: 43,
  },
  PostgreSQL: {
    beat: { relayMs: 0.2, databaseMs: 0.21, kB: 0.6 },
    message: { relayMs: 9.5, databaseMs: 9, kB: 79 },
    mail: { relayMs: 5.5, databaseMs: 5.3, kB: 81 },
    boxSecond: { relayMs: 0.005, databaseMs: 0.004, kB: 0 },
    socketKB: 84,
  },
}
