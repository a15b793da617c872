import { mkdirSync } from "node:fs"
import path from "node:path"
import { simpleParser } from "mailparser"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { composeMail } from "../../relay/mail/compose.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import { startChromium } from "../kit/chromium.ts"
import { ENVELOPE, SAMPLES } from "../mail/sample-mails.ts"

/** Set to a folder, the pictures stay there to be looked at. */
const PICTURES = process.env.PORCHLIGHT_TEST_PICTURES

const LOOKS = [
  { width: 360, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
  { width: 700, colorScheme: "light" },
  { width: 700, colorScheme: "dark" },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await startChromium()
})
afterAll(() => browser.close())

/** WCAG 2.2: contrast of each text with the nearest painted background above it; runs in the page. */
const faintTexts = (): string[] => {
  const numbers = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = numbers(colour).map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element: Element | null): string => {
    if (!element) return "rgb(255, 255, 255)"
    const colour = getComputedStyle(element).backgroundColor
    return numbers(colour)[3] === 0 ? ground(element.parentElement) : colour
  }
  const faint: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement
    if (!element || !text.textContent?.trim()) continue
    const [darker, lighter] = [light(getComputedStyle(element).color), light(ground(element))].sort(
      (a, b) => a - b,
    )
    const contrast = (lighter! + 0.05) / (darker! + 0.05)
    if (contrast < 4.5) faint.push(`${contrast.toFixed(1)}: ${text.textContent.trim().slice(0, 40)}`)
  }
  return faint
}

describe.each(Object.keys(SAMPLES))("the HTML of %s", (name) => {
  it.each(LOOKS)(
    "fits $width px in $colorScheme, can be read, loads and runs nothing",
    async ({ width, colorScheme }) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      const page = await context.newPage()
      const asked: string[] = []
      page.on("request", (request) => asked.push(request.url()))
      page.on("dialog", (dialog) => {
        asked.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      for (const language of LANGUAGES) {
        const raw = await composeMail({ ...SAMPLES[name]!, language }, ENVELOPE)
        const { html } = await simpleParser(raw, { skipTextToHtml: true })
        await page.setContent(String(html), { waitUntil: "load" })
        if (PICTURES) {
          mkdirSync(PICTURES, { recursive: true })
          const file = path.join(PICTURES, `${name}-${language}-${width}-${colorScheme}.png`)
          await page.screenshot({ path: file, fullPage: true })
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(wide, language).toBeLessThanOrEqual(width)
        expect(await page.evaluate(faintTexts), language).toEqual([])
      }
      expect(asked).toEqual([])
      await context.close()
    },
  )
})
