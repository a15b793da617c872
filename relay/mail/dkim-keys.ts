import { createPublicKey, generateKeyPair } from "node:crypto"
import { promisify } from "node:util"
import { Refusal } from "../../shared/words/refusals.ts"
import { DAY, HOUR, type Millis } from "../../shared/words/time.ts"

/**
 * The keys that the relay signs with (DKIM RFC 6376, Ed25519 RFC 8463), and how they are exchanged:
 *
 *   waiting ──(signsFrom)──▶ signing ──(retiresAt)──▶ retired ──(KEPT_PUBLISHED)──▶ gone
 *
 * A waiting key is published but does not sign, so that its record is everywhere before it counts; a retired one
 * is published on, so that what it signed can still be checked. Every key that signs signs every mail.
 */
export interface DkimKey {
  /** As in `<selector>._domainkey.<domain>`; never used for another key later. */
  selector: string
  algorithm: "rsa" | "ed25519"
  /** Private key, PEM (PKCS #8). */
  pem: string
  madeAt: Millis
  /** From this moment on it signs. */
  signsFrom: Millis
  /** From this moment on it signs no more; null: not planned. */
  retiresAt: Millis | null
}

/** Survives structuredClone. */
export interface DkimKeys {
  keys: DkimKey[]
}

export type DkimKeyState = "waiting" | "signing" | "retired" | "gone"

/** Name of the relay's secret that holds the keys. */
export const DKIM_SECRET = "dkim-keys"

/** How long new keys are published before they sign, if nothing else is asked for: longer than records live in caches. */
export const OVERLAP: Millis = 48 * HOUR

/**
 * How long a key stays published after it signed for the last time: what it sealed or signed may wait four days in
 * our queue, and some days more in that of the next server (RFC 5321 4.5.4.1).
 */
export const KEPT_PUBLISHED: Millis = 10 * DAY

const generate = promisify(generateKeyPair)

/** Private keys of one exchange, PEM. */
export interface DkimPair {
  rsa: string
  ed25519: string
}

/** RSA 2048, which everybody checks, and Ed25519, which fits one DNS string and is checked by more and more. */
export const makeDkimPair = async (): Promise<DkimPair> => {
  const format = { type: "pkcs8", format: "pem" } as const
  const [rsa, ed25519] = await Promise.all([generate("rsa", { modulusLength: 2048 }), generate("ed25519")])
  return {
    rsa: rsa.privateKey.export(format).toString(),
    ed25519: ed25519.privateKey.export(format).toString(),
  }
}

/** The first keys, which sign at once, as text to be kept with the relay's secrets (`readDkimKeys` reads it). */
export const makeDkimKeys = async (now: Millis): Promise<string> =>
  writeDkimKeys({ keys: asKeys(await makeDkimPair(), freeStem([], now), now, 0) })

/**
 * The keys that `read` finds; where it refuses with `not-found`, it is given the text of first ones. Making an RSA key
 * takes a moment, so it is done only then.
 */
export const keysOrFirst = async (
  read: (make: string | null) => Promise<DkimKeys>,
  now: Millis,
): Promise<DkimKeys> => {
  try {
    return await read(null)
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "not-found")) throw error
    return read(await makeDkimKeys(now))
  }
}

const asKeys = (pair: DkimPair, stem: string, now: Millis, signsFrom: Millis): DkimKey[] => {
  const times = { madeAt: now, signsFrom, retiresAt: null }
  return [
    { selector: `${stem}-r`, algorithm: "rsa", pem: pair.rsa, ...times },
    { selector: `${stem}-e`, algorithm: "ed25519", pem: pair.ed25519, ...times },
  ]
}

/** `pl-2026-11`, or with a letter if that month has had new keys before. */
const freeStem = (keys: readonly DkimKey[], now: Millis): string => {
  const month = `pl-${new Date(now).toISOString().slice(0, 7)}`
  const taken = new Set(keys.map(({ selector }) => selector))
  for (let number = 1; ; number++) {
    const stem = number === 1 ? month : `${month}-${number}`
    if (!taken.has(`${stem}-r`) && !taken.has(`${stem}-e`)) return stem
  }
}

/** Selectors of the relays that had one pair of keys for ever. */
const FIRST_SELECTORS = { rsa: "pl-r1", ed25519: "pl-e1" } as const

export const writeDkimKeys = (keys: DkimKeys): string => JSON.stringify(keys)

