import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { builtExtension } from "../test/browser/toolbar-house.ts"
import { launchChromium } from "../test/kit/chromium.ts"
import { LOCALES } from "../test/kit/screens/locales.ts"
import type { Setting } from "../test/kit/screens/screen.ts"
import { ALL_SCREENS, openStage, setWorkerClock, show } from "../test/kit/screens/stages.ts"
import { ZONE } from "../test/kit/screens/town.ts"

/** Takes the pictures of docs/agents.md, docs/admins.md and docs/site-owners.md (`npm run pictures`): screens of a company after a day. */

const DOCS = new URL("../docs/img/", import.meta.url)
const PAGES = fileURLToPath(new URL("../dist/pages", import.meta.url))

const WIDE = { width: 1180, height: 720 }
const PHONE = { width: 360, height: 640 }

/** File below docs/img, the screen in it (test/kit/screens), and the window it is seen in. */
const SHOWN: [file: string, screen: string, size: { width: number; height: number }][] = [
  ["agents/popup", "popup", { width: 360, height: 600 }],
  ["agents/list", "desk-waiting", WIDE],
  ["agents/conversation", "desk-conversation", WIDE],
  ["agents/mail", "desk-mail", WIDE],
  ["agents/profile", "desk-profile", WIDE],
  ["agents/phone", "desk", PHONE],
  ["agents/take", "take", { width: 480, height: 560 }],
  ["admins/team", "admin-team", WIDE],
  ["admins/sites", "admin-sites", { width: 1180, height: 560 }],
  ["admins/notices", "admin-notices", WIDE],
  ["admins/hours", "admin-hours", WIDE],
  ["admins/timeline", "admin-timeline", WIDE],
  ["admins/simulator", "admin-simulator", WIDE],
  ["admins/mail-health", "admin-mail-health", WIDE],
  // Before the shop knows its visitor.
  ["site-owners/groups", "box-choice", PHONE],
  ["site-owners/box", "box-talk", { width: 900, height: 640 }],
  ["site-owners/ended", "box-ended", PHONE],
  ["site-owners/look", "admin-site-box", WIDE],
]

const setting = await openStage("full", PAGES)
const browser = await launchChromium({
  extension: builtExtension("chrome-mv3"),
  locale: LOCALES.en,
  zone: ZONE,
})
try {
  await setWorkerClock(await browser.worker(), setting.town.relay.clock.now())
  const extended: Setting = { ...setting, extensionUrl: browser.extensionUrl }
  for (const [file, name, size] of SHOWN) {
    const screen = ALL_SCREENS.find((one) => one.name === name)
    if (screen === undefined) throw new Error(`there is no screen ${name}`)
    const page = await show(browser.context, screen, extended, size)
    const place = new URL(`${file}.png`, DOCS)
    mkdirSync(new URL(".", place), { recursive: true })
    writeFileSync(place, await page.screenshot({ animations: "disabled", caret: "hide" }))
    await page.close()
    console.log(`wrote ${fileURLToPath(place)}`)
  }
} finally {
  await browser.close()
  await setting.town.stop()
}
