import { CHECKS, type Finding } from "../../../shared/words/findings.ts"
import type { Millis } from "../../../shared/words/time.ts"
import { dnsRecords, type PublishedRecord, type RecordFacts } from "../dns.ts"
import { sendingGuard } from "../mx/private-targets.ts"
import { fetchPolicy } from "../mx/sts-fetch.ts"
import type { Resolve } from "../resolver.ts"
import { askAddresses } from "./ask.ts"
import { checkDkim } from "./dkim.ts"
import { checkCertificate, checkClock, checkDisk, checkListener, checkPort25, checkQueue } from "./host.ts"
import { checkStore, checkWorkers, type StoreState, type Workers } from "./inside.ts"
import { checkHost, checkMx, isPrivate } from "./mx.ts"
import { checkDmarc, checkSts, checkStsPolicy, checkTlsReports, type ReadPolicy } from "./policies.ts"
import { checkPtr } from "./ptr.ts"
import { checkSpf } from "./spf.ts"
import { checkWayOut, type WayOutside } from "./way-out.ts"

/** What a relay is examined by: its settings, and what its store says. */
export interface Patient extends Omit<RecordFacts, "domain"> {
  /** The relay's mail domain first, then those of accounts. */
  domains: readonly string[]
  smtp: { host: string; port: number }
  outbound: WayOutside
  /** Names that its mail server greets with. */
  greets: readonly string[]
  /** PEM file of the certificate; null: none. */
  certificate: string | null
  /** The data folder. */
  folder: string
  queue: { queued: number; oldestQueuedAt: Millis | null }
  clock: { offset: Millis | null; lastSign: Millis | null }
  store: StoreState
  workers: Workers
  /** With `mx`: an address whose servers are to be tried. */
  probe: string | null
}

export interface Ways {
  resolve: Resolve
  readPolicy: ReadPolicy
}

/**
 * How policies are read on the internet: by the given DNS, over HTTPS with the system's authorities. `allowed`: the
 * private networks that the relay may speak to; anybody may point a mail domain of theirs at others.
 */
export const policyReader = (resolve: Resolve, allowed: readonly string[]): ReadPolicy => {
  const mayAsk = sendingGuard(allowed)
  return async (domain) => {
    const host = `mta-sts.${domain}`
    const answer = await askAddresses(resolve, host)
    if (answer.kind === "silence") throw new Error(`the DNS gave no answer for ${host} (${answer.detail})`)
    if (answer.kind === "nothing") throw new Error(`${host} has no address`)
    const address = answer.records.find(mayAsk)
    if (address === undefined)
      throw new Error(
        `${host} is ${answer.records.join(", ")}, in a private network: nobody outside reads it there`,
      )
    return fetchPolicy({ host, address, port: 443 })
  }
}

/** Looks at everything, side by side; gives the findings in the order of `CHECKS`, domain by domain. */
export const examine = async (patient: Patient, ways: Ways): Promise<Finding[]> => {
  const { resolve } = ways
  const { host, now } = patient
  const senders = await sendersOf(patient, resolve)
  const found = await Promise.all([
    ...patient.domains.flatMap((domain) => examineDomain({ ...patient, domain }, senders, ways)),
    checkHost(resolve, host),
    ...senders.named.map((address) => checkPtr(resolve, address, host)),
    checkListener(patient.smtp, patient.greets),
    checkPort25(patient.smtp.port, host),
    checkCertificate(patient.certificate, host, now),
    checkWayOut(resolve, { outbound: patient.outbound, name: host, probe: patient.probe }),
    checkQueue(patient.queue, now),
    checkDisk(patient.folder),
    checkClock(patient.clock, now),
    ...checkStore(patient.store),
    ...checkWorkers(patient.workers, now),
  ])
  return found.filter((one) => one !== null).sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check))
}

interface Senders {
  /** IP addresses that mail leaves from, for SPF. */
  addresses: string[]
  guessed: boolean
  /** Those that are ours to name by PTR. */
  named: string[]
}

/** As they were set; else the smarthost's, or our own. */
const sendersOf = async (
  { addresses, outbound, host, smarthost }: Patient,
  resolve: Resolve,
): Promise<Senders> => {
  const set = [...addresses]
  if (set.length > 0) return { addresses: set, guessed: false, named: outbound.kind === "smtp" ? [] : set }
  const own = async (name: string) => {
    const answer = await askAddresses(resolve, name)
    return answer.kind === "records" ? answer.records.filter((address) => !isPrivate(address)) : []
  }
  if (smarthost !== null) return { addresses: await own(smarthost), guessed: true, named: [] }
  const mine = await own(host)
  return { addresses: mine, guessed: false, named: outbound.kind === "capture" ? [] : mine }
}

const examineDomain = (
  facts: Patient & { domain: string },
  senders: Senders,
  { resolve, readPolicy }: Ways,
): Promise<Finding | null>[] => {
  const { domain, host, policy } = facts
  const records = dnsRecords(facts)
  const of = (kind: PublishedRecord["kind"]): PublishedRecord => records.find((one) => one.kind === kind)!
  const sts = checkSts(resolve, of("sts"), policy)
  return [
    checkMx(resolve, domain, host),
    checkSpf(resolve, { domain, host, expected: of("spf").value, ...senders }),
    ...records.filter(({ kind }) => kind === "dkim").map((record) => checkDkim(resolve, record)),
    checkDmarc(resolve, domain, of("dmarc")),
    sts,
    checkTlsReports(resolve, of("tls-rpt")),
    // Nobody looks for the policy of a domain that does not announce one.
    sts.then(({ state }) => (state === "missing" ? null : checkStsPolicy(readPolicy, domain, policy))),
  ]
}
