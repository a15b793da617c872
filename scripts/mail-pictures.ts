import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { simpleParser } from "mailparser"
import { composeMail } from "../relay/mail/compose.ts"
import type { MailContent } from "../relay/mail/content.ts"
import { launchChromium } from "../test/kit/chromium.ts"
import { ENVELOPE, SAMPLES } from "../test/mail/sample-mails.ts"

/**
 * Takes the pictures of docs/mails.md (`npm run pictures`): each kind of mail as it is written, in a window of
 * 360 px, light and dark beside each other.
 */
const DOCS = new URL("../docs/img/mails/", import.meta.url)

/** Sample (test/mail/sample-mails.ts) and language; what is shown in another language than English says so. */
const SHOWN: [name: string, language: MailContent["language"]][] = [
  ["notice", "en"],
  ["missedNotice", "fr"],
  ["takeNotice", "de"],
  ["answer", "es"],
  ["transcript", "de"],
  ["code", "en"],
  ["addressCode", "cs"],
  ["destinationChanged", "en"],
  ["invitation", "en"],
  ["probe", "en"],
]

const asFile = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

mkdirSync(DOCS, { recursive: true })
const browser = await launchChromium({ width: 360, height: 640 })
try {
  for (const [name, language] of SHOWN) {
    const content = { ...SAMPLES[name]!, language } as MailContent
    const { html } = await simpleParser(await composeMail(content, ENVELOPE))
    if (!html) throw new Error(`the mail ${name} has no HTML`)
    const shots: string[] = []
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.page("about:blank")
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 360, height: 4000 })
      await page.setContent(html)
      const height = await page.evaluate(() => document.body.scrollHeight)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      if (wide > 360) throw new Error(`the mail ${name} is ${wide} px wide in a window of 360`)
      const shot = await page.screenshot({ clip: { x: 0, y: 0, width: 360, height } })
      shots.push(shot.toString("base64"))
      await page.close()
    }
    const page = await browser.page("about:blank")
    await page.setViewportSize({ width: 752, height: 4000 })
    await page.setContent(`<!doctype html><style>
      body { margin: 0; padding: 8px; display: flex; gap: 16px; background: #8a8378; align-items: flex-start }
      img { display: block; width: 360px; border-radius: 6px }
    </style>${shots.map((shot) => `<img src="data:image/png;base64,${shot}">`).join("")}`)
    const file = new URL(`${asFile(name)}.png`, DOCS)
    const height = await page.evaluate(() => document.body.getBoundingClientRect().height)
    writeFileSync(file, await page.screenshot({ clip: { x: 0, y: 0, width: 752, height } }))
    await page.close()
    console.log(`wrote ${fileURLToPath(file)}`)
  }
} finally {
  await browser.close()
}
