/**
 * Draws the extension's icons from the logo: `node scripts/icons.ts`. Writes extension/public/icon/<size>.png
 * (the light on) and extension/public/icon/off/<size>.png, each pixel drawn by Chromium at its own size.
 */
import { mkdir, readFile } from "node:fs/promises"
import { chromium } from "playwright-core"

const SIZES = [16, 32, 48, 96, 128]
const VARIANTS = [
  { logo: "logo.svg", folder: "extension/public/icon" },
  { logo: "logo-off.svg", folder: "extension/public/icon/off" },
]
const root = new URL("../", import.meta.url)

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
})
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 })
  for (const { logo, folder } of VARIANTS) {
    const svg = await readFile(new URL(`shared/design/${logo}`, root), "base64")
    await mkdir(new URL(folder, root), { recursive: true })
    for (const size of SIZES) {
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(
        `<body style="margin:0;background:transparent"><img width="${size}" height="${size}" style="display:block" src="data:image/svg+xml;base64,${svg}">`,
      )
      await page.locator("img").evaluate((image: HTMLImageElement) => image.decode())
      await page.screenshot({ path: new URL(`${folder}/${size}.png`, root).pathname, omitBackground: true })
    }
  }
} finally {
  await browser.close()
}
