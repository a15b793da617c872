import type { MailHealthView } from "../../shared/protocol/mail-health-views.ts"
import type { Check, Finding } from "../../shared/words/findings.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { MINUTE } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { openResolver } from "../mail/resolver.ts"
import { lookInside } from "../settings/inside.ts"
import { patientOf } from "../settings/patient.ts"

/** Examines the mail of this relay for the admin pages. */
export interface Examiner {
  /** The last findings if they are of this minute, else new ones; `anew`: new ones in any case. */
  health(accountId: AccountId, anew: boolean): Promise<MailHealthView>
}

const FRESH = MINUTE

/** What is the machine's, and no business of accounts where there are several. */
const OF_OPERATOR: readonly Check[] = ["way-out", "queue", "disk", "clock", "store", "workers"]

interface Looked {
  checkedAt: number
  findings: Promise<Finding[]>
}

/** One look at a time for each mail domain, however many ask. `smtpPort`: where the mail server listens. */
export const openExaminer = ({ config, store, clock }: House, smtpPort: () => number): Examiner => {
  const resolve = openResolver(config.dns)
  const looks = new Map<string, Looked>()

  const look = async (domain: string): Promise<Finding[]> => {
    const now = clock.now()
    const { lastSign, ...queue } = await store.run("readMailHealth", { accountId: null }, now)
    const keys = await store.run("readSigningKeys", { make: null }, now)
    const offset = store.dialect === "postgres" ? store.clockOffset : null
    const clocks = { offset, lastSign }
    const inside = await lookInside(store, now)
    const told = { domains: [domain], keys, now, queue, clock: clocks, ...inside, probe: null }
    const patient = patientOf(config, told)
    // It brings much along, and is looked at now and then.
    const { examine, policyReader } = await import("../mail/doctor/examine.ts")
    const ways = { resolve, readPolicy: policyReader(resolve, config.privateTargets) }
    return examine({ ...patient, smtp: { ...patient.smtp, port: smtpPort() } }, ways)
  }

  const findingsOf = (domain: string, anew: boolean): Looked => {
    const last = looks.get(domain)
    if (last && !anew && last.checkedAt + FRESH > clock.now()) return last
    const next = { checkedAt: clock.now(), findings: look(domain) }
    looks.set(domain, next)
    // What failed is not kept: who asks next asks anew.
    next.findings.catch(() => {
      if (looks.get(domain) === next) looks.delete(domain)
    })
    return next
  }

  return {
    health: async (accountId, anew) => {
      const { domain: own } = await store.run("readOwnDomain", { accountId }, clock.now())
      const { accounts } = await store.run("readFirst", {}, clock.now())
      const domain = own ?? config.mailDomain
      const { checkedAt, findings } = findingsOf(domain, anew)
      const { lastSign: _, ...queue } = await store.run("readMailHealth", { accountId }, clock.now())
      const keys = await store.run("listDkimKeys", {}, clock.now())
      const all = await findings
      const shown = accounts === "more" ? all.filter(({ check }) => !OF_OPERATOR.includes(check)) : all
      return { checkedAt, findings: shown, queue, keys: keys.map(({ record: _, madeAt: __, ...key }) => key) }
    },
  }
}
