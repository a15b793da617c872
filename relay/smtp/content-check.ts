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
    for (let at = 0; at < chunk.length; at += 1) {
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
