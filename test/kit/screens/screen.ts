import type { Frame, FrameLocator, Page } from "playwright-core"
import { until } from "../until.ts"
import type { Life } from "./life.ts"
import type { Town } from "./town.ts"

/**
 * `new`: a relay that nobody has set up · `empty`: set up, and nothing has happened · `full`: a company after
 * a day · `long`: the same with names as long as the relay takes them, and mails that fail.
 */
export type Stage = "new" | "empty" | "full" | "long"

/** What a screen is opened with. */
export interface Setting {
  stage: Stage
  town: Town
  /** What has happened there; null in stages where nothing has. */
  life: Life | null
  /** Address of a page of the extension; null where it is not loaded. */
  extensionUrl: ((page: string) => Promise<string>) | null
}

/** A screen in a state, as a person sees it. */
export interface Screen {
  name: string
  stages: readonly Stage[]
  /** Signed in as the admin, or as nobody. */
  as: "admin" | "nobody"
  /** Toolbar popups have a width of their own. */
  fixedWidth?: number
  /** Opens it in a new page of the browser, and waits until there is what is to be seen. */
  open(page: Page, setting: Setting): Promise<void>
}

/** What has happened in a stage where something has. */
export const lifeOf = ({ stage, life }: Setting): Life => {
  if (life === null) throw new Error(`nothing has happened in the stage “${stage}”`)
  return life
}

/** Goes to an address of the relay and waits for an element. */
export const go = async (page: Page, { town }: Setting, address: string, ready: string): Promise<void> => {
  await page.goto(`${town.relay.url}${address}`)
  await page.locator(ready).first().waitFor()
}

/** The chat box's frame in a page. */
export const boxIn = (page: Page): FrameLocator => page.frameLocator("iframe[title]")

/** Waits until nothing moves in any frame, and all pictures and faces are there. */
export const settled = async (page: Page): Promise<void> => {
  await until("nothing moves", async () => {
    const still = await Promise.all(page.frames().map(isStill))
    return still.every(Boolean)
  })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

const isStill = (frame: Frame): Promise<boolean> =>
  frame.evaluate(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY,
      ),
  )

/** By night: colours fade over, and are measured when they have. */
export const darken = async (page: Page): Promise<void> => {
  await page.emulateMedia({ colorScheme: "dark" })
  await settled(page)
}
