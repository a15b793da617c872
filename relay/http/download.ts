import { shownAs } from "../rules/file-kinds.ts"

/**
 * A file that somebody sent, as an answer. A stranger chose these bytes: no browser is to run or open them, whatever
 * they are and whatever it thinks. Pictures of a few kinds, as their own bytes say, may stand in a page; all else is
 * for saving.
 */
export const download = ({ name, bytes }: { name: string; bytes: Uint8Array }): Response =>
  new Response(new Uint8Array(bytes), { headers: headersFor(name, bytes) })

/** A piece of a file, from one of its bytes on; `size`: bytes of all of it. */
type ReadPiece = (from: number) => Promise<{ name: string; size: number; bytes: Uint8Array }>

/**
 * The same, read as fast as it is taken: who is slow, or stops, has one piece of it in memory and no more. A file that
 * is gone before its end was read breaks the answer off.
 */
export const downloadInPieces = async (read: ReadPiece): Promise<Response> => {
  const { name, size, bytes } = await read(0)
  if (bytes.length >= size) return download({ name, bytes })
  let next: Uint8Array | null = bytes
  let from = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = next ?? (await read(from)).bytes
        next = null
        if (piece.length === 0) throw new Error(`the file ends after ${from} of ${size} bytes`)
        from += piece.length
        controller.enqueue(new Uint8Array(piece))
        if (from >= size) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { ...headersFor(name, bytes), "Content-Length": String(size) } })
}

/** `bytes`: the first of them at least; by them it is known whether a browser may show it. */
const headersFor = (name: string, bytes: Uint8Array): Record<string, string> => {
  const shown = shownAs(bytes)
  return {
    "Content-Type": shown ?? "application/octet-stream",
    "Content-Disposition": `${shown === null ? "attachment" : "inline"}; ${named(name)}`,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
  }
}

/** The name is said twice (RFC 6266 4.3): in ASCII, and as it is. */
const named = (name: string): string =>
  `filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`
