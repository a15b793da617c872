import type { House } from "../house.ts"
import { DKIM_SECRET, makeDkimKeys, readDkimKeys } from "../mail/sign.ts"
import { openTransport } from "../mail/transport.ts"
import { startDeciding } from "./decide.ts"
import { startDelivering } from "./deliver.ts"
import { startSigning } from "./sign-of-life.ts"
import { startSweeping } from "./sweep.ts"

export interface Work {
  /** A mail was queued that no event tells of (a sign-in code): it goes now. */
  mailQueued(): void
  stop(): Promise<void>
}

/**
 * Starts what a relay does by itself: signs of life, decisions, mails. The relay has been registered
 * (`startRelay`) before. `stop` resolves within some 5 s, when nothing of it is under way.
 */
export const startWork = async (house: House): Promise<Work> => {
  const { store, clock, config } = house
  // Making an RSA key takes a moment; it is thrown away where there is one already.
  const { value } = await store.run(
    "readSecret",
    { name: DKIM_SECRET, make: await makeDkimKeys() },
    clock.now(),
  )
  const keys = readDkimKeys(value)
  const transport = openTransport(config.outbound, { name: config.mailDomain })
  const delivering = startDelivering(house, transport, keys)
  const loops = [startSigning(house), startDeciding(house), delivering, startSweeping(house)]
  return {
    mailQueued: delivering.wake,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      transport.close()
    },
  }
}
