import { isIP } from "node:net"
import type { Millis } from "../../shared/words/time.ts"
import { type DkimKeys, dkimRecord, publishedKeys } from "./dkim-keys.ts"

/** One record that a mail admin publishes. */
export interface PublishedRecord {
  name: string
  type: "MX" | "TXT"
  /** As one text; a zone file splits what is longer than 255 characters. */
  value: string
  /** What it is for, in a few words. */
  purpose: string
}

/** The name under which servers reach the relay: that of its public address, or the mail domain itself. */
export const mailHost = (publicUrl: string, mailDomain: string): string => {
  const { hostname } = new URL(publicUrl)
  const named = hostname.includes(".") && isIP(hostname) === 0
  return named ? hostname : mailDomain
}

/** The mechanism that names a host or an address (RFC 7208 5). */
const spfTerm = (host: string): string => {
  const family = isIP(host)
  return family === 0 ? `a:${host}` : `ip${family}:${host}`
}

/** The record of each key that has to be found now, at a domain that signs with them. */
export const dkimRecords = (
  keys: DkimKeys,
  domain: string,
  now: Millis,
): { name: string; type: "TXT"; value: string }[] =>
  publishedKeys(keys, now).map((key) => ({
    name: `${key.selector}._domainkey.${domain}`,
    type: "TXT",
    value: dkimRecord(key),
  }))

/**
 * All that the relay's mail domain has to publish: MX (RFC 5321 5.1), SPF (RFC 7208), both DKIM keys
 * (RFC 6376, RFC 8463) and DMARC (RFC 7489). What the relay sends is signed and aligned, so DMARC may be
 * strict from the start.
 */
export const dnsRecords = (given: {
  mailDomain: string
  publicUrl: string
  keys: DkimKeys
  now: Millis
  /** Host of the smarthost, if mail goes out through one: its servers are to be allowed too. */
  smarthost: string | null
}): PublishedRecord[] => {
  const { mailDomain, smarthost } = given
  const host = mailHost(given.publicUrl, mailDomain)
  const senders = smarthost === null ? "mx" : `mx ${spfTerm(smarthost)}`
  return [
    { name: mailDomain, type: "MX", value: `10 ${host}.`, purpose: "answers by mail come to the relay" },
    {
      name: mailDomain,
      type: "TXT",
      value: `v=spf1 ${senders} -all`,
      purpose: "SPF: who may send for the domain",
    },
    ...dkimRecords(given.keys, mailDomain, given.now).map((record) => ({
      ...record,
      purpose: "DKIM: the relay's signature",
    })),
    {
      name: `_dmarc.${mailDomain}`,
      type: "TXT",
      value: `v=DMARC1; p=quarantine; rua=mailto:postmaster@${mailDomain}`,
      purpose: "DMARC: what to do with what is not signed",
    },
  ]
}

/** Longest string in a TXT record (RFC 1035 3.3). */
const STRING = 255

const quoted = (value: string): string =>
  (value.match(new RegExp(`.{1,${STRING}}`, "g")) ?? [""]).map((part) => `"${part}"`).join(" ")

/** The records as lines of a zone file (RFC 1035 5.1), names absolute. */
export const zoneFile = (records: readonly PublishedRecord[]): string =>
  records
    .map(({ name, type, value }) => `${name}. 3600 IN ${type} ${type === "TXT" ? quoted(value) : value}`)
    .join("\n")
