import { type Millis, SECOND } from "../../../../shared/words/time.ts"
import type { WorkerScope } from "./scope.ts"

/**
 * The desk's page and files, kept for when there is no network. The page is asked for first, so that a reload brings
 * the newest; its files have names that change with their content, so those that are kept are right. What the API
 * says is never kept here: that, the desk does itself, and wipes it.
 */
const PAGE = "/desk"
const PREFIX = "porchlight-desk-"

/** A page that has not come by then is taken from what is kept. */
const PAGE_WITHIN: Millis = 4 * SECOND

export interface Shell {
  /** Keeps all files of this version. */
  install(): Promise<void>
  /** Forgets those of others. */
  activate(): Promise<void>
  /** The answer to a request that is the shell's; null: it is none of ours. */
  answer(request: Request): Promise<Response> | null
}

export const openShell = (scope: WorkerScope, files: readonly string[], version: string): Shell => {
  const name = `${PREFIX}${version}`
  const kept = new Set(files)

  const fromCache = async (path: string): Promise<Response | undefined> =>
    (await caches.open(name)).match(path)

  const page = async (request: Request): Promise<Response> => {
    try {
      const answer = await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN) })
      // A proxy that says the relay is not there is no page either.
      if (answer.status < 500) return answer
    } catch {
      // No network, or too late.
    }
    return (await fromCache(PAGE)) ?? Response.error()
  }

  return {
    install: async () => {
      const cache = await caches.open(name)
      await cache.addAll([new Request(PAGE, { cache: "reload" }), ...files.map((file) => new Request(file))])
    },
    activate: async () => {
      for (const other of await caches.keys())
        if (other.startsWith(PREFIX) && other !== name) await caches.delete(other)
    },
    answer: (request) => {
      const url = new URL(request.url)
      if (request.method !== "GET" || url.origin !== scope.location.origin) return null
      if (request.mode === "navigate") return url.pathname === PAGE ? page(request) : null
      if (!kept.has(url.pathname)) return null
      return fromCache(url.pathname).then((found) => found ?? fetch(request))
    },
  }
}
