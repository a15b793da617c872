import webPush from "web-push"
import type { PushResult } from "../../shared/words/push.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { ClaimedPush } from "../actions/claim-pushes.ts"
import type { House } from "../house.ts"
import { type Outside, type OutsideAnswer, UnfitPlace } from "../outside.ts"
import { type Loop, startLoop } from "./loops.ts"
import { headersFor, payloadOf } from "./push-request.ts"

/** Claimed and sent at a time: a push service answers in well under a second. */
const AT_ONCE = 20

/** How long a claim holds; a try takes at most 10 s. A relay that died keeps a push from others so long. */
const LEASE: Millis = 30 * SECOND

/** Not every push comes with a nudge, and those of a relay that died are to be found. */
const LONGEST_SLEEP: Millis = 5 * SECOND

/** Whom VAPID names, so that a push service can complain (RFC 8292 2.1), and the keys it knows us by. */
export interface PushIdentity {
  subject: string
  publicKey: string
  privateKey: string
}

/** New keys of a relay, as they are kept among its secrets: P-256, base64url (RFC 8292 3.2). */
export const makePushKeys = (): string => JSON.stringify(webPush.generateVAPIDKeys())

export const PUSH_SECRET = "push-keys"

export const readPushKeys = (kept: string): Pick<PushIdentity, "publicKey" | "privateKey"> =>
  JSON.parse(kept) as Pick<PushIdentity, "publicKey" | "privateKey">

/** Some push services want an address that could be written to or looked at; a relay at home has none of either. */
export const pushSubject = (publicUrl: string, mailDomain: string): string =>
  publicUrl.startsWith("https:") ? publicUrl : `mailto:postmaster@${mailDomain}`

/** Sends what is to be pushed, under claims, as deliver.ts sends mails: of several relays one sends it. */
export const startPushing = (house: House, identity: PushIdentity, outside: Outside): Loop => {
  const { store, clock, log, relayId } = house
  const underWay = new Set<Promise<void>>()

  const step = async (): Promise<Millis | null> => {
    const limit = AT_ONCE - underWay.size
    if (limit <= 0) {
      await Promise.race(underWay)
      return clock.now()
    }
    const { claims, nextAt } = await store.run("claimPushes", { relayId, limit, leaseMs: LEASE }, clock.now())
    for (const claim of claims) {
      const run = push(claim).finally(() => underWay.delete(run))
      underWay.add(run)
    }
    return nextAt
  }

  const push = async (claim: ClaimedPush): Promise<void> => {
    const { accountId, conversationId, deviceId, attempt, subscription } = claim
    const { endpoint } = subscription
    const result = await attemptPush(claim, identity, outside, clock.now())
    const facts = { device: deviceId, push: claim.what.kind, service: new URL(endpoint).host, attempt }
    if (result.kind === "sent") log.info(facts, "push out")
    else log.warn({ ...facts, failure: result.failure, answer: result.answer }, "push not out")
    try {
      await store.run(
        "settlePush",
        { accountId, conversationId, deviceId, claimedBy: relayId, attempt, endpoint, result },
        clock.now(),
      )
    } catch (err) {
      // It goes out again when the claim has ended: under its topic it replaces itself.
      log.error({ err, ...facts }, "what became of a push could not be stored")
    }
  }

  const loop = startLoop({
    name: "push",
    step,
    clock,
    log,
    longestSleep: LONGEST_SLEEP,
    // Messages come in bursts, and nothing is due at once.
    gather: 250,
  })
  const stopListening = store.onNudge(loop.wake)
  return {
    wake: loop.wake,
    stop: async () => {
      stopListening()
      await loop.stop()
      await Promise.all(underWay)
    },
  }
}

const attemptPush = async (
  claim: ClaimedPush,
  identity: PushIdentity,
  outside: Outside,
  now: Millis,
): Promise<PushResult> => {
  const { endpoint } = claim.subscription
  try {
    const { headers, body } = headersFor(claim, payloadOf(claim), identity, now)
    return resultOf(await outside.post(endpoint, headers, body))
  } catch (error) {
    const answer = error instanceof Error ? error.message : String(error)
    if (!(error instanceof UnfitPlace)) return { kind: "failed", failure: "unreached", later: true, answer }
    const failure = error.why === "private" ? "private" : "refused"
    return error.why === "unknown"
      ? { kind: "failed", failure: "unreached", later: true, answer }
      : { kind: "failed", failure, later: false, answer }
  }
}

/** What a push service's answer means (RFC 8030 5, 7.3, 8.4). */
export const resultOf = ({ status, text }: Pick<OutsideAnswer, "status" | "text">): PushResult => {
  if (status >= 200 && status < 300) return { kind: "sent" }
  const answer = `${status} ${text}`.trim().replaceAll(/\s+/g, " ").slice(0, 300)
  if (status === 404 || status === 410) return { kind: "failed", failure: "gone", later: false, answer }
  return { kind: "failed", failure: "refused", later: status === 429 || status >= 500, answer }
}
