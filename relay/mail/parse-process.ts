import { MailParser } from "mailparser"
import { safeName, safeType } from "./attachment-name.ts"
import type { ParsedAttachment } from "./parsed-reply.ts"
import { stripQuote } from "./quotes.ts"
import { replyTextOfHtml, textOfHtml } from "./reply-html.ts"

/**
 * The process that reads mails' bodies: whatever is in them, only this process can run out of time or
 * memory, and relay/mail/parse.ts puts a new one in its place. One mail at a time.
 * Not a thread: a thread that reaches its heap limit in one large step (20 MB of ">" lines did it) ends the
 * whole process with it, whatever its `resourceLimits` say.
 */
export interface ParseJob {
  id: number
  raw: Uint8Array
}

/** The body as text, and what of it the person wrote; "" if there is none. */
export interface ReadBody {
  text: string
  whole: string
  attachments: ParsedAttachment[]
  /** How many it has, those among them that were not read. */
  attachmentCount: number
}

/** Attachments that are read of one mail; the others are in the original. */
const MAX_ATTACHMENTS = 50

/** `fault` says why it could not be read. */
export type ParseAnswer = { ready: true } | ({ id: number } & ReadBody) | { id: number; fault: string }

const bodyOf = (raw: Uint8Array): Promise<ReadBody> =>
  new Promise((resolve, reject) => {
    const parser = new MailParser({
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      keepDeliveryStatus: true,
    })
    let text = ""
    let html = ""
    let count = 0
    let room = raw.byteLength
    const attachments: ParsedAttachment[] = []
    parser.on("data", (part) => {
      if (part.type === "text") {
        text = typeof part.text === "string" ? part.text : ""
        html = typeof part.html === "string" ? part.html : ""
      } else {
        count += 1
        const n = count
        const chunks: Buffer[] = []
        part.content.on("data", (chunk: Buffer) => {
          room -= chunk.length
          if (n <= MAX_ATTACHMENTS && room >= 0) chunks.push(chunk)
        })
        part.content.on("end", () => {
          if (n <= MAX_ATTACHMENTS && room >= 0)
            attachments.push(attachmentOf(part, n, Buffer.concat(chunks)))
          part.release()
        })
      }
    })
    parser.on("error", reject)
    parser.on("end", () => {
      const fromHtml = text.trim() === "" && html !== ""
      resolve({
        text: stripQuote(fromHtml ? replyTextOfHtml(html) : text),
        whole: (fromHtml ? textOfHtml(html) : text).trim(),
        attachments,
        attachmentCount: count,
      })
    })
    parser.end(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
  })

const attachmentOf = (
  part: { filename?: string | false; contentType?: string },
  n: number,
  bytes: Buffer,
): ParsedAttachment => {
  const type = safeType(part.contentType ?? "")
  return { name: safeName(part.filename || null, type, n), type, bytes }
}

process.on("message", ({ id, raw }: ParseJob) => {
  const answer = (content: ParseAnswer): void => {
    process.send?.(content)
  }
  bodyOf(raw)
    .then((body) => answer({ id, ...body }))
    .catch((error: unknown) => answer({ id, fault: error instanceof Error ? error.message : String(error) }))
})
process.send?.({ ready: true } satisfies ParseAnswer)
// the relay is no more, or has no work
process.on("disconnect", () => process.exit())
