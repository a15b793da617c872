import { onBeatAlarm } from "./alarms.ts"
import { browser } from "./browser.ts"
import { watchIdle } from "./idle.ts"
import { beginLife, type Life } from "./life.ts"
import { onShortcut } from "./menu.ts"
import { onAsk } from "./messages.ts"
import { onNoticeClicked } from "./notifications.ts"
import { report } from "./state.ts"

/**
 * Where everything that wakes the background comes in. Listeners are registered synchronously: one that is
 * registered later misses the event that woke us. What they do waits until the life has begun.
 */
export const startWorker = (): void => {
  const when = (then: (life: Life) => unknown): void => void life.then(then).catch(report)

  const idle = watchIdle(() => when((life) => life.beat()))
  onBeatAlarm(() => when((life) => life.wake()))
  onAsk(async (message) => (await life).answer(message))
  onShortcut({
    intent: (intent) => when((life) => life.answer({ type: "set-intent", wish: { intent, until: null } })),
    next: () => when((life) => life.nextIntent()),
    desk: () => when((life) => life.answer({ type: "open-desk", conversation: null })),
  })
  onNoticeClicked((conversation) => when((life) => life.answer({ type: "open-desk", conversation })))
  // Being registered is all these are for: they start the worker with the browser and after an update.
  browser.runtime.onStartup.addListener(() => when((life) => life.wake()))
  browser.runtime.onInstalled.addListener(() => when((life) => life.wake()))

  const life = beginLife(idle)
  when((life) => life.wake())
}
