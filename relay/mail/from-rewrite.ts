import type { AuthResult } from "./auth-result.ts"
import { decodeWords } from "./encoded-words.ts"
import { fieldsOf, fieldValue } from "./fields.ts"

/**
 * Whether a mail, sent on under our envelope, would be refused or put aside by whoever looks at DMARC: only SPF
 * vouched for its From, and SPF ends with us; and the From's domain asks for more than nothing (RFC 7960 4.1.1).
 */
export const needsRewrite = (auth: AuthResult | null): boolean =>
  auth !== null &&
  auth.dmarc.result === "pass" &&
  auth.dmarc.policy !== "none" &&
  !auth.dkim.some(({ result, aligned }) => result === "pass" && aligned)

/**
 * The mail with `"<Name> via <domain>" <address>` in place of its From, and what From said as Reply-To unless it has
 * one. Everything else is byte for byte the same; a mail without one From stays as it is.
 */
export const rewriteFrom = (raw: Buffer, address: string, domain: string): Buffer => {
  const fields = fieldsOf(raw, ({ name }) => name === "from" || name === "reply-to")
  const froms = fields.filter(({ name }) => name === "from")
  const [from] = froms
  if (from === undefined || froms.length > 1) return raw
  const original = raw.subarray(from.start, from.end)
  const value = original.subarray(original.indexOf(":") + 1)
  const hasReplyTo = fields.some(({ name }) => name === "reply-to")
  return Buffer.concat([
    raw.subarray(0, from.start),
    Buffer.from(`From: ${phrase(`${nameOf(fieldValue(raw, from))} via ${domain}`)}\r\n <${address}>\r\n`),
    ...(hasReplyTo ? [] : [Buffer.from("Reply-To:"), value]),
    raw.subarray(from.end),
  ])
}

/** Characters of a name that are kept: a screen shows some 40. */
const MAX_NAME = 100

/**
 * How the person is called: their name, else the part of their address before the @. A name with an @ in it is cut
 * there, as an address beside another address is what filters take for a forgery.
 */
const nameOf = (value: string): string => {
  const text = Buffer.from(value.slice(0, 2_000), "latin1").toString()
  const [, quoted, plain] = /^(?:"((?:[^"\\]|\\.)*)"|([^"<]*))\s*</.exec(text) ?? []
  const name = decodeWords(quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "", MAX_NAME)
  return name.split("@", 1)[0]?.trim() || /([^\s<>"@]+)@/.exec(text)?.[1]?.slice(0, MAX_NAME) || "somebody"
}

/** A display name (RFC 5322 3.2.5), in encoded words where it is not ASCII (RFC 2047 5). */
const phrase = (name: string): string =>
  /^[\x20-\x7e]*$/.test(name) ? `"${name.replaceAll(/["\\]/g, "\\$&")}"` : encodedWords(name)

/** Words of at most 75 characters (RFC 2047 2), none of which cuts a character in two. */
const encodedWords = (text: string): string => {
  const words: string[] = []
  for (const character of text) {
    const last = words.at(-1)
    if (last !== undefined && Buffer.byteLength(last + character) <= 45) words[words.length - 1] += character
    else words.push(character)
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ")
}
