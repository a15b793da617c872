import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  FrameLocator,
  Locator,
  Page,
} from "playwright-core"
import { startChromium } from "../kit/chromium.ts"
import { type HostPage, serveHostPage } from "../kit/host-page.ts"
import { type BoxHouse, startBoxHouse } from "./box-house.ts"

/** A visitor's side of the chat box: pages with its tag, browsers that look at them, and what stands in the box. */

export const boxOf = (page: Page): FrameLocator => page.frameLocator("iframe")
export const launcher = (page: Page): Locator => boxOf(page).locator(".launcher")
export const input = (page: Page): Locator => boxOf(page).getByRole("textbox", { name: "Your message" })
export const messages = (page: Page): Locator => boxOf(page).locator(".message .bubble")

export const write = async (page: Page, text: string): Promise<void> => {
  await input(page).fill(text)
  await input(page).press("Enter")
}

/** Waits until the relay has taken it: what has a time is stored. */
export const arrived = (page: Page, text: string): Promise<void> =>
  boxOf(page).locator(".message:not([data-state])", { hasText: text }).first().waitFor()

/** Opens the box and writes. */
export const ask = async (page: Page, text: string): Promise<void> => {
  await launcher(page).click()
  await write(page, text)
  await arrived(page, text)
}

/** How far the page's content has moved by itself since it was loaded (0: not at all). */
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect()
          resolve(list.getEntries().length)
        })
        observer.observe({ type: "layout-shift", buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)))
      }),
  )

/** One browser and one house for a file of tests; each test's pages and profiles are put away after it. */
export interface BoxVisits {
  house: BoxHouse
  /** What browsers said of errors since the last `tidy`. */
  errors: string[]
  /** The line that puts the box on a page. */
  tag(attributes?: string): string
  /** A customer's page with this body, in English. */
  serve(html: string, headers?: Record<string, string>): Promise<HostPage>
  visit(options?: BrowserContextOptions): Promise<BrowserContext>
  /** A page with its launcher. */
  show(context: BrowserContext, url: string): Promise<Page>
  tidy(): Promise<void>
  close(): Promise<void>
}

export const openBoxVisits = async (): Promise<BoxVisits> => {
  const house = await startBoxHouse()
  const browser: Browser = await startChromium()
  const contexts: BrowserContext[] = []
  const hosts: HostPage[] = []
  const errors: string[] = []
  return {
    house,
    errors,
    tag: (attributes = "") =>
      `<script async src="${house.url}/box.js" data-site="${house.siteKey}" ${attributes}></script>`,
    serve: async (html, headers) => {
      const host = await serveHostPage(
        /^<(!doctype|html)/i.test(html) ? html : `<!doctype html><html lang="en"><title>Shop</title>${html}`,
        headers,
      )
      hosts.push(host)
      return host
    },
    visit: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options })
      contexts.push(context)
      context.on("page", (page) => {
        page.on("console", (said) => {
          if (said.type() === "error") errors.push(said.text())
        })
        page.on("pageerror", (error) => errors.push(error.message))
      })
      return context
    },
    show: async (context, url) => {
      const page = await context.newPage()
      await page.goto(url)
      await launcher(page).waitFor()
      return page
    },
    tidy: async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()))
      await Promise.all(hosts.splice(0).map((host) => host.close()))
      errors.length = 0
    },
    close: async () => {
      await browser.close()
      await house.close()
    },
  }
}
