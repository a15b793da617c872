import { useState } from "preact/hooks"
import type { SettingsView } from "../../../shared/protocol/views.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { useAdmin, useUnsaved } from "./context.ts"
import { begin, type Draft, follow, isDirty, isOvertaken } from "./draft.ts"
import { type Trouble, troubleOf } from "./trouble.ts"

/** One call at a time, and what went wrong with the last one. */
export const useWork = () => {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  /** Answers whether it went well. */
  const work = async (call: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setTrouble(null)
    try {
      await call()
      return true
    } catch (error) {
      setTrouble(troubleOf(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, trouble, work }
}

/** A part of the settings that is edited and then saved as a whole. */
export interface Form<T> {
  value: T
  set(change: Partial<T>): void
  dirty: boolean
  /** Somebody else changed the same part since; `loadAnew` shows theirs, `save(send, true)` keeps one's own. */
  overtaken: boolean
  loadAnew(): void
  busy: boolean
  saved: boolean
  trouble: Trouble | null
  /** Sends what was edited, on the version it was made on. Nothing typed is lost when that is refused. */
  save(send: (value: T, version: number) => Promise<unknown>, over?: boolean): Promise<boolean>
}

/** `pick`: the part, in the shape that is edited; compared as JSON. */
export const useForm = <T extends object>(pick: (settings: SettingsView) => T): Form<T> => {
  const { settings, reload } = useAdmin()
  const stored = pick(settings)
  const [kept, keep] = useState<Draft<T>>(() => begin(stored, settings.version))
  const [saved, setSaved] = useState(false)
  const { busy, trouble, work } = useWork()
  const draft = follow(kept, stored, settings.version)
  const dirty = isDirty(draft)
  useUnsaved(dirty)

  /** Settings have one version for all: where only other parts changed, it is sent again on the new one. */
  const send = async (call: (value: T, version: number) => Promise<unknown>): Promise<void> => {
    try {
      await call(draft.value, draft.version)
    } catch (error) {
      if (!(error instanceof Refusal && error.code === "stale")) throw error
      const fresh = await reload()
      const newer = follow(draft, pick(fresh), fresh.version)
      if (newer.version === draft.version) throw error
      await call(newer.value, newer.version)
    }
  }

  return {
    value: draft.value,
    set: (change) => {
      setSaved(false)
      keep({ ...draft, value: { ...draft.value, ...change } })
    },
    dirty,
    overtaken: isOvertaken(draft, stored),
    loadAnew: () => keep(begin(stored, settings.version)),
    busy,
    saved,
    trouble,
    save: (call, over = false) =>
      work(async () => {
        setSaved(false)
        if (over) await call(draft.value, settings.version)
        else await send(call)
        const fresh = await reload()
        keep(begin(pick(fresh), fresh.version))
        setSaved(true)
      }),
  }
}
