import type { Kysely, QueryResult } from "kysely"
import type { AccountId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { Interest } from "./listeners.ts"
import type { Tables } from "./tables.ts"

export type Db = Kysely<Tables>

/**
 * What an action is given: one transaction on either database, the moment it happens (the relay's clock),
 * and who carries it out. Whatever it writes is there whole or not at all; when it throws, nothing is.
 */
export interface Tx {
  readonly db: Db
  readonly dialect: "sqlite" | "postgres"
  readonly now: Millis
  /** Where a statement needs no waiting for (the embedded store): runs a compiled one. For `prepared` only. */
  readonly runAtOnce?: <Row>(sql: string, parameters: readonly unknown[]) => QueryResult<Row>
  /**
   * Locks an account until the end of the transaction: actions that judge an account's facts run one after
   * the other, so none decides on what another is changing. (SQLite: actions already run so.)
   */
  lock(accountId: AccountId): Promise<void>
  /** To be called by `emit` in relay/store/events.ts only: listeners hear of this account after the commit. */
  nudge(accountId: AccountId): void
}

/** Something that happens: loads facts, asks a rule, saves. Input and output must survive structuredClone. */
export type Action<Input, Output> = (tx: Tx, input: Input) => Promise<Output>

// biome-ignore lint/suspicious/noExplicitAny: the only place where all actions are one type
export type ActionTable = Record<string, Action<any, any>>

export type InputOf<A> = A extends Action<infer Input, infer _> ? Input : never
export type OutputOf<A> = A extends Action<infer _, infer Output> ? Output : never

/**
 * How an action is to be run beside others. `reading`: it writes nothing, so it need not wait for the disk. `glance`: as
 * that, and so short that whoever asks does it by themselves and waits for nobody (the embedded store), or before others.
 * `patient`: nobody waits for it, so it goes with the next commit that others need, or on its own after some
 * milliseconds (the embedded store). `promised`: it keeps what was promised before; where there is more to do than can be
 * done (PostgreSQL), it goes before what is new, as `glance` and `patient` do.
 */
export type Manner = "reading" | "glance" | "patient" | "promised"

/**
 * Words from relay to relay that are of use at this moment or not at all (somebody is writing): not stored, not said
 * again, lost where a line is broken. A text is at most some 7,000 bytes.
 */
export interface Whispers {
  say(text: string): void
  /** Hears what any relay says, this one included. Returns how to stop. */
  listen(listener: (text: string) => void): () => void
}

/** Something that one relay has, until it lets go of it or its line to the database breaks. */
export interface Lock {
  readonly lost: boolean
  /** Resolves when others may have it. */
  free(): Promise<void>
}

/** What relays on one database have one at a time: advisory locks, of which nothing is stored. */
export interface Locks {
  /** The first of these that nobody has; null: all are taken, or the database does not answer. */
  takeOne(names: readonly string[]): Promise<Lock | null>
  /** Calls back when the line broke, and all that were taken are lost. Returns how to stop. */
  onLost(listener: () => void): () => void
}

/** A store that runs actions: SQLite in a thread of its own (sqlite.ts) or PostgreSQL (postgres.ts). */
export interface Store<Actions extends ActionTable> {
  readonly dialect: "sqlite" | "postgres"
  /**
   * Runs one action in one transaction and answers when it is on disk.
   * Throws what the action threw (a Refusal stays one), or Refusal `store-full` / `store-unavailable`.
   */
  run<Name extends keyof Actions & string>(
    name: Name,
    input: InputOf<Actions[Name]>,
    now: Millis,
    manner?: Manner,
  ): Promise<OutputOf<Actions[Name]>>
  /**
   * Calls back after each commit that wrote events, whichever process wrote them, with the accounts
   * concerned; a nudge only: what happened is read from `events` after one's cursor. `interest`: the accounts
   * that must not be missed even when a nudge is lost; nobody is told of a change of others then. Returns how to stop.
   */
  onNudge(listener: (accountIds: readonly AccountId[]) => void, interest?: Interest): () => void
  /** What is said to all relays on this store and kept nowhere. */
  readonly whispers: Whispers
  /** What relays have one at a time; null for the embedded store, which has one relay. */
  readonly locks: Locks | null
  /** The database's clock less this process's, in ms; 0 for the embedded store. */
  readonly clockOffset: Millis
  close(): Promise<void>
}
