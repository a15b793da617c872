import { MINUTE, type Millis } from "../../../shared/words/time.ts"
import type { NotSent } from "../send-result.ts"
import type { MailHost } from "./find-hosts.ts"

type FindHosts = (domain: string) => Promise<MailHost[] | NotSent>

/** How long the hosts of a domain are known without asking again. */
const HOLD: Millis = MINUTE

/** Domains that are remembered; those asked longest ago go first. */
const MOST_DOMAINS = 10_000

/** Keeps what was found for a while, answers alike for all who ask meanwhile; failures are asked for again. */
export const rememberHosts = (find: FindHosts, now: () => Millis): FindHosts => {
  const known = new Map<string, { at: Millis; hosts: ReturnType<FindHosts> }>()
  return async (domain) => {
    const old = known.get(domain)
    if (old && now() - old.at < HOLD) return await old.hosts
    const hosts = find(domain)
    known.delete(domain)
    known.set(domain, { at: now(), hosts })
    if (known.size > MOST_DOMAINS) known.delete(known.keys().next().value as string)
    const found = await hosts
    if (!Array.isArray(found) && known.get(domain)?.hosts === hosts) known.delete(domain)
    return found
  }
}
