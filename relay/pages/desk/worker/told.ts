import type { PushPayload } from "../../../../shared/protocol/push.ts"
import type { ToPage, WindowClient, WorkerScope } from "./scope.ts"

/** Notifications of the installed desk: one a conversation, whose tag is the conversation's id. */
const ICON = "/desk/icon-192.png"
const BADGE = "/desk/badge-96.png"

/** `renotify` and `timestamp` are in Chromium and in the standard, not yet in TypeScript's. */
type Options = NotificationOptions & { renotify?: boolean; timestamp?: number }

const show = (scope: WorkerScope, title: string, options: Options): Promise<void> =>
  scope.registration.showNotification(title, { icon: ICON, badge: BADGE, ...options })

/** Shows, or takes away, what a push is about. */
export const takePush = async (scope: WorkerScope, payload: PushPayload): Promise<void> => {
  switch (payload.type) {
    case "message":
      return show(scope, payload.title, {
        body: payload.text,
        lang: payload.lang,
        tag: payload.conversation,
        timestamp: payload.at,
        // The page may have shown it already.
        renotify: false,
        data: { conversation: payload.conversation },
      })
    case "test":
      return show(scope, payload.title, { body: payload.text, lang: payload.lang, tag: "test" })
    case "close":
      // A push that shows nothing is let pass by browsers now and then: there is one of these at most for each that
      // showed something. Apple's push service gets none.
      for (const shown of await scope.registration.getNotifications({ tag: payload.conversation }))
        shown.close()
  }
}

/** A press on a notification: the desk comes forward at its conversation, in the window it is open in. */
export const openFrom = async (scope: WorkerScope, notification: Notification): Promise<void> => {
  notification.close()
  const { conversation = "" } = (notification.data ?? {}) as { conversation?: string }
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true })
  const desk = windows.find(isDesk)
  if (desk === undefined) {
    await scope.clients.openWindow(conversation === "" ? "/desk" : `/desk#/c/${conversation}`)
    return
  }
  // Said to it, not gone to: what is written there and not sent stays.
  if (conversation !== "") desk.postMessage({ type: "open", conversation } satisfies ToPage)
  await desk.focus()
}

const isDesk = ({ url }: WindowClient): boolean => new URL(url).pathname === "/desk"
