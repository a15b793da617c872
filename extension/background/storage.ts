import type { Beat } from "../../shared/protocol/live.ts"
import { randomBase32 } from "../../shared/words/ids.ts"
import { type Connection, NO_CONNECTION } from "../rules/connection.ts"
import { readIdleMinutes } from "../rules/idle-state.ts"
import { readSaved, SAVED_VERSION, type Saved } from "../rules/saved.ts"
import { browser } from "./browser.ts"

/** A sign-in begun: the popup closes when the person goes to their mail for the code, and must go on there. */
export interface Draft {
  relay: string
  address: string
}

/** All that popup and worker share. The worker writes (but for the draft), pages read and listen. */
export interface Kept extends Saved {
  connection: Connection
  /** The relay ended the session; said once, until somebody signs in. */
  ended: boolean
  draft: Draft | null
  /** Minutes without input after which this browser counts as idle; outlives signing out. */
  idleMinutes: number
}

const LOCAL = ["session", "cursor", "toolbar", "notified"] as const satisfies (keyof Saved)[]
const PASSING = ["connection", "ended"] as const satisfies (keyof Kept)[]

type Stored = [local: Record<string, unknown>, session: Record<string, unknown>]

/** What public/early.js asked for before this code was there; for the first reading of a page, null after it. */
const takeEarly = (): Promise<Stored> | null => {
  const page = globalThis as { porchlightEarly?: Promise<Stored> }
  const early = page.porchlightEarly ?? null
  delete page.porchlightEarly
  return early
}

/** Reads all of it: what outlives the browser from `storage.local`, the rest from `storage.session`. */
export const readKept = async (): Promise<Kept> => {
  const [local, session] = await (takeEarly() ??
    Promise.all([
      browser.storage.local.get(null),
      browser.storage.session.get(["connection", "ended", "draft"]),
    ]))
  return {
    ...readSaved(local),
    connection: (session.connection as Connection | undefined) ?? NO_CONNECTION,
    ended: session.ended === true,
    draft: (session.draft as Draft | undefined) ?? null,
    idleMinutes: readIdleMinutes(local.idleMinutes),
  }
}

/** Writes what changed, under the present version of the shape. */
export const writeKept = async (change: Partial<Kept>): Promise<void> => {
  const local = Object.fromEntries(LOCAL.filter((key) => key in change).map((key) => [key, change[key]]))
  const writes: Promise<void>[] = []
  if (Object.keys(local).length > 0) {
    writes.push(browser.storage.local.set({ ...local, version: SAVED_VERSION }))
  }
  const passing = Object.fromEntries(PASSING.filter((key) => key in change).map((key) => [key, change[key]]))
  if (Object.keys(passing).length > 0) writes.push(browser.storage.session.set(passing))
  await Promise.all(writes)
}

export const writeDraft = (draft: Draft | null): Promise<void> =>
  draft === null ? browser.storage.session.remove("draft") : browser.storage.session.set({ draft })

/** Calls `then` with all of it whenever something of it changes; returns how to stop. */
export const watchKept = (then: (kept: Kept) => void): (() => void) => {
  let reading = 0
  const listen = async (): Promise<void> => {
    const mine = ++reading
    const kept = await readKept()
    // Answers may overtake each other; only the newest is shown.
    if (mine === reading) then(kept)
  }
  const onChanged = (): void => void listen()
  browser.storage.onChanged.addListener(onChanged)
  return () => browser.storage.onChanged.removeListener(onChanged)
}

/** Whether this browser has ever reported idle; kept for as long as the extension is installed. */
export const readToldIdle = async (): Promise<boolean> =>
  (await browser.storage.local.get("toldIdle")).toldIdle === true

export const writeToldIdle = (): Promise<void> => browser.storage.local.set({ toldIdle: true })

export const readIdleAfter = async (): Promise<number> =>
  readIdleMinutes((await browser.storage.local.get("idleMinutes")).idleMinutes)

export const writeIdleAfter = (idleMinutes: number): Promise<void> =>
  browser.storage.local.set({ idleMinutes })

interface Boot {
  id: string
  seq: number
}

/**
 * Numbers of beats. The boot id lives as long as the browser (`storage.session`), so that a worker that was
 * stopped and woken goes on counting; each number is written before it is used, so none is used twice.
 */
export const openBoot = async (): Promise<{ next(): Promise<Pick<Beat, "bootId" | "seq">> }> => {
  const { boot: found } = (await browser.storage.session.get("boot")) as { boot?: Boot }
  const boot = found ?? { id: randomBase32(20), seq: 0 }
  return {
    next: async () => {
      boot.seq++
      const { id, seq } = boot
      await browser.storage.session.set({ boot: { id, seq } satisfies Boot })
      return { bootId: id, seq }
    },
  }
}
