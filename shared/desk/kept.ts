import type { Millis } from "../words/time.ts"

/**
 * What was read last, kept on this device so that it can be read without a connection. It is bounded, belongs to one
 * agent, and goes when they sign out or are signed out.
 */
export interface Kept {
  get<T>(name: string): Promise<{ value: T; at: Millis } | null>
  /** `at`: when it was read (this machine's clock). */
  put(name: string, value: unknown, at: Millis): Promise<void>
  /** Leaves nothing. */
  wipe(): Promise<void>
}

/** What there is of a thing beside itself. */
export interface KeptMeta {
  name: string
  at: Millis
  /** Characters of its JSON. */
  size: number
}

/** Conversations are the only things that there can be many of. */
const CONVERSATION = "conversation."
const LIMITS = { count: 50, size: 4_000_000, one: 500_000 }

export const keptConversation = (id: string): string => `${CONVERSATION}${id}`

/** The conversations to drop, those read longest ago first, so that the rest is within bounds. */
export const beyondBounds = (all: readonly KeptMeta[], limits = LIMITS): string[] => {
  const newestFirst = all.filter(({ name }) => name.startsWith(CONVERSATION)).sort((a, b) => b.at - a.at)
  let size = 0
  return newestFirst
    .filter((one, index) => {
      size += one.size
      return index >= limits.count || size > limits.size || one.size > limits.one
    })
    .map(({ name }) => name)
}

/** The number is the format's version: what an older desk kept is left to be wiped, and read anew. */
const DATABASE = "porchlight.desk.kept.1"
const META = "meta"
const VALUES = "values"

/**
 * Kept in the browser's IndexedDB. It is opened for each use: a connection that stays open would keep another tab from
 * wiping it, and reads are few.
 */
export const openKept = (factory: IDBFactory = indexedDB): Kept => {
  const use = async <T>(
    mode: IDBTransactionMode,
    work: (meta: IDBObjectStore, values: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    const db = await open(factory)
    try {
      const transaction = db.transaction([META, VALUES], mode)
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error("it was not kept"))
      })
      const result = await work(transaction.objectStore(META), transaction.objectStore(VALUES))
      await done
      return result
    } finally {
      db.close()
    }
  }

  return {
    get: (name) =>
      use("readonly", async (meta, values) => {
        const found = (await answer(meta.get(name))) as KeptMeta | undefined
        const text = (await answer(values.get(name))) as string | undefined
        return found === undefined || text === undefined ? null : { value: JSON.parse(text), at: found.at }
      }),
    put: (name, value, at) =>
      use("readwrite", async (meta, values) => {
        const text = JSON.stringify(value)
        meta.put({ name, at, size: text.length } satisfies KeptMeta)
        values.put(text, name)
        for (const old of beyondBounds((await answer(meta.getAll())) as KeptMeta[])) {
          meta.delete(old)
          values.delete(old)
        }
      }),
    wipe: () =>
      use("readwrite", async (meta, values) => {
        meta.clear()
        values.clear()
      }),
  }
}

const open = (factory: IDBFactory): Promise<IDBDatabase> => {
  const asked = factory.open(DATABASE, 1)
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(META, { keyPath: "name" })
    asked.result.createObjectStore(VALUES)
  }
  return answer(asked)
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error("nothing was read"))
  })
