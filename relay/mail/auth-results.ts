import { domainToASCII } from "node:url"
import type { AuthResult } from "./auth-result.ts"
import { fieldsOf, fieldValue, type RawField, withoutFields } from "./fields.ts"

/**
 * The value of our Authentication-Results field (RFC 8601 2.2), folded, without a line end behind it.
 * `domain` is our authserv-id.
 */
export const authResults = (auth: AuthResult, domain: string): string =>
  [
    domain,
    ...(auth.dkim.length === 0 ? ["dkim=none"] : auth.dkim.map(dkimLine)),
    `spf=${auth.spf.result}${property(`smtp.${auth.spf.identity}`, auth.spf.domain)}`,
    `dmarc=${auth.dmarc.result}${policyComment(auth)}${property("header.from", auth.dmarc.domain)}`,
    `arc=${auth.arc.result}`,
  ].join(";\r\n ")

const dkimLine = ({ result, domain, selector }: AuthResult["dkim"][number]): string =>
  `dkim=${result}${property("header.d", domain)}${property("header.s", selector)}`

const policyComment = ({ dmarc }: AuthResult): string => (dmarc.policy === null ? "" : ` (p=${dmarc.policy})`)

/** A property is left out where its value came as something that is no domain name: it is a stranger's text. */
const property = (name: string, value: string | null): string =>
  value !== null && /^[a-z0-9._-]{1,253}$/i.test(value) ? ` ${name}=${value}` : ""

/**
 * The mail without Authentication-Results that claim to be ours (RFC 8601 5): whoever reads the mail trusts these.
 * Names are compared without regard to case and in both forms of international ones.
 */
export const withoutForgedResults = (raw: Buffer, domain: string): Buffer => {
  const ours = asId(domain)
  const isForged = (field: RawField): boolean =>
    field.name === "authentication-results" && asId(serverId(fieldValue(raw, field))) === ours
  return withoutFields(raw, fieldsOf(raw, isForged))
}

/** Characters of a value in which its authserv-id is looked for; comments may stand before it. */
const MAX_VALUE = 4_000

/** The first word or quoted string behind comments (RFC 5322 3.2.2), and bytes read as UTF-8 (RFC 6532). */
const serverId = (value: string): string => {
  const text = Buffer.from(value.slice(0, MAX_VALUE), "latin1").toString()
  const start = skipComments(text)
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text.slice(start))?.[1]
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1")
  return /^[^\s;()"]*/.exec(text.slice(start))?.[0] ?? ""
}

const skipComments = (text: string): number => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ""
    if (character === "(") depth++
    else if (character === ")" && depth > 0) depth--
    else if (character === "\\" && depth > 0) at++
    else if (depth === 0 && !/\s/.test(character)) return at
  }
  return text.length
}

const asId = (name: string): string => {
  const plain = name.trim().toLowerCase().replace(/\.+$/, "")
  return domainToASCII(plain) || plain
}
