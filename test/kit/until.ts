/**
 * Looks every few milliseconds until `look` gives something (not null, undefined or false), and gives it back.
 * Throws with `what` after the deadline. For conditions that announce themselves to nobody: files, ports,
 * other processes.
 */
export const until = async <T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  deadlineMs = 30_000,
): Promise<T> => {
  const end = performance.now() + deadlineMs
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`waited ${deadlineMs / 1000} s in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
