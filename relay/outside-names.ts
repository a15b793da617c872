import { readFile } from "node:fs/promises"
import { findAddresses } from "./mail/mx/find-hosts.ts"
import { openResolver } from "./mail/resolver.ts"

/** The addresses of a name; none where there is no such name. Rejects where nobody answers. */
export type ResolveName = (host: string) => Promise<string[]>

/**
 * Names as this machine's list of hosts and the DNS have them. Not by the system's own way (getaddrinfo): it takes
 * one of four threads that files and passwords need as well, so four names that nobody answers would hold up all else.
 * `servers`: as for `openResolver`.
 */
export const openNames = (servers: readonly string[] | null, hosts = "/etc/hosts"): ResolveName => {
  const resolve = openResolver(servers)
  return async (host) => {
    const own = namedIn(await readFile(hosts, "utf8").catch(() => ""), host)
    if (own.length > 0) return own
    const where = await findAddresses(host, resolve, () => true)
    if ("addresses" in where) return where.addresses
    if (where.gone) return []
    throw new Error(where.none)
  }
}

/** Addresses of a host in lines such as `127.0.0.1 localhost other # comment` (hosts(5)). */
const namedIn = (list: string, host: string): string[] => {
  const wanted = host.toLowerCase().replace(/\.$/, "")
  const lines = list.split("\n").map((line) => line.replace(/#.*/, "").trim().toLowerCase().split(/\s+/))
  const found = lines.filter(([, ...names]) => names.includes(wanted)).map(([address = ""]) => address)
  return [...new Set(found)]
}
