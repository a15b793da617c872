import type { BrowserContext, Page, Worker } from "playwright-core"
import { HOUR, type Millis, SECOND } from "../../../shared/words/time.ts"
import { live, refuseSome } from "./life.ts"
import { LONG } from "./names.ts"
import { ADMIN_SCREENS } from "./of-admin.ts"
import { DESK_SCREENS } from "./of-desk.ts"
import { PAGE_SCREENS } from "./of-pages.ts"
import { POPUP_SCREENS } from "./of-popup.ts"
import type { Screen, Setting, Stage } from "./screen.ts"
import { settled } from "./screen.ts"
import { MOMENT, openTown } from "./town.ts"

/** Every screen of the product in every state that has a look of its own. */
export const ALL_SCREENS: readonly Screen[] = [
  ...POPUP_SCREENS,
  ...DESK_SCREENS,
  ...ADMIN_SCREENS,
  ...PAGE_SCREENS,
]

export const STAGES: readonly Stage[] = ["new", "empty", "full", "long"]

/** A relay as far as this stage goes, for the screens of it. Stop its town. */
export const openStage = async (stage: Stage, pages: string): Promise<Setting> => {
  const base = { stage, extensionUrl: null, life: null }
  if (stage === "new") return { ...base, town: await openTown({ pages, fresh: true }) }
  if (stage === "empty") {
    const town = await openTown({ pages, before: HOUR })
    await town.at(MOMENT)
    return { ...base, town }
  }
  const town = await openTown(
    stage === "full" ? { pages } : { pages, names: LONG, outbound: "sink", refuse: refuseSome },
  )
  return { ...base, town, life: await live(town) }
}

/** The worker of the extension, too, lives at the moment of the pictures. */
export const setWorkerClock = (worker: Worker, now: Millis): Promise<void> =>
  worker.evaluate((offset) => {
    const real = Date.now.bind(Date)
    Date.now = () => real() + offset
  }, now - Date.now())

const PATIENCE = 30 * SECOND

/** Opens a screen in a page of its own, as somebody sees it at the moment of the pictures. */
export const show = async (
  context: BrowserContext,
  screen: Screen,
  setting: Setting,
  size?: { width: number; height: number },
): Promise<Page> => {
  const page = await context.newPage()
  if (size !== undefined) await page.setViewportSize(size)
  page.setDefaultTimeout(PATIENCE)
  const { town } = setting
  await page.clock.install({ time: town.relay.clock.now() })
  const session = screen.as === "admin" ? town.token : null
  await page.addInitScript(
    ([origin, token]) => {
      if (location.origin !== origin) return
      const key = "porchlight.desk.session.1"
      if (token === null || token === undefined) localStorage.removeItem(key)
      else localStorage.setItem(key, token)
    },
    [town.relay.url, session] as const,
  )
  await screen.open(page, setting)
  await settled(page)
  return page
}
