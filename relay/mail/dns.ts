import { isIP } from "node:net"
import type { Millis } from "../../shared/words/time.ts"
import { type DkimKeys, dkimRecord, publishedKeys } from "./dkim-keys.ts"
import { sendingGuard } from "./mx/private-targets.ts"
import { policyId } from "./sts-policy.ts"

/** What a record is for. */
export type RecordKind = "mx" | "spf" | "dkim" | "dmarc" | "sts" | "sts-host" | "tls-rpt" | "ptr"

/** One record that a mail admin publishes. */
export interface PublishedRecord {
  kind: RecordKind
  name: string
  type: "MX" | "TXT" | "CNAME" | "PTR"
  /** As one text; a zone file splits what is longer than 255 characters. */
  value: string
  /** What it is for, in a few words. */
  purpose: string
  /** Mail arrives and is trusted without it; it protects what is on its way in. */
  optional: boolean
}

/** What the records of a domain are made of. */
export interface RecordFacts {
  /** The relay's mail domain, or an account's own. */
  domain: string
  /** Under which mail servers reach the relay. */
  host: string
  /** Under which browsers do, if that is a name others can find. */
  webHost: string | null
  keys: DkimKeys
  now: Millis
  /** Host of the smarthost, if mail goes out through one: its servers are to be allowed too. */
  smarthost: string | null
  /** IP addresses that mail leaves from, as far as they were set. */
  addresses: readonly string[]
  /** The text of the MTA-STS policy that the relay serves. */
  policy: string
}

/** The mechanism that names a host or an address (RFC 7208 5). */
const spfTerm = (host: string): string => {
  const family = isIP(host)
  return family === 0 ? `a:${host}` : `ip${family}:${host}`
}

const isPublic = sendingGuard([])

/** A smarthost of our own network: others never see its address. */
const isInner = (host: string): boolean => (isIP(host) === 0 ? !host.includes(".") : !isPublic(host))

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
 * All that a mail domain has to publish: MX (RFC 5321 5.1), SPF (RFC 7208), every DKIM key (RFC 6376, RFC 8463)
 * and DMARC (RFC 7489); then what is better than not: MTA-STS (RFC 8461) and TLS-RPT (RFC 8460). What the relay
 * sends is signed and aligned, so DMARC may be strict from the start.
 */
export const dnsRecords = (facts: RecordFacts): PublishedRecord[] => {
  const { domain, host, smarthost, addresses } = facts
  const senders = [...(smarthost === null || isInner(smarthost) ? [] : [smarthost]), ...addresses].map(
    spfTerm,
  )
  const records: Omit<PublishedRecord, "optional">[] = [
    {
      kind: "mx",
      name: domain,
      type: "MX",
      value: `10 ${host}.`,
      purpose: "answers by mail come to the relay",
    },
    {
      kind: "spf",
      name: domain,
      type: "TXT",
      value: ["v=spf1 mx", ...senders, "-all"].join(" "),
      purpose: "SPF: who may send for the domain",
    },
    ...dkimRecords(facts.keys, domain, facts.now).map((record) => ({
      ...record,
      kind: "dkim" as const,
      purpose: "DKIM: the relay's signature",
    })),
    {
      kind: "dmarc",
      name: `_dmarc.${domain}`,
      type: "TXT",
      value: `v=DMARC1; p=quarantine; rua=mailto:postmaster@${domain}`,
      purpose: "DMARC: what to do with what is not signed",
    },
  ]
  return [
    ...records.map((record) => ({ ...record, optional: false })),
    ...transportRecords(facts),
    ...addresses.map((address) => ({
      kind: "ptr" as const,
      name: reverseName(address),
      type: "PTR" as const,
      value: `${host}.`,
      purpose: "PTR: set by whoever gave you the address",
      optional: false,
    })),
  ]
}

/** What makes other servers insist on TLS on their way to us, and tell us where that fails. */
const transportRecords = ({ domain, webHost, policy }: RecordFacts): PublishedRecord[] => {
  const records: Omit<PublishedRecord, "optional">[] = [
    {
      kind: "sts",
      name: `_mta-sts.${domain}`,
      type: "TXT",
      value: `v=STSv1; id=${policyId(policy)}`,
      purpose: "MTA-STS: there is a policy, and which",
    },
    {
      kind: "tls-rpt",
      name: `_smtp._tls.${domain}`,
      type: "TXT",
      value: `v=TLSRPTv1; rua=mailto:postmaster@${domain}`,
      purpose: "TLS-RPT: where servers tell that TLS failed",
    },
  ]
  if (webHost !== null)
    records.splice(1, 0, {
      kind: "sts-host",
      name: `mta-sts.${domain}`,
      type: "CNAME",
      value: `${webHost}.`,
      purpose: "MTA-STS: the relay serves the policy here, by HTTPS",
    })
  return records.map((record) => ({ ...record, optional: true }))
}

/** The name that a PTR record of an address has (RFC 1035 3.5, RFC 3596 2.5). */
export const reverseName = (address: string): string => {
  if (isIP(address) === 4) return `${address.split(".").reverse().join(".")}.in-addr.arpa`
  // The URL parser writes every IPv6 address in one form, its zeros run together at most once.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::")
  const groups = (part: string | undefined): string[] => (part ? part.split(":") : [])
  const [left, right] = [groups(head), groups(tail)]
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0")
  const digits = [...left, ...zeros, ...right].map((group) => group.padStart(4, "0")).join("")
  return `${[...digits].reverse().join(".")}.ip6.arpa`
}

/** Longest string in a TXT record (RFC 1035 3.3). */
const STRING = 255

const quoted = (value: string): string =>
  (value.match(new RegExp(`.{1,${STRING}}`, "g")) ?? [""]).map((part) => `"${part}"`).join(" ")

/** The records as lines of a zone file (RFC 1035 5.1), names absolute; those of other zones as comments. */
export const zoneFile = (records: readonly PublishedRecord[]): string =>
  records
    .map(({ name, type, value }) => {
      const line = `${name}. 3600 IN ${type} ${type === "TXT" ? quoted(value) : value}`
      return type === "PTR" ? `; in the zone of the address: ${line}` : line
    })
    .join("\n")
