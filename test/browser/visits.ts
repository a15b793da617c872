import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  FrameLocator,
  Locator,
  Page,
} from "playwright-core"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { startChromium } from "../kit/chromium.ts"
import { type HostPage, serveHostPage } from "../kit/host-page.ts"
import { until } from "../kit/until.ts"

/** Customers' sites with the chat box on them, and those who visit them or work at desks, each with a browser profile. */
export interface Visits {
  /** Folder of the built pages. */
  pages: string
  /** A customer's page with this tag (attributes of the script); gives its address. */
  site(relay: { url: string }, siteKey: string, attributes?: string): Promise<string>
  /** Somebody's browser; a new profile. */
  person(options?: BrowserContextOptions): Promise<BrowserContext>
  /** The page with its launcher. */
  visit(person: BrowserContext, url: string): Promise<Page>
  /** A desk in a tab, signed in by the code that `code` waits for. */
  desk(relay: { url: string }, address: string, code: () => Promise<string>): Promise<Page>
  /** What browsers said of errors, ours or the page's. */
  errors: string[]
  close(): Promise<void>
}

export const startVisits = async (): Promise<Visits> => {
  const built: BuiltPages = await buildPages()
  const browser: Browser = await startChromium()
  const hosts: HostPage[] = []
  const errors: string[] = []

  const person = async (options: BrowserContextOptions = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options })
    context.on("page", (page) => page.on("pageerror", (error) => errors.push(error.message)))
    return context
  }

  return {
    pages: built.folder,
    errors,
    person,
    site: async (relay, siteKey, attributes = "") => {
      const tag = `<script async src="${relay.url}/box.js" data-site="${siteKey}" ${attributes}></script>`
      const host = await serveHostPage(`<!doctype html><html lang="en"><title>Shop</title>${tag}`)
      hosts.push(host)
      return host.url
    },
    visit: async (context, url) => {
      const page = await context.newPage()
      await page.goto(url)
      await launcher(page).waitFor()
      return page
    },
    desk: async (relay, address, code) => {
      const page = await (await person()).newPage()
      await page.goto(`${relay.url}/desk`)
      await page.getByLabel("E-mail address").fill(address)
      await page.keyboard.press("Enter")
      await page.getByText("a code is on its way").waitFor()
      await page.getByLabel("Six-digit code").pressSequentially(await code())
      await page.getByRole("tab", { name: "Unserved" }).waitFor()
      return page
    },
    close: async () => {
      await browser.close()
      await Promise.all(hosts.map((host) => host.close()))
      await built.remove()
    },
  }
}

export const boxOf = (page: Page): FrameLocator => page.frameLocator("iframe")
export const launcher = (page: Page): Locator => boxOf(page).locator(".launcher")
export const input = (page: Page): Locator => boxOf(page).locator("textarea")
/** What the open box says of who is in. */
export const says = (page: Page): Locator => boxOf(page).locator("header p")

/** Writes, and waits until the relay has it: what has a time is stored. */
export const write = async (page: Page, text: string): Promise<void> => {
  await input(page).fill(text)
  await input(page).press("Enter")
  await boxOf(page).locator(".message:not([data-state])", { hasText: text }).first().waitFor()
}

/** The code in the newest captured mail to an address, once there are more mails than `before`. */
export const codeFrom = async (
  relay: { mailsTo(address: string): Promise<string[]> },
  address: string,
  before = 0,
): Promise<string> => {
  const mail = await until(`a code for ${address}`, async () => (await relay.mailsTo(address))[before])
  return /\b\d{6}\b/.exec(mail)![0]
}
