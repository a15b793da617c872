import type { Page } from "playwright-core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import type { Chromium } from "../kit/chromium.ts"
import { until } from "../kit/until.ts"
import {
  openBrowser,
  openPopup,
  openToolbarHouse,
  revoke,
  signInByPopup,
  type ToolbarHouse,
  visitorWrites,
} from "./toolbar-house.ts"

/** The built extension in a real Chromium, with a real relay on a hand-set clock. */

/** A relay that was stopped is reported by the browser itself, and so is its own end. */
const EXPECTED = ["ERR_CONNECTION_REFUSED", "The browser is shutting down"]

/** What the tests use of the extension API, inside the browser. */
declare const chrome: {
  action: {
    getBadgeText(of: object): Promise<string>
    getTitle(of: object): Promise<string>
    openPopup(): Promise<void>
  }
  extension: { getViews(of: { type: "popup" }): Window[] }
  idle: { onStateChanged: { dispatch(state: string): void } }
  notifications: { getAll(then: (all: Record<string, boolean>) => void): void }
  storage: { session: { get(key: string): Promise<Record<string, unknown>> } }
}

let house: ToolbarHouse
let browser: Chromium
let popup: Page
let errors: string[]

beforeEach(async () => {
  errors = []
  house = await openToolbarHouse()
  browser = await openBrowser()
  const worker = await browser.worker()
  worker.on("console", (said) => {
    if (said.type() === "error") errors.push(said.text())
  })
  popup = await openPopup(browser)
  await signInByPopup(house, popup)
  await until("the relay sees the device", () => house.device().presence === "present")
})

afterEach(async () => {
  await browser?.close()
  await house?.stop()
  expect(errors.filter((error) => !EXPECTED.some((part) => error.includes(part)))).toEqual([])
})

const badge = async (): Promise<{ text: string; title: string }> =>
  (await browser.worker()).evaluate(async () => ({
    text: await chrome.action.getBadgeText({}),
    title: await chrome.action.getTitle({}),
  }))

const idleSays = async (state: "active" | "idle" | "locked"): Promise<void> =>
  (await browser.worker()).evaluate((now) => chrome.idle.onStateChanged.dispatch(now), state)

/** As Chromium does by itself after half a minute without an event. */
const stopWorker = async (): Promise<void> => {
  const cdp = await browser.context.newCDPSession(popup)
  await cdp.send("ServiceWorker.enable")
  await cdp.send("ServiceWorker.stopAllWorkers")
  await until("the worker is stopped", () => house.device().presence === "fading")
}

