import type { AgentPush } from "../../shared/protocol/live.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"

/** Somebody connected who is told what happens in an account, in order and once. */
export interface Listener {
  /** Number of the last event they know; moved by the fan-out. */
  cursor: number
  /** The same object for all of them: what is sent on to many is written once. */
  tell(push: EventPush): void
}

export type EventPush = Extract<AgentPush, { type: "event" }>

/**
 * Live updates: what a screen shows is what was stored. Each account with somebody connected has a cursor;
 * a nudge from the store means only "look", and what happened is read from the events after the cursor.
 */
export interface FanOut {
  /**
   * From now on tells `listener` every event after `listener.cursor`, those of the past included. Returns
   * how to end it.
   */
  join(accountId: AccountId, listener: Listener): () => void
  stop(): void
}

interface Account {
  id: AccountId
  listeners: Set<Listener>
  /** Everybody has been told up to here. */
  cursor: number
  /** There may be events after the cursor. */
  dirty: boolean
  reading: boolean
}

/** Events read at once. */
const PAGE = 500
/** Until the next try, when the store did not answer. */
const PAUSE: Millis = SECOND

export const createFanOut = ({ store, clock, log }: Pick<House, "store" | "clock" | "log">): FanOut => {
  const accounts = new Map<AccountId, Account>()
  const pauses = new Set<ReturnType<typeof setTimeout>>()
  let stopped = false

  const look = (account: Account): void => {
    account.dirty = true
    if (!account.reading && !stopped) void drain(account)
  }

  /** One read at a time, until there is nothing more. */
  const drain = async (account: Account): Promise<void> => {
    account.reading = true
    try {
      while (account.dirty && account.listeners.size > 0 && !stopped) await readOn(account)
    } catch (error) {
      log.warn({ err: error, account: account.id }, "events could not be read; trying again")
      const pause = setTimeout(() => {
        pauses.delete(pause)
        look(account)
      }, PAUSE)
      pauses.add(pause)
    } finally {
      account.reading = false
    }
  }

  const readOn = async (account: Account): Promise<void> => {
    account.dirty = false
    const after = account.cursor
    const input = { accountId: account.id, after, limit: PAGE }
    const { events } = await store.run("readEvents", input, clock.now(), "glance")
    for (const event of events) tellAll(account, { type: "event", event })
    const last = events.at(-1)?.cursor ?? after
    // Somebody who came meanwhile may have set the cursor back: then what was just read is read again.
    if (account.cursor === after) account.cursor = last
    else account.dirty = true
    if (events.length === PAGE) account.dirty = true
  }

  const tellAll = (account: Account, push: EventPush): void => {
    const { cursor } = push.event
    for (const listener of account.listeners) {
      if (cursor <= listener.cursor) continue
      listener.cursor = cursor
      listener.tell(push)
    }
  }

  const onNudge = (ids: readonly AccountId[]): void => {
    for (const id of ids) {
      const account = accounts.get(id)
      if (account !== undefined) look(account)
    }
  }
  const stopNudges = store.onNudge(onNudge, () => accounts.keys())

  return {
    join: (accountId, listener) => {
      let account = accounts.get(accountId)
      if (account === undefined) {
        account = {
          id: accountId,
          listeners: new Set(),
          cursor: listener.cursor,
          dirty: false,
          reading: false,
        }
        accounts.set(accountId, account)
      }
      const mine = account
      mine.listeners.add(listener)
      mine.cursor = Math.min(mine.cursor, listener.cursor)
      look(mine)
      return () => {
        mine.listeners.delete(listener)
        if (mine.listeners.size === 0 && accounts.get(accountId) === mine) accounts.delete(accountId)
      }
    },
    stop: () => {
      stopped = true
      stopNudges()
      for (const pause of pauses) clearTimeout(pause)
    },
  }
}
