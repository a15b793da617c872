import type { SmtpReply } from "./replies.ts"

/** How far a mail had come when it ended; `dot`: after its last byte, when the server may have it. */
export type SmtpStage = "connect" | "greeting" | "hello" | "tls" | "auth" | "mail" | "rcpt" | "data" | "dot"

/** Why a connection was not made, or a mail not taken. `reply` is what the server said; null: no answer came. */
export class SmtpFault extends Error {
  readonly stage: SmtpStage
  readonly reply: SmtpReply | null

  constructor(stage: SmtpStage, reply: SmtpReply | null, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = "SmtpFault"
    this.stage = stage
    this.reply = reply
  }
}

/** The server said no. */
export const refusedAt = (stage: SmtpStage, reply: SmtpReply): SmtpFault =>
  new SmtpFault(stage, reply, `the server refused at ${stage.toUpperCase()}: ${reply.text}`)