/** Reads the kept text, also as the first relays wrote it. Throws when it holds no keys. */
export const readDkimKeys = (kept: string): DkimKeys => {
  const read = JSON.parse(kept) as Partial<DkimKeys> & Partial<DkimPair>
  if (read.keys?.some(isKey)) return { keys: read.keys.filter(isKey) }
  const { rsa, ed25519 } = read
  if (!isPem(rsa) || !isPem(ed25519)) {
    throw new Error(
      `the relay's secret “${DKIM_SECRET}” holds no DKIM keys: restore it, or remove it to make new ones`,
    )
  }
  const times = { madeAt: 0, signsFrom: 0, retiresAt: null }
  return {
    keys: [
      { selector: FIRST_SELECTORS.rsa, algorithm: "rsa", pem: rsa, ...times },
      { selector: FIRST_SELECTORS.ed25519, algorithm: "ed25519", pem: ed25519, ...times },
    ],
  }
}

const isPem = (text: string | undefined): text is string => text?.includes("PRIVATE KEY") ?? false

const isKey = (key: Partial<DkimKey>): key is DkimKey =>
  typeof key.selector === "string" && isPem(key.pem) && typeof key.signsFrom === "number"

/** What a key does at a moment. */
export const stateOf = (key: DkimKey, now: Millis): DkimKeyState => {
  if (key.retiresAt !== null && key.retiresAt <= now)
    return key.retiresAt + KEPT_PUBLISHED <= now ? "gone" : "retired"
  return key.signsFrom <= now ? "signing" : "waiting"
}

/** The keys that sign at a moment. */
export const signingKeys = ({ keys }: DkimKeys, now: Millis): DkimKey[] =>
  keys.filter((key) => stateOf(key, now) === "signing")

/** The keys whose records have to be found at a moment. */
export const publishedKeys = ({ keys }: DkimKeys, now: Millis): DkimKey[] =>
  keys.filter((key) => stateOf(key, now) !== "gone")

/**
 * Takes new keys in: they sign after `overlapMs`, and those that sign now cease at that moment. With an overlap of 0
 * and keys that wait already, these sign from now on and the new pair is not used.
 * Throws Refusal `already-exists` when keys wait already.
 */
export const rotate = ({ keys }: DkimKeys, pair: DkimPair, now: Millis, overlapMs: Millis): DkimKeys => {
  const waiting = keys.filter((key) => stateOf(key, now) === "waiting")
  const from = now + overlapMs
  if (waiting.length > 0 && overlapMs > 0)
    throw new Refusal(
      "already-exists",
      `${names(waiting)} wait already and sign from ${new Date(waiting[0]!.signsFrom).toISOString().slice(0, 16).replace("T", " ")} (UTC): let them, or use --now`,
    )
  const isNew = (key: DkimKey): boolean => waiting.includes(key)
  const old = keys.map((key) => {
    if (isNew(key)) return { ...key, signsFrom: from }
    return stateOf(key, now) === "signing" ? { ...key, retiresAt: from } : key
  })
  return { keys: waiting.length > 0 ? old : [...old, ...asKeys(pair, freeStem(keys, now), now, from)] }
}

/**
 * Ends a key's signing now; with `withdraw` it is no longer published either, so what it signed cannot be checked
 * any more (a key that somebody else has). Throws Refusal `not-found`, or `stale` when no key would sign.
 */
export const retire = ({ keys }: DkimKeys, selector: string, withdraw: boolean, now: Millis): DkimKeys => {
  const key = keys.find((one) => one.selector === selector)
  if (key === undefined || stateOf(key, now) === "gone")
    throw new Refusal(
      "not-found",
      `there is no DKIM key “${selector}”; there are ${names(publishedKeys({ keys }, now))}`,
    )
  const others = keys.filter((one) => one !== key && stateOf(one, now) === "signing")
  if (others.length === 0)
    throw new Refusal(
      "stale",
      `without ${selector} no key would sign: make new ones with “porchlight dkim rotate --now” first`,
    )
  const since = key.retiresAt === null || key.retiresAt > now ? now : key.retiresAt
  const retiresAt = withdraw ? now - KEPT_PUBLISHED : since
  return { keys: keys.map((one) => (one === key ? { ...one, retiresAt } : one)) }
}

const names = (keys: readonly DkimKey[]): string => keys.map(({ selector }) => selector).join(", ")

/** The value of a key's TXT record (RFC 6376 3.6.1; RFC 8463 3.2: the bare 32 bytes of Ed25519, without SPKI). */
export const dkimRecord = ({ algorithm, pem }: DkimKey): string => {
  const spki = createPublicKey(pem).export({ type: "spki", format: "der" })
  const bytes = algorithm === "ed25519" ? spki.subarray(-32) : spki
  return `v=DKIM1; k=${algorithm}; p=${bytes.toString("base64")}`
}
