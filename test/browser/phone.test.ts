import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { api } from "../kit/api.ts"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import { enterVisitor, write } from "./desk-house.ts"
import { type Device, openPhoneHouse, type PhoneHouse } from "./phone-house.ts"

const ANNA = "anna@lamplight.example"

let house: PhoneHouse
let phone: Device
let visitor: VisitorSocket

beforeAll(async () => {
  house = await openPhoneHouse()
  phone = await house.device()
  visitor = await enterVisitor(house.relay, house.company.siteKey)
})
afterAll(async () => {
  await visitor?.close()
  await house?.stop()
})

const conversation = async () => {
  const { conversations } = await api<{ conversations: { id: string; lastSeq: number }[] }>(
    { url: house.relay.url, token: await phone.token() },
    "GET",
    "/api/conversations?list=all",
  )
  return conversations[0]!
}

const toolbar = async (of: Device) =>
  api<ToolbarState>({ url: house.relay.url, token: await of.token() }, "GET", "/api/toolbar")

describe("the installed desk", () => {
  it("has a manifest in the browser's language, and in the profile's, with icons that are there", async () => {
    const read = async (query: string, language: string) => {
      const answer = await fetch(`${house.relay.url}/desk/manifest.webmanifest${query}`, {
        headers: { "Accept-Language": language },
      })
      expect(answer.headers.get("content-type")).toBe("application/manifest+json")
      return (await answer.json()) as {
        name: string
        lang: string
        icons: { src: string; purpose: string }[]
      }
    }
    expect(await read("", "de-AT,de;q=0.9")).toMatchObject({ lang: "de", name: "Porchlight-Konsole" })
    const { icons, lang } = await read("?lang=cs", "de")
    expect(lang).toBe("cs")
    expect(new Set(icons.map(({ purpose }) => purpose))).toEqual(new Set(["any", "maskable"]))
    for (const { src } of icons) expect((await fetch(`${house.relay.url}${src}`)).status).toBe(200)
    const { headers } = await fetch(`${house.relay.url}/desk/worker.js`)
    expect(headers.get("service-worker-allowed")).toBe("/desk")
    expect(headers.get("cache-control")).toBe("no-cache")
    expect(headers.get("content-security-policy")).toContain("worker-src 'self'")
    // The browser itself finds nothing wrong with it.
    const session = await phone.context.newCDPSession(phone.page)
    const { errors } = await session.send("Page.getAppManifest")
    expect(errors).toEqual([])
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors")
    expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([])
  })

  it("asks for notifications by a button and with a reason, never by itself", async () => {
    await phone.signIn(ANNA)
    const bar = phone.page.locator(".desk-app-bar")
    await bar.getByText("the light stays on for an hour").waitFor()
    await expect.poll(() => phone.page.evaluate(() => Notification.permission)).toBe("default")
    await bar.getByRole("button", { name: "Turn on notifications" }).click()
    await bar.waitFor({ state: "detached" })
    const { devices } = await toolbar(phone)
    expect(devices).toMatchObject([{ kind: "phone", own: true, push: { on: true, failure: null } }])
  })

  it("put away, is reachable at once, and the light stays on", async () => {
    await phone.setVisible(false)
    await until("the phone is reachable", async () => {
      const { devices, light } = await toolbar(phone)
      return light && devices[0]?.presence === "reachable"
    })
  })

  it("tells of a message once, in few words, and a press opens the conversation", async () => {
    await write(visitor, "Do you deliver to Brno?")
    const { id } = await conversation()
    expect(await phone.deliver()).toMatchObject({ type: "message", conversation: id })
    const shown = await until("the notification", async () => {
      const all = await phone.shown()
      return all.length > 0 && all
    })
    // The page was told over its socket as well: by the same name, it is one.
    expect(shown).toEqual([
      { title: "Visitor · Lamplight", body: "Do you deliver to Brno?", tag: id, lang: "en" },
    ])
    await write(visitor, "Hello?")
    const worker = await phone.worker()
    await worker.evaluate(async () => {
      const scope = self as unknown as { registration: ServiceWorkerRegistration }
      const [notification] = await scope.registration.getNotifications()
      const Click = (self as unknown as { NotificationEvent: new (name: string, of: object) => Event })
        .NotificationEvent
      self.dispatchEvent(new Click("notificationclick", { notification }))
    })
    await phone.page.waitForURL((url) => url.hash === `#/c/${id}`)
    await phone.setVisible(true)
    await phone.page.locator(".desk-text", { hasText: "Hello?" }).waitFor()
    await until("it is opened", async () => (await toolbar(phone)).waiting.every(({ opened }) => opened))
    expect(await phone.shown()).toEqual([])
    expect(house.service.arrived.filter(({ payload }) => payload.type === "message")).toHaveLength(1)
  })

  it("opens a window where none is open", async () => {
    const worker = await phone.worker()
    const opened = await worker.evaluate(async () => {
      const scope = self as unknown as {
        clients: { openWindow: unknown; matchAll: unknown }
        registration: ServiceWorkerRegistration
      }
      await scope.registration.showNotification("x", { data: { conversation: "co_x" } })
      const [notification] = await scope.registration.getNotifications()
      return new Promise<string>((resolve) => {
        scope.clients.matchAll = async () => []
        scope.clients.openWindow = async (url: string) => resolve(url)
        const Click = (self as unknown as { NotificationEvent: new (name: string, of: object) => Event })
          .NotificationEvent
        self.dispatchEvent(new Click("notificationclick", { notification }))
      })
    })
    expect(opened).toBe("/desk#/c/co_x")
  })
})

