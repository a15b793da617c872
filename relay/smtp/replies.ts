import { Refusal } from "../../shared/words/refusals.ts"

/** An answer to a client: the code of RFC 5321, and the text, which begins with the code of RFC 3463. */
export interface Reply {
  code: number
  text: string
}

const reply = (code: number, text: string): Reply => ({ code, text })

/** Everything that a client can hear from our own guards. */
export const REPLIES = {
  stored: reply(250, "2.6.0 Stored"),

  sessionTooLong: reply(421, "4.4.2 This session has lasted long enough; please connect again"),
  dataTooLong: reply(421, "4.4.2 The mail took too long to arrive; please try again"),
  shuttingDown: reply(421, "4.3.2 Shutting down; please try again in a moment"),
  tooManySessions: reply(421, "4.3.2 Too many connections at the moment; please try again later"),
  tooManyFromClient: reply(421, "4.7.0 Too many connections from your address; please use fewer"),
  tooManyErrors: reply(421, "4.7.0 Too many errors; closing"),
  tooManyCommands: reply(421, "4.7.0 Too many commands without a mail; closing"),
  notHttp: reply(421, "4.7.0 This is a mail server, not a web server; closing"),

  vrfy: reply(252, "2.5.0 Addresses are not told here; RCPT TO says who takes mail"),
  expnOff: reply(502, "5.5.1 EXPN is not offered"),
  unknownParameter: reply(555, "5.5.4 A parameter of this command is not known here"),
  needsSmtpUtf8: reply(553, "5.6.7 An address beyond ASCII needs the SMTPUTF8 parameter"),

  sourceRoute: reply(553, "5.1.3 No source routes, please: write <name@domain>"),
  routedLocalPart: reply(553, "5.1.3 No % or ! in an address here: write <name@domain>"),
  relayingDenied: reply(550, "5.7.1 Relaying denied: this server takes mail for its own domains only"),
  noSuchRecipient: reply(550, "5.1.1 No such address here"),
  tooManyRecipients: reply(452, "4.5.3 Too many recipients; send the mail again to the others"),

  sessionsTooFast: reply(421, "4.7.0 Too many connections in a short time; please try again later"),
  mailsTooFast: reply(451, "4.7.1 Too many mails in a short time; please try again later"),
  recipientTooFast: reply(450, "4.2.1 This address gets mail too fast; please try again later"),

  tooLarge: reply(552, "5.3.4 The mail is larger than this server takes"),
  noRoomNow: reply(452, "4.3.1 Too many mails are arriving at the moment; please try again later"),
  bareLineEnd: reply(554, "5.6.11 The mail has a CR or LF that is not part of a CRLF (RFC 5321 2.3.8)"),
  nulByte: reply(554, "5.6.11 The mail has a NUL byte (RFC 5321 4.5.2)"),
  loop: reply(554, "5.4.6 The mail has passed through too many servers: a loop?"),

  comesBack: reply(554, "5.4.6 The mail goes in a circle: from here it would come here again"),

  storeFull: reply(452, "4.3.1 No room to store the mail; please try again later"),
  storeUnavailable: reply(451, "4.3.0 The mail cannot be stored at the moment; please try again later"),
  somethingWrong: reply(451, "4.3.0 Something went wrong here; please try again later"),
} as const satisfies Record<string, Reply>

/**
 * What a client hears when storing or looking up threw. Never 5xx and never 250 for what could not be
 * stored: only a recipient who does not exist (any more) is final.
 */
export const replyToError = (error: unknown): Reply => {
  if (!(error instanceof Refusal)) return REPLIES.somethingWrong
  switch (error.code) {
    case "store-full":
      return REPLIES.storeFull
    case "store-unavailable":
      return REPLIES.storeUnavailable
    case "too-many":
      return REPLIES.noRoomNow
    case "not-found":
      return REPLIES.noSuchRecipient
    default:
      return REPLIES.somethingWrong
  }
}
