import { MailParser } from "mailparser"
import { stripQuote } from "./quotes.ts"
import { replyTextOfHtml } from "./reply-html.ts"

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
}

/** `fault` says why it could not be read. */
export type ParseAnswer = ({ id: number } & ReadBody) | { id: number; fault: string }

const textOf = (raw: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const parser = new MailParser({
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      keepDeliveryStatus: true,
    })
    let text = ""
    let html = ""
    parser.on("data", (part) => {
      if (part.type === "text") {
        text = typeof part.text === "string" ? part.text : ""
        html = typeof part.html === "string" ? part.html : ""
      } else {
        // attachments stay in the original; here they are only read past
        part.content.on("end", () => part.release())
        part.content.resume()
      }
    })
    parser.on("error", reject)
    parser.on("end", () => resolve(text.trim() === "" && html !== "" ? replyTextOfHtml(html) : text))
    parser.end(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
  })

process.on("message", ({ id, raw }: ParseJob) => {
  const answer = (content: ParseAnswer): void => {
    process.send?.(content)
  }
  textOf(raw)
    .then((text) => answer({ id, text: stripQuote(text), whole: text.trim() }))
    .catch((error: unknown) => answer({ id, fault: error instanceof Error ? error.message : String(error) }))
})
// the relay is no more, or has no work
process.on("disconnect", () => process.exit())
