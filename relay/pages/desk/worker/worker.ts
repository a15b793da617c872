import type { PushPayload } from "../../../../shared/protocol/push.ts"
import type { ToWorker, WorkerScope } from "./scope.ts"
import { openShell } from "./shell.ts"
import { openFrom, takePush } from "./told.ts"

/** Put in place by the build (vite.worker.config.ts). */
const FILES = "%DESK_FILES%"
const VERSION = "%DESK_VERSION%"

const scope = self as unknown as WorkerScope
const shell = openShell(scope, FILES.split(","), VERSION)

// A new version waits until the pages of the old one are closed, or one of them asks for it.
scope.addEventListener("install", (event) => event.waitUntil(shell.install()))
scope.addEventListener("activate", (event) =>
  event.waitUntil(shell.activate().then(() => scope.clients.claim())),
)
scope.addEventListener("message", (event) => {
  if ((event.data as ToWorker | null)?.type === "take-over") event.waitUntil(scope.skipWaiting())
})

scope.addEventListener("fetch", (event) => {
  const answer = shell.answer(event.request)
  if (answer !== null) event.respondWith(answer)
})

scope.addEventListener("push", (event) => {
  const payload = event.data?.json() as PushPayload | undefined
  if (payload !== undefined) event.waitUntil(takePush(scope, payload))
})
scope.addEventListener("notificationclick", (event) => event.waitUntil(openFrom(scope, event.notification)))
