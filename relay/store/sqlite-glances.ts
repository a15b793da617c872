import Database from "better-sqlite3"
import { type Asked, createRunner } from "./sqlite-runner.ts"
import type { ActionTable } from "./store.ts"

/**
 * Actions that read a row or two by their keys, in the thread that asks. Asked of the store's own thread they wait
 * for the commit that it is in the middle of, and so does the client whose recipient is looked up: on a disk that
 * takes 2 ms, half of the mails there could be. They see what is committed, and lock nothing.
 */
export interface Glances {
  /** What the action gives; null: ask the thread, which tells what is wrong. */
  run(asked: Asked): Promise<{ output: unknown } | null>
  close(): void
}

export const openGlances = (file: string, actions: ActionTable): Glances => {
  const db = new Database(file, { readonly: true, timeout: 0 })
  db.pragma("cache_size = -4000")
  const runner = createRunner(db, actions)
  // One transaction at a time: an action waits for promises between its statements.
  let last: Promise<unknown> = Promise.resolve()

  const run: Glances["run"] = async (asked) => {
    const ran = last.then(() => runner.run([asked]))
    last = ran
    const [answer] = (await ran).answers
    return answer?.ok ? { output: answer.output } : null
  }

  return { run, close: () => db.close() }
}
