import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"
import { LANGUAGES, type Language } from "../../shared/words/nouns.ts"
import { openBrowser, openPopup, signInByPopup } from "../../test/browser/toolbar-house.ts"
import type { Chromium } from "../../test/kit/chromium.ts"
import { openScene, type Scene } from "./scene.ts"
import type { SceneWords } from "./words.ts"

/**
 * Pictures for the stores, 1280 x 800, from the running product: `npm run stores:pictures`, in every language,
 * or `npm run stores:pictures -- en de`. Those in English are kept in docs/stores/img, all are in
 * .output/stores.
 */
const SIZE = { width: 1280, height: 800 }
const ROOT = new URL("../../", import.meta.url)
const FOLDERS = { all: new URL(".output/stores/", ROOT), kept: new URL("docs/stores/img/", ROOT) }

interface Shot {
  name: keyof SceneWords["captions"]
  /** PNG at twice the size it is shown at. */
  png: Buffer
  /** Shown so wide. */
  width: number
}

const settled = async (page: Page): Promise<void> => {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)))
}

/** The popup as high as the browser lets it be, but for the scroll bar. */
const takePopup = async (page: Page, name: Shot["name"]): Promise<Shot> => {
  await page.setViewportSize({ width: 360, height: 600 })
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("html { scrollbar-width: none }")
    document.adoptedStyleSheets = [sheet]
  })
  await page.mouse.move(350, 110)
  await settled(page)
  return { name, png: await page.screenshot({ caret: "hide" }), width: 400 }
}

const takeDesk = async (browser: Chromium, { answer }: SceneWords): Promise<Shot> => {
  const page = await browser.page(await browser.extensionUrl("desk.html"))
  await page.setViewportSize({ width: 1100, height: 620 })
  const row = page.locator(".desk-row").last()
  await row.waitFor()
  await row.click()
  await page.locator("#desk-answer").fill(answer)
  await page.locator("#desk-answer").press("Enter")
  await page.locator(".desk-thread").getByText(answer).waitFor()
  await settled(page)
  return { name: "desk", png: await page.screenshot({ caret: "hide" }), width: 1100 }
}

/** A picture with its words above, on the evening of the product. */
const framed = async (page: Page, shot: Shot, caption: string): Promise<Buffer> => {
  await page.setViewportSize(SIZE)
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; height: 100vh; overflow: hidden; display: grid; grid-template-rows: auto 1fr; justify-items: center;
           font-family: system-ui, "Noto Sans", sans-serif; background: #22304a }
    h1 { margin: 44px 60px 32px; color: #fbf5e9; font-size: 36px; line-height: 1.2; font-weight: 650; text-align: center;
         text-wrap: balance }
    div { overflow: hidden; width: ${shot.width}px; align-self: start; border-radius: 12px; box-shadow: 0 16px 60px #000a }
    img { display: block; width: 100% }
  </style><h1></h1><div><img src="data:image/png;base64,${shot.png.toString("base64")}"></div>`)
  await page.locator("h1").evaluate((title, words) => {
    title.textContent = words
  }, caption)
  await page.locator("img").evaluate((image: HTMLImageElement) => image.decode())
  return page.screenshot()
}

/** In the order in which a store shows them. */
const takeShots = async (scene: Scene, browser: Chromium, popup: Page): Promise<Shot[]> => {
  const on = await takePopup(popup, "popup")
  const desk = await takeDesk(browser, scene.words)
  await popup.bringToFront()
  await popup.getByRole("radio").last().check({ force: true })
  await popup.locator("input[value=unavailable]:checked").waitFor()
  await scene.colleaguesLeave()
  await popup.locator(".light[data-on=false]").waitFor()
  return [on, desk, await takePopup(popup, "off")]
}

const take = async (language: Language): Promise<void> => {
  await using scene = await openScene(language)
  await using browser = await openBrowser({ scale: 2 })
  const popup = await openPopup(browser)
  await signInByPopup(scene, popup)
  await popup.locator(`:root[lang=${language}] .conversations .row`).first().waitFor()
  const shots = await takeShots(scene, browser, popup)
  await using stage = await openBrowser({ ...SIZE })
  const page = await stage.page("about:blank")
  for (const [index, shot] of shots.entries()) {
    const png = await framed(page, shot, scene.words.captions[shot.name])
    const { width, height } = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
    if (width !== SIZE.width || height !== SIZE.height)
      throw new Error(`${width} x ${height} is no store's size`)
    const file = `${language}-${index + 1}-${shot.name}.png`
    for (const folder of language === "en" ? [FOLDERS.all, FOLDERS.kept] : [FOLDERS.all]) {
      writeFileSync(new URL(file, folder), png)
      console.log(`wrote ${fileURLToPath(new URL(file, folder))}`)
    }
  }
}

const isLanguage = (word: string): word is Language => (LANGUAGES as readonly string[]).includes(word)

const asked = process.argv.slice(2)
const unknown = asked.filter((word) => !isLanguage(word))
if (unknown.length > 0) {
  console.error(`“${unknown.join(" ")}” is no language here; there are ${LANGUAGES.join(", ")}.`)
  process.exit(2)
}
for (const folder of Object.values(FOLDERS)) mkdirSync(folder, { recursive: true })
for (const language of LANGUAGES.filter((each) => asked.length === 0 || asked.includes(each)))
  await take(language)
