import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import type { BrowserContext, Page } from "playwright-core"
import type { Language } from "../shared/words/nouns.ts"
import { builtExtension } from "../test/browser/toolbar-house.ts"
import { type Chromium, launchChromium } from "../test/kit/chromium.ts"
import { LOCALES } from "../test/kit/screens/locales.ts"
import type { Screen, Setting, Stage } from "../test/kit/screens/screen.ts"
import { ALL_SCREENS, openStage, STAGES, setWorkerClock, show } from "../test/kit/screens/stages.ts"
import { ZONE } from "../test/kit/screens/town.ts"
import { writeSheets } from "./screens-sheet.ts"

/**
 * Takes pictures of every screen in every state from the running product (`npm run screens`), into
 * test-results/screens, with an index.html to look at them side by side. What does not come up is told of in the
 * end, and the others are taken all the same.
 *
 *   npm run screens                                                     all of it, into an empty folder
 *   npm run screens -- --only desk,box --stage full --language en       some of it, beside what is there
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

const wideAndPhone = (wide: Look["theme"], phone: Look["theme"]): Look[] => [
  { ...PHONE, theme: phone },
  { ...WIDE, theme: wide },
]

/** English in all its looks; the others in the one width and the other, by day and by night. */
const LOOKS: Record<Language, Look[]> = {
  en: [...wideAndPhone("light", "light"), ...wideAndPhone("dark", "dark")],
  de: wideAndPhone("dark", "light"),
  cs: wideAndPhone("light", "dark"),
  es: wideAndPhone("dark", "light"),
  fr: wideAndPhone("light", "dark"),
}

const { values: asked } = parseArgs({
  options: {
    /** Beginnings of names, with commas. */
    only: { type: "string" },
    stage: { type: "string" },
    language: { type: "string" },
  },
})

/** What of `names` was asked for; ends the program where that is nothing. */
const chosen = <Name extends string>(option: keyof typeof asked, names: readonly Name[]): Name[] => {
  const given = asked[option]
  if (given === undefined) return [...names]
  const found = names.filter((name) => given.split(",").some((one) => name.startsWith(one)))
  if (found.length > 0) return found
  console.error(`There is nothing called “${given}” for --${option}; there is ${names.join(", ")}.`)
  process.exit(2)
}

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

/** How often a screen is opened before it counts as one that does not come up: machines have slow moments. */
const TRIES = 2

const failed: string[] = []

const takeScreen = async (
  context: BrowserContext,
  screen: Screen,
  setting: Setting,
  language: Language,
): Promise<number> => {
  // A popup has one width: no look is taken twice.
  const looks = LOOKS[language].filter(
    ({ width }) => screen.fixedWidth === undefined || width === PHONE.width,
  )
  for (let again = 1; ; again++) {
    try {
      const page = await show(context, screen, setting)
      for (const look of looks)
        await take(
          page,
          screen,
          look,
          `${screen.name}.${setting.stage}.${language}.${look.width}.${look.theme}.png`,
        )
      return looks.length
    } catch (error) {
      if (again < TRIES) continue
      failed.push(`${screen.name}, ${setting.stage}, ${language}: ${String(error)}`)
      return 0
    } finally {
      // One page stays, which the browser began with: without any it would end.
      for (const page of context.pages().slice(1)) await page.close()
    }
  }
}

const openBrowserFor = async (setting: Setting, language: Language): Promise<Chromium> => {
  const browser = await launchChromium({
    extension: builtExtension("chrome-mv3"),
    locale: LOCALES[language],
    zone: ZONE,
  })
  await setWorkerClock(await browser.worker(), setting.town.relay.clock.now())
  return browser
}

/** All screens of a stage in one language; the number of pictures. */
const takeLanguage = async (setting: Setting, language: Language): Promise<number> => {
  await setting.town.speak(language)
  const browser = await openBrowserFor(setting, language)
  try {
    let pictures = 0
    for (const screen of screens.filter(({ stages }) => stages.includes(setting.stage)))
      pictures += await takeScreen(
        browser.context,
        screen,
        { ...setting, extensionUrl: browser.extensionUrl },
        language,
      )
    return pictures
  } finally {
    await browser.close()
  }
}

const takeStage = async (stage: Stage): Promise<void> => {
  const setting = await openStage(stage, PAGES)
  try {
    for (const language of chosen("language", Object.keys(LOOKS) as Language[])) {
      const started = performance.now()
      const pictures = await takeLanguage(setting, language)
      const seconds = Math.round((performance.now() - started) / 1000)
      console.log(`${stage} ${language}: ${pictures} pictures in ${seconds} s`)
    }
  } finally {
    await setting.town.stop()
  }
}

const names = chosen(
  "only",
  ALL_SCREENS.map(({ name }) => name),
)
const screens = ALL_SCREENS.filter(({ name }) => names.includes(name))
const stages = chosen("stage", STAGES)
if (Object.keys(asked).length === 0) rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
for (const stage of stages) {
  try {
    await takeStage(stage)
  } catch (error) {
    failed.push(`the rest of ${stage}: ${String(error)}`)
  }
}

// In the order of the list, then of the names: the same at each run.
const orderOf = (file: string): number => ALL_SCREENS.findIndex(({ name }) => file.startsWith(`${name}.`))
const files = readdirSync(OUT)
  .filter((file) => file.endsWith(".png"))
  .sort((one, other) => orderOf(one) - orderOf(other) || one.localeCompare(other))
writeSheets(OUT, files)
console.log(
  `${screens.length} screens in ${stages.length} stages; ${files.length} pictures are in ${fileURLToPath(new URL("index.html", OUT))}`,
)
if (failed.length > 0) {
  console.error(`These did not come up:\n${failed.join("\n")}`)
  process.exitCode = 1
}
