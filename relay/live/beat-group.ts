import type { Beat } from "../../shared/protocol/live.ts"
import type { AccountId, AgentId, DeviceId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import type { House } from "../house.ts"

/** Beats that change nothing wait this long for others, so that thousands of devices are a few transactions. */
const GATHER: Millis = 250
/** Past this a group goes without waiting: one transaction stays short. */
const FULL = 1000

export interface DeviceBeat {
  accountId: AccountId
  agentId: AgentId
  deviceId: DeviceId
  beat: Beat
}

export type BeatResult = "taken" | "old" | "revoked"

export interface BeatGroup {
  /**
   * Stores a beat and answers when it is on disk; `urgent` (what the device says has changed) goes at once
   * and takes along whatever waits. Throws what the store threw.
   */
  take(beat: DeviceBeat, urgent: boolean): Promise<BeatResult>
  /** Stores what waits, and answers when it is stored. */
  flush(): Promise<void>
}

interface Waiting {
  beat: DeviceBeat
  resolve: (result: BeatResult) => void
  reject: (error: unknown) => void
}

export const createBeatGroup = ({ store, clock }: Pick<House, "store" | "clock">): BeatGroup => {
  let waiting: Waiting[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      const { results } = await store.run("takeBeats", { beats: group.map((one) => one.beat) }, clock.now())
      group.forEach((one, i) => {
        one.resolve(results[i] ?? "old")
      })
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }

  return {
    take: (beat, urgent) =>
      new Promise((resolve, reject) => {
        waiting.push({ beat, resolve, reject })
        if (urgent || waiting.length >= FULL) void flush()
        else timer ??= setTimeout(() => void flush(), GATHER)
      }),
    flush,
  }
}
