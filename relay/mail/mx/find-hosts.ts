import { isIP } from "node:net"
import { type DnsAnswers, isNothing, type Resolve } from "../resolver.ts"
import { type NotSent, notReached } from "../send-result.ts"

/** A name that takes mail for a domain. */
export interface MailHost {
  name: string
  /** Lower is tried first. */
  preference: number
}

export interface FindingHosts {
  resolve: Resolve
  /** Our own name: mail is never handed to ourselves, nor to those behind us (RFC 5321 5.1). */
  self: string
  /** From 0 to below 1; Math.random if left out. */
  random?: () => number
}

/** Hosts that are looked at for one mail. */
const MOST_HOSTS = 10

/**
 * The hosts of a domain in the order in which they are tried: MX by preference, equals at random; without MX the
 * domain itself (RFC 5321 5.1). No such domain, or one that takes no mail (null MX, RFC 7505), is final; a
 * DNS that does not answer is not.
 */
export const findHosts = async (
  domain: string,
  { resolve, self, random = Math.random }: FindingHosts,
): Promise<MailHost[] | NotSent> => {
  let records: DnsAnswers["MX"]
  try {
    records = await resolve(domain, "MX")
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === "ENOTFOUND") return wrong(`5.1.2 there is no domain ${domain} (NXDOMAIN)`)
    if (isNothing(error)) return [{ name: domain, preference: 0 }]
    return notReached(`the DNS did not say who takes mail for ${domain} (MX: ${code ?? String(error)})`)
  }
  if (records.length === 1 && isRoot(records[0]!.exchange)) {
    return wrong(`5.1.10 ${domain} says that it takes no mail (null MX)`)
  }
  const all = records
    .map(({ exchange, priority }) => ({ name: plainName(exchange), preference: priority }))
    .filter(({ name }) => HOST_NAME.test(name) && isIP(name) === 0)
  if (all.length === 0) return wrong(`5.1.2 the MX records of ${domain} name no host`)
  const ours = all.find(({ name }) => name === self.toLowerCase())
  const ahead = ours ? all.filter(({ preference }) => preference < ours.preference) : all
  if (ahead.length === 0) {
    return {
      kind: "failed",
      outcome: "policy",
      server: null,
      answer: `5.4.6 the best MX of ${domain} is this relay itself, which does not know the address: a loop`,
    }
  }
  return ahead
    .map((host) => ({ host, lot: random() }))
    .sort((a, b) => a.host.preference - b.host.preference || a.lot - b.lot)
    .map(({ host }) => host)
    .slice(0, MOST_HOSTS)
}

/** Whatever else a record may say is no name to connect to, nor to show. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/

const isRoot = (exchange: string): boolean => exchange === "" || exchange === "."

const plainName = (exchange: string): string => exchange.replace(/\.$/, "").toLowerCase()

const wrong = (answer: string): NotSent => ({
  kind: "failed",
  outcome: "address-wrong",
  server: null,
  answer,
})

/** Where a host is reached, or why it is not. `gone`: the DNS has nothing, or nothing we may send to. */
export type Addresses = { addresses: string[] } | { none: string; gone: boolean }

/** Addresses of one kind that are tried for one host. */
const MOST_OF_A_KIND = 2

/**
 * Addresses of a host, IPv4 first: whoever takes mail from everybody has it, and big receivers refuse IPv6 from
 * an address without PTR for good (5.7.25). Those of private networks are left out (`maySend`).
 */
export const findAddresses = async (
  host: string,
  resolve: Resolve,
  maySend: (address: string) => boolean,
): Promise<Addresses> => {
  const [four, six] = await Promise.all([ask(resolve, host, "A"), ask(resolve, host, "AAAA")])
  const found = [...four.addresses.filter(maySend).slice(0, MOST_OF_A_KIND)]
  found.push(...six.addresses.filter(maySend).slice(0, MOST_OF_A_KIND))
  if (found.length > 0) return { addresses: found }
  const failed = four.failed ?? six.failed
  if (failed) return { none: `the DNS did not tell the addresses of ${host} (${failed})`, gone: false }
  const unfit = [...four.addresses, ...six.addresses][0]
  return unfit === undefined
    ? { none: `${host} has no address`, gone: true }
    : { none: `${host} is ${unfit}, an address of a private network that mail is not sent to`, gone: true }
}

const ask = async (
  resolve: Resolve,
  host: string,
  type: "A" | "AAAA",
): Promise<{ addresses: string[]; failed: string | null }> => {
  try {
    return { addresses: await resolve(host, type), failed: null }
  } catch (error) {
    if (isNothing(error)) return { addresses: [], failed: null }
    return { addresses: [], failed: `${type}: ${(error as { code?: string }).code ?? String(error)}` }
  }
}
