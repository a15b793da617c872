import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Folders of test/ whose suites open sockets, files, databases or processes; all others are unit tests. */
const PARTS = ["store", "actions", "smtp", "http", "live", "work", "cli", "flow", "security", "kit"]

const files = (folders: string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`)

/** Made once for all suites that need them: a private PostgreSQL with stores to copy, and the pages. */
const STORES = "test/kit/prepared-stores.ts"
const PAGES = "test/kit/prepared-pages.ts"
const GUARDS = "test/faults/without-guards.test.ts"
const NO_LEAKS = ["test/kit/no-leaks.ts"]

/**
 * Each relay starts threads and processes that load the same hundreds of modules: compiled once, they are there in a
 * third of the time. Workers and child processes have it from their environment.
 */
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL("node_modules/.cache/porchlight/compiled", import.meta.url),
)

/** How long something is waited for that comes soon: on a machine with more to do than it can, soon is seconds. */
const PATIENCE = { expect: { poll: { timeout: 20_000, interval: 20 } } }

/** Files that wait for half a minute or more and compute nothing: begun first, they are over when the others are. */
const WAITING = ["test/browser/missed.test.ts", "test/security/slow-and-large.test.ts"]

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder
    const waits = ({ moduleId }: TestSpecification): number =>
      Number(WAITING.some((file) => moduleId.endsWith(file)))
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => group(a) - group(b) || waits(b) - waits(a))
  }
}

/**
 * Projects run one group after the other, so that browsers and kill tests have the machine to themselves:
 * `unit`, `parts` and `timelines` side by side, then `browser`, then `faults`.
 */
export default defineConfig({
  test: {
    // Left to itself Vitest keeps one core free, which of two is half the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: files([...PARTS, "timelines", "browser", "faults", "long", "bench", "peers"]),
          setupFiles: NO_LEAKS,
          // Pure functions leave nothing behind: files share processes, which saves a start and all imports for each.
          isolate: false,
          testTimeout: 30_000,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "parts",
          include: files(PARTS),
          globalSetup: STORES,
          setupFiles: NO_LEAKS,
          // What they wait for has deadlines of its own; minutes of a hand-set clock pass in steps that ask the store.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "timelines",
          include: files(["timelines"]),
          globalSetup: STORES,
          setupFiles: NO_LEAKS,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: "browser",
          // Real browsers on a machine that is full: what fails is tried once more in CI, which says in its last lines what
          // needed that. It is still to be looked into (CONTRIBUTING.md).
          retry: process.env.CI === undefined ? 0 : 1,
          include: files(["browser"]),
          globalSetup: [STORES, PAGES],
          setupFiles: NO_LEAKS,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "faults",
          include: files(["faults"]),
          exclude: [GUARDS],
          globalSetup: STORES,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          // The kill suite has limits of its own, which follow how often it kills.
          testTimeout: 1_200_000,
          hookTimeout: 60_000,
          ...PATIENCE,
        },
      },
      {
        test: {
          // Each fault twice, with the guard against it and without.
          name: "guards",
          include: [GUARDS],
          globalSetup: STORES,
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
          hookTimeout: 60_000,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "long",
          include: files(["long"]),
          globalSetup: PAGES,
          fileParallelism: false,
          sequence: { groupOrder: 4 },
          // They watch browsers for minutes of real time.
          testTimeout: 300_000,
          hookTimeout: 60_000,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "peers",
          include: files(["peers"]),
          globalSetup: STORES,
          setupFiles: NO_LEAKS,
          fileParallelism: false,
          sequence: { groupOrder: 5 },
          // Mail programs of others, some of which take seconds to start.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...PATIENCE,
        },
      },
    ],
  },
})
