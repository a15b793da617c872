import { simpleParser } from "mailparser"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { SCREENS } from "../../relay/pages/admin/route.ts"
import { address, origin } from "../../shared/protocol/fields.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { type HostPage, serveHostPage } from "../kit/host-page.ts"
import { signInByStore } from "../kit/screens/of-popup.ts"
import { boxIn } from "../kit/screens/screen.ts"
import { openTown, type Town } from "../kit/screens/town.ts"
import { until } from "../kit/until.ts"
import { type Filled, fill } from "../kit/xss/fill.ts"
import { PAYLOADS, TRAP } from "../kit/xss/payloads.ts"
import { foreignIn, setTrap } from "../kit/xss/trap.ts"
import { builtExtension } from "./toolbar-house.ts"

/**
 * Some 200 texts that would be scripts, requests or disguises, in every field that anybody can fill, looked at
 * on every surface: nothing runs, nothing is asked of any other host, no policy has anything to stop.
 */

let pages: BuiltPages
let town: Town
let browser: Chromium
let filled: Filled
let caught: string[]

beforeAll(async () => {
  pages = await buildPages()
  town = await openTown({
    pages: pages.folder,
    outbound: "sink",
    refuse: (sink) => {
      for (let at = 0; at < 30; at++) {
        // A line of SMTP has 512 bytes.
        const text = PAYLOADS.slice(at * 7, at * 7 + 7)
          .join(" ")
          .replace(/[^\x20-\x7e]/g, "")
          .slice(0, 480)
        sink.answerFor.set(`probe-${at}@refusing.example`, { kind: "refuse", at: "rcpt", code: 451, text })
      }
    },
  })
  filled = await fill(town)
  browser = await launchChromium({ width: 1280, height: 900, extension: builtExtension("chrome-mv3") })
  caught = await setTrap(browser.context)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await town?.stop()
  await pages?.remove()
})

const clean = async (page: Page): Promise<void> => {
  expect(await foreignIn(page)).toEqual([])
  expect(caught).toEqual([])
}

const openSigned = async (path: string): Promise<Page> => {
  const page = await browser.context.newPage()
  await page.addInitScript((token) => localStorage.setItem("porchlight.desk.session.1", token), town.token)
  await page.goto(`${town.relay.url}${path}`)
  return page
}

