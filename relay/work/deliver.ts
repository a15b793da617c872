import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { Actions } from "../actions/index.ts"
import type { House } from "../house.ts"
import { bounceAddress } from "../mail/addresses.ts"
import type { BounceKeys } from "../mail/bounce-token.ts"
import { composeMail } from "../mail/compose.ts"
import type { DkimKeys } from "../mail/dkim-keys.ts"
import { loopMark } from "../mail/loop-mark.ts"
import { signMail } from "../mail/sign.ts"
import type { Transport } from "../mail/transport.ts"
import type { OutputOf } from "../store/store.ts"
import { type Loop, startLoop } from "./loops.ts"

export type Claim = OutputOf<Actions["claimDeliveries"]>["claims"][number]

/** What mails are signed with, and what their envelope senders are made with. */
export interface Keys {
  /** As they are now: they are exchanged while the relay runs. */
  dkim(): DkimKeys
  bounce: BounceKeys
  /** Of loop marks (relay/mail/loop-mark.ts). */
  loop: string
}

/** Mails under way at the same time. */
const CONCURRENCY = 10

/** How long a claim holds without being settled; a try is cut off before that (transport.ts). */
const LEASE = 60 * SECOND

/** Not every mail comes with a nudge, and those of a relay that died are to be found. */
const LONGEST_SLEEP = SECOND

/** Something is due and another relay has its hand on it: no busy loop until that one is done. */
const HELD_PAUSE: Millis = 20

/** What is under way gets this long when the relay goes down; then it is cut off and tried again later. */
const STOP_GRACE = 4 * SECOND

/**
 * The delivery loop: claims what is due, as many as there is room for, and settles each as it is done,
 * under the claim it was sent with. One mail's trouble is no other's.
 */
export const startDelivering = (house: House, transport: Transport, keys: Keys): Loop => {
  const { store, clock, log, relayId } = house
  const underWay = new Set<Promise<void>>()
  const cutOff = new AbortController()

  const step = async (): Promise<Millis | null> => {
    const room = CONCURRENCY - underWay.size
    if (room <= 0) return null
    const asked = clock.now()
    const { claims, nextAt } = await store.run(
      "claimDeliveries",
      { relayId, limit: room, leaseMs: LEASE },
      asked,
    )
    for (const claim of claims) begin(claim)
    // With no room left, whichever is done first wakes the loop.
    if (claims.length === room) return null
    const held = nextAt !== null && nextAt <= asked && claims.length === 0
    return held ? clock.now() + HELD_PAUSE : nextAt
  }

  const begin = (claim: Claim): void => {
    const run = deliver(claim).finally(() => {
      underWay.delete(run)
      loop.wake()
    })
    underWay.add(run)
  }

  const deliver = async (claim: Claim): Promise<void> => {
    const started = clock.now()
    const result = await attempt(claim, house, transport, keys, cutOff.signal)
    logResult(claim, result)
    await settle(claim, result, started + LEASE)
  }

  /** A store that is away for a moment must not make a mail that went out go out again: tries until the lease ends. */
  const settle = async (claim: Claim, result: DeliveryResult, leaseEnds: Millis): Promise<void> => {
    const { accountId, id } = claim
    for (let pause = SECOND; ; pause *= 2) {
      try {
        const { settled } = await store.run(
          "settleDelivery",
          { accountId, id, claimedBy: relayId, attempt: claim.attempts, result },
          clock.now(),
        )
        if (!settled)
          log.warn({ delivery: id }, "a mail was not settled: its claim had ended; it may go out twice")
        return
      } catch (err) {
        const again = clock.now() + pause < leaseEnds && !cutOff.signal.aborted
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
        cutOff.signal.removeEventListener("abort", done)
        resolve()
      }
      const cancel = clock.wake(clock.now() + ms, done)
      cutOff.signal.addEventListener("abort", done)
    })

  const logResult = (claim: Claim, result: DeliveryResult): void => {
    const facts = { delivery: claim.id, mail: claim.kind, attempt: claim.attempts, result: result.kind }
    if (result.kind === "captured") log.info(facts, "mail out")
    else if (result.kind === "delivered") {
      log.info({ ...facts, server: result.server, tls: result.tls }, "mail out")
    } else log.warn({ ...facts, outcome: result.outcome, answer: result.answer }, "mail not out")
  }

  const loop = startLoop({ name: "deliver", step, clock, log, longestSleep: LONGEST_SLEEP })
  const stopListening = store.onNudge(loop.wake)
  return {
    wake: loop.wake,
    stop: async () => {
      stopListening()
      await loop.stop()
      const timer = setTimeout(() => cutOff.abort(), STOP_GRACE)
      await Promise.all(underWay)
      clearTimeout(timer)
    },
  }
}

/** One try, from facts to the server's answer. What cannot be written is set aside; it never will be. */
const attempt = async (
  claim: Claim,
  house: House,
  transport: Transport,
  keys: Keys,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const { publicUrl } = house.config
  const { domain, toAddress, messageId, createdAt } = claim
  let written: Buffer
  try {
    if (claim.content.kind === "forward") return await passOn(claim, transport, keys, signal)
    written = await composeMail(claim.content, { domain, publicUrl, toAddress, messageId, createdAt })
  } catch (err) {
    house.log.error({ err, delivery: claim.id }, "a mail could not be written and is set aside")
    const answer = `this mail could not be written: ${err instanceof Error ? err.message : String(err)}`
    return { kind: "failed", outcome: "unknown", server: null, answer }
  }
  try {
    const raw = await signMail(written, keys.dkim(), domain, house.clock.now())
    const envelope = { from: bounceAddress(claim.id, domain, keys.bounce), to: toAddress }
    return await transport.send(envelope, raw, signal)
  } catch (err) {
    house.log.error({ err, delivery: claim.id }, "a mail could not be signed or sent")
    const answer = `this relay could not send it: ${err instanceof Error ? err.message : String(err)}`
    return { kind: "deferred", outcome: "connection", server: null, answer }
  }
}

/** Sends somebody's mail on as it was prepared when it came, under the marks that it came through here. */
const passOn = (
  claim: Claim,
  transport: Transport,
  keys: Keys,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const envelope = { from: bounceAddress(claim.id, claim.domain, keys.bounce), to: claim.toAddress }
  const names = claim.content.kind === "forward" ? claim.content.names : []
  const marks = names.map((name) => loopMark(name, keys.loop))
  return transport.send(envelope, Buffer.concat([...marks, claim.raw ?? Buffer.alloc(0)]), signal)
}
