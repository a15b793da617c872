import type { Finding } from "../../../shared/words/findings.ts"
import { sendingGuard } from "../mx/private-targets.ts"
import type { Resolve } from "../resolver.ts"
import { ask, askAddresses, findingsOf, withoutRecords } from "./ask.ts"

/** Whether mail for a domain comes to our host (RFC 5321 5.1, RFC 7505). */
export const checkMx = async (resolve: Resolve, domain: string, host: string): Promise<Finding> => {
  const find = findingsOf("mx", domain, `10 ${host}.`)
  const answer = await ask(resolve, domain, "MX")
  if (answer.kind !== "records") {
    // Without an MX the domain's own address is where mail goes (RFC 5321 5.1).
    if (answer.kind === "nothing" && domain === host) {
      const own = await askAddresses(resolve, host)
      if (own.kind === "records") return find("right", "right", { found: own.records.join(", ") })
    }
    return withoutRecords(find, answer)
  }
  const records = [...answer.records].sort((a, b) => a.priority - b.priority)
  const found = records.map(({ priority, exchange }) => `${priority} ${exchange}.`).join(", ")
  if (records.every(({ exchange }) => exchange === "")) return find("wrong", "mx-null", { found: "0 ." })
  const names = records.map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ""))
  const others = names.filter((name) => name !== host)
  const facts = { host, found: others.join(", ") }
  if (others.length === names.length) return find("wrong", "mx-elsewhere", { found, facts })
  return others.length > 0 ? find("note", "mx-also", { found, facts }) : find("right", "right", { found })
}

/** Whether our host's name leads to an address that others can reach (RFC 2181 10.3: not by an alias). */
export const checkHost = async (resolve: Resolve, host: string): Promise<Finding> => {
  const find = findingsOf("host", host, null)
  const alias = await ask(resolve, host, "CNAME")
  if (alias.kind === "records")
    return find("wrong", "host-alias", { found: alias.records.join(", "), facts: { host } })
  const answer = await askAddresses(resolve, host)
  if (answer.kind === "nothing") return find("missing", "host-unknown", { facts: { host } })
  if (answer.kind === "silence") return withoutRecords(find, answer)
  const found = answer.records.join(", ")
  const inner = answer.records.filter(isPrivate)
  if (inner.length === answer.records.length)
    return find("note", "host-private", { found, facts: { host, address: inner.join(", ") } })
  return find("right", "right", { found })
}

const isPublic = sendingGuard([])

/** An address that nobody outside of this network can reach, or that is nobody's. */
export const isPrivate = (address: string): boolean => !isPublic(address)
