import type { SinkMail } from "./smtp-sink.ts"

/** The header of a mail, unfolded (RFC 5322 2.2.3). */
const header = ({ raw }: SinkMail): string => {
  const end = raw.indexOf("\r\n\r\n")
  return raw
    .subarray(0, end < 0 ? raw.length : end)
    .toString("utf8")
    .replace(/\r\n[ \t]+/g, " ")
}

/** Its Message-ID, with angle brackets. */
export const messageIdOf = (mail: SinkMail): string =>
  /^Message-ID: (.*)$/im.exec(header(mail))?.[1]?.trim() ?? ""

/** The local part that answers go to, `r-<token>`; "" for mails that take no answer. */
export const replyPartOf = (mail: SinkMail): string =>
  /^(?:Reply-To|From): [^\n]*\b(r-[a-z2-7]+)@/im.exec(header(mail))?.[1] ?? ""
