import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import type { BrowserContext, Page } from "playwright-core"
import type { Language } from "../shared/words/nouns.ts"
import { builtExtension } from "../test/browser/toolbar-house.ts"
import { launchChromium } from "../test/kit/chromium.ts"
import { LOCALES } from "../test/kit/screens/locales.ts"
import type { Screen, Setting } from "../test/kit/screens/screen.ts"
import { ALL_SCREENS, openStage, STAGES, setWorkerClock, show } from "../test/kit/screens/stages.ts"
import { ZONE } from "../test/kit/screens/town.ts"
import { writeSheets } from "./screens-sheet.ts"

/**
 * Takes pictures of every screen in every state from the running product (`npm run screens`), into
 * test-results/screens, with an index.html to look at them side by side.
 *
 *   npm run screens -- --only desk,box --stage full --language en
 */
const OUT = new URL("../test-results/screens/", import.meta.url)
const PAGES = fileURLToPath(new URL("../dist/pages", import.meta.url))

interface Look {
  width: number
  height: number
  theme: "light" | "dark"
}

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }

/** English in all its looks; the longer languages in the one width and the other, by day and by night. */
const LOOKS: Partial<Record<Language, Look[]>> = {
  en: [
    { ...WIDE, theme: "light" },
    { ...WIDE, theme: "dark" },
    { ...PHONE, theme: "light" },
    { ...PHONE, theme: "dark" },
  ],
  de: [
    { ...PHONE, theme: "light" },
    { ...WIDE, theme: "dark" },
  ],
  cs: [
    { ...PHONE, theme: "dark" },
    { ...WIDE, theme: "light" },
  ],
}

const { values: asked } = parseArgs({
  options: {
    /** Beginnings of names, with commas. */
    only: { type: "string" },
    stage: { type: "string" },
    language: { type: "string" },
  },
})

const isAskedFor = (given: string | undefined, name: string): boolean =>
  given === undefined || given.split(",").some((one) => name.startsWith(one))

/** Browsers cut popups there. */
const POPUP_HEIGHT = 600

/** Long pages whole, but no endless ones. */
const MOST = 6_000

const take = async (page: Page, screen: Screen, look: Look, file: string): Promise<void> => {
  const width = screen.fixedWidth ?? look.width
  await page.setViewportSize({
    width,
    height: screen.fixedWidth === undefined ? look.height : POPUP_HEIGHT,
  })
  await page.emulateMedia({ colorScheme: look.theme })
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  // What keeps to the lower edge of a popup would stand far below on a whole page.
  if (screen.fixedWidth === undefined && height > look.height && height <= MOST)
    await page.setViewportSize({ width, height })
  const picture = await page.screenshot({ animations: "disabled", caret: "hide" })
  writeFileSync(new URL(file, OUT), picture)
}

const failed: string[] = []

/** The screen, open; null where it did not come, which is said and counts in the end. */
const shown = async (context: BrowserContext, screen: Screen, setting: Setting): Promise<Page | null> => {
  try {
    return await show(context, screen, setting)
  } catch (error) {
    failed.push(`${screen.name}, ${setting.stage}: ${String(error)}`)
    for (const page of context.pages().slice(1)) await page.close()
    return null
  }
}

const takeStage = async (setting: Setting, language: Language, looks: Look[]): Promise<string[]> => {
  await setting.town.speak(language)
  const browser = await launchChromium({
    extension: builtExtension("chrome-mv3"),
    locale: LOCALES[language],
    zone: ZONE,
  })
  const files: string[] = []
  try {
    await setWorkerClock(await browser.worker(), setting.town.relay.clock.now())
    const extended: Setting = { ...setting, extensionUrl: browser.extensionUrl }
    const screens = ALL_SCREENS.filter(
      ({ name, stages }) => stages.includes(setting.stage) && isAskedFor(asked.only, name),
    )
    for (const screen of screens) {
      const page = await shown(browser.context, screen, extended)
      if (page === null) continue
      // A popup has one width: no look is taken twice.
      const fitting = looks.filter(({ width }) => screen.fixedWidth === undefined || width === PHONE.width)
      for (const look of fitting.length > 0 ? fitting : looks.slice(0, 1)) {
        const file = `${screen.name}.${setting.stage}.${language}.${look.width}.${look.theme}.png`
        await take(page, screen, look, file)
        files.push(file)
      }
      await page.close()
    }
  } finally {
    await browser.close()
  }
  return files
}

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
const files: string[] = []
for (const stage of STAGES.filter((one) => isAskedFor(asked.stage, one))) {
  const setting = await openStage(stage, PAGES)
  try {
    for (const [language, looks] of Object.entries(LOOKS) as [Language, Look[]][]) {
      if (!isAskedFor(asked.language, language)) continue
      files.push(...(await takeStage(setting, language, looks)))
      console.log(`${stage} ${language}: ${files.length} pictures so far`)
    }
  } finally {
    await setting.town.stop()
  }
}
writeSheets(OUT, files)
console.log(`wrote ${files.length} pictures; look at ${fileURLToPath(new URL("index.html", OUT))}`)
if (failed.length > 0) {
  console.error(`These did not come up:\n${failed.join("\n")}`)
  process.exitCode = 1
}
