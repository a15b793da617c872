import type { Page } from "playwright-core"
import { go, lifeOf, type Screen, type Setting } from "./screen.ts"

const LIVED = ["full", "long"] as const

const openDesk = async (page: Page, setting: Setting, hash = ""): Promise<void> => {
  await go(
    page,
    setting,
    `/desk${hash}`,
    ".desk-rows li:visible, .desk-panel p:visible, .desk-message:visible",
  )
  await page.locator(".lamp").first().waitFor({ state: "attached" })
}

const openConversation = async (page: Page, setting: Setting, id: string): Promise<void> => {
  await openDesk(page, setting, `#/c/${id}`)
  await page.locator(".desk-message").first().waitFor()
}

/** The menu is reached from the list; on a phone a conversation covers it. */
const openMenu = async (page: Page, setting: Setting): Promise<void> => {
  await openDesk(page, setting)
  await page.locator(".desk-me").click()
  await page.locator(".desk-menu li").first().waitFor()
}

/** The desk in a tab, signed in. */
export const DESK_SCREENS: Screen[] = [
  {
    name: "desk",
    stages: ["empty", ...LIVED],
    as: "admin",
    open: (page, setting) => openDesk(page, setting),
  },
  {
    name: "desk-all",
    stages: ["empty", ...LIVED],
    as: "admin",
    open: async (page, setting) => {
      await openDesk(page, setting)
      await page.getByRole("tab").last().click()
      await page.locator("[role=tab][aria-selected=true]").last().waitFor()
      if (setting.life !== null) await page.locator(".desk-rows li").nth(5).waitFor({ state: "attached" })
    },
  },
  {
    name: "desk-conversation",
    stages: LIVED,
    as: "admin",
    open: (page, setting) => openConversation(page, setting, lifeOf(setting).long),
  },
  {
    name: "desk-conversation-top",
    stages: LIVED,
    as: "admin",
    open: async (page, setting) => {
      await openConversation(page, setting, lifeOf(setting).long)
      await page.locator(".desk-message").first().scrollIntoViewIfNeeded()
    },
  },
  {
    name: "desk-waiting",
    stages: LIVED,
    as: "admin",
    open: (page, setting) => openConversation(page, setting, lifeOf(setting).waiting),
  },
  {
    name: "desk-mail",
    stages: LIVED,
    as: "admin",
    open: (page, setting) => openConversation(page, setting, lifeOf(setting).byMail),
  },
  {
    name: "desk-original",
    stages: ["full"],
    as: "admin",
    open: async (page, setting) => {
      await openConversation(page, setting, lifeOf(setting).byMail)
      await page.locator(".desk-bubble-foot .desk-link").first().click()
      await page.locator("dialog[open] pre").waitFor()
    },
  },
  {
    name: "desk-search",
    stages: LIVED,
    as: "admin",
    open: async (page, setting) => {
      await openDesk(page, setting)
      await page.keyboard.press("/")
      await page.locator("#desk-search-field").fill("an")
      await page.locator(".desk-found-one").first().waitFor()
    },
  },
  {
    name: "desk-canned",
    stages: ["empty", ...LIVED],
    as: "admin",
    open: async (page, setting) => {
      await openDesk(page, setting)
      await page.keyboard.press("g")
      await page.locator("dialog[open] .desk-canned-list").waitFor({ state: "attached" })
    },
  },
  {
    name: "desk-assign",
    stages: LIVED,
    as: "admin",
    open: async (page, setting) => {
      await openConversation(page, setting, lifeOf(setting).long)
      await page.keyboard.press("a")
      await page.locator("dialog[open] input, dialog[open] button.row").first().waitFor()
    },
  },
  {
    name: "desk-keys",
    stages: ["full"],
    as: "admin",
    open: async (page, setting) => {
      await openDesk(page, setting)
      await page.keyboard.press("?")
      await page.locator("dialog[open] kbd").first().waitFor()
    },
  },
  { name: "desk-menu", stages: LIVED, as: "admin", open: openMenu },
  {
    name: "desk-profile",
    stages: LIVED,
    as: "admin",
    open: async (page, setting) => {
      await openMenu(page, setting)
      await page.locator(".desk-menu-deeds button").first().click()
      await page.locator("dialog[open] input[name=name]").first().waitFor()
    },
  },
  {
    name: "desk-sign-out",
    stages: ["full"],
    as: "admin",
    open: async (page, setting) => {
      await openMenu(page, setting)
      await page.locator(".desk-menu-deeds button").last().click()
      await page.locator("dialog[open]").waitFor()
    },
  },
  {
    name: "desk-lost",
    stages: ["full"],
    as: "admin",
    open: async (page, setting) => {
      await openConversation(page, setting, lifeOf(setting).long)
      await page.context().setOffline(true)
      try {
        await page.locator("#desk-answer").fill("Said while there is no line.")
        await page.locator("#desk-answer").press("Enter")
        await page.locator(".desk-pending").waitFor()
      } finally {
        await page.context().setOffline(false)
      }
    },
  },
]
