import type Database from "better-sqlite3"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { refusalOfSqlite } from "./errors.ts"
import { statementsOver } from "./sqlite-dialect.ts"
import type { ActionTable, Manner, Tx } from "./store.ts"
import type { Tables } from "./tables.ts"

export interface Asked {
  name: string
  input: unknown
  now: Millis
  manner?: Manner | undefined
}

export const isReading = ({ manner }: Asked): boolean => manner === "reading" || manner === "glance"

export type Answer = { ok: true; output: unknown } | { ok: false; error: unknown }

export interface Ran {
  /** One each, in the order asked. Whoever is told `ok` is on disk. */
  answers: Answer[]
  /** Accounts that events were written for. */
  nudged: AccountId[]
}

export interface Runner {
  /** Runs actions one after the other and commits them together. Never throws. */
  run(batch: readonly Asked[]): Promise<Ran>
}

/** The transaction is gone, or must go, with everything in it. */
class BatchLost extends Error {
  readonly reason: unknown
  constructor(reason: unknown) {
    super("batch lost")
    this.reason = reason
  }
}

/**
 * Whole actions over one connection: BEGIN, each action in a savepoint, COMMIT. An action that throws takes
 * back its own savepoint and nobody else's. When the database itself fails in between, the batch is taken
 * back whole; if that was for want of room, each is tried again alone, so that one mail that does not fit
 * takes down neither the short message nor the reader beside it.
 */
export const createRunner = (db: Database.Database, actions: ActionTable): Runner => {
  const { kysely, runAtOnce } = statementsOver<Tables>(db)
  const begin = db.prepare("BEGIN IMMEDIATE")
  // Who only reads needs no lock that others may have, and takes nobody's.
  const beginReading = db.prepare("BEGIN")
  const commit = db.prepare("COMMIT")
  const rollback = db.prepare("ROLLBACK")
  const savepoint = db.prepare("SAVEPOINT action")
  const release = db.prepare("RELEASE action")
  const takeBack = db.prepare("ROLLBACK TO action")

  const runOne = async ({ name, input, now }: Asked, nudged: Set<AccountId>): Promise<Answer> => {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!action) return { ok: false, error: new Error(`there is no action ${name}`) }
    const touched: AccountId[] = []
    const tx: Tx = {
      db: kysely,
      dialect: "sqlite",
      now,
      runAtOnce,
      lock: async () => undefined,
      nudge: (accountId) => {
        touched.push(accountId)
      },
    }
    savepoint.run()
    try {
      const output = await action(tx, input)
      release.run()
      for (const accountId of touched) nudged.add(accountId)
      return { ok: true, output }
    } catch (error) {
      if (refusalOfSqlite(error) || !db.inTransaction) throw new BatchLost(error)
      takeBack.run()
      release.run()
      return { ok: false, error }
    }
  }

  const attempt = async (batch: readonly Asked[]): Promise<Ran> => {
    const nudged = new Set<AccountId>()
    const answers: Answer[] = []
    const reads = batch.every(isReading)
    ;(reads ? beginReading : begin).run()
    for (const asked of batch) answers.push(await runOne(asked, nudged))
    commit.run()
    return { answers, nudged: [...nudged] }
  }

  const run = async (batch: readonly Asked[]): Promise<Ran> => {
    try {
      return await attempt(batch)
    } catch (error) {
      const reason = error instanceof BatchLost ? error.reason : error
      const refusal = refusalOfSqlite(reason)
      const failed = takeBackAll() ?? refusal ?? reason
      if (refusal?.code !== "store-full" || batch.length === 1) {
        return { answers: batch.map(() => ({ ok: false, error: failed })), nudged: [] }
      }
      return runEachAlone(batch)
    }
  }

  /** Null when the transaction is gone; else what stands in the way, and the next BEGIN will say it again. */
  const takeBackAll = (): unknown => {
    if (!db.inTransaction) return null
    try {
      rollback.run()
      return null
    } catch (error) {
      return refusalOfSqlite(error) ?? error
    }
  }

  const runEachAlone = async (batch: readonly Asked[]): Promise<Ran> => {
    const answers: Answer[] = []
    const nudged = new Set<AccountId>()
    for (const asked of batch) {
      const ran = await run([asked])
      answers.push(...ran.answers)
      for (const accountId of ran.nudged) nudged.add(accountId)
    }
    return { answers, nudged: [...nudged] }
  }

  return { run }
}
