import { isIP } from "node:net"
import { domainToASCII } from "node:url"
import type { DeliveryResult } from "../../shared/words/outcomes.ts"

/** From whom to whom one mail goes. `from` "" is the null sender of reports (RFC 5321 4.5.5). */
export interface Envelope {
  from: string
  to: string
}

/** An envelope as it goes over the wire: nothing in it can be a command, and domains are in ASCII. */
export interface WireEnvelope extends Envelope {
  /** Domain of the recipient in A-labels, lower case. */
  domain: string
  /** One of the local parts is not ASCII: the next hop has to know SMTPUTF8 (RFC 6531). */
  utf8: boolean
}

/**
 * Only what is plainly an address may become part of MAIL and RCPT: a CR or LF in one would be a command
 * of its own. A dot-string of RFC 5321 4.1.2 or, beyond ASCII, of RFC 6531 3.3: no quotes, spaces, controls.
 */
const LOCAL = /^(?:[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]|[^\p{ASCII}\p{C}\p{Z}])+$/u
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*$/

/** No domain ends in digits alone (RFC 3696 2); addresses of machines do, in all the ways they can be written. */
const NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/

/**
 * Makes an envelope ready: `user@bücher.example` goes to `user@xn--bcher-kva.example` (RFC 5890). What is no
 * address, or names a machine instead of a domain (`user@[127.0.0.1]`), is refused.
 */
export const readyEnvelope = (envelope: Envelope): WireEnvelope | { refused: DeliveryResult } => {
  const to = readAddress(envelope.to)
  if ("wrong" in to) return { refused: wrongAddress(to.wrong) }
  const from = envelope.from === "" ? null : readAddress(envelope.from)
  if (from !== null && "wrong" in from) return { refused: wrongAddress(from.wrong) }
  return {
    from: from === null ? "" : `${from.local}@${from.domain}`,
    to: `${to.local}@${to.domain}`,
    domain: to.domain,
    utf8: !isAscii(to.local) || !isAscii(from?.local ?? ""),
  }
}

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text)

const readAddress = (address: string): { local: string; domain: string } | { wrong: string } => {
  const at = address.lastIndexOf("@")
  const local = address.slice(0, Math.max(at, 0))
  const said = address.slice(at + 1).replace(/\.$/, "")
  const shown = JSON.stringify(address.slice(0, 254))
  if (!LOCAL.test(local) || Buffer.byteLength(local) > 64) {
    return { wrong: `not an address a mail can be sent to: ${shown}` }
  }
  // also written in the digits of other scripts, which become these
  const domain = isAscii(said) ? said.toLowerCase() : domainToASCII(said)
  if (said.startsWith("[") || isIP(said) !== 0 || NUMBER.test(domain)) {
    return { wrong: `mail goes to domains, not to the number of a machine: ${shown}` }
  }
  return DOMAIN.test(domain) ? { local, domain } : { wrong: `not an address a mail can be sent to: ${shown}` }
}

const wrongAddress = (answer: string): DeliveryResult => ({
  kind: "failed",
  outcome: "address-wrong",
  server: null,
  answer,
})
