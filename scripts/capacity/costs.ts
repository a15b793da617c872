import type { Costs } from "./model.ts"

/** As `npm run bench -- costs` measured them (docs/figures.md, Costs), on two cores that the load shared. */
export const COSTS: Record<"SQLite" | "PostgreSQL", Costs> = {
  SQLite: {
    beat: { relayMs: 0.1, databaseMs: 0, kB: 1 },
    message: { relayMs: 3, databaseMs: 0, kB: 40 },
    mail: { relayMs: 1, databaseMs: 0, kB: 30 },
    boxSecond: { relayMs: 0.005, databaseMs: 0, kB: 0 },
    socketKB: 50,
  },
  PostgreSQL: {
    beat: { relayMs: 0.2, databaseMs: 0.1, kB: 1 },
    message: { relayMs: 6, databaseMs: 6, kB: 20 },
    mail: { relayMs: 2, databaseMs: 2, kB: 20 },
    boxSecond: { relayMs: 0.005, databaseMs: 0.001, kB: 0 },
    socketKB: 50,
  },
}
