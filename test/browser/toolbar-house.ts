import { existsSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"
import type { HandClock } from "../../relay/clock.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { DeviceId } from "../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../shared/words/time.ts"
import { connectScreen } from "../kit/agent-screen.ts"
import { api } from "../kit/api.ts"
import { type Chromium, type ChromiumOptions, launchChromium } from "../kit/chromium.ts"
import type { Firefox } from "../kit/firefox.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, type VisitorSocket } from "../kit/visitor-socket.ts"

const OUTPUT = fileURLToPath(new URL("../../.output", import.meta.url))

/** Shorter than what the relay takes for a gap. */
const STEP = 5 * SECOND

/** The built extension for a browser. Throws when it was not built. */
export const builtExtension = (target: "chrome-mv3" | "firefox-mv3"): string => {
  const folder = path.join(OUTPUT, target)
  if (!existsSync(path.join(folder, "manifest.json")))
    throw new Error(`${folder} is not there: npm run build:extension`)
  return folder
}

/** A relay on a hand-set clock, its company, and the chat box of somebody who looks at the site. */
export interface ToolbarHouse {
  relay: TestRelay
  clock: HandClock
  company: Company
  /** Lets the relay's time go on. Not in one jump: that would be a machine that slept, which is another rule. */
  pass(ms: Millis): Promise<void>
  /** The same, by little steps, until `look` is so. */
  passUntil(what: string, look: () => boolean): Promise<void>
  /** The last that the chat box was told of the light. */
  boxLight(): boolean
  box: VisitorSocket
  /** Another device of the same agent, which only looks. */
  other: { toolbar(): ToolbarState; setIntent(intent: ToolbarState["me"]["intent"]): Promise<void> }
  /** The device of the extension as the relay sees it. */
  device(): ToolbarState["devices"][number]
  stop(): Promise<void>
}

export const openToolbarHouse = async (env?: Record<string, string>): Promise<ToolbarHouse> => {
  const clock = testClock()
  const relay = await startRelay({ clock, env })
  const company = await relay.setUp()
  const box = await connectVisitor({ url: relay.url, siteKey: company.siteKey })
  const token = await relay.signIn()
  const screen = await connectScreen(relay.url, token)
  return {
    relay,
    clock,
    company,
    box,
    pass: async (ms) => {
      for (let left = ms; left > 0; left -= STEP) {
        clock.advance(Math.min(STEP, left))
        // Behind what the relay does at this moment.
        await relay.store.run("readHealth", {}, clock.now())
      }
    },
    passUntil: async (what, look) => {
      // The relay gathers what happens in one moment, so its work waits for the clock even when it is due.
      await until(what, () => {
        clock.advance(50)
        return look()
      })
    },
    boxLight: () =>
      box.pushes.reduce(
        (light, push) => (push.type === "welcome" ? push.box.light : push.type === "light" ? push.on : light),
        false,
      ),
    other: {
      toolbar: screen.toolbar,
      setIntent: async (intent) => {
        const version = screen.toolbar().me.intentVersion
        await api({ url: relay.url, token }, "PUT", "/api/me/intent", { intent, version })
      },
    },
    device: () => {
      const found = screen.toolbar().devices.find(({ kind }) => kind === "extension")
      if (found === undefined) throw new Error("the extension is no device of the agent")
      return found
    },
    stop: async () => {
      await screen.close()
      await box.close()
      await relay.stop()
    },
  }
}

export const openBrowser = (options: ChromiumOptions = {}): Promise<Chromium> =>
  launchChromium({ width: 360, height: 600, ...options, extension: builtExtension("chrome-mv3") })

export const openPopup = async (browser: Chromium): Promise<Page> =>
  browser.page(await browser.extensionUrl("popup.html"))

/**
 * Signs in as a person does: relay, address, the code from the mail. Resolves when the relay has the first beat.
 * `url`: how the browser reaches the relay, where that is another way.
 */
export const signInByPopup = async (
  house: { relay: Pick<TestRelay, "url" | "mailsTo">; company: Company },
  popup: Page,
  url = house.relay.url,
): Promise<void> => {
  const { relay, company } = house
  const before = (await relay.mailsTo(company.address)).length
  await popup.getByLabel("Relay").fill(url)
  await popup.getByLabel("E-mail address").fill(company.address)
  await popup.getByRole("button", { name: "Send me a code" }).click()
  const mail = await until("a code by mail", async () => (await relay.mailsTo(company.address))[before])
  // The last digit signs in.
  await popup.getByLabel("Six-digit code").fill(/\b\d{6}\b/.exec(mail)![0])
  await popup.locator(".connection:is([data-state=live], [data-state=beating])").waitFor()
}

/** The same in Firefox. */
export const signInByFirefox = async (
  { relay, company }: Pick<ToolbarHouse, "relay" | "company">,
  firefox: Firefox,
): Promise<void> => {
  const before = (await relay.mailsTo(company.address)).length
  await firefox.open("popup.html")
  await firefox.type("[name=relay]", relay.url)
  await firefox.type("[name=address]", company.address)
  await firefox.click("button[type=submit]")
  const mail = await until("a code by mail", async () => (await relay.mailsTo(company.address))[before])
  await firefox.type("[name=code]", /\b\d{6}\b/.exec(mail)![0])
  await firefox.see(
    "a live connection",
    "return document.querySelector('.connection')?.dataset.state === 'live'",
  )
}

/** Signs the extension's device out at the relay, as if from elsewhere. */
export const revoke = async ({ relay, company }: ToolbarHouse, deviceId: DeviceId): Promise<void> => {
  const { accountId, agentId } = company
  await relay.store.run("signOut", { accountId, agentId, deviceId, unavailable: false }, relay.clock.now())
}

/** A visitor's first message, in the open chat box; gives back the conversation it became. */
export const visitorWrites = async (house: ToolbarHouse, text: string): Promise<void> => {
  house.box.send({ type: "open", language: "en", zone: "UTC" })
  await until("the visitor is known", () => house.box.visitor())
  house.box.send({ type: "write", key: crypto.randomUUID(), text, page: null })
}
