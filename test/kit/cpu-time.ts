/**
 * Milliseconds that this process has computed for by the time `work` is done, in whatever thread: unlike what a clock
 * says, that does not grow with what else the machine has to do.
 */
export const cpuTime = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
