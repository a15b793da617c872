import type { DeliveryResult } from "../../shared/words/outcomes.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { ClaimTerms } from "../actions/forwarding.ts"
import type { House } from "../house.ts"
import type { Transport } from "../mail/transport.ts"
import { attempt, type Claim, type Keys } from "./attempt.ts"
import { type Loop, startLoop } from "./loops.ts"
import { createSettling } from "./settling.ts"

/**
 * Mails that are being sent at the same time, in all and to one destination. A smarthost is the one destination of
 * all mails; straight to the recipients' servers some take minutes, and must not stand in the way of the others.
 */
const SMARTHOST = { inAll: 20, each: 20 }
const STRAIGHT = { inAll: 100, each: 10 }

/**
 * Mails, besides those, that went out and are being put down: they wait for a commit, and that for as many mails as
 * come in meanwhile; with fewer, sending stands still while mail comes in. Each of them, and of those being sent,
 * may have arrived unnoticed when a relay dies.
 */
const BEING_SETTLED = 80

/** When all that waits in memory is for destinations at their limits, so many for each stay; the rest goes back. */
const WAITING_EACH = 20
const PUT_OFF = 3 * SECOND

/** Mails that are claimed and wait in memory for one of those to be through, at most; and their bytes. */
const AHEAD = 1000
const AHEAD_BYTES = 64 * 1024 * 1024

/** Mails claimed in one action: others wait for it. */
const AT_ONCE = 200

/** How long a claim holds without being settled or held on: so long a relay that died keeps a mail from others. */
const LEASE = 60 * SECOND

/** Claims of mails that are still being sent are held on this often: servers may take minutes to take a mail. */
const RENEW_EVERY = 20 * SECOND

/** What has waited longer than this is not begun with: its claim is to outlast two times of holding on. */
const LATEST_START = 12 * SECOND

/** Not every mail comes with a nudge, and those of a relay that died are to be found. */
const LONGEST_SLEEP = SECOND

