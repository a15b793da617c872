import type { House } from "../house.ts"
import { BOUNCE_SECRET, makeBounceKeys, readBounceKeys } from "../mail/bounce-token.ts"
import type { MailWork } from "../mail/mail-work.ts"
import { startDeciding } from "./decide.ts"
import { type HandOver, startDelivering } from "./deliver.ts"
import { startSigning } from "./sign-of-life.ts"
import { startSweeping } from "./sweep.ts"
import { openWayOut } from "./way-out.ts"

export interface Work {
  /** The way of mails that are passed on past the store. */
  handOver: HandOver
  /** A mail was queued that no event tells of (a sign-in code): it goes now. */
  mailQueued(): void
  stop(): Promise<void>
}

/**
 * Starts what a relay does by itself: signs of life, decisions, mails. The relay has been registered
 * (`startRelay`) before; `sign` and `loopKey` are what mails are signed and marked with. `stop` resolves within some
 * 5 s, when nothing of it is under way.
 */
export const startWork = async (house: House, sign: MailWork["sign"], loopKey: string): Promise<Work> => {
  const { store, clock } = house
  const { value } = await store.run(
    "readSecret",
    { name: BOUNCE_SECRET, make: makeBounceKeys(clock.now()) },
    clock.now(),
  )
  const transport = openWayOut(house)
  const delivering = startDelivering(house, transport, {
    sign,
    bounce: readBounceKeys(value),
    loop: loopKey,
  })
  const loops = [startSigning(house), startDeciding(house), delivering, startSweeping(house)]
  return {
    handOver: delivering,
    mailQueued: delivering.wake,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      transport.close()
    },
  }
}
