import { HOUR, type Millis, SECOND } from "../../../../shared/words/time.ts"
import type { ToPage, ToWorker } from "../worker/scope.ts"
import { type Changing, changing, type Watched } from "./watched.ts"

/** The desk's service worker, as its page sees it. */
export interface PageWorker {
  /** Null where there is none: an old browser, or plain http. */
  registration: Promise<ServiceWorkerRegistration | null>
  /** A newer version waits to take over. */
  newer: Watched<boolean>
  /** Lets it, and loads the page anew; what is written is kept by the desk all along. */
  takeOver(): void
  /** Looks for a newer version, once an hour at most. */
  look(): void
}

const LOOK_EVERY: Millis = HOUR

/**
 * A browser lets the new worker take over once the old one has nothing under way, which can take minutes. The page asks
 * the relay for its newest files anyway, so it need not wait for that.
 */
const TAKEN_OVER_WITHIN: Millis = 3 * SECOND

/** Registers the worker. `onOpen`: a notification was pressed. */
export const startWorker = (onOpen: (conversation: string) => void): PageWorker => {
  const newer: Changing<boolean> = changing(false)
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker
  let lookedAt = Date.now()
  let reloading: ReturnType<typeof setTimeout> | null = null

  const reload = (): void => {
    if (reloading !== null) clearTimeout(reloading)
    location.reload()
  }

  const watch = (registration: ServiceWorkerRegistration): void => {
    const follow = (): void => newer.set(registration.waiting !== null && registration.active !== null)
    follow()
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", follow)
    })
  }

  const register = async (): Promise<ServiceWorkerRegistration | null> => {
    if (container === undefined) return null
    try {
      const registration = await container.register("/desk/worker.js", {
        scope: "/desk",
        updateViaCache: "none",
      })
      watch(registration)
      return registration
    } catch (error) {
      // The desk works without: only not installed, and not without a network.
      console.error("[porchlight] the worker of the desk could not be started", error)
      return null
    }
  }

  container?.addEventListener("message", (event) => {
    const message = event.data as ToPage | null
    if (message?.type === "open") onOpen(message.conversation)
  })
  container?.addEventListener("controllerchange", () => {
    if (reloading !== null) reload()
  })

  const registration = register()
  return {
    registration,
    newer,
    takeOver: () => {
      reloading ??= setTimeout(reload, TAKEN_OVER_WITHIN)
      void registration.then((it) => it?.waiting?.postMessage({ type: "take-over" } satisfies ToWorker))
    },
    look: () => {
      if (Date.now() - lookedAt < LOOK_EVERY) return
      lookedAt = Date.now()
      // Without a network there is nothing newer either.
      void registration.then((it) => it?.update()).catch(() => undefined)
    },
  }
}
