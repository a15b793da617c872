import pg from "pg"
import type { AccountId } from "../../shared/words/ids.ts"
import { MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"
import { systemClock } from "../clock.ts"
import { watchChanges } from "./changed-accounts.ts"

/**
 * One connection beside the pool, for five things: it says to other relays which accounts got events
 * (NOTIFY) and hears it from them (LISTEN); it passes whispers on, which nothing keeps; it has
 * the locks that relays take from each other; it feels the database's pulse, so that a line that went dead
 * without a word is known within seconds; it measures the database's clock.
 *
 * NOTIFY goes out after the commit and for many commits at once, not inside each transaction: there
 * PostgreSQL lets only one notifying transaction commit at a time, and each commit is a wait for the disk.
 * What a process that dies in between has not said is found by looking at the accounts' numbering, which
 * also is how a broken connection catches up: listen first, then look.
 */
const CHANNEL = "porchlight_events"
const WHISPERS = "porchlight_whispers"
const PULSE: Millis = 2 * SECOND
/** A healthy database answers a pulse in milliseconds; after this the line counts as dead. */
const PULSE_TIMEOUT: Millis = 3 * SECOND
const LOOK_EVERY: Millis = 10 * SECOND
const MEASURE_EVERY: Millis = MINUTE
const RECONNECT_AFTER: Millis = 500
/** A payload is at most 8,000 bytes, an id 23. */
const IDS_PER_NOTIFY = 300
/** Whispers that wait for the line; more are not worth waiting for. */
const MOST_WHISPERS = 200

interface Asked {
  run(client: pg.Client): Promise<void>
  giveUp(): void
}

export interface Watch {
  /** Tells the other relays, soon. */
  notifyOthers(accountIds: Iterable<AccountId>): void
  /** Says it to the other relays now, or never. */
  whisper(text: string): void
  /** Asks something on this connection, in its turn; null where it breaks before there is an answer. */
  ask<Answer>(work: (client: pg.Client) => Promise<Answer>): Promise<Answer | null>
  /** The database's clock less this process's, ms. */
  clockOffset(): Millis
  close(): Promise<void>
}

/** Rejects when the first connection fails; later ones are made again until closed. */
export const watchPostgres = async (options: {
  connection: pg.ClientConfig
  tell: (accountIds: readonly AccountId[]) => void
  /** Accounts whose events must be found even when nobody said that there are some. */
  interest: () => readonly AccountId[]
  /** Another relay whispered. */
  hear: (text: string) => void
  /** The line was found dead: other connections are, too. Gives the backends (process ids) that were at their other ends. */
  onLost: () => number[]
}): Promise<Watch> => {
  const clock = systemClock()
  const toNotify = new Set<AccountId>()
  let toWhisper: string[] = []
  let toAsk: Asked[] = []
  const changed = watchChanges()
  let offset: Millis = 0
  let measuredAt: Millis = Number.NEGATIVE_INFINITY
  let lookedAt: Millis = 0
  const orphans = new Set<number>()
  let closed = false
  let wake = (): void => undefined

  /** Until the time has passed, or there is something to say, or the end. */
  const rest = (ms: Millis): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (closed) wake()
    })

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(options.connection)
    // A broken connection fails the next pulse, and is made again there.
    client.on("error", () => wake())
    client.on("notification", ({ processId, payload, channel }) => {
      // What this process committed it told its own listeners itself.
      if (processId === processIdOf(client) || !payload) return
      if (channel === WHISPERS) options.hear(payload)
      else options.tell(payload.split(",") as AccountId[])
    })
    try {
      await client.connect()
      await inTime(client.query(`LISTEN ${CHANNEL}`))
      await inTime(client.query(`LISTEN ${WHISPERS}`))
      await endOrphans(client)
      await look(client)
      await measure(client)
      return client
    } catch (error) {
      await hangUp(client)
      throw error
    }
  }

  /**
   * What was at the other end of a line that went dead does not know of it: it goes on waiting for its account's row,
   * gets it, and keeps it from all others, one after the other. Whose process id has become somebody else's meanwhile
   * has been asked something just now.
   */
  const endOrphans = async (client: pg.Client): Promise<void> => {
    if (orphans.size === 0) return
    await inTime(
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE pid = ANY($1) AND usename = current_user AND datname = current_database()
            AND state_change < clock_timestamp() - interval '2 seconds'`,
        [[...orphans]],
      ),
    )
    orphans.clear()
  }

  const look = async (client: pg.Client): Promise<void> => {
    lookedAt = clock.now()
    const { rows } = await inTime(
      client.query<{ id: AccountId; event_seq: number }>(
        "SELECT id, event_seq FROM accounts WHERE id = ANY($1)",
        [options.interest()],
      ),
    )
    const accountIds = changed(rows)
    if (accountIds.length > 0) options.tell(accountIds)
  }

  const measure = async (client: pg.Client): Promise<void> => {
    const before = clock.now()
    const { rows } = await inTime(
      client.query<{ now: number }>("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now"),
    )
    const after = clock.now()
    const [row] = rows
    if (row) offset = row.now - Math.round((before + after) / 2)
    measuredAt = after
  }

  const notify = async (client: pg.Client): Promise<void> => {
    const accountIds = [...toNotify].slice(0, IDS_PER_NOTIFY)
    for (const accountId of accountIds) toNotify.delete(accountId)
    try {
      await inTime(client.query("SELECT pg_notify($1, $2)", [CHANNEL, accountIds.join(",")]))
    } catch (error) {
      for (const accountId of accountIds) toNotify.add(accountId)
      throw error
    }
  }

  /** All that waits in one statement; what it fails with is over by the time of another try. */
  const whisper = async (client: pg.Client): Promise<void> => {
    const texts = toWhisper
    toWhisper = []
    await inTime(
      client.query("SELECT pg_notify($1, text) FROM unnest($2::text[]) AS text", [WHISPERS, texts]),
    )
  }

  const answer = async (client: pg.Client): Promise<void> => {
    const [asked] = toAsk
    await asked?.run(client)
    toAsk.shift()
  }

  /** Nobody waits for a line that is not there. */
  const dismiss = (): void => {
    const asked = toAsk
    toAsk = []
    for (const one of asked) one.giveUp()
  }

  const serve = async (client: pg.Client): Promise<void> => {
    while (!closed || toNotify.size > 0) {
      if (toNotify.size > 0) await notify(client)
      else if (toWhisper.length > 0) await whisper(client)
      else if (toAsk.length > 0) await answer(client)
      else if (clock.now() - lookedAt >= LOOK_EVERY) await look(client)
      else if (clock.now() - measuredAt >= MEASURE_EVERY) await measure(client)
      else {
        await rest(PULSE)
        if (toNotify.size + toWhisper.length + toAsk.length === 0) await inTime(client.query("SELECT 1"))
      }
    }
  }

  const serveUntilClosed = async (first: pg.Client): Promise<void> => {
    let client: pg.Client | null = first
    while (!closed) {
      try {
        client ??= await connect()
        await serve(client)
      } catch {
        // Not an error to report here: whoever uses the pool meanwhile hears `store-unavailable`.
        for (const pid of options.onLost()) orphans.add(pid)
        if (client) orphans.add(processIdOf(client))
        dismiss()
        if (client) await hangUp(client)
        client = null
        await rest(RECONNECT_AFTER)
      }
    }
    dismiss()
    if (client) await hangUp(client)
  }

  const first = await connect()
  const served = serveUntilClosed(first)

  return {
    notifyOthers: (accountIds) => {
      for (const accountId of accountIds) toNotify.add(accountId)
      wake()
    },
    whisper: (text) => {
      if (toWhisper.length < MOST_WHISPERS) toWhisper.push(text)
      wake()
    },
    ask: (work) =>
      new Promise((resolve) => {
        if (closed) {
          resolve(null)
          return
        }
        toAsk.push({
          run: async (client) => resolve(await inTime(work(client))),
          giveUp: () => resolve(null),
        })
        wake()
      }),
    clockOffset: () => offset,
    close: async () => {
      closed = true
      wake()
      await served
    },
  }
}

/** Of the backend that a connection has in the database's server. */
export const processIdOf = (client: pg.ClientBase): number =>
  (client as unknown as { processID: number }).processID

/**
 * Rejects when an answer is overdue. A process that was itself held up finds its timers due before it has
 * read what came meanwhile: so an answer gets two more turns of the event loop.
 */
const inTime = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const overdue = new Error("the database does not answer")
    const timer = setTimeout(() => setImmediate(() => setImmediate(() => reject(overdue))), PULSE_TIMEOUT)
    answer.finally(() => clearTimeout(timer)).then(resolve, reject)
  })

/** Ends a connection however it is: politely when it answers, else by dropping the line. */
const hangUp = async (client: pg.Client): Promise<void> => {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  const drop = setTimeout(() => connection.stream.destroy(), SECOND)
  try {
    await client.end()
  } catch {
    connection.stream.destroy()
  } finally {
    clearTimeout(drop)
  }
}
