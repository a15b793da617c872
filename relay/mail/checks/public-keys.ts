import { createHash, createPublicKey } from "node:crypto"
import { getPublicKey } from "mailauth/lib/tools.js"

type Resolver = (name: string, type: string) => Promise<unknown>
type KeyOptions = Parameters<typeof getPublicKey>[4]

/** The library's cache of one mail's key records, and its way to ask for them. */
export interface KeyCache {
  resolver: Resolver
  get(type: string, name: string, minBitLength: number, options?: KeyOptions): ReturnType<typeof getPublicKey>
}

/**
 * What key records say, by their text: reading one takes ten times as long as verifying with what it says, and most
 * mail comes from few domains. Only the reading is kept: the record is asked for each time.
 */
const read = new Map<string, ReturnType<typeof getPublicKey>>()
const MAX_READ = 1_000

/** Asks each record once for a mail. */
export const keyCache = (resolver: Resolver): KeyCache => {
  const records = new Map<string, Promise<unknown>>()
  const ask = (name: string): Promise<unknown> => {
    const record = records.get(name) ?? resolver(name, "TXT")
    records.set(name, record)
    return record
  }
  return {
    resolver,
    get: (type, name, minBitLength, options = { strict: false }) => {
      const key = ask(name).then((record) => {
        const id = `${options.strict} ${options.hashAlgo} ${minBitLength} ${digestOf(record)}`
        const known = read.get(id)
        if (known) return known
        if (read.size >= MAX_READ) read.clear()
        const found = readKey(getPublicKey(type, name, minBitLength, async () => record, options))
        read.set(id, found)
        return found
      })
      // the library asks for all keys of a chain ahead, and may never look at the last
      key.catch(() => undefined)
      return key
    },
  }
}

/** With the key as an object, which PEM would be made into at every use. */
const readKey = async (key: ReturnType<typeof getPublicKey>): ReturnType<typeof getPublicKey> => {
  const found = await key
  return typeof found.publicKey === "string"
    ? { ...found, publicKey: createPublicKey(found.publicKey) }
    : found
}

const digestOf = (record: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(record) ?? "")
    .digest("base64")
