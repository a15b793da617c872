import { mkdirSync } from "node:fs"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { type Chromium, launchChromium } from "../kit/chromium.ts"
import { type HostPage, serveHostPage } from "../kit/host-page.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { openEar, type WebhookEar } from "../kit/webhook-ear.ts"
import { openPage } from "./desk-house.ts"

/** An admin looks at the log, adds a webhook, erases a person, and sees whether the tag is there. */

let pages: BuiltPages
let relay: TestRelay
let company: Company
let browser: Chromium
let page: Page
let ear: WebhookEar
const pagesOfSite: HostPage[] = []

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  ear = await openEar()
  relay = await startRelay({ pages: pages.folder, env: { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.1" } })
  company = await relay.setUp({ origins: ["https://lamplight.invalid"] })
  browser = await launchChromium({ width: 1200, height: 900 })
  page = await openPage(browser, `${relay.url}/admin#/webhooks`)
  await page.getByLabel("E-mail address").fill(company.address)
  await page.getByRole("button", { name: "Send me a code" }).click()
  const code = await until(
    "the code",
    async () => /\b\d{6}\b/.exec((await relay.mailsTo(company.address))[0] ?? "")?.[0],
  )
  await page.getByLabel("Six-digit code").fill(code)
  await page.getByRole("heading", { name: "Webhooks" }).waitFor()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await ear?.stop()
  for (const one of pagesOfSite) await one.close()
  await pages?.remove()
})

/** For people to look at: `RECORD_PICTURES=folder`. */
const picture = async (name: string): Promise<void> => {
  const folder = process.env.RECORD_PICTURES
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

const go = async (screen: string, title: string): Promise<void> => {
  await page.goto(`${relay.url}/admin#/${screen}`)
  await page.getByRole("heading", { level: 1, name: title }).waitFor()
}

const visit = async (text: string): Promise<void> => {
  const { accountId, siteId } = company
  const now = relay.clock.now()
  const { visitorId } = await relay.store.run(
    "createVisitor",
    { accountId, siteId, language: "en", zone: "UTC" },
    now,
  )
  await relay.store.run("setContact", { accountId, visitorId, address: "eve@example.org", name: "Eve" }, now)
  const written = { accountId, siteId, groupId: null, visitorId, key: `key-${visitorId}`, text, page: null }
  await relay.store.run("takeVisitorMessage", written, now)
}

it("adds a webhook, shows its secret once, and follows what it answers", async () => {
  await page.getByText("There is no webhook yet").waitFor()
  await page.getByRole("button", { name: "Add a webhook" }).click()
  const form = page.getByRole("dialog", { name: "Add a webhook" })
  await form.getByLabel("Name").fill("Our CRM")
  await form.getByLabel("Address").fill("http://10.0.0.1/hook")
  await picture("webhook-form")
  await form.getByRole("button", { name: "Add a webhook" }).click()
  await form.getByText("private network").waitFor()
  await form.getByLabel("Address").fill(ear.url)
  await form.getByRole("button", { name: "Add a webhook" }).click()
  const secret = page.getByRole("dialog", { name: "Secret" })
  await secret.getByText(/^whsec_/).waitFor()
  await picture("webhook-secret")
  await secret.getByRole("button", { name: "Done" }).click()
  ear.answer(500)
  await visit("Do you have lamps?")
  const row = page.getByRole("listitem").filter({ hasText: "Our CRM" })
  await row.getByText(/^fails since/).waitFor()
  await picture("webhooks")
  await row.getByRole("button", { name: "Deliveries" }).click()
  const deliveries = page.getByRole("dialog", { name: "Deliveries to Our CRM" })
  await deliveries
    .getByText(/^Answered 500/)
    .first()
    .waitFor()
  await picture("deliveries")
  ear.answer(204)
  await page.keyboard.press("Escape")
  await row.getByRole("button", { name: "Send a test" }).click()
  const tried = deliveries.getByRole("listitem").filter({ hasText: "Test" })
  await tried.getByText(/^Answered 204/).waitFor()
  expect((await ear.of("webhook.test")).json.data).toMatchObject({ webhook: "Our CRM" })
  await page.keyboard.press("Escape")
})

it("tells who set what, and follows what is set now", async () => {
  await go("changes", "Changes")
  const { accountId, agentId } = company
  const actor = { way: "screen", agentId } as const
  await relay.store.run("setAccount", { accountId, actor, graceMs: 30_000 }, relay.clock.now())
  const newest = page.getByRole("listitem").filter({ hasText: "Grace: 120 s → 30 s" }).first()
  await newest.waitFor()
  await expect.poll(() => newest.textContent()).toMatch(/Account.*changed.*Anna in the desk or these screens/)
  await picture("changes")
  await page.getByLabel("What", { exact: true }).selectOption({ label: "Webhooks" })
  await page.getByText("Webhook “Our CRM”").first().waitFor()
  await newest.waitFor({ state: "detached" })
})

it("finds a person, hands their data out, and erases it once that is typed", async () => {
  await go("persons", "Persons’ data")
  const card = page.locator("form").filter({ hasText: "A visitor" })
  await card.getByLabel("E-mail address or id").fill("nobody@example.org")
  await card.getByRole("button", { name: "Look" }).click()
  await card.getByText("Nothing is stored of nobody@example.org.").waitFor()
  await card.getByLabel("E-mail address or id").fill("eve@example.org")
  await card.getByRole("button", { name: "Look" }).click()
  await card.getByText("Eve, on Lamplight since").waitFor()
  await picture("person")
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    card.getByRole("button", { name: "Download all of it" }).click(),
  ])
  expect(download.suggestedFilename()).toBe("person.zip")
  await card.getByRole("button", { name: "Erase …" }).click()
  const dialog = page.getByRole("dialog", { name: "Erase all of this for good?" })
  await expect.poll(() => dialog.getByRole("button", { name: "Erase for good" }).isDisabled()).toBe(true)
  await dialog.getByLabel("Type erase to go on").fill("erase")
  await picture("erase")
  await dialog.getByRole("button", { name: "Erase for good" }).click()
  await card.getByText(/^Erased\./).waitFor()
  await card.getByRole("button", { name: "Look" }).click()
  await card.getByText("Nothing is stored of eve@example.org.").waitFor()
})

