import getDmarcRecord from "mailauth/lib/dmarc/get-dmarc-record.js"
import type { Finding } from "../../../shared/words/findings.ts"
import type { Resolve } from "../resolver.ts"
import { policyId } from "../sts-policy.ts"
import { askTexts, findingsOf, withoutRecords } from "./ask.ts"
import { tagsOf } from "./dkim.ts"

type Published = { name: string; value: string }

/** The domain's DMARC record, or the one that it has from the domain above (RFC 7489 6.6.3). */
export const checkDmarc = async (resolve: Resolve, domain: string, record: Published): Promise<Finding> => {
  const find = findingsOf("dmarc", record.name, record.value)
  const answer = await askTexts(resolve, record.name, /^v\s*=\s*DMARC1/i)
  if (answer.kind === "silence") return withoutRecords(find, answer)
  if (answer.kind === "nothing") return await inherited(resolve, domain, record)
  const found = answer.records.join("\n")
  if (answer.records.length > 1)
    return find("wrong", "several", { found, facts: { count: answer.records.length } })
  const policy = tagsOf(found).get("p")?.toLowerCase() ?? ""
  if (!["none", "quarantine", "reject"].includes(policy)) return find("wrong", "dmarc-broken", { found })
  return policy === "none" ? find("note", "dmarc-watching", { found }) : find("right", "right", { found })
}

const inherited = async (resolve: Resolve, domain: string, record: Published): Promise<Finding> => {
  const find = findingsOf("dmarc", record.name, record.value)
  try {
    const above = await getDmarcRecord(domain, resolve as never)
    if (!above) return find("missing", "missing")
    const facts = { domain: above.recordDomain, policy: above.sp ?? above.p ?? "none" }
    return find("right", "dmarc-inherited", { found: above.rr, facts })
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return find("unknown", "no-answer", { facts: { detail: code ?? message } })
  }
}

/** Whether it is announced that there is an MTA-STS policy, and that it is the one we serve (RFC 8461 3.1). */
export const checkSts = async (resolve: Resolve, record: Published, policy: string): Promise<Finding> => {
  const find = findingsOf("sts", record.name, record.value, true)
  const answer = await askTexts(resolve, record.name, /^v\s*=\s*STSv1/i)
  if (answer.kind !== "records") return withoutRecords(find, answer)
  const found = answer.records.join("\n")
  if (answer.records.length > 1)
    return find("wrong", "several", { found, facts: { count: answer.records.length } })
  const same = tagsOf(found).get("id") === policyId(policy)
  return same ? find("right", "right", { found }) : find("wrong", "sts-old-id", { found })
}

/** Reads the policy of a domain where senders look for it; rejects with why not, in a few words. */
export type ReadPolicy = (domain: string) => Promise<string>

/** Whether the policy can be read where senders look for it (RFC 8461 3.3). */
export const checkStsPolicy = async (
  readPolicy: ReadPolicy,
  domain: string,
  policy: string,
): Promise<Finding> => {
  const url = `https://mta-sts.${domain}/.well-known/mta-sts.txt`
  const find = findingsOf("sts-policy", url, policy.trim(), true)
  try {
    const found = await readPolicy(domain)
    const same = linesOf(found) === linesOf(policy)
    return find(same ? "right" : "wrong", same ? "right" : "sts-other", {
      found: found.trim().slice(0, 500),
      facts: same ? {} : { url },
    })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return find("wrong", "sts-unreadable", { facts: { url, detail, domain } })
  }
}

const linesOf = (text: string): string => text.trim().split(/\r?\n/).join("\n")

/** Whether there is a place for reports that TLS failed (RFC 8460 3); where, is the operator's choice. */
export const checkTlsReports = async (resolve: Resolve, record: Published): Promise<Finding> => {
  const find = findingsOf("tls-rpt", record.name, record.value, true)
  const answer = await askTexts(resolve, record.name, /^v\s*=\s*TLSRPTv1/i)
  if (answer.kind !== "records") return withoutRecords(find, answer)
  const found = answer.records.join("\n")
  return answer.records.length > 1
    ? find("wrong", "several", { found, facts: { count: answer.records.length } })
    : find("right", "right", { found })
}
