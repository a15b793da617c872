import { kyselyOver } from "../../../relay/store/sqlite-dialect.ts"
import { openMigrated } from "../../../relay/store/sqlite-file.ts"
import type { InputOf, OutputOf, Tx } from "../../../relay/store/store.ts"
import type { Tables } from "../../../relay/store/tables.ts"
import type { Millis } from "../../../shared/words/time.ts"
import { createDatabase } from "../stores.ts"
import { actions } from "./actions.ts"

type Actions = typeof actions

export type Run = <N extends keyof Actions & string>(
  name: N,
  input: InputOf<Actions[N]>,
  now: Millis,
) => Promise<OutputOf<Actions[N]>>

/** Where timelines run, one after the other, each as on an empty database. */
export interface Bench {
  timeline<T>(body: (run: Run) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * SQLite in memory and in this thread. A timeline is one transaction that is taken back in the end, so that
 * it costs its actions and nothing else.
 */
export const openMemory = async (): Promise<Bench> => {
  const db = await openMigrated(":memory:", 0)
  const kysely = kyselyOver<Tables>(db)
  const run: Run = (name, input, now) => {
    const tx: Tx = { db: kysely, dialect: "sqlite", now, lock: async () => undefined, nudge: () => undefined }
    const action = actions[name] as (tx: Tx, input: unknown) => Promise<never>
    return action(tx, input)
  }
  return {
    timeline: async (body) => {
      db.exec("BEGIN")
      try {
        return await body(run)
      } finally {
        db.exec("ROLLBACK")
      }
    },
    close: async () => {
      db.close()
    },
  }
}

/** A PostgreSQL of its own, with a transaction an action, emptied before each timeline. */
export const openServer = async (): Promise<Bench> => {
  const database = await createDatabase("postgres")
  const store = await database.open<Actions>(new URL("./actions.ts", import.meta.url))
  return {
    timeline: async (body) => {
      await store.run("forgetAll", {}, 0)
      return body((name, input, now) => store.run(name, input, now))
    },
    close: async () => {
      await store.close()
      await database.remove()
    },
  }
}
