import type { Page } from "playwright-core"
import type {
  ConversationPageView as ConversationPage,
  ConversationView,
} from "../../shared/protocol/views.ts"
import { api } from "../kit/api.ts"
import { buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

/** A relay with pages built from the working tree, and a browser. */
export interface DeskHouse {
  relay: TestRelay
  browser: Chromium
  stop(): Promise<void>
}

/** `worker`: with what keeps the desk for when there is no network. */
export const openDeskHouse = async ({ worker = false } = {}): Promise<DeskHouse> => {
  const pages = await buildPages({ worker })
  const relay = await startRelay({ pages: pages.folder })
  const browser = await launchChromium({ width: 1200, height: 800 })
  return {
    relay,
    browser,
    stop: async () => {
      await browser.close()
      await relay.stop()
      await pages.remove()
    },
  }
}

/** A page that fails the test when a script of somebody else runs in it, or when it breaks. */
export const openPage = async (browser: Chromium, url: string): Promise<Page> => {
  const page = await browser.context.newPage()
  page.on("pageerror", (error) => {
    throw error
  })
  page.on("dialog", (dialog) => {
    throw new Error(`a script ran and said ${dialog.message()}`)
  })
  await page.goto(url)
  return page
}

/** A visitor who has opened the box and can write. */
export const enterVisitor = async (relay: TestRelay, siteKey: string): Promise<VisitorSocket> => {
  const visitor = await connectVisitor({ url: relay.url, siteKey })
  visitor.send({ type: "open", language: "cs", zone: "Europe/Prague" })
  await visitor.push(ofType("you"))
  return visitor
}

/** Writes, and waits until the relay has it. */
export const write = async (visitor: VisitorSocket, text: string): Promise<void> => {
  const key = crypto.randomUUID()
  const page = { url: "https://lamplight.example/<b>lamps</b>", title: "<i>Lamps</i> & more" }
  visitor.send({ type: "write", key, text, page })
  await visitor.push((push): push is typeof push => push.type === "ack" && push.key === key)
}

/** The newest conversation, as the relay has it. */
export const newestConversation = async (relay: TestRelay, token: string): Promise<ConversationView> => {
  const agent = { url: relay.url, token }
  const { conversations } = await api<ConversationPage>(agent, "GET", "/api/conversations?list=all")
  return api<ConversationView>(agent, "GET", `/api/conversations/${conversations[0]!.id}`)
}

/** Goes through the page by Tab until what has the focus is called so; throws when it never is. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press("Tab")
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? ""
    })
    if (focused === name) return
  }
  throw new Error(`nothing called “${name}” can be reached by Tab`)
}
