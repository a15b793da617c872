import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startRelay } from "../kit/relay.ts"
import type { BoxHouse } from "./box-house.ts"
import {
  arrived,
  type BoxVisits,
  boxOf,
  input,
  launcher,
  layoutShift,
  messages,
  openBoxVisits,
  write,
} from "./box-visitor.ts"

/** The chat box in a real browser, on pages of other origins, against the real relay. */

let visits: BoxVisits
let house: BoxHouse
let errors: string[]

beforeAll(async () => {
  visits = await openBoxVisits()
  ;({ house, errors } = visits)
})
afterAll(() => visits?.close())
beforeEach(() => house.setLight(true))
afterEach(() => visits.tidy())

const tag: BoxVisits["tag"] = (attributes) => visits.tag(attributes)
const serve: BoxVisits["serve"] = (html, headers) => visits.serve(html, headers)
const visit: BoxVisits["visit"] = (options) => visits.visit(options)
const show: BoxVisits["show"] = (context, url) => visits.show(context, url)

/** All that the browser keeps for the frame's origin, and cookies of any. */
const kept = async (page: Page): Promise<unknown[]> => {
  const frame = page.frames().find((one) => one.url().startsWith(house.url))!
  const stored = await frame.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...(await caches.keys()),
  ])
  return [...stored, ...(await page.context().cookies())]
}

describe("the light", () => {
  it("is on the launcher, and follows within a second", async () => {
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    await boxOf(page)
      .getByRole("button", { name: /^Chat with us\. Somebody is here/ })
      .waitFor()
    const follows = async (on: boolean, name: RegExp): Promise<number> => {
      await house.setLight(on)
      const from = performance.now()
      await boxOf(page).getByRole("button", { name }).waitFor()
      return performance.now() - from
    }
    // The quickest of some: what has other things to do is late now and then, what waits for something is late always.
    const [off, on]: number[][] = [[], []]
    for (let turn = 0; turn < 3; turn++) {
      off!.push(await follows(false, /^Leave a message\. Nobody is here/))
      on!.push(await follows(true, /^Chat with us/))
    }
    expect([Math.min(...off!) < 1000, Math.min(...on!) < 1000]).toEqual([true, true])
    expect(errors).toEqual([])
  })

  it("is told to the page's own script", async () => {
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    await page.evaluate(() => {
      window.porchlight!.on("light", (on) => {
        document.title = `light ${on}`
      })
    })
    await house.setLight(false)
    await expect.poll(() => page.title()).toBe("light false")
  })
})