describe("who is signed in and there", () => {
  it("lights the sites; popup and badge say so, and by which device", async () => {
    await until("the box is lit", house.boxLight)
    await popup.getByRole("heading", { name: "The light is on" }).waitFor()
    await popup.getByText("Anna, by Chrome on Linux").waitFor()
    await until("the badge says so", async () => (await badge()).title === "Porchlight: your light is on")
    expect((await badge()).text).toBe(" ")
    expect(house.device()).toMatchObject({ label: "Chrome on Linux", kind: "extension" })
  })

  it("leads an admin to their screens, and needs no scrolling sideways beside a scrollbar that takes room", async () => {
    const admin = popup.getByRole("link", { name: "Admin" })
    await expect.poll(() => admin.getAttribute("href")).toBe(`${house.relay.url}/admin`)
    await popup.evaluate(() => {
      // As a script of the page may; a style element would be refused.
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(
        "html { overflow-y: scroll; scrollbar-width: auto; scrollbar-color: auto } ::-webkit-scrollbar { width: 15px }",
      )
      document.adoptedStyleSheets = [sheet]
    })
    const { room, over } = await popup.evaluate(() => ({
      room: innerWidth - document.documentElement.clientWidth,
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }))
    expect({ room, over }).toEqual({ room: 15, over: 0 })
  })

  it("opens 360 px wide from the toolbar, where the popup's size is what its content asks for", async () => {
    // The browser keeps popups within a window.
    await using wide = await openBrowser({ width: 1000 })
    const page = await openPopup(wide)
    await (await wide.worker()).evaluate(() => chrome.action.openPopup())
    await until("the popup has its size", async () => {
      const width = await page.evaluate(
        () => chrome.extension.getViews({ type: "popup" })[0]?.document.documentElement.clientWidth,
      )
      return width === 360
    })
  })

  it("switches the status on every site and device within a second, by mouse and by keyboard", async () => {
    const took = async (what: string, is: () => boolean): Promise<number> => {
      const from = performance.now()
      await until(what, is)
      return performance.now() - from
    }
    // The quickest of some: what has other things to do is late now and then, what waits for something is late always.
    const [mouse, keys]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < 3; turn++) {
      await popup.getByRole("radio", { name: "Unavailable" }).click()
      const isOff = () => house.other.toolbar().me.intent === "unavailable" && !house.boxLight()
      mouse.push(await took("unavailable everywhere", isOff))
      await popup.getByRole("heading", { name: "The light is off" }).waitFor()
      await popup.getByText("Anna has been set to unavailable").waitFor()
      await popup.keyboard.press("ArrowLeft")
      const isOn = () => house.other.toolbar().me.intent === "busy" && house.boxLight()
      keys.push(await took("busy everywhere", isOn))
    }
    expect([Math.min(...mouse) < SECOND, Math.min(...keys) < SECOND]).toEqual([true, true])
    await until("the badge says so", async () => (await badge()).title.includes("you are busy"))
  })

  it("ends the status at the time that was chosen, and says when and what comes then", async () => {
    await popup.getByLabel("Until when").selectOption({ label: "until I change it" })
    await popup.getByRole("radio", { name: "Busy" }).click()
    await popup.getByLabel("Until when").selectOption({ label: "for 30 minutes" })
    const { intentUntil } = await until("busy with an end", () => {
      const { me } = house.other.toolbar()
      return me.intent === "busy" && me.intentUntil !== null && me
    })
    expect(intentUntil! - house.clock.now()).toBe(30 * MINUTE)
    const ends = popup.locator("select.until option").filter({ hasText: /^until .+, then available$/ })
    await ends.waitFor({ state: "attached" })
    await house.pass(30 * MINUTE)
    await house.passUntil("the status ended", () => house.other.toolbar().me.intent === "available")
    await popup.getByRole("radio", { name: "Available", checked: true }).waitFor()
    await ends.waitFor({ state: "detached" })
  })

  it("says when office hours open, and stays open until then if one wants", async () => {
    const { accountId } = house.company
    // The house's clock begins on a Monday at 9:00.
    const hours = { zone: "UTC", week: [{ day: 2 as const, from: "09:00", to: "17:00" }], exceptions: [] }
    await house.relay.store.run("setAccount", { accountId, hours }, house.clock.now())
    await popup.getByText(/Outside office hours; they open/).waitFor()
    await until("the box is dark", () => !house.boxLight())
    await popup.getByRole("button", { name: /^Stay open/ }).click()
    await popup.getByText(/Outside office hours, and you stay open/).waitFor()
    await until("the box is lit", house.boxLight)
    await popup.getByRole("button", { name: "Keep to the hours" }).click()
    await until("the box is dark again", () => !house.boxLight())
  })

  it("shows the light of each of one's groups", async () => {
    const { accountId, agentId } = house.company
    const at = house.clock.now()
    await house.relay.store.run("createGroup", { accountId, name: "Returns", members: [agentId] }, at)
    await popup.getByRole("listitem").filter({ hasText: "Returns" }).getByText("light on").waitFor()
  })

  it("shows what another device switched", async () => {
    await house.other.setIntent("busy")
    await popup.getByRole("radio", { name: "Busy", checked: true }).waitFor()
  })

  it("a switch that comes too late is refused, and shows what it is now", async () => {
    // Nobody is told while the worker does not run: what it knows when it wakes is old.
    await stopWorker()
    await house.other.setIntent("busy")
    await popup.getByRole("radio", { name: "Unavailable" }).click()
    await popup.getByText("It was changed on another device meanwhile").waitFor()
    await popup.getByRole("radio", { name: "Busy", checked: true }).waitFor()
    expect(house.other.toolbar().me.intent).toBe("busy")
  })
})

