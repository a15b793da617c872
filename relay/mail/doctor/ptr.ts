import type { Finding } from "../../../shared/words/findings.ts"
import { reverseName } from "../dns.ts"
import type { Resolve } from "../resolver.ts"
import { ask, askAddresses, findingsOf, withoutRecords } from "./ask.ts"
import { isPrivate } from "./mx.ts"

/**
 * Whether an address has a name (PTR) that leads back to it, and whether that is the one in our EHLO: many servers
 * take nothing from addresses where it is not so.
 */
export const checkPtr = async (resolve: Resolve, address: string, host: string): Promise<Finding> => {
  const find = findingsOf("ptr", address, `${host}.`)
  if (isPrivate(address)) return find("note", "ptr-private", { facts: { address } })
  const answer = await ask(resolve, reverseName(address), "PTR")
  if (answer.kind === "nothing") return find("missing", "ptr-missing", { facts: { address, host } })
  if (answer.kind === "silence") return withoutRecords(find, answer)
  const names = answer.records.map((name) => name.toLowerCase().replace(/\.$/, ""))
  const found = names.join(", ")
  const confirmed: string[] = []
  for (const name of names.slice(0, 5)) {
    const back = await askAddresses(resolve, name)
    if (back.kind === "silence") return withoutRecords(find, back)
    if (back.kind === "records" && back.records.some((one) => reverseName(one) === reverseName(address)))
      confirmed.push(name)
  }
  const facts = { address, host, name: confirmed[0] ?? found }
  if (confirmed.length === 0) return find("wrong", "ptr-unconfirmed", { found, facts })
  return confirmed.includes(host)
    ? find("right", "right", { found })
    : find("note", "ptr-other-name", { found, facts })
}
