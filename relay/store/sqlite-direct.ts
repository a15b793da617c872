import { systemClock } from "../clock.ts"
import { closedStore } from "./errors.ts"
import { createListeners, createWhispers } from "./listeners.ts"
import { openMigrated } from "./sqlite-file.ts"
import { createRunner } from "./sqlite-runner.ts"
import type { ActionTable, Store } from "./store.ts"

/**
 * The embedded store without its thread: the same file, tables and runner in the caller's own thread, for
 * tools and tests where nothing else waits. Actions run in the order asked, each committed on its own.
 */
export const openSqliteDirect = async <Actions extends ActionTable>(options: {
  file: string
  actions: Actions
}): Promise<Store<Actions>> => {
  const db = await openMigrated(options.file, systemClock().now())
  const runner = createRunner(db, options.actions)
  const listeners = createListeners()
  let last: Promise<unknown> = Promise.resolve()
  let closed = false

  return {
    dialect: "sqlite",
    clockOffset: 0,
    onNudge: listeners.add,
    whispers: createWhispers().whispers,
    locks: null,
    run: (name, input, now) => {
      if (closed) return Promise.reject(closedStore())
      const ran = last.then(() => runner.run([{ name, input, now }]))
      last = ran
      return ran.then(({ answers: [answer], nudged }) => {
        if (!answer?.ok) throw answer?.error
        listeners.tell(nudged)
        return answer.output as never
      })
    },
    close: async () => {
      closed = true
      await last
      if (db.open) db.close()
    },
  }
}
