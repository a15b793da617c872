import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto"
import type { DeliveryId } from "../../shared/words/ids.ts"
import { DAY, type Millis } from "../../shared/words/time.ts"

/**
 * The token of a mail's envelope sender: the delivery's 20 characters, then 128 bits of an HMAC-SHA256 of them
 * with two bits that say which key made it, as 26 characters of lowercase base32 (RFC 4648). Nobody can make a
 * report about a mail whose envelope they have not seen.
 */

/** One of at most four keys at a time. */
interface BounceKey {
  number: number
  /** 32 random bytes, base64. */
  secret: string
  madeAt: Millis
}

/** Newest first: that one signs; the others are still known. */
export interface BounceKeys {
  keys: BounceKey[]
}

/** Name of the relay's secret that holds the keys. */
export const BOUNCE_SECRET = "bounce-keys"

/** A report that comes later than this after its mail was queued is of no use to anybody. */
export const BOUNCE_LIFE: Millis = 30 * DAY

/** A first key, as text to be kept with the relay's secrets. */
export const makeBounceKeys = (now: Millis): string => {
  const keys: BounceKeys = {
    keys: [{ number: 0, secret: randomBytes(32).toString("base64"), madeAt: now }],
  }
  return JSON.stringify(keys)
}

/**
 * The kept text with a new key in front. Those before it stay known, at most three, for as long as reports about mails
 * that they were used for count; with `forget` none does, as for a key that somebody else has.
 */
export const rotatedBounceKeys = (kept: string, now: Millis, forget: boolean): string => {
  const { keys } = readBounceKeys(kept)
  const number = (keys[0]!.number + 1) % 4
  const [fresh] = readBounceKeys(makeBounceKeys(now)).keys
  const known = keys.filter((_, index) => index === 0 || keys[index - 1]!.madeAt > now - BOUNCE_LIFE)
  return JSON.stringify({ keys: [{ ...fresh, number }, ...(forget ? [] : known.slice(0, 3))] })
}

/** Reads the kept text. Throws when it is not what `makeBounceKeys` wrote. */
export const readBounceKeys = (kept: string): BounceKeys => {
  const { keys } = JSON.parse(kept) as Partial<BounceKeys>
  const sound = keys?.every((key) => isNumber(key.number) && key.secret.length >= 43)
  if (!keys || keys.length === 0 || !sound) {
    throw new Error(
      `the relay's secret “${BOUNCE_SECRET}” holds no keys: restore it, or remove it to make a new one`,
    )
  }
  return { keys }
}

const isNumber = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= 3

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"

/** 16 bytes and two bits more: 26 characters of five bits. */
const encode = (bytes: Buffer, number: number): string => {
  let text = ""
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31]
  }
  // 128 = 25 * 5 + 3: three bits are left, and make a whole character with the two.
  return text + ALPHABET[((held << 2) | number) & 31]
}

/** Keys in the form that is quick to use, made once each. */
const ready = new WeakMap<BounceKey, KeyObject>()

const keyObject = (key: BounceKey): KeyObject => {
  const known = ready.get(key)
  if (known) return known
  const made = createSecretKey(Buffer.from(key.secret, "base64"))
  ready.set(key, made)
  return made
}

/** A token is good for one purpose: whoever sees the envelope of a mail cannot switch anything off by it. */
type Purpose = "bounce" | "unsubscribe"

const signatureOf = (purpose: Purpose, name: string, key: BounceKey): string => {
  const hmac = createHmac("sha256", keyObject(key)).update(`${purpose}:${name}`).digest()
  return encode(hmac.subarray(0, 16), key.number)
}

const tokenOf = (purpose: Purpose, id: DeliveryId, { keys }: BounceKeys): string => {
  const name = id.replace(/^dl_/, "")
  return name + signatureOf(purpose, name, keys[0]!)
}

const readToken = (purpose: Purpose, token: string, { keys }: BounceKeys): DeliveryId | null => {
  if (!/^[a-z2-7]{46}$/.test(token)) return null
  const name = token.slice(0, 20)
  const number = ALPHABET.indexOf(token.at(-1)!) & 3
  const key = keys.find((one) => one.number === number)
  if (!key) return null
  const same = timingSafeEqual(Buffer.from(signatureOf(purpose, name, key)), Buffer.from(token.slice(20)))
  return same ? (`dl_${name}` as DeliveryId) : null
}

/** The 46 characters for a delivery, under the newest key. */
export const bounceToken = (id: DeliveryId, keys: BounceKeys): string => tokenOf("bounce", id, keys)

/** The delivery that a token names, or null if we never made it. Lower case; time does not tell where it differs. */
export const readBounceToken = (token: string, keys: BounceKeys): DeliveryId | null =>
  readToken("bounce", token, keys)

/** What the link in a notice switches its mails off by (RFC 8058): made and read like the envelope's. */
export const unsubscribeToken = (id: DeliveryId, keys: BounceKeys): string => tokenOf("unsubscribe", id, keys)

export const readUnsubscribeToken = (token: string, keys: BounceKeys): DeliveryId | null =>
  readToken("unsubscribe", token, keys)
