import type { House } from "../house.ts"
import { DKIM_SECRET, makeDkimKeys, readDkimKeys } from "../mail/sign.ts"
import { openTransport } from "../mail/transport.ts"
import { startDeciding } from "./decide.ts"
import { startDelivering } from "./deliver.ts"
import { startSigning } from "./sign-of-life.ts"

/**
 * Starts what a relay does by itself: signs of life, decisions, mails. The relay has been registered
 * (`startRelay`) before. `stop` resolves within some 5 s, when nothing of it is under way.
 */
export const startWork = async (house: House): Promise<{ stop(): Promise<void> }> => {
  const { store, clock, config } = house
  // Making an RSA key takes a moment; it is thrown away where there is one already.
  const { value } = await store.run("readSecret", { name: DKIM_SECRET, make: makeDkimKeys() }, clock.now())
  const keys = readDkimKeys(value)
  const transport = openTransport(config.outbound, { name: config.mailDomain })
  const loops = [startSigning(house), startDeciding(house), startDelivering(house, transport, keys)]
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      transport.close()
    },
  }
}
