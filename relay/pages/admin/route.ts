import { useEffect, useState } from "preact/hooks"

/** The screens in the order of the navigation. */
export const SCREENS = [
  "team",
  "groups",
  "names",
  "sites",
  "notices",
  "hours",
  "plan",
  "mail-health",
  "queue",
  "timeline",
  "simulator",
  "webhooks",
  "persons",
  "changes",
] as const
export type Screen = (typeof SCREENS)[number]

export interface Route {
  screen: Screen
  /** What of it, e.g. the id of a group. */
  part: string | null
}

/** `#/hours/gr_…`; what is not known leads to the first screen. */
export const routeOf = (hash: string): Route => {
  const [, name, part] = hash.split("/")
  const screen = SCREENS.find((one) => one === name)
  return screen === undefined ? { screen: SCREENS[0], part: null } : { screen, part: part || null }
}

export const hashOf = (screen: Screen, part: string | null = null): string =>
  part === null ? `#/${screen}` : `#/${screen}/${part}`

/** Where the page's address points, followed. */
export const useRoute = (): Route => {
  const [route, setRoute] = useState(() => routeOf(location.hash))
  useEffect(() => {
    const follow = (): void => setRoute(routeOf(location.hash))
    addEventListener("hashchange", follow)
    return () => removeEventListener("hashchange", follow)
  }, [])
  return route
}
