import type { SMTPServerDataStream } from "smtp-server"
import { joinShared } from "../mail/shared-bytes.ts"
import { contentCheck } from "./content-check.ts"
import type { SmtpLimits } from "./limits.ts"
import { REPLIES, type Reply } from "./replies.ts"

/** Memory that unfinished mails of all sessions share; a mail that finds none left is put off, not cut. */
export const openMemory = (limit: number) => {
  let held = 0
  const hold = () => {
    let mine = 0
    const release = (): void => {
      held -= mine
      mine = 0
    }
    const add = (bytes: number): boolean => {
      if (held + bytes > limit) return false
      held += bytes
      mine += bytes
      return true
    }
    return { add, release }
  }
  return { hold, held: () => held }
}

export type Memory = ReturnType<typeof openMemory>
export type Hold = ReturnType<Memory["hold"]>

/**
 * `whole`: all bytes up to CRLF.CRLF, dots unstuffed. `refused`: it came to its end, and this is the answer.
 * `overrun`: far past the size limit and still coming; the connection is to be closed with that answer.
 * `gone`: the client left in the middle; nobody is there to answer.
 */
export type Arrival =
  | { kind: "whole"; raw: Buffer }
  | { kind: "refused"; reply: Reply }
  | { kind: "overrun"; reply: Reply }
  | { kind: "gone" }

/** Reads one mail. What is refused is read on to its end, as a client listens only then, but not kept. */
export const readMail = (
  stream: SMTPServerDataStream,
  limits: Pick<SmtpLimits, "mailBytes" | "overrunBytes">,
  hold: Hold,
): Promise<Arrival> =>
  new Promise((resolve) => {
    const check = contentCheck()
    let chunks: Buffer[] = []
    let bytes = 0
    let refused: Reply | null = null

    const refuse = (reply: Reply): void => {
      refused ??= reply
      chunks = []
      hold.release()
    }

    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limits.mailBytes + limits.overrunBytes) {
        refuse(REPLIES.tooLarge)
        resolve({ kind: "overrun", reply: REPLIES.tooLarge })
        return
      }
      if (refused) return
      check.add(chunk)
      const fault = check.fault()
      if (fault) refuse(fault)
      else if (bytes > limits.mailBytes) refuse(REPLIES.tooLarge)
      else if (!hold.add(chunk.length)) refuse(REPLIES.noRoomNow)
      else chunks.push(chunk)
    })
    stream.on("end", () => {
      resolve(refused ? { kind: "refused", reply: refused } : { kind: "whole", raw: joinShared(chunks) })
    })
    const gone = (): void => {
      resolve({ kind: "gone" })
    }
    // the library destroys the stream when the client leaves; "error" carries nothing but that
    stream.on("error", gone)
    stream.on("close", gone)
  })
