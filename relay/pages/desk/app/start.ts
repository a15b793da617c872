import type { DeskPort } from "../../../../shared/desk/port.ts"
import type { DeviceParts } from "../../../../shared/desk/views/context.ts"
import type { Session } from "../session.ts"
import type { Install } from "./install.ts"
import { tellNotices } from "./notices.ts"
import { barOf, sectionOf } from "./parts.tsx"
import { devicePush } from "./push.ts"
import type { PageWorker } from "./worker-page.ts"

/** What makes an app of the desk's page while somebody is signed in. */
export interface DeskApp {
  parts: DeviceParts
  /** The desk is over; signed out, this device forgets its notifications as well. */
  stop(): void
}

export const startApp = (
  { token }: Session,
  port: DeskPort,
  page: { worker: PageWorker; install: Install },
): DeskApp => {
  const { registration } = page.worker
  const push = devicePush({ relay: port.relay, token, registration })
  const stopNotices = tellNotices({ port, push, registration })
  // Installed in the language of the profile, not the browser's.
  const stopNaming = port.live((news) => {
    if (news.type !== "toolbar") return
    const link = document.querySelector<HTMLLinkElement>("link[rel=manifest]")
    const href = `/desk/manifest.webmanifest?lang=${news.toolbar.me.language}`
    if (link !== null && link.getAttribute("href") !== href) link.setAttribute("href", href)
  })
  const visible = (): void => {
    if (document.visibilityState === "visible") page.worker.look()
  }
  document.addEventListener("visibilitychange", visible)
  const parts = { push, ...page }
  return {
    parts: { Bar: barOf(parts), Section: sectionOf(parts) },
    stop: () => {
      stopNotices()
      stopNaming()
      document.removeEventListener("visibilitychange", visible)
      void push.forget()
    },
  }
}
