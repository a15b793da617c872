/// <reference types="wxt/vite-builder-env" />
import { MINUTE } from "../../shared/words/time.ts"
import { ALARM_BEAT, SOCKET_BEAT } from "../rules/beat-plan.ts"
import { browser } from "./browser.ts"

const BEAT = "beat"

/**
 * Chromium: 30 s, the least it allows; between alarms the socket's frames keep the worker alive. Firefox: a
 * socket does not keep its event page alive, an alarm every 20 s does.
 */
const PERIOD = (import.meta.env.FIREFOX ? SOCKET_BEAT : ALARM_BEAT) / MINUTE

/** Created again at every start of a worker: alarms may be lost after sleep or an update. */
export const ensureAlarms = (): Promise<void> =>
  browser.alarms.create(BEAT, { periodInMinutes: PERIOD, delayInMinutes: PERIOD }) as unknown as Promise<void>

export const clearAlarms = async (): Promise<void> => {
  await browser.alarms.clear(BEAT)
}

/** To be called synchronously at start, as every listener of a worker. */
export const onBeatAlarm = (then: () => void): void =>
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === BEAT) then()
  })