describe("notifications that stop arriving", () => {
  it("are said on the device, with why, and set up again by a press", async () => {
    const { service } = house
    await phone.page.evaluate(() => {
      location.hash = "#/"
    })
    await phone.setVisible(false)
    await until("it is put away", async () => (await toolbar(phone)).devices[0]?.presence === "reachable")
    service.answer(410, "unsubscribed")
    await write(visitor, "Still there?")
    await until("the relay knows", async () => (await toolbar(phone)).devices[0]?.push?.failure === "gone")
    await phone.setVisible(true)
    await phone.page.locator(".desk-me").click()
    await phone.page.getByText("its push service has forgotten it").waitFor()
    service.answer(201)
    await phone.page.getByRole("button", { name: "Set up again" }).click()
    await until("it is on", async () => {
      const push = (await toolbar(phone)).devices[0]?.push
      return push?.on === true && push.failure === null
    })
    const count = service.arrived.length
    await phone.page.getByRole("button", { name: "Send a test" }).click()
    await until("the test arrives", () => service.arrived.length > count)
    expect(service.arrived.at(-1)?.payload).toMatchObject({
      type: "test",
      title: "Notifications arrive here",
    })
    await phone.page.keyboard.press("Escape")
  })

  it("reach nobody once the browser's permission was taken back: the phone says so to the relay", async () => {
    expect((await toolbar(phone)).devices[0]?.push?.on).toBe(true)
    await phone.page.evaluate(() => localStorage.removeItem("test.push.asked"))
    await phone.page.reload()
    await until("the relay knows", async () => (await toolbar(phone)).devices[0]?.push === null)
  })
})

describe("installing", () => {
  it("is offered in the menu when the browser offers it, and asks the browser", async () => {
    await phone.page.evaluate(() => {
      const offer = new Event("beforeinstallprompt", { cancelable: true })
      const asked = async (): Promise<void> => void document.body.setAttribute("data-asked", "1")
      window.dispatchEvent(Object.assign(offer, { prompt: asked }))
    })
    await phone.page.locator(".desk-me").click()
    await phone.page.getByRole("button", { name: "Install the app" }).click()
    await phone.page.locator("body[data-asked]").waitFor()
    await phone.page.keyboard.press("Escape")
  })
})

describe("a device that cannot have notifications, or may not", () => {
  it("is told how to allow them again where they were refused; the desk works on", async () => {
    const refusing = await house.device({ permission: "denied" })
    await refusing.signIn(ANNA)
    await refusing.page.getByRole("button", { name: "Turn on notifications" }).click()
    await refusing.page.locator(".desk-app-bar").waitFor({ state: "detached" })
    await refusing.page.locator(".desk-me").click()
    await refusing.page.getByText("Notifications from this site are blocked in this browser").waitFor()
    await expect
      .poll(() => refusing.page.getByRole("button", { name: "Turn on notifications" }).count())
      .toBe(0)
    await refusing.context.close()
  })

  it("is told on an iPhone that the app has to be installed first, in its language", async () => {
    const iphone = await house.device({
      locale: "de-DE",
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
    })
    const ben = await house.relay.addAgent(house.company, "Ben", "ben@lamplight.example")
    const { accountId } = house.company
    const change = { accountId, agentId: ben, language: "de" } as const
    await house.relay.store.run("setAgent", change, house.relay.clock.now())
    await iphone.signIn("ben@lamplight.example")
    const bar = iphone.page.locator(".desk-app-bar")
    await bar.getByText("Zum Home-Bildschirm").waitFor()
    const wide = await iphone.page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBe(360)
    await bar.getByRole("button", { name: "Nicht jetzt" }).click()
    await iphone.page.reload()
    await iphone.page.locator(".desk-tabs").waitFor()
    await expect.poll(() => bar.count()).toBe(0)
    const { devices } = await toolbar(iphone)
    expect(devices).toMatchObject([{ kind: "phone", label: "Safari on iOS (phone)" }])
    await expect
      .poll(() => iphone.page.locator("link[rel=manifest]").getAttribute("href"))
      .toBe("/desk/manifest.webmanifest?lang=de")
    await iphone.context.close()
  })
})
