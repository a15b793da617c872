import type { Page } from "playwright-core"
import { SCREENS } from "../../../relay/pages/admin/route.ts"
import { go, type Screen, type Setting, type Stage } from "./screen.ts"

const openAdmin = (page: Page, setting: Setting, hash: string): Promise<void> =>
  go(page, setting, `/admin${hash}`, ".admin-screen:not([hidden]) h1")

/** What a screen of the admin pages reads after its head. */
const READ: Partial<Record<(typeof SCREENS)[number], string>> = {
  "mail-health": ".mail-health-row",
  timeline: ".tl-row",
  simulator: ".simulator-kind",
}

interface Question {
  name: string
  screen: (typeof SCREENS)[number]
  button: string
  stages?: readonly Stage[]
}

/** A question that stands over a screen: which button of it asks. */
const QUESTIONS: Question[] = [
  { name: "admin-invite", screen: "team", button: ".admin-title .button.primary" },
  { name: "admin-member", screen: "team", button: ".admin-cards .button:not(.danger)" },
  { name: "admin-remove", screen: "team", button: ".admin-cards .button.danger" },
  { name: "admin-group", screen: "groups", button: ".admin-cards .button" },
  { name: "admin-site", screen: "sites", button: ".admin-cards .admin-item-deeds .button:last-child" },
  { name: "admin-site-box", screen: "sites", button: ".admin-cards .admin-item-deeds .button:first-child" },
  { name: "admin-group-add", screen: "groups", button: ".admin-title .button", stages: ["full"] },
  { name: "admin-name-add", screen: "names", button: ".admin-title .button", stages: ["full"] },
  { name: "admin-site-add", screen: "sites", button: ".admin-title .button", stages: ["full"] },
  { name: "admin-exception", screen: "hours", button: ".admin-title .button.small", stages: ["full"] },
  { name: "admin-webhook-add", screen: "webhooks", button: ".admin-title .button", stages: ["full"] },
]

/** The admin pages: every screen of their navigation, and their questions. */
export const ADMIN_SCREENS: Screen[] = [
  ...SCREENS.map(
    (screen): Screen => ({
      name: `admin-${screen}`,
      stages: ["empty", "full", "long"],
      as: "admin",
      open: async (page, setting) => {
        await openAdmin(page, setting, `#/${screen}`)
        const more = READ[screen]
        if (more !== undefined) await page.locator(more).first().waitFor()
      },
    }),
  ),
  ...QUESTIONS.map(
    ({ name, screen, button, stages = ["full", "long"] }): Screen => ({
      name,
      stages,
      as: "admin",
      open: async (page, setting) => {
        await openAdmin(page, setting, `#/${screen}`)
        await page.locator(`.admin-screen:not([hidden]) ${button}`).first().click()
        await page.locator("dialog[open]").waitFor()
        // The preview of a chat box is a page in a frame of its own.
        if ((await page.locator("dialog[open] iframe").count()) > 0)
          await page.frameLocator("dialog[open] iframe").locator(".launcher").waitFor()
      },
    }),
  ),
]
