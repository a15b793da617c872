import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { House } from "../house.ts"
import type { Claim } from "./attempt.ts"

/** Of mails passed on, settled in one action. */
const MOST = 200

type Delivered = Extract<DeliveryResult, { kind: "delivered" }>

interface Waiting {
  claim: Claim
  result: Delivered
  leaseEnds: Millis
  done(): void
}

/**
 * Puts down what became of tries. Mails passed on that arrived are settled together, as many as there are when
 * the last lot is down: nobody waits for them. All else is settled one by one.
 */
export const createSettling = (house: House, cutOff: AbortSignal) => {
  const { store, clock, log, relayId } = house
  let waiting: Waiting[] = []
  let atWork = false

  const settle = (claim: Claim, result: DeliveryResult, leaseEnds: Millis): Promise<void> => {
    if (claim.kind !== "forward" || result.kind !== "delivered") return settleOne(claim, result, leaseEnds)
    return new Promise((done) => {
      waiting.push({ claim, result, leaseEnds, done })
      if (atWork) return
      atWork = true
      // Whatever else arrives in this turn of the event loop comes along.
      setImmediate(() => void settleWaiting())
    })
  }

  const settleWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      const lot = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      await settleLot(lot)
    }
    atWork = false
  }

  const settleLot = async (lot: readonly Waiting[]): Promise<void> => {
    const delivered = lot.map(({ claim, result: { server, answer } }) => ({
      accountId: claim.accountId,
      id: claim.id,
      attempt: claim.attempts,
      server,
      answer,
    }))
    try {
      const { ended } = await store.run("settleForwards", { relayId, delivered }, clock.now(), "patient")
      for (const id of ended) sayEnded(id)
      for (const { done } of lot) done()
    } catch (err) {
      log.error({ err, mails: lot.length }, "the results of mails could not be stored together")
      for (const { claim, result, leaseEnds, done } of lot)
        void settleOne(claim, result, leaseEnds).then(done)
    }
  }

  const sayEnded = (delivery: string): void =>
    log.warn(
      { delivery },
      "a mail was not settled: its claim had ended (it may go out twice), or a report said first that it failed",
    )

  /** A store that is away for a moment must not make a mail that went out go out again: tries until the lease ends. */
  const settleOne = async (claim: Claim, result: DeliveryResult, leaseEnds: Millis): Promise<void> => {
    const { accountId, id } = claim
    for (let pause = SECOND; ; pause *= 2) {
      try {
        const { settled } = await store.run(
          "settleDelivery",
          { accountId, id, claimedBy: relayId, attempt: claim.attempts, result },
          clock.now(),
        )
        if (!settled) sayEnded(id)
        return
      } catch (err) {
        const again = clock.now() + pause < leaseEnds && !cutOff.aborted
        log.error(
          { err, delivery: id, again, result: result.kind },
          "the result of a mail could not be stored",
        )
        if (!again) return
        await pauseOrCutOff(pause)
      }
    }
  }

  const pauseOrCutOff = (ms: Millis): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel()
        cutOff.removeEventListener("abort", done)
        resolve()
      }
      const cancel = clock.wake(clock.now() + ms, done)
      cutOff.addEventListener("abort", done)
    })

  return { settle }
}
