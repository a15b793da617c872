import { spf } from "mailauth/lib/spf/index.js"
import type { Finding } from "../../../shared/words/findings.ts"
import type { Resolve } from "../resolver.ts"
import { askTexts, findingsOf, withoutRecords } from "./ask.ts"

export interface SpfFacts {
  domain: string
  host: string
  /** What is to be published. */
  expected: string
  /** IP addresses that mail leaves from; empty: not known. */
  addresses: readonly string[]
  /** They are those of the smarthost's name, which may send from others. */
  guessed: boolean
}

/** An address of documentation (RFC 5737), where nobody sends from: whoever lets it, lets everybody. */
const NOBODY = "203.0.113.254"

/** Evaluates the domain's SPF (RFC 7208) for each address that mail leaves from. */
export const checkSpf = async (resolve: Resolve, facts: SpfFacts): Promise<Finding> => {
  const find = findingsOf("spf", facts.domain, facts.expected)
  const answer = await askTexts(resolve, facts.domain, /^v=spf1( |$)/i)
  if (answer.kind !== "records") return withoutRecords(find, answer)
  const found = answer.records.join("\n")
  if (answer.records.length > 1)
    return find("wrong", "several", { found, facts: { count: answer.records.length } })

  const judge = (ip: string) => evaluate(resolve, facts, ip)
  const anybody = await judge(NOBODY)
  if (anybody.result === "permerror")
    return find("wrong", "spf-broken", { found, facts: { detail: anybody.detail } })
  if (anybody.result === "pass") return find("wrong", "spf-anybody", { found })
  if (facts.addresses.length === 0)
    return anybody.result === "temperror"
      ? find("unknown", "no-answer", { found, facts: { detail: anybody.detail } })
      : find("note", "spf-unsure", { found })
  for (const address of facts.addresses) {
    const { result, detail } = await judge(address)
    if (result === "pass") continue
    if (result === "temperror") return find("unknown", "no-answer", { found, facts: { detail } })
    if (result === "permerror") return find("wrong", "spf-broken", { found, facts: { detail } })
    const says = { found, facts: { address, result } }
    return facts.guessed ? find("note", "spf-smarthost", says) : find("wrong", "spf-refuses", says)
  }
  return find("right", "right", { found })
}

const evaluate = async (
  resolve: Resolve,
  { domain, host }: SpfFacts,
  ip: string,
): Promise<{ result: string; detail: string }> => {
  const { status } = await spf({
    sender: `postmaster@${domain}`,
    ip,
    helo: host,
    mta: host,
    resolver: resolve as never,
    strict: true,
  })
  return { result: status.result, detail: status.comment ?? status.result }
}
