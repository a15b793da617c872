import type { House } from "../house.ts"
import { PER_HOST } from "../mail/mx/host-pools.ts"
import { openPauses } from "../mail/mx/pauses.ts"
import { openMx } from "../mail/mx/send.ts"
import { openResolver } from "../mail/resolver.ts"
import { DEADLINE, openTransport, type Transport } from "../mail/transport.ts"
import { sharePauses } from "./shared-pauses.ts"
import { sharePlaces } from "./shared-places.ts"

/** The way out that PORCHLIGHT_OUTBOUND chose. */
export const openWayOut = ({ config, clock, log, store, relayId }: House): Transport => {
  const { outbound, mailHost: name } = config
  if (outbound.kind !== "mx") return openTransport(outbound, { name })
  const { locks, whispers } = store
  const places = locks === null ? null : sharePlaces(locks, whispers, { relayId, most: PER_HOST })
  const pauses = sharePauses(openPauses(clock.now), whispers, relayId)
  const transport = openMx({
    name,
    port: outbound.port,
    resolve: openResolver(config.dns),
    privateTargets: config.privateTargets,
    now: clock.now,
    note: (facts, what) => log.info(facts, what),
    deadlineMs: DEADLINE,
    places: places ?? undefined,
    pauses,
  })
  return {
    send: transport.send,
    close: () => {
      transport.close()
      places?.stop()
      pauses.stop()
    },
  }
}