describe("a conversation", () => {
  it("goes both ways, live, while the light is on", async () => {
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    await launcher(page).click()
    await expect.poll(() => boxOf(page).getByRole("dialog").getByText("Somebody is here").count()).toBe(1)
    await expect.poll(() => boxOf(page).getByLabel("Your e-mail address").count()).toBe(0)
    await write(page, "Is the lamp in stock?")
    await arrived(page, "Is the lamp in stock?")
    await house.answer("Is the lamp in stock?", "Yes: see https://shop.example/lamp. <b>Two</b> left")
    const link = boxOf(page).getByRole("link", { name: "https://shop.example/lamp" })
    await link.waitFor()
    await expect.poll(() => link.getAttribute("rel")).toContain("noopener")
    await expect.poll(() => messages(page).last().textContent()).toContain("<b>Two</b> left")
    expect((await house.conversation("Is the lamp in stock?")).page).toEqual({ url, title: "Shop" })
    expect(errors).toEqual([])
  })

  it("says that nobody is in, asks for an address and takes the message anyway, while it is off", async () => {
    await house.setLight(false)
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    await launcher(page).click()
    const dialog = boxOf(page).getByRole("dialog")
    await dialog.getByText("Nobody is here right now").waitFor()
    await write(page, "Call me Ishmael")
    await arrived(page, "Call me Ishmael")
    const address = boxOf(page).getByLabel("Your e-mail address for our answer")
    await address.fill("not an address")
    await dialog.getByRole("button", { name: "Save" }).click()
    await dialog.getByRole("alert").waitFor()
    await address.fill("Ishmael@Pequod.example")
    await dialog.getByRole("button", { name: "Save" }).click()
    await dialog.getByText("our answer goes to ishmael@pequod.example").waitFor()
    expect((await house.conversation("Call me Ishmael")).visitorAddress).toBe("ishmael@pequod.example")
  })

  it("is there again on return, with the draft and what came meanwhile", async () => {
    const { url } = await serve(tag())
    const context = await visit()
    const page = await show(context, url)
    await launcher(page).click()
    await write(page, "first words")
    await arrived(page, "first words")
    await input(page).fill("half a th")
    await page.reload()
    await messages(page).getByText("first words").waitFor()
    await expect.poll(() => input(page).inputValue()).toBe("half a th")
    await page.close()
    await house.answer("first words", "an answer meanwhile")
    const again = await show(context, url)
    await boxOf(again).locator(".count", { hasText: "1" }).waitFor()
    await launcher(again).click()
    await messages(again).getByText("an answer meanwhile").waitFor()
    const seen = async () => (await house.conversation("first words")).visitorSeenSeq
    await expect.poll(seen).toBe(2)
  })

  it("stands in step in two tabs", async () => {
    const { url } = await serve(tag())
    const context = await visit()
    const one = await show(context, url)
    const two = await show(context, url)
    await launcher(one).click()
    await write(one, "from the first tab")
    await arrived(one, "from the first tab")
    await launcher(two).click()
    await arrived(two, "from the first tab")
    await write(two, "from the second tab")
    await arrived(one, "from the second tab")
    await house.answer("from the first tab", "to both")
    await messages(one).getByText("to both").waitFor()
    await messages(two).getByText("to both").waitFor()
    await expect.poll(() => messages(one).count()).toBe(3)
    await expect.poll(() => messages(two).count()).toBe(3)
  })

  it("posts a message once, however often the line breaks before it is acknowledged", async () => {
    const { url } = await serve(tag())
    const context = await visit()
    let breaks = 2
    await context.routeWebSocket(/\/live\/visitor$/, (socket) => {
      const relay = socket.connectToServer()
      relay.onMessage((message) => {
        if (breaks > 0 && String(message).includes('"ack"')) {
          breaks -= 1
          void relay.close()
          void socket.close()
        } else socket.send(message)
      })
    })
    const page = await show(context, url)
    await launcher(page).click()
    await write(page, "once and no more")
    await expect.poll(() => breaks).toBe(0)
    await page.reload()
    await arrived(page, "once and no more")
    await expect.poll(() => messages(page).count()).toBe(1)
    expect(await house.count("once and no more")).toBe(1)
  })

  it("keeps what is written without a connection and sends it when there is one", async () => {
    const { url } = await serve(tag())
    const context = await visit()
    const page = await show(context, url)
    await launcher(page).click()
    await write(page, "before the tunnel")
    await arrived(page, "before the tunnel")
    await context.setOffline(true)
    await boxOf(page).getByText("No connection").waitFor()
    await write(page, "in the tunnel")
    await boxOf(page).getByText("Waiting for the connection").waitFor()
    expect(await house.count("in the tunnel")).toBe(0)
    await context.setOffline(false)
    await arrived(page, "in the tunnel")
    expect(await house.count("in the tunnel")).toBe(1)
  })
})

describe("a page that gives the box nothing", () => {
  it("works under a strict content security policy", async () => {
    const policy = `default-src 'none'; script-src ${house.url}; frame-src ${house.url}`
    const { url } = await serve(tag(), { "content-security-policy": policy })
    const page = await show(await visit(), url)
    await launcher(page).click()
    await write(page, "through a strict policy")
    await arrived(page, "through a strict policy")
    const { width, height } = (await page.locator("iframe").boundingBox())!
    expect([width > 350, height > 500]).toEqual([true, true])
    expect(errors).toEqual([])
  })

  it("stands where it stands whatever the page's styles, and moves nothing of the page", async () => {
    const reset = `<style>* { all: unset !important; display: block !important } body { transform: scale(.5) }
      iframe { position: static !important; width: 3px !important; opacity: 0 !important }</style>`
    const { url } = await serve(`${reset}<main>text</main>${tag()}`)
    const page = await show(await visit(), url)
    const closed = (await page.locator("iframe").boundingBox())!
    expect([closed.x + closed.width, closed.y + closed.height]).toEqual([1000, 800])
    await launcher(page).click()
    await input(page).waitFor()
    await expect
      .poll(() => page.locator("iframe").evaluate((frame) => getComputedStyle(frame).opacity))
      .toBe("1")
    expect(await layoutShift(page)).toBe(0)
  })

  it("has one box where the tag stands twice, and opens by the page's own button, with the focus back", async () => {
    const { url } = await serve(`<button id="ask">Ask us</button>${tag()}${tag()}`)
    const page = await show(await visit(), url)
    await page.evaluate(() => {
      document.querySelector("#ask")!.addEventListener("click", () => window.porchlight!.open())
    })
    await page.click("#ask")
    await input(page).waitFor()
    await expect.poll(() => page.locator("iframe").count()).toBe(1)
    await input(page).press("Escape")
    await launcher(page).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("ask")
  })

  it("keeps nothing before it is opened, and then only its own", async () => {
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    expect(await kept(page)).toEqual([])
    await launcher(page).click()
    await expect.poll(() => kept(page)).toContain(`porchlight:${house.siteKey}`)
    expect(await page.context().cookies()).toEqual([])
  })

  it("works where the browser denies storage", async () => {
    const { foreignUrl } = await serve(tag())
    const page = await show(await visit(), foreignUrl)
    await expect(kept(page)).rejects.toThrow("Access is denied")
    await launcher(page).click()
    await write(page, "nothing is kept")
    await arrived(page, "nothing is kept")
    expect(errors).toEqual([])
  })
})

