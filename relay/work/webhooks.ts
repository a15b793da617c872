import type { AccountId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import type { WebhookClaim } from "../actions/webhook-messages.ts"
import type { House } from "../house.ts"
import { type Outside, UnfitPlace } from "../outside.ts"
import type { WebhookResult } from "../rules/webhooks.ts"
import { type Loop, startLoop } from "./loops.ts"
import { webhookHeaders } from "./webhook-signature.ts"

/** Posted at the same time. */
const ABREAST = 16
/** Longer than a try may take (relay/outside.ts) and its result to be stored. */
const LEASE: Millis = 60 * SECOND
/** The command line queues tests that no nudge tells of. */
const LONGEST_SLEEP: Millis = 5 * SECOND
const LOOK_EVERY: Millis = 60 * SECOND
/** A burst of events makes one step. */
const GATHER: Millis = 20

/**
 * Tells webhooks of what happened: queues what they are to be told, posts what is due. Over http only in private
 * networks that PORCHLIGHT_PRIVATE_TARGETS allows.
 */
export const startWebhooks = ({ store, clock, log, relayId }: House, outside: Outside): Loop => {
  const underWay = new Set<Promise<void>>()
  const nudged = new Set<AccountId>()
  /** When all accounts were looked at last; nudges are a help, not a promise. */
  let lookedAt = 0

  const step = async (): Promise<Millis | null> => {
    try {
      return await goOn()
    } catch (error) {
      // Who was nudged for is forgotten by now.
      lookedAt = 0
      throw error
    }
  }

  /** What cannot be told of one account is tried again at the next look, and holds up no other. */
  const feed = async (accountId: AccountId): Promise<void> => {
    try {
      while ((await store.run("feedWebhooks", { accountId }, clock.now())).more);
    } catch (err) {
      log.error({ err, account: accountId }, "what webhooks are to be told could not be queued")
    }
  }

  const goOn = async (): Promise<Millis | null> => {
    const now = clock.now()
    const all = now >= lookedAt + LOOK_EVERY
    if (all) lookedAt = now
    const among = all ? null : [...nudged]
    nudged.clear()
    const { behind, nextAt: dueAt } = await store.run("nextWebhooks", { among }, now, "reading")
    for (const accountId of behind) await feed(accountId)
    if (behind.length === 0 && (dueAt === null || dueAt > clock.now())) return dueAt
    const limit = ABREAST - underWay.size
    // Whoever ends wakes this loop.
    if (limit <= 0) return null
    const { claims, nextAt } = await store.run(
      "claimWebhooks",
      { relayId, limit, leaseMs: LEASE },
      clock.now(),
    )
    for (const claim of claims) {
      const one = deliver(claim).finally(() => {
        underWay.delete(one)
        loop.wake()
      })
      underWay.add(one)
    }
    return nextAt
  }

  const deliver = async (claim: WebhookClaim): Promise<void> => {
    const result = await post(claim)
    const { accountId, id, attempt } = claim
    const facts = { delivery: id, webhook: claim.webhookId, attempt }
    try {
      await store.run("settleWebhook", { accountId, id, relayId, attempt, result }, clock.now())
      log.info(
        { ...facts, ...(result.kind === "answered" ? { status: result.status } : { why: result.why }) },
        "webhook",
      )
    } catch (err) {
      // Its lease ends, and it is sent again as the same message.
      log.error({ err, ...facts }, "the result of a webhook could not be stored")
    }
  }

  const post = async ({ id, url, secrets, body }: WebhookClaim): Promise<WebhookResult> => {
    const began = performance.now()
    const tookMs = (): Millis => Math.round(performance.now() - began)
    const headers = webhookHeaders({ id, seconds: Math.floor(clock.now() / SECOND), body }, secrets)
    try {
      const { status, text } = await outside.post(url, headers, Buffer.from(body), "private")
      return { kind: "answered", status, text, tookMs: tookMs() }
    } catch (error) {
      return { kind: "silent", why: whyOf(error), tookMs: tookMs() }
    }
  }

  const loop = startLoop({ name: "webhooks", step, clock, log, longestSleep: LONGEST_SLEEP, gather: GATHER })
  const stopListening = store.onNudge((ids) => {
    for (const id of ids) nudged.add(id)
    loop.wake()
  })
  return {
    wake: loop.wake,
    stop: async () => {
      stopListening()
      await loop.stop()
      await Promise.all(underWay)
    },
  }
}

/** Short, for people; the place itself stands beside it. */
const whyOf = (error: unknown): string => {
  if (error instanceof UnfitPlace) return error.why
  if (error instanceof Error && error.name === "TimeoutError") return "timeout"
  const { code, message } = error as { code?: string; message?: string }
  return code ?? message ?? "error"
}
