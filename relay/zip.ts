import { promisify } from "node:util"
import { crc32, deflateRaw } from "node:zlib"

/** Beside the thread that carries the sockets: a hundred megabytes of photos take seconds. */
const deflated = promisify(deflateRaw)

/**
 * Files as one zip archive (PKWARE's APPNOTE 6.3, sections 4.3 and 4.4): deflated, names in UTF-8, no dates beyond the
 * format's first. Comes in pieces; one file at a time is in memory, got by `read` when it is its turn. Throws a
 * RangeError above 4 GB, which this form cannot say.
 */
export async function* zipOf<File extends { path: string }>(
  files: readonly File[],
  read: (file: File) => Promise<Uint8Array>,
): AsyncGenerator<Buffer> {
  const entries: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.path)
    const bytes = await read(file)
    const packed = await deflated(bytes)
    const facts = factsOf(bytes, packed)
    const head = Buffer.concat([u32(0x04034b50), facts, u16(name.length), u16(0), name])
    yield head
    yield packed
    // version made by, then the same facts; then lengths, disk, attributes, where it begins
    const entry = [u32(0x02014b50), u16(20), facts, u16(name.length), u16(0), u16(0), u16(0), u16(0), u32(0)]
    entries.push(Buffer.concat([...entry, u32(offset), name]))
    offset += head.length + packed.length
  }
  const directory = Buffer.concat(entries)
  const count = u16(files.length)
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(offset), u16(0)]
  yield Buffer.concat([directory, ...end])
}

/** Needed version, flags (UTF-8 names), method (deflate), time and date, checksum, sizes: 26 bytes less two lengths. */
const factsOf = (bytes: Uint8Array, packed: Buffer): Buffer =>
  Buffer.concat([
    u16(20),
    u16(0x0800),
    u16(8),
    u16(0),
    u16(0x21),
    u32(crc32(bytes)),
    u32(packed.length),
    u32(bytes.length),
  ])

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
