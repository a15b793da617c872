import type { House } from "../house.ts"
import { openMx } from "../mail/mx/send.ts"
import { openResolver } from "../mail/resolver.ts"
import { DEADLINE, openTransport, type Transport } from "../mail/transport.ts"

/** The way out that PORCHLIGHT_OUTBOUND chose. */
export const openWayOut = ({ config, clock, log }: House): Transport => {
  const { outbound, mailHost: name } = config
  if (outbound.kind !== "mx") return openTransport(outbound, { name })
  return openMx({
    name,
    port: outbound.port,
    resolve: openResolver(config.dns),
    privateTargets: config.privateTargets,
    now: clock.now,
    note: (facts, what) => log.info(facts, what),
    deadlineMs: DEADLINE,
  })
}
