/**
 * Bytes that threads have in common: a mail goes through three of them, and each crossing would copy it twice.
 * Whoever gets such bytes only reads them.
 */

/** Larger mails are copied: to the collector of memory nothing shared counts, so it does not hurry to free it. */
const MOST_SHARED = 32 * 1024

/** One buffer of several, shared if it is small enough. */
export const joinShared = (parts: readonly Uint8Array[]): Buffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > MOST_SHARED) return Buffer.concat(parts, length)
  const joined = Buffer.from(new SharedArrayBuffer(length))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
