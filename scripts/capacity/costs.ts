import type { Costs } from "./model.ts"

/**
 * As `npm run bench -- costs` measured them on two cores that the load shared, with a team of five who all see each
 * message (docs/figures.md). A mail of the embedded store's is that of `npm run bench:peers`.
 */
export const COSTS: Record<"SQLite" | "PostgreSQL", Costs> = {
  SQLite: {
    beat: { relayMs: 0.16, databaseMs: 0, kB: 0.2 },
    message: { relayMs: 3.8, databaseMs: 0, kB: 94 },
    mail: { relayMs: 1.4, databaseMs: 0, kB: 30 },
    boxSecond: { relayMs: 0.003, databaseMs: 0, kB: 0 },
    socketKB: 4.1,
  },
  PostgreSQL: {
    beat: { relayMs: 0.36, databaseMs: 0.19, kB: 0.7 },
    message: { relayMs: 7.1, databaseMs: 5.6, kB: 8.5 },
    mail: { relayMs: 2.9, databaseMs: 1.5, kB: 3.4 },
    boxSecond: { relayMs: 0.004, databaseMs: 0.001, kB: 0 },
    socketKB: 4.7,
  },
}
