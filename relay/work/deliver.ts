import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { ClaimTerms } from "../actions/forwarding.ts"
import type { House } from "../house.ts"
import type { Transport } from "../mail/transport.ts"
import { attempt, type Claim, type Keys } from "./attempt.ts"
import { type Loop, startLoop } from "./loops.ts"
import { createSettling } from "./settling.ts"

/** Mails under way at the same time: sent, or being settled. Each may have arrived unnoticed when a relay dies. */
const CONCURRENCY = 20

/** Mails that are claimed and wait in memory for one of those to be through, at most; and their bytes. */
const AHEAD = 200
const AHEAD_BYTES = 64 * 1024 * 1024

/** How long a claim holds without being settled or held on: so long a relay that died keeps a mail from others. */
const LEASE = 60 * SECOND

/** Claims of mails that are still being sent are held on this often: servers may take minutes to take a mail. */
const RENEW_EVERY = 20 * SECOND

/** What has waited longer than this is not begun with: its claim is to outlast two times of holding on. */
const LATEST_START = 12 * SECOND

/** Not every mail comes with a nudge, and those of a relay that died are to be found. */
const LONGEST_SLEEP = SECOND

/** Something is due and another relay has its hand on it: no busy loop until that one is done. */
const HELD_PAUSE: Millis = 20

/** What is under way gets this long when the relay goes down; then it is cut off and tried again later. */
const STOP_GRACE = 4 * SECOND

/** The queue's way past the store: a mail is sent by the process that took it, as soon as it is on disk. */
export interface HandOver {
  /** Under which mails may be queued now so that they go out from memory; null: no room, or going down. */
  terms(): ClaimTerms | null
  /** Mails that were queued under such terms, committed by now, with their bytes. */
  take(claims: readonly Claim[], terms: ClaimTerms): void
}

export type Delivering = Loop & HandOver

interface Ahead {
  claim: Claim
  leaseEnds: Millis
}

/**
 * The delivery loop: claims what is due, as many as there is room for, and settles each as it is done,
 * under the claim it was sent with. One mail's trouble is no other's.
 */
export const startDelivering = (house: House, transport: Transport, keys: Keys): Delivering => {
  const { store, clock, log, relayId } = house
  const underWay = new Set<Promise<void>>()
  const trying = new Set<Ahead>()
  const ahead: Ahead[] = []
  let aheadBytes = 0
  /** The queue may hold more that is due than was claimed. */
  let more = true
  let stopping = false
  const cutOff = new AbortController()
  const { settle } = createSettling(house, cutOff.signal)

  const roomAhead = (): number => (aheadBytes < AHEAD_BYTES ? AHEAD - ahead.length : 0)

  const step = async (): Promise<Millis | null> => {
    const free = CONCURRENCY - underWay.size
    // Whichever is done first wakes the loop; few at a time would cost as much as many.
    if (ahead.length >= CONCURRENCY || (free === 0 && ahead.length > 0)) {
      more = true
      return null
    }
    const limit = free + roomAhead()
    const asked = clock.now()
    const { claims, nextAt } = await store.run("claimDeliveries", { relayId, limit, leaseMs: LEASE }, asked)
    more = claims.length > 0 && nextAt !== null && nextAt <= asked
    queue(claims, asked + LEASE)
    if (more) return null
    const held = nextAt !== null && nextAt <= asked && claims.length === 0
    return held ? clock.now() + HELD_PAUSE : nextAt
  }

  const queue = (claims: readonly Claim[], leaseEnds: Millis): void => {
    for (const claim of claims) {
      ahead.push({ claim, leaseEnds })
      aheadBytes += claim.raw?.length ?? 0
    }
    if (stopping) void giveBack(ahead.splice(0))
    else pump()
  }

  const pump = (): void => {
    const late: Ahead[] = []
    while (underWay.size < CONCURRENCY) {
      const next = ahead.shift()
      if (!next) break
      aheadBytes -= next.claim.raw?.length ?? 0
      if (clock.now() > next.leaseEnds - LEASE + LATEST_START) late.push(next)
      else begin(next)
    }
    if (late.length > 0) void giveBack(late)
  }

  const begin = (mail: Ahead): void => {
    const run = deliver(mail).finally(() => {
      underWay.delete(run)
      if (!stopping) pump()
      if (more && ahead.length < CONCURRENCY) loop.wake()
    })
    underWay.add(run)
  }

  const deliver = async (mail: Ahead): Promise<void> => {
    trying.add(mail)
    holdOn()
    const result = await attempt(mail.claim, house, transport, keys, cutOff.signal)
    trying.delete(mail)
    logResult(mail.claim, result)
    await settle(mail.claim, result, mail.leaseEnds)
  }

  let cancelHoldingOn: (() => void) | null = null

  /** As long as there is something to hold on to. */
  const holdOn = (): void => {
    if (cancelHoldingOn !== null || trying.size === 0) return
    cancelHoldingOn = clock.wake(clock.now() + RENEW_EVERY, () => {
      void renew().finally(() => {
        cancelHoldingOn = null
        holdOn()
      })
    })
  }

  /** Without a store the claim ends, and the mail may go out twice: later is better than never. */
  const renew = async (): Promise<void> => {
    const now = clock.now()
    const until = now + LEASE
    const mails = [...trying].filter(({ leaseEnds }) => leaseEnds < until - RENEW_EVERY / 2)
    if (mails.length === 0) return
    try {
      const claims = mails.map(({ claim }) => termsOf(claim))
      const { held } = await store.run("renewDeliveries", { relayId, claims, until }, now)
      const ours = new Set(held)
      for (const mail of mails) if (ours.has(mail.claim.id)) mail.leaseEnds = until
    } catch (err) {
      log.error({ err, mails: mails.length }, "the claims of mails that are being sent could not be held on")
    }
  }

  /** They are due again at once, for whoever has room. Without a store the end of the lease gives them back. */
  const giveBack = async (some: readonly Ahead[]): Promise<void> => {
    if (some.length === 0) return
    const now = clock.now()
    const claims = some.map(({ claim }) => termsOf(claim))
    try {
      await store.run("giveBackDeliveries", { relayId, claims, dueAt: now }, now)
      log.info({ mails: some.length }, "mails were given back to the queue")
    } catch (err) {
      log.error(
        { err, mails: some.length },
        "mails could not be given back: they wait for the end of their claim",
      )
    }
  }

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
    terms: () => (stopping || roomAhead() <= 0 ? null : { owner: relayId, until: clock.now() + LEASE }),
    take: (claims, { until }) => queue(claims, until),
    stop: async () => {
      stopping = true
      stopListening()
      await loop.stop()
      const waiting = ahead.splice(0)
      const timer = setTimeout(() => cutOff.abort(), STOP_GRACE)
      await Promise.all([giveBack(waiting), ...underWay])
      clearTimeout(timer)
      cancelHoldingOn?.()
    },
  }
}

/** A claim, as the store knows it again. */
const termsOf = ({ accountId, id, attempts }: Claim) => ({ accountId, id, attempt: attempts })
