import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { api } from "../kit/api.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { startChromium } from "../kit/chromium.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { startRelay, type TestRelay } from "../kit/relay.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"

/** A real relay, a DNS that is wrong in one place, a mail server that says no once: what an admin sees of it. */

const DOMAIN = "chat.lamps.example"
let pages: BuiltPages
let relay: TestRelay
let browser: Browser
let dns: DnsServer
let sink: SmtpSink
let admin: Page

const open = async (path: string, options: Parameters<Browser["newContext"]>[0] = {}, token?: string) => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options })
  if (token)
    await context.addInitScript((kept) => localStorage.setItem("porchlight.desk.session.1", kept), token)
  const page = await context.newPage()
  page.on("pageerror", (error) => {
    throw error
  })
  await page.goto(`${relay.url}${path}`)
  return page
}

/** Pictures to be looked at, where somebody asks for them. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.PICTURES
  if (!folder) return
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  await page.screenshot({ path: `${folder}/${name}-first.png` })
}

const signIn = async (): Promise<string> => {
  const send = (path: string, body: unknown) =>
    fetch(`${relay.url}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    })
  const address = "anna@lamplight.example"
  await send("/api/sign-in/code", { address })
  const [mail] = await sink.received(1)
  const code = /Subject: (\d{6})/.exec(mail!.raw.toString())![1]
  const answer = await send("/api/sign-in", { address, code, device: { kind: "tab", label: "Test" } })
  return ((await answer.json()) as { token: string }).token
}

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  dns = await startDnsServer({
    [DOMAIN]: { A: ["93.184.216.34"], MX: [[10, DOMAIN]], TXT: ["v=spf1 mx -all", "v=spf1 -all"] },
  })
  sink = await startSmtpSink()
  relay = await startRelay({
    pages: pages.folder,
    outbound: `smtp://127.0.0.1:${sink.port}`,
    env: {
      PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
      PORCHLIGHT_DNS: dns.address,
      PORCHLIGHT_MAIL_ADDRESSES: "93.184.216.34, 2606:2800:220:1:248:1893:25c8:1946",
    },
  })
  await relay.setUp()
  browser = await startChromium()
  admin = await open("/admin#/mail-health", {}, await signIn())
  await admin.getByRole("heading", { level: 1, name: "Mail health" }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await sink?.close()
  await dns?.close()
  await pages?.remove()
})

const row = (check: string) => admin.locator(`.mail-health-row[data-check="${check}"]`).first()

describe("the Mail health page", () => {
  it("says what is wrong first, with what it is, what it should be, and what to do", async () => {
    await row("spf").waitFor()
    expect(await admin.locator(".mail-health-row").first().getAttribute("data-state")).not.toBe("right")
    const spf = await row("spf").innerText()
    expect(spf).toContain("There are 2 such records")
    expect(spf).toContain("v=spf1 mx ip4:93.184.216.34")
    expect(await row("mx").getAttribute("data-state")).toBe("right")
    await picture(admin, "mail-health")
  })

  it("is right once that is done and it is looked up again", async () => {
    dns.zone[DOMAIN] = {
      ...dns.zone[DOMAIN],
      TXT: ["v=spf1 ip4:93.184.216.34 ip6:2606:2800:220:1::/64 -all"],
    }
    await admin.getByRole("button", { name: "Look again" }).click()
    await until("SPF is right", async () => (await row("spf").getAttribute("data-state")) === "right")
  })

  it("copies what is to be published", async () => {
    await admin.context().grantPermissions(["clipboard-read", "clipboard-write"])
    await admin.getByRole("button", { name: `Copy: _dmarc.${DOMAIN}` }).click()
    await admin.getByRole("button", { name: `Copied: _dmarc.${DOMAIN}` }).waitFor()
    expect(await admin.evaluate(() => navigator.clipboard.readText())).toMatch(/^v=DMARC1; p=quarantine/)
  })

  it("follows a trial mail to the final answer", async () => {
    sink.answerFor.set("it@blocking.example", {
      kind: "refuse",
      at: "rcpt",
      code: 554,
      text: "5.7.1 Service unavailable; Client host blocked using Spamhaus",
    })
    const send = async (to: string): Promise<void> => {
      await admin.getByLabel("Address", { exact: true }).fill(to)
      await admin.getByRole("button", { name: "Send", exact: true }).click()
    }
    await send("it@blocking.example")
    const refused = admin.locator('.mail-health-probe[data-state="failed"]')
    await refused.waitFor()
    expect(await refused.innerText()).toMatch(
      /did not go through[\s\S]*Spamhaus[\s\S]*blocks the relay’s domain/,
    )
    await send("all@shop.example")
    const taken = admin.locator('.mail-health-probe[data-state="delivered"]')
    await taken.waitFor()
    expect(await taken.innerText()).toContain("127.0.0.1 took it:")
    await picture(admin, "mail-health-probes")
  })

  it("says who holds a trial mail back and why, until it goes on", async () => {
    sink.answerFor.set("it@slow.example", { kind: "refuse", at: "rcpt", code: 451, text: "4.7.1 Come back" })
    await admin.getByLabel("Address", { exact: true }).fill("it@slow.example")
    await admin.getByRole("button", { name: "Send", exact: true }).click()
    const trial = admin.locator(".mail-health-probe").first()
    await until("it waits for its next try", async () => (await trial.innerText()).includes("next try at"))
    const caller = { url: relay.url, token: await token() }
    const { probes } = await api<{ probes: { id: string }[] }>(caller, "GET", "/api/mail-health/probes")
    const mail = `/api/queue/${probes[0]!.id}`
    await api(caller, "POST", `${mail}/hold`, { reason: "until the new record is out" })
    await until(
      "that is said",
      async () => (await trial.getAttribute("data-state")) === "held" && (await trial.innerText()),
    )
    expect(await trial.innerText()).toMatch(
      /held back[\s\S]*“Mail queue”[\s\S]*Anna: until the new record is out/,
    )
    await picture(admin, "mail-health-held")
    sink.answerFor.delete("it@slow.example")
    await api(caller, "POST", `${mail}/retry`)
    await until("it has gone", async () => (await trial.getAttribute("data-state")) === "delivered")
    expect(await trial.innerText()).not.toContain("Anna: until")
  })

  it("has no room to scroll sideways on a phone, in German and in the dark", async () => {
    await relay.store.run(
      "setAgent",
      { accountId: (await accounts())[0]!.id, agentId: await agentId(), language: "de" },
      relay.clock.now(),
    )
    const page = await open(
      "/admin#/mail-health",
      { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
      await token(),
    )
    await page.getByRole("heading", { level: 1, name: "Mail-Zustand" }).waitFor()
    await page.locator(".mail-health-row").first().waitFor()
    await picture(page, "mail-health-de-dark-360")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
})

const accounts = () => relay.store.run("listAccounts", {}, relay.clock.now())
const agentId = async () =>
  (await relay.store.run("listAgents", { accountId: (await accounts())[0]!.id }, relay.clock.now()))[0]!.id
const token = () => admin.evaluate(() => localStorage.getItem("porchlight.desk.session.1") ?? "")

describe("the page for IT departments", () => {
  it("has the relay's own values in every command, and no script or style of others", async () => {
    const page = await open("/allow")
    await page.getByRole("heading", { level: 1, name: `Letting mail from ${DOMAIN} in` }).waitFor()
    const text = await page.locator("main").innerText()
    expect(text).toContain(`$sealers += "${DOMAIN}"`)
    expect(text).toContain("Select-Object -ExpandProperty ArcTrustedSealers")
    expect(text).toContain('IPAllowList @{Add="93.184.216.34"}')
    expect(text).toContain(`welcomelist_from_dkim *@${DOMAIN} ${DOMAIN}`)
    expect(text).not.toContain("PUT-THE-ADDRESS-HERE")
    expect(text).not.toMatch(/Lamplight|anna@/)
    await picture(page, "allow")
  })

  it.each(["cs", "de", "es", "fr"])(
    "speaks %s where it is asked to, or where the browser does",
    async (lang) => {
      const asked = await open(`/allow?lang=${lang}`, {
        viewport: { width: 360, height: 740 },
        colorScheme: "dark",
      })
      await asked.locator("h1").waitFor()
      expect(await asked.evaluate(() => document.documentElement.lang)).toBe(lang)
      expect(await asked.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      await picture(asked, `allow-${lang}-dark-360`)
      const own = await open("/allow", { locale: lang })
      await own.locator("h1").waitFor()
      expect(await own.evaluate(() => document.documentElement.lang)).toBe(lang)
      await asked.context().close()
      await own.context().close()
    },
  )

  it("is printed without what can only be pressed", async () => {
    const page = await open("/allow?lang=en")
    await page.locator("h1").waitFor()
    await page.emulateMedia({ media: "print" })
    expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0)
    expect(await page.locator(".allow-code pre").first().isVisible()).toBe(true)
    await picture(page, "allow-print")
  })
})
