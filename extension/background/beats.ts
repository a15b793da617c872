import type { Beat } from "../../shared/protocol/live.ts"
import type { IdleState } from "../../shared/words/nouns.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import { type BeatFacts, planBeat, type Via } from "../rules/beat-plan.ts"

/** A relay that has not acknowledged by then is not at the other end any more (a line that died silently). */
const ACK_WITHIN = 10 * SECOND

export interface BeatEdges {
  /** The next number; kept before it is used. */
  next(): Promise<Pick<Beat, "bootId" | "seq">>
  signedIn(): boolean
  socketUp(): boolean
  idleState(): IdleState
  /** Whether the browser can tell idle. */
  tellsIdle(): boolean
  /** Whether it went out; its ack comes back through `acked`. */
  overSocket(beat: Beat): boolean
  /** Resolves when the relay has taken it. */
  overHttp(beat: Beat): Promise<void>
  /** The relay has it. */
  taken(via: Via): void
  /** Over HTTP it did not get through. */
  failed(error: unknown): void
  /** The socket swallowed one: it is to be renewed. */
  silent(): void
  now(): Millis
}

export interface Beats {
  /** Beats if one is due; every wake, alarm and change calls it, and its own timer while the worker lives. */
  tick(): Promise<void>
  /** There was input in one of our pages: said with the next beat, at once where only we can see it. */
  used(): Promise<void>
  /** The socket is up anew, or another person is signed in: the next tick beats. */
  renew(): void
  acked(seq: number): void
  stop(): void
}

export const createBeats = (edges: BeatEdges): Beats => {
  let last: BeatFacts["last"] = null
  let isUsed = false
  let timer: ReturnType<typeof setTimeout> | null = null
  let waitingFor: { seq: number; timer: ReturnType<typeof setTimeout> } | null = null
  let queue: Promise<void> = Promise.resolve()

  const plan = () =>
    planBeat({
      signedIn: edges.signedIn(),
      socketUp: edges.socketUp(),
      state: edges.idleState(),
      used: isUsed,
      tellsIdle: edges.tellsIdle(),
      last,
      now: edges.now(),
    })

  const forget = (): void => {
    if (waitingFor !== null) clearTimeout(waitingFor.timer)
    waitingFor = null
  }

  const expectAck = (seq: number): void => {
    forget()
    const timer = setTimeout(() => {
      waitingFor = null
      edges.silent()
    }, ACK_WITHIN)
    waitingFor = { seq, timer }
  }

  const beat = async (): Promise<void> => {
    if (plan().kind !== "beat") return
    const number = await edges.next()
    // Writing the number took a moment: what is said now is said of now.
    const now = plan()
    if (now.kind !== "beat") return
    const state = edges.idleState()
    const used = isUsed
    const body: Beat = { ...number, state, intervalMs: now.intervalMs, tellsIdle: edges.tellsIdle(), used }
    isUsed = false
    last = { at: edges.now(), state, via: now.via }
    if (now.via === "socket") {
      if (edges.overSocket(body)) expectAck(number.seq)
      else {
        last = null
        isUsed ||= used
      }
      return
    }
    try {
      await edges.overHttp(body)
      edges.taken("http")
    } catch (error) {
      isUsed ||= used
      edges.failed(error)
    }
  }

  /** While the worker lives, its own timer is more punctual than an alarm. Without a socket it soon dies. */
  const schedule = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const next = plan()
    if (next.kind === "wait" && edges.socketUp()) {
      timer = setTimeout(() => void tick(), Math.max(0, next.untilAt - edges.now()))
    }
  }

  const tick = (): Promise<void> => {
    queue = queue.then(beat).then(schedule)
    return queue
  }

  return {
    tick,
    used: () => {
      isUsed = true
      return tick()
    },
    renew: () => {
      last = null
      forget()
    },
    acked: (seq) => {
      if (waitingFor !== null && seq >= waitingFor.seq) forget()
      edges.taken("socket")
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      last = null
      isUsed = false
      forget()
    },
  }
}
