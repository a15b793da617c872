import { MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"
import type { Resolve } from "../resolver.ts"
import { findAddresses } from "./find-hosts.ts"
import type { MaySend } from "./private-targets.ts"
import { fetchPolicy } from "./sts-fetch.ts"

/** What a domain demands of those who send to it (RFC 8461). */
export interface StsPolicy {
  /** `testing`: only told, not enforced. A policy of mode `none` is none. */
  mode: "enforce" | "testing"
  /** Whether this host may take mail for the domain. */
  allows(host: string): boolean
}

export interface FindingPolicies {
  resolve: Resolve
  now: () => Millis
  /** Policy hosts of private networks are not asked: the name in the DNS may be anybody's. */
  maySend: MaySend
  /** 443 if left out. */
  port?: number
  ca?: string
  /** Told of policies that are published and cannot be had or read. */
  onTrouble: (domain: string, why: string) => void
}

/** Finds policies and keeps them: `policyOf(domain)` never rejects. */
export type FindPolicy = (domain: string) => Promise<StsPolicy | null>

interface Kept {
  id: string
  policy: StsPolicy | null
  /** As `max_age` says; a policy that cannot be renewed holds until then. */
  expiresAt: Millis
}

/** The record in the DNS is looked at again after this; a policy that could not be had, too. */
const LOOK_AGAIN: Millis = 5 * MINUTE

/** Domains that are remembered; the longest unused go first. */
const MOST_DOMAINS = 10_000

/**
 * Policies by the record `_mta-sts.<domain>`, fetched again when its id changes or the policy ends. What was
 * found holds against a DNS or a web server that is away, or made to be away, until `max_age` is over.
 */
export const openPolicies = (given: FindingPolicies): FindPolicy => {
  const { resolve, now, onTrouble } = given
  const kept = new Map<string, Kept>()
  const looks = new Map<string, { at: Millis; found: Promise<StsPolicy | null> }>()

  const look = async (domain: string): Promise<StsPolicy | null> => {
    const old = kept.get(domain)
    const holds = old && old.expiresAt > now() ? old : null
    let id: string | false
    const { resolvePolicy } = await library()
    try {
      id = await resolvePolicy(domain, { resolver: (name) => resolve(name, "TXT"), strict: true })
    } catch (error) {
      // several records, or a DNS that does not answer: as if there were none (RFC 8461 3.1)
      if (holds) onTrouble(domain, messageOf(error))
      return holds?.policy ?? null
    }
    if (id === false || holds?.id === id) return holds?.policy ?? null
    try {
      const next = await fetchKept(domain, id, given)
      kept.delete(domain)
      kept.set(domain, next)
      if (kept.size > MOST_DOMAINS) kept.delete(kept.keys().next().value as string)
      return next.policy
    } catch (error) {
      onTrouble(domain, messageOf(error))
      return holds?.policy ?? null
    }
  }

  return (domain) => {
    const last = looks.get(domain)
    if (last && now() - last.at < LOOK_AGAIN) return last.found
    const found = look(domain)
    looks.delete(domain)
    looks.set(domain, { at: now(), found })
    if (looks.size > MOST_DOMAINS) looks.delete(looks.keys().next().value as string)
    return found
  }
}

/** It brings much along, and a relay that sends through another server never asks it. */
const library = () => import("mailauth/lib/mta-sts.js")

const fetchKept = async (domain: string, id: string, given: FindingPolicies): Promise<Kept> => {
  const host = `mta-sts.${domain}`
  const where = await findAddresses(host, given.resolve, given.maySend)
  if ("none" in where) throw new Error(where.none)
  const [address = ""] = where.addresses
  const text = await fetchPolicy({ host, address, port: given.port ?? 443, ca: given.ca })
  const { parsePolicy, validateMx } = await library()
  const policy = parsePolicy(text, { strict: true })
  const mode = policy.mode === "enforce" || policy.mode === "testing" ? policy.mode : null
  return {
    id,
    policy: mode && { mode, allows: (name) => validateMx(name, policy).valid },
    expiresAt: given.now() + (policy.maxAge ?? 0) * SECOND,
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
