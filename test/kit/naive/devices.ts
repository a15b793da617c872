import type { Step } from "./words.ts"

/** What was heard of a device, in its order; besides steps, what befell it. */
export type Heard =
  | Extract<Step, { kind: "beat" | "quit" }>
  /** Signed out for good. */
  | { at: number; kind: "revoked" }
  /** A gap of the relay ended; its last sign before was at `sign`. */
  | { at: number; kind: "gap"; sign: number; until: number }
  /** It left a message unopened for too long. */
  | { at: number; kind: "presumed-idle" }
  /** A notice went out that had waited for this phone. */
  | { at: number; kind: "lease-ended" }

export type Presence = "present" | "reachable" | "fading" | "gone"

interface Shown {
  presence: Presence
  seen: number | null
  /** When it was last used in our own pages, where its browser cannot tell idle; null: it can. */
  usedWhileBlind: number | null
}

const HOUR = 3600

/** What a device shows at second `t`, from all that was heard of it. */
export const presenceAt = (
  heard: readonly Heard[],
  t: number,
  { phone, grace }: { phone: boolean; grace: number },
): Shown => {
  let active: number | null = null
  /** Last beat of any kind since it opened. */
  let heardAt: number | null = null
  let every = 20
  let seen: number | null = null
  let heldUntil: number | null = null
  let leaseEnded: number | null = null
  let revoked = false
  let blind = false
  let used = Number.NEGATIVE_INFINITY
  let presumedIdle = false

  const isPresent = (at: number) => !presumedIdle && active !== null && at - active <= 2 * every + 5
  const isFading = (at: number) =>
    (seen !== null && at < seen + grace) || (heldUntil !== null && at < heldUntil)
  const isReachable = (at: number) =>
    phone && !revoked && seen !== null && at < seen + HOUR && (leaseEnded === null || leaseEnded < seen)

  for (const step of heard) {
    // Signed out it fades as others do, and a gap of the relay is made good for as with others.
    if (revoked && step.kind !== "gap") continue
    switch (step.kind) {
      case "beat":
        if (
          step.used ||
          (step.state === "active" && (heardAt === null || step.at - heardAt > 2 * every + 5))
        ) {
          used = step.at
          presumedIdle = false
        }
        active = step.state === "active" ? step.at : null
        heardAt = step.at
        every = step.every
        blind = step.blind
        if (step.state === "active" && !presumedIdle) seen = step.at
        break
      case "presumed-idle":
        presumedIdle = true
        break
      case "quit":
      case "revoked":
        if (isPresent(step.at)) seen = step.at
        active = null
        heardAt = null
        revoked = step.kind === "revoked"
        break
      case "gap":
        if (isPresent(step.sign) || (isFading(step.sign) && !isReachable(step.sign))) {
          heldUntil = step.until
          active = null
          heardAt = null
        }
        break
      case "lease-ended":
        leaseEnded = step.at
        break
    }
  }
  const presence = isPresent(t) ? "present" : isReachable(t) ? "reachable" : isFading(t) ? "fading" : "gone"
  return { presence, seen, usedWhileBlind: blind ? used : null }
}
