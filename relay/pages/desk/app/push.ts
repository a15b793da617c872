import { caller } from "../../../../shared/desk/http-port.ts"
import { problemOf } from "../../../../shared/desk/problem.ts"
import type { DevicePushView } from "../../../../shared/protocol/views.ts"
import { isApple } from "../handheld.ts"
import { isInstalled } from "./install.ts"
import { type Changing, changing, type Watched } from "./watched.ts"

/**
 * Notifications on this device. `unfit`: it cannot have any, and why; `denied`: the browser was told to block them;
 * `on`: with push, unless the browser's push service was not there: then only while the page is open.
 */
export type PushState =
  | { kind: "reading" }
  | { kind: "unfit"; why: "unsupported" | "insecure" | "ios" }
  | { kind: "denied" }
  | { kind: "off" }
  | { kind: "on"; push: boolean }

export interface DevicePush {
  state: Watched<PushState>
  /** Asks the browser's permission, to be called by a press only, and subscribes. Rejects as a desk port does. */
  turnOn(): Promise<void>
  turnOff(): Promise<void>
  /** Sends a notification to this device. */
  test(): Promise<void>
  /** Forgets it on this device: for signing out, after which the relay has forgotten it too. */
  forget(): Promise<void>
}

/** Kept while notifications are wanted here. The number is the format's version. */
const KEY = "porchlight.desk.notices.1"

const unfitHere = (): Extract<PushState, { kind: "unfit" }>["why"] | null => {
  if (isApple(navigator) && !isInstalled()) return "ios"
  if (!isSecureContext) return "insecure"
  return "Notification" in window && navigator.serviceWorker !== undefined ? null : "unsupported"
}

interface PushParts {
  relay: string
  token: string
  registration: Promise<ServiceWorkerRegistration | null>
}

export const devicePush = ({ relay, token, registration }: PushParts): DevicePush => {
  const call = caller({ relay, token })
  const state: Changing<PushState> = changing({ kind: "reading" })

  const ask = () => call.json<{ key: string; push: DevicePushView | null }>("GET", "/api/me/push")

  /** Subscribes with the relay's present key, and tells the relay unless it knows. */
  const subscribe = async (): Promise<void> => {
    const manager = (await registration)?.pushManager
    const { key, push } = await ask()
    const kept = (await manager?.getSubscription()) ?? null
    // What nothing arrives at any more is given up for a fresh one, as is what was made with an older key.
    const fits =
      kept !== null &&
      isKey(kept.options.applicationServerKey, key) &&
      (push === null || push.failure === null)
    if (fits && push?.on === true && localStorage.getItem(KEY) === kept.endpoint)
      return state.set({ kind: "on", push: true })
    if (kept !== null && !fits) await kept.unsubscribe()
    const subscription = fits ? kept : await subscribeTo(manager, key)
    localStorage.setItem(KEY, subscription?.endpoint ?? "open")
    if (subscription === null) {
      if (push?.on === true) await call.nothing("PUT", "/api/me/push", { subscription: null })
      return state.set({ kind: "on", push: false })
    }
    const { endpoint, keys } = subscription.toJSON()
    await call.nothing("PUT", "/api/me/push", { subscription: { endpoint, keys } })
    state.set({ kind: "on", push: true })
  }

  const look = async (): Promise<void> => {
    const why = unfitHere()
    if (why !== null) return state.set({ kind: "unfit", why })
    const { permission } = Notification
    const wanted = localStorage.getItem(KEY) !== null
    try {
      // Taken back in the browser's settings: the phone is not to hold a light by what nobody would see.
      if (wanted && permission !== "granted") await turnOff()
      if (permission === "denied") return state.set({ kind: "denied" })
      if (permission === "default" || !wanted) return state.set({ kind: "off" })
      await subscribe()
    } catch (error) {
      // Not reached, or not signed in any more: the desk itself says so. What was subscribed stays.
      problemOf(error)
      if (permission === "denied") return state.set({ kind: "denied" })
      state.set({ kind: "on", push: localStorage.getItem(KEY) !== "open" })
    }
  }

  const turnOff = async (): Promise<void> => {
    await call.nothing("PUT", "/api/me/push", { subscription: null })
    await forget(registration)
    state.set({ kind: "off" })
  }

  void look()
  return {
    state,
    turnOn: async () => {
      if (state.get().kind !== "off" && state.get().kind !== "on") return
      const permission = await Notification.requestPermission()
      if (permission === "denied") return state.set({ kind: "denied" })
      if (permission === "granted") await subscribe()
    },
    turnOff,
    test: () => call.nothing("POST", "/api/me/push/test"),
    forget: () => forget(registration),
  }
}

const forget = async (registration: PushParts["registration"]): Promise<void> => {
  localStorage.removeItem(KEY)
  const it = await registration
  for (const shown of (await it?.getNotifications()) ?? []) shown.close()
  await (await it?.pushManager?.getSubscription())?.unsubscribe()
}

/** Null where the browser's push service is not to be had (none, switched off, not reached). */
const subscribeTo = async (
  manager: PushManager | undefined,
  key: string,
): Promise<PushSubscription | null> => {
  try {
    return (await manager?.subscribe({ userVisibleOnly: true, applicationServerKey: key })) ?? null
  } catch (error) {
    console.warn("[porchlight] the browser's push service was not to be had", error)
    return null
  }
}

/** Whether a subscription was made with this key (base64url). */
const isKey = (of: ArrayBuffer | null, key: string): boolean => {
  if (of === null) return false
  const letters = btoa(String.fromCharCode(...new Uint8Array(of)))
  return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key
}