it("says live what keeps a site's tag from its page, and when the box was loaded", async () => {
  const serve = async (html: string, headers?: Record<string, string>) => {
    const host = await serveHostPage(html, headers)
    pagesOfSite.push(host)
    return new URL(host.url).origin
  }
  const tag = `<script async src="${relay.url}/box.js" data-site="${company.siteKey}"></script>`
  const bare = await serve("<html>nothing here</html>")
  const strict = await serve(tag, { "content-security-policy": "script-src 'self'; frame-src *" })
  await go("sites", "Sites")
  const check = page.getByRole("region", { name: "Is it there?" })
  await check.getByText(/was not reached/).waitFor()
  await check.getByText("No page has loaded this chat box yet.").waitFor()
  await check.getByLabel("Page to look at").fill(bare)
  await check.getByRole("button", { name: "Look now" }).click()
  await check.getByText(/^There is no tag in/).waitFor()
  await picture("tag-missing")
  await check.getByLabel("Page to look at").fill(strict)
  await check.getByRole("button", { name: "Look now" }).click()
  await check.getByText(`Add ${relay.url} to script-src`).waitFor()
  await check.getByText(`${strict} may not show this box`).waitFor()
  await picture("tag-forbidden")
  // While the admin looks on, somebody opens the page.
  await fetch(`${relay.url}/box/frame?site=${company.siteKey}`, { headers: { Referer: `${strict}/` } })
  await check.getByText(`A chat box wanted to be shown on ${strict}, which is not listed: just now`).waitFor()
  // And another admin lists it: what is shown follows.
  const { accountId, siteId } = company
  await relay.store.run("setSite", { accountId, siteId, origins: [strict] }, relay.clock.now())
  await check.getByText(`The chat box was loaded on ${strict}: just now`).waitFor()
  await check.getByText(`${strict} may not show this box`).waitFor({ state: "detached" })
  await picture("tag")
})
