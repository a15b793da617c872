import { browser } from "./browser.ts"

/**
 * The right to reach one origin directly, beyond what every website may (see permissionFor). Each answers
 * whether it is held afterwards.
 */

export const hasPermission = (origin: string): Promise<boolean> =>
  browser.permissions.contains({ origins: [origin] })

/** Asks the person; only within a click, before anything is awaited, or browsers refuse to ask. */
export const permit = (origin: string): Promise<boolean> => browser.permissions.request({ origins: [origin] })

export const takeBack = async (origin: string): Promise<boolean> => {
  await browser.permissions.remove({ origins: [origin] })
  return hasPermission(origin)
}
