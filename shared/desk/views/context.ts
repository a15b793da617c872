import { type ComponentType, createContext } from "preact"
import { useContext, useEffect, useState } from "preact/hooks"
import type { Language } from "../../words/nouns.ts"
import type { Millis } from "../../words/time.ts"
import type { Desk } from "../desk.ts"
import type { DeskState } from "../state.ts"
import type { SayDesk } from "../words.ts"

/** What every view needs: the desk to act on, and the words. */
export interface DeskTools {
  desk: Desk
  say: SayDesk
  language: Language
  /** From when what is shown is, while it is from this device and not from the relay. */
  keptFrom: () => Millis | null
}

export const DeskContext = createContext<DeskTools | null>(null)

export const useDesk = (): DeskTools => {
  const tools = useContext(DeskContext)
  if (tools === null) throw new Error("a view of the desk stands outside of it")
  return tools
}

/** The dialogs that stand over the whole desk. */
export type DialogName = "profile" | "sign-out" | "search" | "assign" | "canned" | "keys"

/** What the place where the desk is open adds of its own: over the lists, and among one's devices. */
export interface DeviceParts {
  Bar: ComponentType<{ state: DeskState }>
  Section: ComponentType<{ state: DeskState }>
}

export const DeviceContext = createContext<DeviceParts | null>(null)

/** Opens one of them. */
export const DialogContext = createContext<(dialog: DialogName) => void>(() => undefined)

/** This machine's clock, drawn again every `every` ms: for countdowns and local times. */
export const useNow = (every: Millis): Millis => {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

/** Whether a media query matches, followed as it changes. */
export const useMedia = (query: string): boolean => {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const follow = (): void => setMatches(list.matches)
    follow()
    list.addEventListener("change", follow)
    return () => list.removeEventListener("change", follow)
  }, [query])
  return matches
}

/** Whether somebody can be looking: the page is visible and has the focus. */
export const useLooking = (): boolean => {
  const look = (): boolean => document.visibilityState === "visible" && document.hasFocus()
  const [looking, setLooking] = useState(look)
  useEffect(() => {
    const follow = (): void => setLooking(look())
    follow()
    document.addEventListener("visibilitychange", follow)
    window.addEventListener("focus", follow)
    window.addEventListener("blur", follow)
    return () => {
      document.removeEventListener("visibilitychange", follow)
      window.removeEventListener("focus", follow)
      window.removeEventListener("blur", follow)
    }
  }, [])
  return looking
}
