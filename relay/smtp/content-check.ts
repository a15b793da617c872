import { REPLIES, type Reply } from "./replies.ts"

const LF = 0x0a
const CR = 0x0d
const NUL = 0x00

/**
 * Reads the bytes of one mail as they come and says what is wrong with them, once something is. Every
 * smuggling variant (`\n.\n`, `\r.\r`, `\n.\r\n`, `\r\n.\r`…) is a CR or LF that is not part of a CRLF, for
 * the library ends DATA at CRLF.CRLF only; so no server behind us can see a second mail in what we took.
 */
export const contentCheck = (): { add(chunk: Uint8Array): void; fault(): Reply | null } => {
  let fault: Reply | null = null
  let afterCr = false

  const add = (chunk: Uint8Array): void => {
    if (fault) return
    const words = wordsOf(chunk)
    for (let at = 0; at < chunk.length; at += 1) {
      // Most of a mail is letters: four at a time, where none of them can be the end of a line.
      if (!afterCr && (at & 3) === words.first) {
        let word = (at - words.first) >> 2
        while (word < words.all.length && hasNoneUpToCr(words.all[word] as number)) word += 1
        at = words.first + word * 4
        if (at >= chunk.length) return
      }
      const byte = chunk[at] as number
      // By far the most bytes: nothing that a line ends with.
      if (byte > CR && !afterCr) continue
      if (afterCr !== (byte === LF)) fault = REPLIES.bareLineEnd
      else if (byte === NUL) fault = REPLIES.nulByte
      else {
        afterCr = byte === CR
        continue
      }
      return
    }
  }

  return { add, fault: () => fault }
}

/** The bytes of a chunk as far as they are whole words of memory; `first`: where these begin in it. */
const wordsOf = (chunk: Uint8Array): { all: Uint32Array; first: number } => {
  const first = -chunk.byteOffset & 3
  const count = Math.max(0, (chunk.length - first) >> 2)
  return {
    all: count === 0 ? NO_WORDS : new Uint32Array(chunk.buffer, chunk.byteOffset + first, count),
    first,
  }
}

const NO_WORDS = new Uint32Array(0)

/** Whether each of the four bytes is above CR: then taking 14 from each borrows from none of those below 128. */
const hasNoneUpToCr = (word: number): boolean => ((word - 0x0e0e0e0e) & ~word & 0x80808080) === 0
