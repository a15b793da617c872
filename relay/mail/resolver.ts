import { promises as dns } from "node:dns"
import { type Millis, SECOND } from "../../shared/words/time.ts"

/** Record types that mail asks for, with the shapes of `node:dns`. */
export interface DnsAnswers {
  A: string[]
  AAAA: string[]
  CNAME: string[]
  MX: { exchange: string; priority: number }[]
  PTR: string[]
  TXT: string[][]
}

export type DnsType = keyof DnsAnswers

/**
 * Asks the DNS. Rejects with the codes of `node:dns`: `ENOTFOUND` (no such name) and `ENODATA` (no such record)
 * are answers; everything else (`ESERVFAIL`, `ETIMEOUT`…) is that there is none for now.
 */
export type Resolve = <T extends DnsType>(name: string, type: T) => Promise<DnsAnswers[T]>

/** Codes that say there is nothing, not that nobody answered. */
export const isNothing = (error: unknown): boolean =>
  ["ENOTFOUND", "ENODATA"].includes((error as { code?: string }).code ?? "")

/** One question may take so long, all its tries together being about twice that. */
const TIMEOUT: Millis = 3 * SECOND

/** `servers`: `address` or `address:port`; null: those of the machine. */
export const openResolver = (servers: readonly string[] | null, timeout: Millis = TIMEOUT): Resolve => {
  const resolver = new dns.Resolver({ timeout, tries: 2 })
  if (servers !== null) resolver.setServers(servers)
  return async (name, type) => {
    const found = (await resolver.resolve(name, type)) as unknown[]
    // an alias that leads nowhere comes back as an empty list
    if (found.length === 0)
      throw Object.assign(new Error(`query${type} ENODATA ${name}`), { code: "ENODATA" })
    return found as never
  }
}
