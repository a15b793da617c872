import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, it } from "vitest"
import type { Language } from "../../../shared/words/nouns.ts"
import { builtExtension } from "../../browser/toolbar-house.ts"
import { type BuiltPages, buildPages } from "../built-pages.ts"
import { type Chromium, launchChromium } from "../chromium.ts"
import { LOCALES } from "./locales.ts"
import type { Setting, Stage } from "./screen.ts"
import { ALL_SCREENS, openStage, show } from "./stages.ts"
import { ZONE } from "./town.ts"

interface Plan {
  stages: readonly Stage[]
  languages: readonly Language[]
  /** Pixels. */
  width: number
}

/**
 * A test for every screen of these stages in each of these languages, which gets it open in a page. SCREENS=desk,box
 * looks at some only.
 */
export const eachScreen = ({ stages, languages, width }: Plan, look: (page: Page) => Promise<void>): void => {
  const asked = process.env.SCREENS?.split(",")
  const screensOf = (stage: Stage) =>
    ALL_SCREENS.filter(
      (screen) =>
        screen.stages.includes(stage) && (!asked || asked.some((name) => screen.name.startsWith(name))),
    )
  let pages: BuiltPages
  beforeAll(async () => {
    pages = await buildPages()
  })
  afterAll(() => pages?.remove())

  describe.each(languages)("in %s", (language) => {
    let browser: Chromium
    beforeAll(async () => {
      const extension = builtExtension("chrome-mv3")
      browser = await launchChromium({ width, height: 740, locale: LOCALES[language], zone: ZONE, extension })
    })
    afterAll(() => browser?.close())

    describe.each(stages.filter((stage) => screensOf(stage).length > 0))("%s", (stage) => {
      let setting: Setting
      beforeAll(async () => {
        setting = { ...(await openStage(stage, pages.folder)), extensionUrl: browser.extensionUrl }
        await setting.town.speak(language)
      })
      afterAll(() => setting?.town.stop())

      it.each(screensOf(stage))("$name", async (screen) => {
        const page = await show(browser.context, screen, setting)
        try {
          await look(page)
        } finally {
          await page.close()
        }
      })
    })
  })
}