describe("who is not there any more", () => {
  it("fades when the browser is killed, and is gone after the grace", async () => {
    await until("the box is lit", house.boxLight)
    await browser.kill()
    await until("the device fades", () => house.device().presence === "fading")
    await house.pass(2 * MINUTE - SECOND)
    expect(house.boxLight()).toBe(true)
    await house.pass(SECOND)
    await house.passUntil("the box is dark", () => !house.boxLight())
    await until("the device is gone", () => house.device().presence === "gone")
  })

  it("fades when the person goes idle or locks, and is there again at the first move", async () => {
    await idleSays("idle")
    await until("the device fades", () => house.device().presence === "fading")
    await popup.getByText("just left, still counts").waitFor()
    await idleSays("locked")
    await popup.getByText("(just left; counts until").waitFor()
    await house.pass(2 * MINUTE)
    await house.passUntil("the box is dark", () => !house.boxLight())
    await popup.getByRole("heading", { name: "The light is off" }).waitFor()
    await idleSays("active")
    await until("the box is lit", house.boxLight)
    // Another socket tells it, which may be a moment later.
    await until("the device is present", () => house.device().presence === "present")
  })

  it("counts as idle, where the browser cannot tell, once a message lay for 15 min; and is back when used", async () => {
    // A headless Chromium on Linux has never reported idle, as one under Wayland never does.
    await visitorWrites(house, "Is anybody there?")
    await popup.getByRole("button", { name: "Is anybody there?" }).waitFor()
    const beat = async (): Promise<void> => {
      await house.pass(15 * SECOND)
      // A beat each, of which none says that anybody used a page of ours.
      await idleSays("locked")
      await until("it is not active", () => house.device().presence !== "present")
      await idleSays("active")
    }
    // A quarter of an hour less 15 s: so the last beat is still good when the time is over.
    for (let times = 1; times < 15 * 4; times++) {
      await beat()
      await until("it is present", () => house.device().presence === "present")
    }
    await house.pass(14 * SECOND)
    expect(house.device().presence).toBe("present")
    await house.passUntil("it counts as idle", () => house.device().presence !== "present")
    await idleSays("locked")
    await idleSays("active")
    await house.pass(MINUTE)
    expect(house.device().presence).not.toBe("present")

    await openPopup(browser)
    await until("it is present again", () => house.device().presence === "present")
  })

  it("fades on signing out; with unavailable the light goes at once", async () => {
    await popup.getByRole("button", { name: "Sign out" }).click()
    await popup.getByRole("button", { name: "Sign out", exact: true }).click()
    await popup.getByRole("button", { name: "Send me a code" }).waitFor()
    expect(house.boxLight()).toBe(true)
    await signInByPopup(house, popup)
    await popup.getByRole("button", { name: "Sign out" }).click()
    await popup.getByRole("button", { name: "Sign out and make me unavailable" }).click()
    await until("the box is dark", () => !house.boxLight())
    expect(house.other.toolbar().me.intent).toBe("unavailable")
    expect((await badge()).text).toBe("!")
  })

  it("is told when the device was signed out elsewhere", async () => {
    await revoke(house, house.device().id)
    await popup.getByText("This browser was signed out").waitFor()
    await until("the badge says so", async () => (await badge()).title === "Porchlight: not signed in")
  })
})

describe("a visitor writes", () => {
  const notifications = async (): Promise<string[]> =>
    (await browser.worker()).evaluate(
      () =>
        new Promise<string[]>((resolve) => chrome.notifications.getAll((all) => resolve(Object.keys(all)))),
    )

  it("popup, badge and desktop tell; why there is no mail is said; a click opens the desk there", async () => {
    await visitorWrites(house, "Is anybody there?")
    await popup.getByRole("button", { name: "Is anybody there?" }).waitFor()
    house.clock.advance(SECOND)
    await popup.getByText("You were there when it came: Chrome on Linux was in use").waitFor()
    await until("the badge counts", async () => (await badge()).text === "1")
    const [id] = await until("a notification", async () => {
      const all = await notifications()
      return all.length > 0 && all
    })
    const opened = browser.context.waitForEvent("page")
    await popup.locator(".conversations .row").click()
    const desk = await opened
    await desk.setViewportSize({ width: 1000, height: 700 })
    expect(desk.url()).toContain(`desk.html#/c/${id}`)
    await desk.locator("main").getByText("Is anybody there?").first().waitFor()
    await until(
      "the notification is gone once it was opened",
      async () => (await notifications()).length === 0,
    )
  })

  it("the open desk tab is used again", async () => {
    await visitorWrites(house, "Is anybody there?")
    await popup.getByRole("button", { name: "Is anybody there?" }).waitFor()
    const desk = await browser.page(await browser.extensionUrl("desk.html"))
    await desk.getByText("Is anybody there?").first().waitFor()
    const pages = browser.context.pages().length
    await popup.locator(".conversations .row").click()
    await desk.waitForURL(/#\/c\/co_/)
    expect(browser.context.pages().length).toBeLessThanOrEqual(pages)
  })
})

describe("the worker", () => {
  const boot = async (): Promise<{ id: string; seq: number }> =>
    popup.evaluate(async () => (await chrome.storage.session.get("boot")).boot as { id: string; seq: number })

  it("connects and beats again when it was stopped and is woken, and goes on counting", async () => {
    const before = await boot()
    await stopWorker()
    await popup.reload()
    await until("the device is back", () => house.device().presence === "present")
    await popup.locator(".connection[data-state=live]").waitFor()
    const after = await boot()
    expect(after.id).toBe(before.id)
    expect(after.seq).toBeGreaterThan(before.seq)
  })

  it("paints the popup from what it knew before the relay has answered, and says when it does not", async () => {
    await popup.getByRole("heading", { name: "The light is on" }).waitFor()
    await house.relay.stop()
    await popup.getByText("does not answer").waitFor()
    const again = await openPopup(browser)
    await again.getByRole("heading", { name: "What sites show is not known" }).waitFor()
    await again.getByText("The last that was known: The light is on. Anna, by Chrome on Linux").waitFor()
    expect((await badge()).text).toBe("!")
  })
})