/** Goes through the desk: its list to the end, every conversation, menu and profile. */
const walkDesk = async (page: Page, conversations: readonly string[]): Promise<void> => {
  await page.getByRole("tab").last().click()
  const panel = page.locator(".desk-panel")
  const rows = page.locator("[data-conversation]")
  await rows.first().waitFor()
  const seen = new Set<string | null>()
  // Only the rows that can be seen are there: one screen after the other.
  for (let screens = 0; screens < 40 && seen.size < filled.each.length; screens++) {
    for (const id of await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-conversation"))))
      seen.add(id)
    await clean(page)
    await panel.evaluate((element) => element.scrollBy({ top: element.clientHeight / 2 }))
  }
  expect(seen.size).toBeGreaterThanOrEqual(filled.each.length)
  for (const id of conversations) {
    await Promise.all([
      page.waitForResponse((response) => response.url().includes(`/api/conversations/${id}`)),
      page.evaluate((hash) => {
        location.hash = hash
      }, `#/c/${id}`),
    ])
    await page.locator(".desk-message, .desk-automatic").first().waitFor()
  }
  await clean(page)
  await page.locator(".desk-me").click()
  await page.locator(".desk-menu li").nth(40).waitFor({ state: "attached" })
  await clean(page)
}

describe("what anybody writes is text", () => {
  it("in the desk", async () => {
    const page = await openSigned("/desk")
    await walkDesk(page, [filled.crowded, ...filled.byMail, ...filled.each])
    await page.close()
  })

  it("in the desk and the popup of the extension", async () => {
    const popup = await browser.page(await browser.extensionUrl("popup.html"))
    await signInByStore(popup, town)
    await popup.locator(".people li").nth(40).waitFor({ state: "attached" })
    await clean(popup)
    const desk = await browser.page(await browser.extensionUrl("desk.html"))
    // The same views over another connection.
    await walkDesk(desk, [filled.crowded, ...filled.byMail.slice(0, 3), ...filled.each.slice(0, 3)])
    await desk.close()
    await popup.close()
  })

  it("on all screens of the admin pages", async () => {
    const page = await openSigned("/admin")
    for (const screen of SCREENS) {
      await page.evaluate((hash) => {
        location.hash = hash
      }, `#/${screen}`)
      await page.locator(`main[data-screen="${screen}"] .admin-screen:not([hidden]) h1`).waitFor()
      await page.waitForLoadState("networkidle")
      await clean(page)
    }
    await page.close()
  })

  it("in the chat box", async () => {
    const { siteKey, accountId, siteId } = town.company
    const groups = (await town.run("listGroups", { accountId })).map(({ id }) => id)
    const page = await browser.context.newPage()
    await page.addInitScript(([site, visitor]) => localStorage.setItem(`porchlight:${site}`, visitor!), [
      siteKey,
      filled.author.secret,
    ] as const)
    await page.goto(`${town.relay.url}/demo`)
    await boxIn(page).locator(".launcher").click()
    await boxIn(page).locator(".message").nth(100).waitFor({ state: "attached" })
    await clean(page)
    await town.run("setSite", { accountId, siteId, groups })
    await page.reload()
    await boxIn(page).locator(".choice button, .word").first().waitFor()
    await clean(page)
    await page.close()
  })

  it("on the mailbox page, formatted or not", async () => {
    const page = await browser.page(`${town.relay.url}/mailbox#key=${town.relay.key}`)
    const rows = page.locator(".mailbox-list button")
    await rows.nth(5).waitFor()
    for (const row of (await rows.all()).slice(0, 6)) {
      await row.click()
      for (const shape of await page.getByRole("radio").all()) {
        await shape.check()
        await clean(page)
      }
    }
    await page.close()
  })

  it("in mails, opened without any policy that would stop it", async () => {
    const page = await browser.context.newPage()
    const mails = await town.run("listDeliveries", { accountId: town.company.accountId, limit: 500 })
    const kinds = new Set<string>()
    for (const { raw } of town.sink?.mails.slice(0, 40) ?? []) {
      const { html, subject } = await simpleParser(raw, { skipTextToHtml: true })
      kinds.add(subject ?? "")
      await page.setContent(String(html))
      await clean(page)
    }
    expect(mails.length).toBeGreaterThan(10)
    expect(kinds.size).toBeGreaterThan(3)
    await page.close()
  })

  it("behind the links in mails", async () => {
    const page = await browser.page(`${town.relay.url}/take#${filled.takeToken}`)
    await page.locator("h1").waitFor()
    await clean(page)
    await page.goto(`${town.relay.url}/unsubscribe/${filled.stopToken}`)
    await page.locator(".stop-list, [role=alert]").first().waitFor()
    await clean(page)
    for (const payload of PAYLOADS.slice(0, 5)) {
      await page.goto(`${town.relay.url}/unsubscribe/${encodeURIComponent(payload)}`)
      await page.locator("[role=alert]").waitFor()
    }
    await clean(page)
    await page.close()
  })

  it("where an address is asked for, and is refused there", () => {
    expect(PAYLOADS.filter((payload) => address.safeParse(payload).success)).toEqual([])
    expect(PAYLOADS.filter((payload) => origin.safeParse(payload).success)).toEqual([])
  })
})

describe("the trap", () => {
  let host: HostPage | undefined
  afterAll(() => host?.close())

  it("has 200 payloads", () => {
    expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(200)
  })

  it("catches them on a page that puts them into its HTML", async () => {
    const careless = PAYLOADS.map((payload) => `<a title="${payload}" href="${payload}">x</a>${payload}`)
    const page = await browser.context.newPage()
    host = await serveHostPage("<!doctype html><title>careless</title>")
    await page.goto(host.url)
    // Each in a document of its own: one may swallow what follows it.
    await page.evaluate((all) => {
      for (const text of all) {
        const frame = document.createElement("iframe")
        document.body.append(frame)
        frame.contentDocument?.write(text)
        frame.contentDocument?.close()
      }
    }, careless)
    await until(
      "most of them were caught",
      () => new Set(caught.map((one) => /\d+/.exec(one)?.[0])).size > 80,
    )
    expect(caught.some((one) => one.startsWith("asked for"))).toBe(true)
    await page.close()
  })

  it("sees what a policy stops, a dialog, and what lies dormant in a page", async () => {
    caught.length = 0
    const page = await browser.context.newPage()
    const strict = await serveHostPage(
      `<!doctype html><img src=x onerror="${TRAP}(1)"><a href="javascript:${TRAP}(2)">x</a>`,
      { "content-security-policy": "default-src 'none'" },
    )
    try {
      await page.goto(strict.url)
      await until("the policy", () => caught.some((one) => one.includes("the policy had to stop")))
      expect((await foreignIn(page)).length).toBeGreaterThanOrEqual(2)
      await page.evaluate(() => alert("hello"))
      expect(caught.some((one) => one.includes("a dialog said hello"))).toBe(true)
    } finally {
      await strict.close()
      await page.close()
    }
  })
})
