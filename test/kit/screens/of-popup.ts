import type { Page } from "playwright-core"
import type { Screen, Setting } from "./screen.ts"
import type { Town } from "./town.ts"

/** The popup's page; for the extension's own language there is nothing to say: it is the browser's. */
const openPopup = async (page: Page, { extensionUrl }: Setting): Promise<void> => {
  if (extensionUrl === null) throw new Error("the browser has no extension")
  await page.goto(await extensionUrl("popup.html"))
  await page.locator("html[data-ready=true]").waitFor()
}

/** What a page of the extension has, and this program does not. */
declare const chrome: {
  storage: { local: { get(key: string): Promise<Record<string, unknown>> } }
  runtime: { sendMessage(message: unknown): Promise<unknown> }
}

const shownRelay = (page: Page): Promise<string | null> =>
  page.evaluate(async () => {
    const { session } = (await chrome.storage.local.get("session")) as { session?: { relay: string } }
    return session?.relay ?? null
  })

/** Here only: the relay of the stage before may be gone. */
const signOut = async (page: Page): Promise<void> => {
  if ((await shownRelay(page)) === null) return
  await page.evaluate(() => chrome.runtime.sendMessage({ type: "forget" }))
  await page.locator("[name=relay]").waitFor()
}

/** As a person signs in; nothing if the extension is signed in at this relay already. */
export const signInByStore = async (page: Page, town: Town): Promise<void> => {
  const relay = await shownRelay(page)
  if (relay !== town.relay.url) {
    await signOut(page)
    await page.locator("[name=relay]").fill(town.relay.url)
    await page.locator("[name=address]").fill(town.company.address)
    const code = await town.freshCode(town.company.address, () => page.locator("button[type=submit]").click())
    await page.locator("[name=code]").fill(code)
  }
  await page.locator(".connection[data-state=live]").waitFor()
}

/** The toolbar's popup, in a page of the width it has. */
export const POPUP_SCREENS: Screen[] = [
  {
    name: "popup-sign-in",
    stages: ["empty"],
    as: "nobody",
    fixedWidth: 360,
    open: async (page, setting) => {
      await openPopup(page, setting)
      await signOut(page)
      await page.locator("[name=relay]").waitFor()
    },
  },
  {
    name: "popup-sign-in-failed",
    stages: ["empty"],
    as: "nobody",
    fixedWidth: 360,
    open: async (page, setting) => {
      await openPopup(page, setting)
      await signOut(page)
      await page.locator("[name=relay]").fill("http://127.0.0.1:1")
      await page.locator("[name=address]").fill("anna@lamplight.example")
      await page.locator("button[type=submit]").click()
      await page.locator("[role=alert]").waitFor()
    },
  },
  {
    name: "popup",
    stages: ["empty", "full", "long"],
    as: "nobody",
    fixedWidth: 360,
    open: async (page, setting) => {
      await openPopup(page, setting)
      await signInByStore(page, setting.town)
      // This browser holds the light from its first beat on.
      await page.locator(".people [data-presence=present]").first().waitFor({ state: "attached" })
    },
  },
  {
    name: "popup-options",
    stages: ["full"],
    as: "nobody",
    fixedWidth: 360,
    open: async (page, setting) => {
      if (setting.extensionUrl === null) throw new Error("the browser has no extension")
      await page.goto(await setting.extensionUrl("options.html"))
      await page.locator("h1").first().waitFor()
    },
  },
  {
    name: "popup-sign-out",
    stages: ["full"],
    as: "nobody",
    fixedWidth: 360,
    open: async (page, setting) => {
      await openPopup(page, setting)
      await signInByStore(page, setting.town)
      await page.locator(".ways .quiet").click()
      await page.locator(".sign-out").waitFor()
    },
  },
]
