import { useEffect } from "preact/hooks"
import type { Millis } from "../../../../shared/words/time.ts"

/**
 * Does something now and again and again while the screen is looked at; a turn that is under way is waited for. `work`
 * has to stay the same function, or it begins anew.
 */
export const useRepeat = (every: Millis, work: (signal: AbortSignal) => Promise<unknown>): void => {
  useEffect(() => {
    const away = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const turn = async (): Promise<void> => {
      // Nobody sees it: it is done when they come back.
      if (!document.hidden) await work(away.signal)
      if (!away.signal.aborted) timer = setTimeout(() => void turn(), every)
    }
    void turn()
    return () => {
      away.abort()
      clearTimeout(timer)
    }
  }, [every, work])
}
