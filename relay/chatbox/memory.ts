import type { Kept, Outgoing, Thread } from "./state.ts"

/**
 * What the browser keeps for the box, per site and (as browsers part it) per page's own site. Nothing is
 * written before the box was first opened. Where storage is denied, everything works until the page goes.
 * A visitor is one over all groups; conversations are one per group.
 *
 *   porchlight:<site>                    the visitor, `<id>.<secret>`
 *   porchlight:<site>:<group>:seen       last message shown
 *   porchlight:<site>:<group>:out:<key>  a message on its way
 *   session: porchlight:<site>:<tag's group>:open, :draft, and :group for one that was chosen
 *
 * What is open and half written stays when another group is chosen on the same page.
 */
export interface Memory {
  read: () => Kept
  /** From now on it keeps the conversation of this group, and gives what is kept of it. */
  turnTo: (group: string | null) => Thread
  /** Keeps the visitor in place of `old`, unless another tab was first; returns whom it keeps. */
  keepVisitor: (visitor: string, old: string | null) => string
  keepSeen: (seq: number) => void
  keepOutgoing: (message: Outgoing) => void
  settle: (key: string) => void
  readTab: (name: "open" | "draft" | "group" | "files") => string
  keepTab: (name: "open" | "draft" | "group" | "files", value: string) => void
  /** Forgets all it keeps of this site. */
  forget: () => void
  /** Hears of what other tabs keep. */
  listen: (heard: (news: { visitor?: string; seenSeq?: number; settled?: string }) => void) => void
}

/** Memory of the box of a site and of the group its tag names. `local` and `session` are null where the browser denies them. */
export const openMemory = (
  site: string,
  tag: string | null,
  local: Storage | null,
  session: Storage | null,
): Memory => {
  const name = `porchlight:${site}`
  const page = `${name}:${tag ?? ""}`
  const keysOf = (group: string | null) => ({
    out: `${name}:${group ?? ""}:out:`,
    seen: `${name}:${group ?? ""}:seen`,
  })
  let { out, seen } = keysOf(tag)
  const readThread = (): Thread => ({
    seenSeq: Number(local?.getItem(seen) ?? 0),
    outbox: readOutbox(local, out),
  })

  const write = (storage: Storage | null, key: string, value: string | null): void => {
    try {
      if (value === null) storage?.removeItem(key)
      else storage?.setItem(key, value)
    } catch (error) {
      // Full or switched off meanwhile: the box goes on without keeping.
      console.warn("porchlight keeps nothing", error)
    }
  }

  return {
    read: () => ({ visitor: local?.getItem(name) ?? null, ...readThread() }),
    turnTo: (group) => {
      ;({ out, seen } = keysOf(group))
      return readThread()
    },
    keepVisitor: (visitor, old) => {
      const first = local?.getItem(name) ?? null
      if (first !== null && first !== old) return first
      write(local, name, visitor)
      return visitor
    },
    keepSeen: (seq) => write(local, seen, String(seq)),
    keepOutgoing: (message) => write(local, out + message.key, JSON.stringify(message)),
    settle: (key) => write(local, out + key, null),
    readTab: (what) => session?.getItem(`${page}:${what}`) ?? "",
    keepTab: (what, value) => write(session, `${page}:${what}`, value || null),
    forget: () => {
      for (const storage of [local, session])
        for (const key of keysIn(storage)) if (key.startsWith(name)) write(storage, key, null)
    },
    listen: (heard) =>
      addEventListener("storage", ({ storageArea, key, newValue }) => {
        if (storageArea !== local || key === null) return
        if (key === name && newValue) heard({ visitor: newValue })
        else if (key === seen && newValue) heard({ seenSeq: Number(newValue) })
        else if (key.startsWith(out) && newValue === null) heard({ settled: key.slice(out.length) })
      }),
  }
}

const keysIn = (storage: Storage | null): string[] =>
  Array.from({ length: storage?.length ?? 0 }, (_, at) => storage!.key(at)!)

const readOutbox = (local: Storage | null, prefix: string): Outgoing[] =>
  keysIn(local)
    .filter((key) => key.startsWith(prefix))
    .map((key) => JSON.parse(local!.getItem(key)!) as Outgoing)
    .map((message): Outgoing => (message.state === "failed" ? message : { ...message, state: "waiting" }))
    .sort((a, b) => a.at - b.at)

/** A storage of this window, or null where the browser denies it (blocked or sandboxed third parties). */
export const storageOf = (kind: "localStorage" | "sessionStorage"): Storage | null => {
  try {
    return window[kind]
  } catch {
    return null
  }
}
