import { createHash } from "node:crypto"
import type pg from "pg"
import type { Lock, Locks } from "./store.ts"

type Ask = <Answer>(work: (client: pg.Client) => Promise<Answer>) => Promise<Answer | null>

/**
 * Advisory locks of one connection (PostgreSQL 13.3.5): who dies or is cut off has none of them any more, without
 * anybody waiting for a lease to end. `lose` is to be called when that connection broke.
 */
export const createLocks = (ask: Ask): { locks: Locks; lose(): void } => {
  /** The database gives a connection what it has already once more: so it is not asked for it. */
  const held = new Map<string, Lock & { lost: boolean }>()
  const listeners = new Set<() => void>()

  const takeOne = async (client: pg.Client, names: readonly string[]): Promise<Lock | null> => {
    const free = names.filter((name) => !held.has(name))
    if (free.length === 0) return null
    // CASE looks at no further condition than it has to
    const cases = free.map((_, n) => `WHEN pg_try_advisory_lock($${n + 1}) THEN ${n}`)
    const { rows } = await client.query<{ n: number | null }>(
      `SELECT CASE ${cases.join(" ")} END AS n`,
      free.map(keyOf),
    )
    const name = free[rows[0]?.n ?? -1]
    if (name === undefined) return null
    const lock = {
      lost: false,
      free: async () => {
        if (lock.lost) return
        await ask(async (line) => {
          if (lock.lost) return
          lock.lost = true
          held.delete(name)
          await line.query("SELECT pg_advisory_unlock($1)", [keyOf(name)])
        })
      },
    }
    held.set(name, lock)
    return lock
  }

  return {
    locks: {
      takeOne: (names) => ask((client) => takeOne(client, names)),
      onLost: (listener) => {
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      },
    },
    lose: () => {
      for (const lock of held.values()) lock.lost = true
      held.clear()
      for (const listener of listeners) listener()
    },
  }
}

/** A number of 64 bits, as advisory locks are named by. */
const keyOf = (name: string): string => createHash("sha256").update(name).digest().readBigInt64BE().toString()
