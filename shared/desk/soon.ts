import type { Millis } from "../words/time.ts"

/** Long enough to gather the events of one action, short enough not to be noticed. */
const GATHER: Millis = 80

/**
 * Runs something a moment after it was asked for, once for many askings, and never twice at a time: what is
 * asked while it runs makes it run once more. A burst of events costs a few reads, not one each.
 */
export const soon = (run: () => Promise<void>): { ask(): void; stop(): void } => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let running = false
  let again = false
  const ask = (): void => {
    if (running) {
      again = true
      return
    }
    timer ??= setTimeout(async () => {
      timer = null
      running = true
      try {
        await run()
      } finally {
        running = false
      }
      if (!again) return
      again = false
      ask()
    }, GATHER)
  }
  return {
    ask,
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      again = false
    },
  }
}
