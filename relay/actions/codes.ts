import { createHash, randomInt, timingSafeEqual } from "node:crypto"
import { MINUTE, type Millis } from "../../shared/words/time.ts"

/** Six-digit codes by mail: to sign in, and to show that an address is read. */

/** How long a code lives, how often it may be tried, and how many may be asked for in an hour. */
export const CODE_LIFE: Millis = 10 * MINUTE
const TRIES = 5
export const CODES_AN_HOUR = 10

export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, "0")

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")

/** Salted with what it is for: the same digits for two things are two hashes. */
export const codeHash = (salt: string, code: string): string => sha256(`${salt}:${code}`)

/** Compares two hashes (hex) in a time that does not tell where they differ. */
export const sameHash = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"))

/** Whether a code may still be tried. */
export const isUsable = (
  code: { used_at: Millis | null; tries: number; expires_at: Millis },
  now: Millis,
): boolean => code.used_at === null && code.tries < TRIES && now < code.expires_at
