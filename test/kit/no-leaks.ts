import { afterAll, beforeAll } from "vitest"

/**
 * Fails a file of tests that leaves something open: a server, a socket, a process, a watcher, a worker.
 * Registered before the file's own hooks, so it looks when all of those have run.
 */
const WATCHED = [
  "TCPServerWrap",
  "TCPSocketWrap",
  "TLSWrap",
  "UDPWrap",
  "ProcessWrap",
  "FSEventWrap",
  "MessagePort",
  "Worker",
]

/** A close is over some turns of the event loop after it was asked for. */
const DEADLINE_MS = 3000

const open = (): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const name of process.getActiveResourcesInfo()) {
    if (WATCHED.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

const leaked = (before: Map<string, number>): string[] =>
  [...open()].flatMap(([name, count]) => {
    const more = count - (before.get(name) ?? 0)
    return more > 0 ? [`${more} ${name}`] : []
  })

let before = new Map<string, number>()

beforeAll(() => {
  before = open()
})

afterAll(async () => {
  const until = performance.now() + DEADLINE_MS
  while (leaked(before).length > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const left = leaked(before)
  if (left.length > 0) throw new Error(`left open after the last test of this file: ${left.join(", ")}`)
}, DEADLINE_MS + 2000)
