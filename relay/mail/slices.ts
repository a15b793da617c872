import { setImmediate } from "node:timers/promises"

/** Bytes that are gone through at once: some milliseconds of work, twenty at worst. */
const SLICE = 128 * 1024

const LF = 0x0a

/**
 * Goes through the lines of a text a slice at a time, and lets others have their turn in between: of the mails in a
 * thread each is to get on, and a large one takes a second of work. Most mails are one slice. Lines stay whole, as the
 * half of one would be looked at again with each slice.
 */
export const eachSlice = async (
  bytes: Buffer,
  take: (slice: Buffer) => Promise<void> | void,
): Promise<void> => {
  for (let from = 0; from < bytes.length || from === 0; ) {
    if (from > 0) await setImmediate()
    const end = endOfSlice(bytes, from)
    await take(bytes.subarray(from, end))
    if (end === bytes.length) return
    from = end
  }
}

/** Behind the last line that ends in it, or, where one is longer, behind that. */
const endOfSlice = (bytes: Buffer, from: number): number => {
  const end = from + SLICE
  if (end >= bytes.length) return bytes.length
  const last = bytes.subarray(from, end).lastIndexOf(LF)
  if (last >= 0) return from + last + 1
  const next = bytes.indexOf(LF, end)
  return next < 0 ? bytes.length : next + 1
}
