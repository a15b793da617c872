import { type Changing, changing, type Watched } from "./watched.ts"

/** Chromium's offer to install the page (no standard; others have it in their menus). */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
  userChoice: Promise<{ outcome: "accepted" | "dismissed" }>
}

export interface Install {
  /** The browser would install it now. */
  offered: Watched<boolean>
  ask(): Promise<void>
}

/** Keeps the browser's offer for a button of ours, so that nothing is asked of anybody by itself. */
export const watchInstall = (): Install => {
  const offered: Changing<boolean> = changing(false)
  let offer: InstallOffer | null = null
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault()
    offer = event as InstallOffer
    offered.set(true)
  })
  addEventListener("appinstalled", () => {
    offer = null
    offered.set(false)
  })
  return {
    offered,
    ask: async () => {
      const asked = offer
      // It can be used once.
      offer = null
      offered.set(false)
      await asked?.prompt()
    },
  }
}

/** Runs as an installed app, in a window of its own. */
export const isInstalled = (): boolean =>
  matchMedia("(display-mode: standalone)").matches ||
  (navigator as Navigator & { standalone?: boolean }).standalone === true
