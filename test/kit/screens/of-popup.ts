import type { Page } from "playwright-core"
import type { DeliveryId } from "../../../shared/words/ids.ts"
import { until } from "../until.ts"
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

/** The newest code that is on its way to an address. */
const codeFor = (town: Town, address: string): Promise<string> =>
  until(`a code for ${address}`, async () => {
    const mails = await town.run("listDeliveries", { accountId: town.company.accountId, limit: 10 })
    const mail = mails.find(
      ({ to, kind, state }) => to === address && kind === "sign-in-code" && state !== "dropped",
    )
    if (mail === undefined) return null
    const { content } = await town.run("readDelivery", { id: mail.id as DeliveryId })
    return content.kind === "sign-in-code" ? content.code : null
  })

/** As a person signs in; nothing if the extension is signed in at this relay already. */
const signIn = async (page: Page, { town }: Setting): Promise<void> => {
  const relay = await shownRelay(page)
  if (relay !== town.relay.url) {
    await signOut(page)
    await page.locator("[name=relay]").fill(town.relay.url)
    await page.locator("[name=address]").fill(town.company.address)
    await page.locator("button[type=submit]").click()
    await page.locator("[name=code]").waitFor()
    await page.locator("[name=code]").fill(await codeFor(town, town.company.address))
    await page.locator("button[type=submit]").click()
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
      await signIn(page, setting)
    },
  },
  {
    name: "popup-sign-out",
    stages: ["full"],
    as: "nobody",
    fixedWidth: 360,
    open: async (page, setting) => {
      await openPopup(page, setting)
      await signIn(page, setting)
      await page.locator(".ways .quiet").click()
      await page.locator(".sign-out").waitFor()
    },
  },
]