/** Few of the events that all nudge have queued a mail: where many happen, the queue is looked at no more often. */
const NUDGED_EVERY: Millis = 50

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
  /** What it shares its limits with. */
  destination: string
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
  const straight = house.config.outbound.kind === "mx"
  const { inAll, each } = straight ? STRAIGHT : SMARTHOST
  const sendingTo = createCounts()
  let aheadBytes = 0
  /** The queue may hold more that is due than was claimed. */
  let more = true
  let stopping = false
  const cutOff = new AbortController()
  const { settle } = createSettling(house, cutOff.signal)

  /** How many more may be begun with. */
  const free = (): number => Math.max(0, Math.min(inAll - trying.size, inAll + BEING_SETTLED - underWay.size))

  const roomAhead = (): number => (aheadBytes < AHEAD_BYTES ? AHEAD - ahead.length : 0)

  const step = async (): Promise<Millis | null> => {
    if (ahead.length >= inAll && free() > 0) await putOffSurplus()
    // Whichever is done first wakes the loop; few at a time would cost as much as many.
    if (ahead.length >= inAll || (free() === 0 && ahead.length > 0)) {
      more = true
      return null
    }
    const limit = Math.min(free() + roomAhead(), AT_ONCE)
    const asked = clock.now()
    const { claims, nextAt } = await store.run("claimDeliveries", { relayId, limit, leaseMs: LEASE }, asked)
    more = claims.length > 0 && nextAt !== null && nextAt <= asked
    queue(claims, asked + LEASE)
    // With room left, what waits is for destinations at their limits.
    if (more) return free() > 0 ? clock.now() : null
    const held = nextAt !== null && nextAt <= asked && claims.length === 0
    return held ? clock.now() + HELD_PAUSE : nextAt
  }

  const queue = (claims: readonly Claim[], leaseEnds: Millis): void => {
    for (const claim of claims) {
      const destination = straight
        ? claim.toAddress.slice(claim.toAddress.lastIndexOf("@") + 1).toLowerCase()
        : ""
      ahead.push({ claim, destination, leaseEnds })
      aheadBytes += claim.raw?.length ?? 0
    }
    if (stopping) void giveBack(ahead.splice(0))
    else pump()
  }

  /** The first that may go now. */
  const nextAhead = (): Ahead | undefined => {
    const at = ahead.findIndex(({ destination }) => sendingTo.of(destination) < each)
    const [mail] = at < 0 ? [] : ahead.splice(at, 1)
    aheadBytes -= mail?.claim.raw?.length ?? 0
    return mail
  }

  /** Makes room for mails to other destinations. */
  const putOffSurplus = async (): Promise<void> => {
    const kept = createCounts()
    const surplus: Ahead[] = []
    for (const mail of ahead.splice(0)) {
      kept.add(mail.destination, 1)
      const stays = kept.of(mail.destination) <= WAITING_EACH
      if (!stays) aheadBytes -= mail.claim.raw?.length ?? 0
      if (stays) ahead.push(mail)
      else surplus.push(mail)
    }
    await giveBack(surplus, clock.now() + PUT_OFF)
  }

  const pump = (): void => {
    const late: Ahead[] = []
    while (free() > 0) {
      const next = nextAhead()
      if (!next) break
      if (clock.now() > next.leaseEnds - LEASE + LATEST_START) late.push(next)
      else begin(next)
    }
    if (late.length > 0) void giveBack(late)
  }

  const begin = (mail: Ahead): void => {
    const run = deliver(mail).finally(() => {
      underWay.delete(run)
      goOn()
    })
    underWay.add(run)
  }

  const deliver = async (mail: Ahead): Promise<void> => {
    trying.add(mail)
    sendingTo.add(mail.destination, 1)
    holdOn()
    const result = await attempt(mail.claim, house, transport, keys, cutOff.signal)
    trying.delete(mail)
    sendingTo.add(mail.destination, -1)
    logResult(mail.claim, result)
    const settled = settle(mail.claim, result, mail.leaseEnds)
    goOn()
    await settled
  }

  const goOn = (): void => {
    if (!stopping) pump()
    if (more && ahead.length < inAll) loop.wake()
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
  const giveBack = async (some: readonly Ahead[], dueAt?: Millis): Promise<void> => {
    if (some.length === 0) return
    const now = clock.now()
    const claims = some.map(({ claim }) => termsOf(claim))
    try {
      await store.run("giveBackDeliveries", { relayId, claims, dueAt: dueAt ?? now }, now)
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
  const nudges = gathered(loop.wake)
  const stopListening = store.onNudge(nudges.one)
  return {
    wake: loop.wake,
    terms: () => (stopping || roomAhead() <= 0 ? null : { owner: relayId, until: clock.now() + LEASE }),
    take: (claims, { until }) => queue(claims, until),
    stop: async () => {
      stopping = true
      stopListening()
      nudges.stop()
      await loop.stop()
      const waiting = ahead.splice(0)
      const timer = setTimeout(() => cutOff.abort(), STOP_GRACE)
      await Promise.all([giveBack(waiting), ...underWay])
      clearTimeout(timer)
      cancelHoldingOn?.()
    },
  }
}

/** The first counts at once, those that follow within {@link NUDGED_EVERY} together. */
const gathered = (then: () => void) => {
  let timer: NodeJS.Timeout | null = null
  let again = false
  const rest = (): void => {
    timer = null
    if (again) one()
  }
  const one = (): void => {
    again = timer !== null
    if (again) return
    timer = setTimeout(rest, NUDGED_EVERY).unref()
    then()
  }
  return { one, stop: () => timer && clearTimeout(timer) }
}

/** How many there are of each. */
const createCounts = () => {
  const counts = new Map<string, number>()
  return {
    of: (name: string): number => counts.get(name) ?? 0,
    add: (name: string, more: 1 | -1): void => {
      const count = (counts.get(name) ?? 0) + more
      if (count === 0) counts.delete(name)
      else counts.set(name, count)
    },
  }
}

/** A claim, as the store knows it again. */
const termsOf = ({ accountId, id, attempts }: Claim) => ({ accountId, id, attempt: attempts })
