import { domainToASCII } from "node:url"
import { REPLIES, type Reply } from "./replies.ts"

/**
 * Guards before a mail's data: pure functions that answer what a client hears, or null to go on. The
 * three `judge…` functions are the table of contents. Guards of the data itself are in content-check.ts.
 */

/** A command line as it came, without its line end. Judged before the library acts on it. */
export const judgeCommand = (line: string): Reply | null => refuseHttp(line) ?? refuseSourceRoute(line)

/** An address with its ESMTP parameters, as the library parsed them. */
export interface GivenAddress {
  address: string
  args: Record<string, string | true> | false
}

/** MAIL FROM. */
export const judgeSender = (sender: GivenAddress): Reply | null =>
  refuseUnknownParameters(sender.args, MAIL_PARAMETERS) ?? refuseUnannouncedUtf8(sender)

/** RCPT TO, before anybody is asked whether the recipient exists. */
export const judgeRecipient = (recipient: GivenAddress): Reply | null =>
  refuseUnknownParameters(recipient.args, RCPT_PARAMETERS) ?? refuseRoutedLocalPart(recipient.address)

/** Parameters of the extensions we announce: SIZE, 8BITMIME, SMTPUTF8. None belongs to RCPT TO. */
const MAIL_PARAMETERS = ["SIZE", "BODY", "SMTPUTF8"]
const RCPT_PARAMETERS: string[] = []

/** RFC 5321 4.1.1.11. */
const refuseUnknownParameters = (args: GivenAddress["args"], known: string[]): Reply | null =>
  Object.keys(args || {}).every((name) => known.includes(name)) ? null : REPLIES.unknownParameter

/** A web page that makes a browser speak to our port, or a scanner (the library knows some of these only). */
const refuseHttp = (line: string): Reply | null =>
  /^(?:[A-Z]{3,10} \S+ HTTP\/\d|(?:Host|User-Agent|Content-Length|Connection|Accept): )/i.test(line)
    ? REPLIES.notHttp
    : null

/** `<@a,@b:c@d>`: RFC 5321 4.1.1.3 lets a server decline them; nobody honest has sent one for decades. */
const refuseSourceRoute = (line: string): Reply | null =>
  /^(?:MAIL FROM|RCPT TO)\s*:\s*<@[^>]*:/i.test(line) ? REPLIES.sourceRoute : null

/** `user%far@D`, `far!user@D`: routing in the local part, by which open relays were found. */
const refuseRoutedLocalPart = (address: string): Reply | null =>
  /[%!]|@.*@/.test(localPartOf(address)) ? REPLIES.routedLocalPart : null

/** RFC 6531 3.4: such an address in ASCII times would reach programs that cannot read it. */
const refuseUnannouncedUtf8 = ({ address, args }: GivenAddress): Reply | null =>
  // of the domain nothing is said here: the library has turned its xn-- form into Unicode
  isAscii(localPartOf(address)) || (args !== false && args.SMTPUTF8 === true) ? null : REPLIES.needsSmtpUtf8

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text)

/** `<postmaster>` without a domain is always accepted (RFC 5321 4.5.1). */
export const isBarePostmaster = (address: string): boolean => address.toLowerCase() === "postmaster"

export const localPartOf = (address: string): string => {
  const at = address.lastIndexOf("@")
  return at < 0 ? address : address.slice(0, at)
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1)

/** Whether two domains are the same one, whichever form (Unicode or xn--) and case each is in. */
export const sameDomain = (one: string, other: string): boolean => {
  if (one === other && /^[a-z0-9.-]+$/.test(one)) return true
  const ascii = domainToASCII(one)
  return ascii !== "" && ascii === domainToASCII(other)
}
