/** Runs in one tab of the browser at a time; in each where the browser has no locks (plain http). */
export const leading = async (
  name: string,
  lead: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  if (navigator.locks === undefined) return lead()
  try {
    await navigator.locks.request(name, { signal }, lead)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
