import type { IdleState, Presence } from "../../shared/words/nouns.ts"
import { HOUR, MINUTE, type Millis, SECOND } from "../../shared/words/time.ts"

/**
 * What a device shows of its agent (rules.md, "Presence").
 *
 *   present ──idle, locked, closed, signed out, silent──▶ fading ──grace over──▶ gone
 *      ▲                                                    │                     │
 *      ├────────────────────── active beat ─────────────────┴─────────────────────┤
 *      │                                                                          │
 *   a phone in the background instead: reachable ──60 min, or a notice went out───┘
 *
 * Nothing here reads a clock: the moment is an argument, and what will change by itself says when.
 */
export interface DeviceFacts {
  /** What the last beat said; null before the first. */
  state: IdleState | null
  /** The interval the last beat announced. */
  intervalMs: Millis
  /** When the last beat came. */
  beatAt: Millis | null
  /** *seen at*: the last active beat; or the end, if the device was present until then. */
  seenAt: Millis | null
  /** Closed or signed out since the last beat. */
  endedAt: Millis | null
  /** After a time without a relay: fading at least until then. */
  heldUntil: Millis | null
  /** A phone that can be reached by push in the background. */
  push: boolean
  /** When a notice went out that had waited for this phone. */
  leaseEndedAt: Millis | null
  /** The browser tells when nobody sits there. */
  tellsIdle: boolean
  /** Last input in our own pages. */
  usedAt: Millis | null
  /** Since when it counts as idle though it says active, until used. */
  presumedIdleAt: Millis | null
}

/** How long a phone in the background is reachable after it was last used. */
const LEASE: Millis = HOUR

/** How long a message may lie unopened before a device that cannot tell idle counts as idle. */
const UNOPENED: Millis = 15 * MINUTE

/** 2 beats and a late one: a single lost beat must not change the light. */
const SLACK: Millis = 5 * SECOND

/** A time without any relay that is longer than this is a gap (as long as a silent device counts as present). */
export const RELAY_GAP: Millis = 45 * SECOND

/** Absences shorter than this do not count as having been away. */
export const SHORT_ABSENCE: Millis = 45 * SECOND

/** What a device that was there at the last sign of a relay is given at least, once a relay is back. */
const HOLD_AFTER_GAP: Millis = 60 * SECOND

/** Until when a device is believed to be as its last beat said; null if it has ended, or never said anything. */
const heardUntil = (device: DeviceFacts): Millis | null =>
  device.endedAt === null && device.beatAt !== null ? device.beatAt + 2 * device.intervalMs + SLACK : null

/** The last moment at which the device still counts as present if it stays silent; null if it is not present. */
const presentUntil = (device: DeviceFacts): Millis | null =>
  device.state === "active" && device.presumedIdleAt === null ? heardUntil(device) : null

/** Whether the device's browser runs: its beats come, whatever they say of the person in front of it. */
export const isRunning = (device: DeviceFacts, now: Millis): boolean => now <= (heardUntil(device) ?? -1)

const fadingUntil = (device: DeviceFacts, grace: Millis): Millis =>
  Math.max(
    device.seenAt === null ? Number.NEGATIVE_INFINITY : device.seenAt + grace,
    device.heldUntil ?? Number.NEGATIVE_INFINITY,
  )

/** Until when a phone can be reached in the background; null if it cannot. */
const reachableUntil = (device: DeviceFacts): Millis | null =>
  device.push &&
  device.seenAt !== null &&
  (device.leaseEndedAt === null || device.leaseEndedAt < device.seenAt)
    ? device.seenAt + LEASE
    : null

/** Presence of a device at a moment. `grace` in ms. */
export const presenceOf = (device: DeviceFacts, now: Millis, grace: Millis): Presence => {
  const until = presentUntil(device)
  if (until !== null && now <= until) return "present"
  const reachable = reachableUntil(device)
  if (reachable !== null && now < reachable) return "reachable"
  return now < fadingUntil(device, grace) ? "fading" : "gone"
}

