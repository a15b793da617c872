import { existsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

/** Folders of test/ whose suites open sockets, files, databases or processes; all others are unit tests. */
const PARTS = ["store", "actions", "smtp", "http", "live", "work", "cli", "flow", "security", "kit"]

const files = (folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`)

/** The private PostgreSQL is started once for all suites that need it. */
const postgres = ["test/kit/postgres-server.ts"].filter((file) => existsSync(file))

/**
 * Projects run one group after the other, so that browsers and kill tests have the machine to themselves:
 * `unit`, `parts` and `timelines` side by side, then `browser`, then `faults`.
 */
export default defineConfig({
  test: {
    // Left to itself Vitest keeps one core free, which of two is half the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: files([...PARTS, "timelines", "browser", "faults", "long", "bench", "peers"]),
          setupFiles: ["test/kit/no-leaks.ts"],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: "parts",
          include: files(PARTS),
          globalSetup: postgres,
          setupFiles: ["test/kit/no-leaks.ts"],
          // What they wait for has deadlines of its own; minutes of a hand-set clock pass in steps that ask the store.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "timelines",
          include: files(["timelines"]),
          globalSetup: postgres,
          setupFiles: ["test/kit/no-leaks.ts"],
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: "browser",
          include: files(["browser"]),
          globalSetup: postgres,
          setupFiles: ["test/kit/no-leaks.ts"],
          // Side by side they are done sooner; where nobody waits they have the machine to themselves.
          fileParallelism: process.env.CI === undefined,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "faults",
          include: files(["faults"]),
          globalSetup: postgres,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          // The longest form kills the relay 200 times.
          testTimeout: 1_200_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "long",
          include: files(["long"]),
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          // They watch browsers for minutes of real time.
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "peers",
          include: files(["peers"]),
          globalSetup: postgres,
          setupFiles: ["test/kit/no-leaks.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          // Mail programs of others, some of which take seconds to start.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
