import { isIP } from "node:net"
import type { AllowView } from "../../shared/protocol/mail-health-views.ts"
import { MINUTE } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import { askAddresses } from "../mail/doctor/ask.ts"
import { isPrivate } from "../mail/doctor/mx.ts"
import { openResolver } from "../mail/resolver.ts"

/** What the `/allow` page says of this relay. */
export type Allowing = (domain: string | undefined) => Promise<AllowView>

/** The page is public: however often it is opened, the DNS is asked once in a while. */
const FRESH = 5 * MINUTE

/** Its facts, of the relay's own mail domain or another one on this relay that is named. */
export const openAllowing = ({ config, store, clock }: House): Allowing => {
  const resolve = openResolver(config.dns)
  let known: { at: number; addresses: Promise<string[]> } | null = null

  const addresses = (): Promise<string[]> => {
    if (config.mailAddresses !== null) return Promise.resolve(config.mailAddresses)
    if (known === null || known.at + FRESH <= clock.now()) known = { at: clock.now(), addresses: ask() }
    return known.addresses
  }
  const smarthost = "host" in config.outbound ? config.outbound.host : null
  const ask = async (): Promise<string[]> => {
    const host = smarthost ?? config.mailHost
    if (isIP(host) !== 0) return isPrivate(host) ? [] : [host]
    const answer = await askAddresses(resolve, host)
    return answer.kind === "records" ? answer.records.filter((address) => !isPrivate(address)) : []
  }

  return async (given) => {
    const now = clock.now()
    const asked = given?.toLowerCase() ?? config.mailDomain
    const domain = (await store.run("isMailDomain", { domain: asked }, now)) ? asked : config.mailDomain
    const keys = await store.run("listDkimKeys", {}, now)
    return {
      domain,
      host: config.mailHost,
      selectors: keys.map(({ selector }) => selector),
      addresses: await addresses(),
      // One inside of our own network says nothing to others.
      smarthost: smarthost?.includes(".") && isIP(smarthost) === 0 ? smarthost : null,
      capture: config.outbound.kind === "capture",
      publicUrl: config.publicUrl,
    }
  }
}
