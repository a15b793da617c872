import { writeFileSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

/**
 * Loaded into the relay that is tried (`--import`): the longest stretch of work of its event loop between two turns, ms
 * of processor time, which is the same however busy the machine is. Written to a file at each SIGUSR2, and forgotten.
 */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const file = process.env.HOSTILE_LOOP_FILE
if (isMainThread && file !== undefined) {
  let last = spent()
  let longest = 0
  const look = (): void => {
    const now = spent()
    longest = Math.max(longest, now - last)
    last = now
  }
  setInterval(look, 1).unref()
  process.on("SIGUSR2", () => {
    writeFileSync(file, `${longest.toFixed(1)}\n`)
    longest = 0
  })
}
