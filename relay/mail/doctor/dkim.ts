import type { Finding } from "../../../shared/words/findings.ts"
import type { Resolve } from "../resolver.ts"
import { askTexts, findingsOf, withoutRecords } from "./ask.ts"

/** Whether the key that is published under a selector is ours (RFC 6376 3.6.1, RFC 8463). */
export const checkDkim = async (
  resolve: Resolve,
  record: { name: string; value: string },
): Promise<Finding> => {
  const find = findingsOf("dkim", record.name, record.value)
  // `v=` may be left out; whatever stands there is taken for a key by those who verify.
  const answer = await askTexts(resolve, record.name, /(^|;)\s*(v\s*=\s*DKIM1|p\s*=)/i)
  if (answer.kind !== "records") return withoutRecords(find, answer)
  const found = answer.records.join("\n")
  if (answer.records.length > 1)
    return find("wrong", "several", { found, facts: { count: answer.records.length } })
  const there = tagsOf(found)
  const ours = tagsOf(record.value)
  if (there.get("p") === "") return find("wrong", "dkim-revoked", { found })
  const same = there.get("p") === ours.get("p") && (there.get("k") ?? "rsa") === ours.get("k")
  return same ? find("right", "right", { found }) : find("wrong", "dkim-other", { found })
}

/** Tags of a tag list (RFC 6376 3.2); whitespace within a value means nothing in the ones we look at. */
export const tagsOf = (text: string): Map<string, string> =>
  new Map(
    text.split(";").flatMap((part): [string, string][] => {
      const equals = part.indexOf("=")
      if (equals < 0) return []
      return [[part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).replace(/\s+/g, "")]]
    }),
  )
