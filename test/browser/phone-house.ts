import type { Browser, BrowserContext, CDPSession, Page, Worker } from "playwright-core"
import type { PushPayload } from "../../shared/protocol/push.ts"
import { buildPages } from "../kit/built-pages.ts"
import { startChromium } from "../kit/chromium.ts"
import { LOOPBACK_CERTIFICATE } from "../kit/loopback-certificate.ts"
import { type PushDevice, type PushService, startPushService } from "../kit/push-service.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

const ANDROID =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"

/** A relay with the installable desk, a push service, and a browser whose contexts are devices. */
export interface PhoneHouse {
  relay: TestRelay
  service: PushService
  company: Company
  /** Folder of the built pages, which a new version would replace. */
  pages: string
  /** Another phone or desktop; `permission` is what its person says when they are asked. */
  device(options?: {
    phone?: boolean
    permission?: "granted" | "denied"
    userAgent?: string
    locale?: string
    dark?: boolean
  }): Promise<Device>
  stop(): Promise<void>
}

export interface Device {
  context: BrowserContext
  page: Page
  /** Signs in by the code that was mailed. */
  signIn(address: string): Promise<void>
  /** The subscription that this browser gave the relay. */
  push: PushDevice
  /** Hands push number `count` that came to the service on to the browser, as the browser's maker would. */
  deliver(count?: number): Promise<PushPayload>
  worker(): Promise<Worker>
  /** What stands among the system's notifications. */
  shown(): Promise<{ title: string; body: string; tag: string; lang: string }[]>
  token(): Promise<string>
  /** Looked at, or put away: as the page is told. */
  setVisible(visible: boolean): Promise<void>
  /** Names of what the desk keeps for reading without a connection. */
  kept(): Promise<string[]>
}

export const openPhoneHouse = async (): Promise<PhoneHouse> => {
  const pages = await buildPages()
  const service = await startPushService()
  const relay = await startRelay({
    pages: pages.folder,
    authority: LOOPBACK_CERTIFICATE.cert,
    env: { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.0/8" },
  })
  const company = await relay.setUp()
  const browser = await startChromium()
  return {
    relay,
    service,
    company,
    pages: pages.folder,
    device: (options = {}) => openDevice({ relay, service, browser }, options),
    stop: async () => {
      await browser.close()
      await relay.stop()
      await service.stop()
      await pages.remove()
    },
  }
}

type Options = NonNullable<Parameters<PhoneHouse["device"]>[0]>

const openDevice = async (
  { relay, service, browser }: { relay: TestRelay; service: PushService; browser: Browser },
  { phone = true, permission = "granted", locale = "en-GB", dark = false, userAgent = ANDROID }: Options,
): Promise<Device> => {
  const context = await browser.newContext({
    locale,
    colorScheme: dark ? "dark" : "light",
    ...(phone
      ? { userAgent, viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
      : { viewport: { width: 1100, height: 740 } }),
  })
  const push = service.subscribe(phone ? "phone" : "desktop")
  await context.addInitScript(takeTurns)
  await context.addInitScript(standIn, { subscription: push.subscription, permission })
  if (permission === "granted") await context.grantPermissions(["notifications"], { origin: relay.url })
  const page = await context.newPage()
  page.on("pageerror", (error) => {
    throw error
  })
  const session = await context.newCDPSession(page)
  const registered = watchRegistration(session, `${relay.url}/desk`)
  await session.send("ServiceWorker.enable")
  await page.goto(`${relay.url}/desk`)

  const worker = async (): Promise<Worker> =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"))

  return {
    context,
    page,
    push,
    worker,
    signIn: async (address) => {
      const mails = (await relay.mailsTo(address)).length
      await page.locator("[name=address]").fill(address)
      await page.keyboard.press("Enter")
      const mail = await until(`a code for ${address}`, async () => (await relay.mailsTo(address))[mails])
      await page.locator("[name=code]").pressSequentially(/\b\d{6}\b/.exec(mail)?.[0] ?? "")
      await page.locator(".desk-tabs").waitFor({ state: "attached" })
    },
    deliver: async (count = 1) => {
      const { payload } = await service.pushTo(push, count)
      await (await worker()).evaluate(takeTurns)
      await session.send("ServiceWorker.deliverPushMessage", {
        origin: relay.url,
        registrationId: await registered,
        data: JSON.stringify(payload),
      })
      return payload
    },
    shown: () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready
        const shown = await registration.getNotifications()
        return shown.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }))
      }),
    setVisible: (visible) =>
      page.evaluate(
        (state) => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true })
          document.hasFocus = () => state === "visible"
          document.dispatchEvent(new Event("visibilitychange"))
          window.dispatchEvent(new Event(state === "visible" ? "focus" : "blur"))
        },
        visible ? "visible" : "hidden",
      ),
    kept: () =>
      page.evaluate(
        () =>
          new Promise<string[]>((resolve, reject) => {
            const asked = indexedDB.open("porchlight.desk.kept.1")
            asked.onerror = () => reject(asked.error)
            asked.onsuccess = () => {
              const db = asked.result
              if (!db.objectStoreNames.contains("values")) return resolve([])
              const names = db.transaction("values").objectStore("values").getAllKeys()
              names.onsuccess = () => {
                db.close()
                resolve(names.result as string[])
              }
            }
          }),
      ),
    token: async () => (await page.evaluate(() => localStorage.getItem("porchlight.desk.session.1"))) ?? "",
  }
}

