/**
 * How large a picture says it is, read from its first bytes and nothing decoded: a file of some kB may unfold to
 * gigabytes in whatever shows it. Null: it cannot be told.
 */

const be16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const be32 = (bytes: Uint8Array, at: number): number => be16(bytes, at) * 65_536 + be16(bytes, at + 2)
const le16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
const le24 = (bytes: Uint8Array, at: number): number => le16(bytes, at) | ((bytes[at + 2] ?? 0) << 16)

/** Whether the bytes at `at` are these characters. */
export const says = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((one, n) => bytes[at + n] === one.charCodeAt(0))

/** PNG 11.2.1: the first chunk is IHDR. */
const png = (bytes: Uint8Array): number | null =>
  says(bytes, 12, "IHDR") ? be32(bytes, 16) * be32(bytes, 20) : null

/** GIF89a 18: logical screen. */
const gif = (bytes: Uint8Array): number | null => le16(bytes, 6) * le16(bytes, 8)

/** RFC 9649 2.5–2.7: lossy, lossless, extended. */
const webp = (bytes: Uint8Array): number | null => {
  if (says(bytes, 12, "VP8 ")) return (le16(bytes, 26) & 0x3fff) * (le16(bytes, 28) & 0x3fff)
  if (says(bytes, 12, "VP8L")) {
    const bits = le24(bytes, 21) + (bytes[24] ?? 0) * 0x1_000_000
    return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1)
  }
  return says(bytes, 12, "VP8X") ? (le24(bytes, 24) + 1) * (le24(bytes, 27) + 1) : null
}

/** SOF0 to SOF15, without DHT, JPG and DAC (ITU-T T.81 table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Goes from segment to segment until the frame's header. */
const jpeg = (bytes: Uint8Array): number | null => {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) return be16(bytes, at + 5) * be16(bytes, at + 7)
    else at += 2 + be16(bytes, at + 2)
  }
  return null
}

const READERS: Record<string, (bytes: Uint8Array) => number | null> = {
  "image/png": png,
  "image/gif": gif,
  "image/webp": webp,
  "image/jpeg": jpeg,
}

/** Pixels of a picture of one of the kinds that every browser shows; null for others, and where it does not say. */
export const pixelsOf = (bytes: Uint8Array, type: string): number | null => READERS[type]?.(bytes) ?? null