/** When the presence changes if nothing is heard any more; null if it is gone for good. */
export const changesAt = (device: DeviceFacts, now: Millis, grace: Millis): Millis | null => {
  switch (presenceOf(device, now, grace)) {
    case "present":
      return presentUntil(device)! + 1
    case "reachable":
      return reachableUntil(device)
    case "fading":
      return fadingUntil(device, grace)
    default:
      return null
  }
}

/**
 * The first moment from `from` on at which devices show what they are known to show. A silence is noticed some time
 * after it began: judged as of a moment before that, who has fallen silent would be back.
 */
export const showsFrom = (
  devices: readonly { facts: DeviceFacts; presence: Presence }[],
  from: Millis,
  grace: Millis,
): Millis => {
  const changes = devices
    .filter(({ facts, presence }) => presenceOf(facts, from, grace) !== presence)
    .map(({ facts }) => changesAt(facts, from, grace))
    .filter((moment) => moment !== null)
  return changes.length === 0 ? from : showsFrom(devices, Math.min(...changes), grace)
}

/**
 * The device's facts after a beat. Who comes back (a browser opened, a machine woken) has used it, whether its
 * pages saw that or not. Whether the beat is old (same boot, lower number) is `isOldBeat`. */
export const afterBeat = (
  device: DeviceFacts,
  beat: { state: IdleState; intervalMs: Millis; tellsIdle?: boolean; used?: boolean },
  now: Millis,
): DeviceFacts => {
  const isBack = beat.state === "active" && now > (heardUntil(device) ?? Number.NEGATIVE_INFINITY)
  const isUsed = beat.used === true || isBack
  const presumedIdleAt = isUsed ? null : device.presumedIdleAt
  return {
    ...device,
    state: beat.state,
    intervalMs: beat.intervalMs,
    beatAt: now,
    seenAt: beat.state === "active" && presumedIdleAt === null ? now : device.seenAt,
    endedAt: null,
    tellsIdle: beat.tellsIdle ?? true,
    usedAt: isUsed ? now : device.usedAt,
    presumedIdleAt,
  }
}

/**
 * When a device that cannot tell idle comes to count as idle: a message of its audience has lain unopened
 * for 15 min, and there was no input in our own pages meanwhile. `unopenedAt`: when the oldest such message
 * came; `thereSince`: since when its agent is there. Null for a device that tells, or is not present.
 */
export const presumedIdleFrom = (
  device: DeviceFacts,
  unopenedAt: Millis | null,
  thereSince: Millis | null,
): Millis | null =>
  device.tellsIdle || unopenedAt === null || presentUntil(device) === null
    ? null
    : Math.max(unopenedAt, device.usedAt ?? unopenedAt, thereSince ?? unopenedAt) + UNOPENED

export const isOldBeat = (
  known: { bootId: string; seq: number },
  beat: { bootId: string; seq: number },
): boolean => known.bootId === beat.bootId && beat.seq <= known.seq

/** The device's facts after its socket closed or it signed out: seen until now, if it was present until now. */
export const afterEnd = (device: DeviceFacts, now: Millis): DeviceFacts => {
  if (device.endedAt !== null) return device
  const until = presentUntil(device)
  return { ...device, endedAt: now, seenAt: until !== null && now <= until ? now : device.seenAt }
}

/**
 * The device's facts once a relay is up again after a gap: who was present or fading at the relay's last
 * sign is fading until now + max(grace, 60 s); everybody else, and who has beaten again already, stays as is.
 */
export const afterGap = (device: DeviceFacts, lastSign: Millis, now: Millis, grace: Millis): DeviceFacts =>
  (device.beatAt !== null && device.beatAt > lastSign && presenceOf(device, now, grace) === "present") ||
  isAway(presenceOf(device, lastSign, grace))
    ? device
    : { ...device, endedAt: device.endedAt ?? lastSign, heldUntil: gapEndsAt(now, grace) }

/** A phone that was reachable stays so by itself. */
const isAway = (presence: Presence): boolean => presence === "gone" || presence === "reachable"

/** Until when a gap is made good for: what falls due before moves to here. */
export const gapEndsAt = (now: Millis, grace: Millis): Millis => now + Math.max(grace, HOLD_AFTER_GAP)