const watchRegistration = (session: CDPSession, scope: string): Promise<string> =>
  new Promise((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === scope)
      if (ours !== undefined) resolve(ours.registrationId)
    })
  })

/**
 * In the page or the worker: nobody asks what is shown while something is being shown. Chromium forgets what it has
 * written down and does not see on the screen yet, though it comes there (seen with 150 and 156).
 */
const takeTurns = (): void => {
  const its = ServiceWorkerRegistration.prototype as ServiceWorkerRegistration & { takesTurns?: boolean }
  if (its.takesTurns) return
  its.takesTurns = true
  const { showNotification, getNotifications } = its
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    navigator.locks.request("test.notifications", work) as Promise<T>
  its.showNotification = function (...its) {
    return inTurn(() => showNotification.apply(this, its))
  }
  its.getNotifications = function (...its) {
    return inTurn(() => getNotifications.apply(this, its))
  }
}

/**
 * In the page: the one part of push that a browser without its maker's push service has not. Everything else (worker,
 * notifications, permission once granted) is the browser's own.
 */
const standIn = ({
  subscription,
  permission,
}: {
  subscription: PushDevice["subscription"]
  permission: string
}): void => {
  const key = "test.push.subscribed"
  const made = (applicationServerKey: string) => {
    const letters = atob(applicationServerKey.replaceAll("-", "+").replaceAll("_", "/"))
    return {
      endpoint: subscription.endpoint,
      options: { applicationServerKey: Uint8Array.from(letters, (one) => one.charCodeAt(0)).buffer },
      toJSON: () => subscription,
      unsubscribe: async () => localStorage.removeItem(key) === undefined,
    }
  }
  Object.assign(PushManager.prototype, {
    subscribe: async (options: { applicationServerKey: string }) => {
      localStorage.setItem(key, options.applicationServerKey)
      return made(options.applicationServerKey)
    },
    getSubscription: async () => {
      const kept = localStorage.getItem(key)
      return kept === null ? null : made(kept)
    },
  })
  // Nobody is there to answer the browser's own question.
  const asked = "test.push.asked"
  const now = (): string => (localStorage.getItem(asked) === null ? "default" : permission)
  Object.defineProperty(Notification, "permission", { get: now })
  Notification.requestPermission = async () => {
    localStorage.setItem(asked, "1")
    return now() as NotificationPermission
  }
}