describe("for everybody", () => {
  it("is run by the keyboard alone", async () => {
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await input(page).waitFor()
    await expect.poll(() => input(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type("two")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("lines")
    await page.keyboard.press("Enter")
    await arrived(page, "two\nlines".slice(0, 3))
    expect(await house.count("two\nlines")).toBe(1)
    await page.keyboard.press("Escape")
    await expect.poll(() => launcher(page).evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it("has names and roles for what a screen reader meets", async () => {
    const { url } = await serve(tag())
    const page = await show(await visit(), url)
    await expect.poll(() => page.locator("iframe").getAttribute("title")).toBe(`Chat with ${house.siteName}`)
    await launcher(page).click()
    const dialog = boxOf(page).getByRole("dialog", { name: `Chat with ${house.siteName}` })
    await dialog.getByRole("log", { name: "Messages" }).waitFor()
    await dialog.getByRole("textbox", { name: "Your message" }).waitFor()
    await dialog.getByRole("button", { name: "Send" }).waitFor()
    await dialog.getByRole("button", { name: "Close the chat" }).waitFor()
    await expect.poll(() => boxOf(page).locator("html").getAttribute("lang")).toBe("en")
    await expect.poll(() => dialog.getByRole("status").first().textContent()).toBe("Somebody is here")
  })

  it("fills a phone's screen, with fields a phone does not zoom, and leaves it again", async () => {
    await house.setLight(false)
    const { url } = await serve(
      `<meta name="viewport" content="width=device-width, initial-scale=1">${tag()}`,
    )
    const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }
    const page = await show(await visit(phone), url)
    await launcher(page).tap()
    await input(page).waitFor()
    await expect
      .poll(() => page.locator("iframe").boundingBox())
      .toEqual({ x: 0, y: 0, width: 360, height: 640 })
    for (const field of await boxOf(page).locator("textarea, input:visible").all()) {
      await expect.poll(() => field.evaluate((one) => getComputedStyle(one).fontSize)).toBe("16px")
    }
    expect(
      await boxOf(page)
        .locator("html")
        .evaluate((html) => html.scrollWidth <= innerWidth),
    ).toBe(true)
    await boxOf(page).getByRole("button", { name: "Close the chat" }).tap()
    await launcher(page).waitFor()
    await expect.poll(async () => (await page.locator("iframe").boundingBox())?.width).toBeLessThan(120)
  })

  it.each([
    ["de-DE", "Chatten Sie mit uns"],
    ["cs-CZ", "Napište nám"],
    ["es-MX", "Hable con nosotros"],
    ["fr-CA", "Écrivez-nous"],
  ])("speaks %s", async (locale, words) => {
    const { url } = await serve(tag())
    const page = await show(await visit({ locale }), url)
    await boxOf(page).getByText(words).waitFor()
  })
})

describe("the demo page", () => {
  it("shows the box of the first site, and what to try", async () => {
    const page = await show(await visit(), `${house.url}/demo`)
    await page.getByRole("link", { name: "Open the desk" }).waitFor()
    await expect.poll(() => page.getByText("There is no site yet").isVisible()).toBe(false)
    await launcher(page).click()
    await write(page, "from the demo page")
    await arrived(page, "from the demo page")
    expect(errors).toEqual([])
  })

  it("speaks the browser's language, all of it", async () => {
    const page = await show(await visit({ locale: "de-AT" }), `${house.url}/demo`)
    await page.getByRole("link", { name: "Öffnen Sie die Konsole" }).waitFor()
    await page.getByText("Kaufen kann man nichts").waitFor()
    expect(await page.evaluate(() => [document.documentElement.lang, document.title])).toEqual([
      "de",
      "Hook & Ladder, Beschläge für alte Häuser",
    ])
    expect(await page.locator("body").innerText()).not.toMatch(/\b(?:the|and|with)\b/)
    // Whoever has had the key in this browser is not told where to look for it.
    await page.getByText("ihr Schlüssel steht im Link").waitFor()
    await page.evaluate(() => localStorage.setItem("porchlight.key.1", "some-key"))
    await page.reload()
    await page.getByText("wird aus der Nachricht eine E-Mail").waitFor()
    await expect.poll(() => page.getByText("ihr Schlüssel steht im Link").isVisible()).toBe(false)
  })

  it("says what to do first while there is no site", async () => {
    const empty = await startRelay({ pages: house.pages })
    try {
      const page = await (await visit()).newPage()
      await page.goto(`${empty.url}/demo`)
      await page.getByText("There is no site yet").waitFor()
      await expect.poll(() => page.locator("iframe").count()).toBe(0)
      expect(errors).toEqual([])
    } finally {
      await empty.stop()
    }
  })
})
