import { deflateSync } from "node:zlib"

/** Files as people and others send them. */

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

const crc = (bytes: Uint8Array): number => {
  let c = 0xffffffff
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 0xff] as number) ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

const chunk = (name: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A picture of one colour, `[red, green, blue]`, that every browser shows. */
export const png = (width = 2, height = 2, colour: readonly number[] = [255, 176, 46]): Buffer =>
  painted(width, height, () => colour)

/** Somebody's picture: a head and shoulders, of two colours. */
export const portrait = (ground: readonly number[], figure: readonly number[]): Buffer =>
  painted(160, 160, (x, y) => {
    const head = Math.hypot(x - 80, y - 66) < 32
    const shoulders = Math.hypot((x - 80) / 1.1, y - 168) < 62
    return head || shoulders ? figure : ground
  })

const painted = (
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly number[],
): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const lines = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (__, x) => colourAt(x, y)).flat()]),
  )
  const rows = deflateSync(Buffer.concat(lines))
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1")
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))])
}

/** A picture that says it is so large, and is some bytes. */
export const hugePng = (): Buffer => {
  const bytes = png()
  bytes.writeUInt32BE(60_000, 16)
  bytes.writeUInt32BE(60_000, 20)
  return bytes
}

export const pdf = (): Buffer => Buffer.from("%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n", "latin1")

/** What has a ZIP's beginning and claims a first entry of this name. */
export const zip = (entry = "bomb.bin", more = ""): Buffer =>
  Buffer.concat([
    Buffer.from("PK\x03\x04\x14\0\0\0\b\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", "latin1"),
    Buffer.from([entry.length, 0, 0, 0]),
    Buffer.from(entry + more, "latin1"),
  ])

export const svg = (): Buffer =>
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
export const html = (): Buffer => Buffer.from("<!doctype html><script>alert(1)</script>")
export const program = (): Buffer => Buffer.from("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff", "latin1")
