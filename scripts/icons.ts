/**
 * Draws the icons from the logo: `node scripts/icons.ts`. Writes extension/public/icon/<size>.png (the light on),
 * …/off/<size>.png and …/busy/<size>.png; and for the installed desk relay/pages/desk/icons/: plain ones, one that
 * systems may cut to their own shape (maskable), one for iOS, and a white one for the status bar. Each pixel is drawn
 * by Chromium at its own size, and kept in few colours: as many as are told apart at that size.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { chromium } from "playwright-core"
import UPNG from "upng-js"

const root = new URL("../", import.meta.url)
const read = (logo: string): Promise<string> => readFile(new URL(`shared/design/${logo}`, root), "utf8")

/** Up to its edges, and what matters within the middle four fifths: systems cut circles, drops and squares out of it. */
const filled = (svg: string): string => {
  const [head = "", drawn = ""] = svg.split("</defs>")
  const rects =
    drawn
      .match(/<rect [^>]*>/g)
      ?.join("")
      .replaceAll(/ rx="\d+"/g, "") ?? ""
  const shape = drawn.replaceAll(/<rect [^>]*>/g, "").replace("</svg>", "")
  return `${head}</defs>${rects}<g transform="translate(16 16) scale(0.8) translate(-16 -16)">${shape}</g></svg>`
}

/** Only its shape counts where a system paints it: the lantern alone, larger than in its square. */
const shape = (svg: string): string =>
  svg
    .replaceAll(/<defs>[\s\S]*<\/defs>/g, "")
    .replaceAll(/<rect [^>]*>/g, "")
    .replaceAll(/fill="[^"]*"/g, 'fill="#ffffff"')
    .replace('viewBox="0 0 32 32"', 'viewBox="3 3 26 26"')

const logo = await read("logo.svg")
const off = await read("logo-off.svg")
const busy = await read("logo-busy.svg")
const PICTURES = [
  ...[16, 32, 48, 128].map((size) => ({ svg: logo, size, file: `extension/public/icon/${size}.png` })),
  // These stand in the toolbar only; the dark one also above the sign-in.
  ...[16, 32, 48].map((size) => ({ svg: off, size, file: `extension/public/icon/off/${size}.png` })),
  ...[16, 32].map((size) => ({ svg: busy, size, file: `extension/public/icon/busy/${size}.png` })),
  ...[192, 512].map((size) => ({ svg: logo, size, file: `relay/pages/desk/icons/icon-${size}.png` })),
  ...[192, 512].map((size) => ({
    svg: filled(logo),
    size,
    file: `relay/pages/desk/icons/maskable-${size}.png`,
  })),
  { svg: filled(logo), size: 180, file: "relay/pages/desk/icons/apple-180.png" },
  { svg: shape(logo), size: 96, file: "relay/pages/desk/icons/badge-96.png" },
]

/** A third of the size of 16 million, which counts: they travel in the extension's zip. */
const COLOURS = 128

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
})
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 })
  for (const { svg, size, file } of PICTURES) {
    await mkdir(new URL(".", new URL(file, root)), { recursive: true })
    await page.setViewportSize({ width: size, height: size })
    const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`
    await page.setContent(
      `<body style="margin:0;background:transparent"><img width="${size}" height="${size}" style="display:block" src="${source}">`,
    )
    await page.locator("img").evaluate((image: HTMLImageElement) => image.decode())
    const drawn = UPNG.decode(Uint8Array.from(await page.screenshot({ omitBackground: true })).buffer)
    await writeFile(new URL(file, root), Buffer.from(UPNG.encode(UPNG.toRGBA8(drawn), size, size, COLOURS)))
  }
} finally {
  await browser.close()
}
