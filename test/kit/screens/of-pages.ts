import { boxIn, go, lifeOf, type Screen } from "./screen.ts"
import { beatOnce } from "./town.ts"

const key = (town: { relay: { key: string } }): string => `#key=${town.relay.key}`

/** Pages of the relay that need no signing in, and the chat box on the demo page. */
export const PAGE_SCREENS: Screen[] = [
  {
    name: "setup-key",
    stages: ["new"],
    as: "nobody",
    open: (page, setting) => go(page, setting, "/setup", "form"),
  },
  {
    name: "setup",
    stages: ["new"],
    as: "nobody",
    open: (page, setting) => go(page, setting, `/setup${key(setting.town)}`, "[name=company]"),
  },
  {
    name: "setup-errors",
    stages: ["new"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, `/setup${key(setting.town)}`, "[name=company]")
      await page.locator("[name=origins]").fill("no origin at all")
      await page.locator("button[type=submit]").click()
      await page.locator(".error").first().waitFor()
    },
  },
  {
    name: "setup-done",
    stages: ["empty", "long"],
    as: "nobody",
    open: (page, setting) => go(page, setting, `/setup${key(setting.town)}`, "#snippet"),
  },
  {
    name: "sign-in",
    stages: ["empty"],
    as: "nobody",
    open: (page, setting) => go(page, setting, "/desk", "[name=address]"),
  },
  {
    name: "sign-in-code",
    stages: ["empty"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, "/desk", "[name=address]")
      // Of nobody, so that no picture costs one of the codes an hour.
      await page.locator("[name=address]").fill("somebody.with.a.long.name@a-long-domain.lamplight.example")
      await page.keyboard.press("Enter")
      await page.locator("[name=code]").pressSequentially("123456")
      await page.locator("[role=alert]").waitFor()
    },
  },
  {
    name: "mailbox",
    stages: ["new", "full", "long"],
    as: "nobody",
    open: (page, setting) =>
      go(
        page,
        setting,
        `/mailbox${key(setting.town)}`,
        ".mailbox-empty, .mailbox-list a, .mailbox-list button",
      ),
  },
  {
    name: "mailbox-mail",
    stages: ["full"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, `/mailbox${key(setting.town)}`, ".mailbox-list button")
      await page.locator(".mailbox-list button").first().click()
      await page.locator(".mailbox-frame, pre").first().waitFor()
    },
  },
  {
    name: "take",
    stages: ["full", "long"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, `/take#${lifeOf(setting).takeToken}`, "[name=who]")
      await page.locator("[name=who]").last().check()
      await page.locator(".take-name input").waitFor()
    },
  },
  {
    name: "take-nowhere",
    stages: ["empty"],
    as: "nobody",
    open: (page, setting) => go(page, setting, "/take#nothing", "[role=alert]"),
  },
  {
    name: "unsubscribe",
    stages: ["full", "long"],
    as: "nobody",
    open: (page, setting) => go(page, setting, `/unsubscribe/${lifeOf(setting).stopToken}`, ".stop-list"),
  },
  {
    name: "unsubscribe-nowhere",
    stages: ["empty"],
    as: "nobody",
    open: (page, setting) => go(page, setting, "/unsubscribe/nothing", "[role=alert]"),
  },
  {
    name: "allow",
    stages: ["empty"],
    as: "nobody",
    open: (page, setting) => go(page, setting, "/allow", "h1"),
  },
  {
    name: "demo",
    stages: ["empty"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, "/demo", "h1")
      await boxIn(page).locator(".launcher").waitFor()
    },
  },
  {
    name: "box-off",
    stages: ["empty"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, "/demo", "h1")
      await boxIn(page).locator(".launcher").click()
      await boxIn(page).locator("textarea").waitFor()
    },
  },
  {
    name: "box-choice",
    stages: ["full", "long"],
    as: "nobody",
    open: async (page, setting) => {
      await go(page, setting, "/demo", "h1")
      await boxIn(page).locator(".launcher").click()
      await boxIn(page).locator(".choice button").first().waitFor()
    },
  },
  ...(["talk", "ended"] as const).map(
    (name): Screen => ({
      name: `box-${name}`,
      stages: ["full", "long"],
      as: "nobody",
      open: async (page, setting) => {
        const { town } = setting
        const visitor = lifeOf(setting)[name === "talk" ? "vera" : "ended"]
        const device = await town.run("identify", { token: town.token })
        await beatOnce(town, device.agentId, town.token)
        // A shop that names no group, for somebody who has been here before.
        await page.addInitScript(
          ([site, visitor]) => localStorage.setItem(`porchlight:${site}`, visitor!),
          [town.company.siteKey, visitor.secret],
        )
        await town.run("setSite", { ...town.company, groups: [] })
        try {
          await go(page, setting, "/demo", "h1")
          await boxIn(page).locator(".launcher").click()
          await boxIn(page).locator(".message").first().waitFor()
        } finally {
          const groups = (await town.run("listGroups", town.company)).map(({ id }) => id)
          await town.run("setSite", { ...town.company, groups })
        }
      },
    }),
  ),
]
