import { createHmac } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { barriers } from "../kit/screens/axe.ts"
import type { BoxHouse } from "./box-house.ts"
import { arrived, ask, type BoxVisits, boxOf, input, launcher, openBoxVisits, write } from "./box-visitor.ts"

/** The chat box as its site sets it and as scripts of its pages use it. */

let visits: BoxVisits
let house: BoxHouse

beforeAll(async () => {
  visits = await openBoxVisits()
  house = visits.house
})
afterAll(() => visits?.close())
beforeEach(async () => {
  await house.setLight(true)
  await house.setBox({})
})
afterEach(() => visits.tidy())

const open = async (attributes = "", options = {}, html = "<h1>Shop</h1>") => {
  const { url } = await visits.serve(`${html}${visits.tag(attributes)}`)
  return visits.show(await visits.visit(options), url)
}

describe("the look of a site", () => {
  it("its colour with a text colour that reads on it, its side, its words", async () => {
    await house.setBox({
      color: "#ffe14d",
      side: "left",
      launcher: { en: "Questions?", de: "Fragen?" },
      greeting: { en: "Hi <b>there</b>" },
    })
    const page = await open()
    expect((await page.locator("iframe").boundingBox())!.x).toBe(0)
    const colors = await launcher(page).evaluate((button) => {
      const { backgroundColor, color } = getComputedStyle(button)
      return { backgroundColor, color, words: button.textContent }
    })
    expect(colors).toEqual({
      backgroundColor: "rgb(255, 225, 77)",
      color: "rgb(0, 0, 0)",
      words: "Questions?",
    })
    await launcher(page).click()
    await boxOf(page).getByText("Hi <b>there</b>").waitFor()
    // While nobody is there it says that, whatever the site's own words are.
    await boxOf(page).getByRole("button", { name: "Close the chat" }).click()
    await house.setLight(false)
    await boxOf(page).getByText("Leave a message").waitFor()
    expect(visits.errors).toEqual([])
  })

  it("is chosen in the admin screen, beside a picture that follows, and is there on the next page", async () => {
    const context = await visits.visit({ viewport: { width: 1200, height: 900 } })
    await context.addInitScript((session) => {
      if (location.pathname === "/admin") localStorage.setItem("porchlight.desk.session.1", session)
    }, house.token)
    const admin = await context.newPage()
    await admin.goto(`${house.url}/admin#/sites`)
    await admin.getByRole("button", { name: "Chat box of Lamplight" }).click()
    const dialog = admin.getByRole("dialog")
    const picture = dialog.frameLocator("iframe")
    await picture.getByText("Chat with us").waitFor()
    await dialog.getByLabel("A colour of your own").check()
    const code = dialog.locator(".admin-color-code")
    await code.fill("nonsense")
    await code.press("Tab")
    await expect.poll(() => code.inputValue()).toBe("#22304a")
    // What is a colour shows at once; what is none yet stays as it is typed.
    await code.fill("FFC2")
    expect(await code.inputValue()).toBe("FFC2")
    await code.fill("FFC24F")
    await dialog.getByText("Text on it is black: contrast 13.").waitFor()
    expect(await code.inputValue()).toBe("FFC24F")
    await code.press("Tab")
    await expect.poll(() => code.inputValue()).toBe("#ffc24f")
    await dialog.getByText("close to the colour of the light").waitFor()
    await dialog.getByLabel("On the button").first().fill("Questions?")
    await picture.getByText("Questions?").waitFor()
    await dialog.getByLabel("Ask how it was").check()
    await picture.getByText("How was it?").waitFor()
    await dialog.getByLabel("Light off").check()
    await picture.getByText("Leave a message").waitFor()
    await expect
      .poll(() => picture.locator(".launcher").evaluate((one) => getComputedStyle(one).backgroundColor))
      .toBe("rgb(255, 194, 79)")
    expect(await barriers(admin)).toEqual([])
    await dialog.getByRole("button", { name: "Save" }).click()
    await dialog.getByText("Saved", { exact: true }).waitFor()
    await dialog.getByRole("button", { name: "Make a key" }).click()
    await dialog.getByText("it is not shown again").waitFor()
    await expect.poll(() => dialog.locator(".copy-line code").textContent()).toMatch(/^[0-9a-f]{64}$/)
    await dialog.getByRole("button", { name: "Make another key" }).waitFor()

    const page = await open()
    await boxOf(page).getByText("Questions?").waitFor()
    await expect
      .poll(() => launcher(page).evaluate((one) => getComputedStyle(one).backgroundColor))
      .toBe("rgb(255, 194, 79)")
    expect(visits.errors).toEqual([])
  })

  it("one language and theme for all; the line on a page goes before them", async () => {
    await house.setBox({ language: "de", theme: "dark", launcher: { en: "Questions?" } })
    const page = await open("", { locale: "fr-FR" })
    await boxOf(page).getByText("Chatten Sie mit uns").waitFor()
    const frame = page.locator("iframe")
    await expect.poll(() => frame.evaluate((one) => one.style.colorScheme)).toBe("dark")
    const other = await open('data-lang="cs" data-theme="light"')
    await boxOf(other).getByText("Napište nám").waitFor()
    await expect.poll(() => other.locator("iframe").evaluate((one) => one.style.colorScheme)).toBe("light")
  })

  it("is what it always was where nothing is set", async () => {
    const page = await open()
    await ask(page, "plain and simple")
    await house.answer("plain and simple", "quite so")
    await boxOf(page).getByText("quite so").waitFor()
    await expect
      .poll(() => boxOf(page).getByRole("button", { name: "Send me this conversation" }).count())
      .toBe(0)
    await house.end("plain and simple")
    await boxOf(page).getByText("This conversation is closed").waitFor()
    await expect.poll(() => boxOf(page).getByText("How was it?").count()).toBe(0)
  })
})

describe("a conversation that is closed", () => {
  it("is rated, with words if one likes, in every tab; writing again takes it up anew", async () => {
    await house.setBox({ rates: true })
    const page = await open()
    await ask(page, "Was it good?")
    await house.answer("Was it good?", "We hope so")
    await house.end("Was it good?")
    await boxOf(page).getByRole("button", { name: "Not good" }).click()
    await boxOf(page).getByText("Thank you.").waitFor()
    expect(await barriers(page)).toEqual([])
    await expect.poll(async () => (await house.conversation("Was it good?")).rating?.good).toBe(false)
    await boxOf(page).getByRole("button", { name: "Good", exact: true }).click()
    await boxOf(page).getByLabel("Would you like to say more?").fill("Quick & kind")
    await boxOf(page).locator(".rate").getByRole("button", { name: "Send" }).click()
    const rating = { good: true, words: "Quick & kind", agent: "Anna" }
    await expect.poll(async () => (await house.conversation("Was it good?")).rating).toMatchObject(rating)
    await page.reload()
    const again = boxOf(page).getByRole("button", { name: "Good", exact: true })
    await expect.poll(() => again.getAttribute("aria-pressed")).toBe("true")
    await write(page, "One more question")
    await arrived(page, "One more question")
    await expect.poll(() => boxOf(page).locator(".rate").count()).toBe(0)
    expect((await house.conversation("Was it good?")).state).toBe("unserved")
    expect(visits.errors).toEqual([])
  })
})

describe("a copy by mail", () => {
  it("asks for an address where there is none, goes there, and not a third time within the hour", async () => {
    await house.setBox({ transcripts: true })
    const page = await open()
    await ask(page, "Please in writing")
    const copy = boxOf(page).getByRole("button", { name: "Send me this conversation by e-mail" })
    await expect.poll(() => copy.count()).toBe(0)
    await house.answer("Please in writing", "Gladly")
    await copy.click()
    const address = boxOf(page).getByLabel("Your e-mail address for our answer")
    await expect.poll(() => address.evaluate((field) => field === document.activeElement)).toBe(true)
    // What it is asked for stands under it.
    await boxOf(page).getByText("Send me this conversation by e-mail", { exact: true }).waitFor()
    await address.fill("Ishmael@Pequod.example")
    await address.press("Enter")
    await boxOf(page).getByText("on its way to ishmael@pequod.example").waitFor()
    const [mail] = await house.mails("transcript")
    expect([mail?.to, mail?.subject]).toEqual(["ishmael@pequod.example", "Your conversation with Lamplight"])
    await copy.click()
    await expect.poll(async () => (await house.mails("transcript")).length).toBe(2)
    await copy.click()
    await boxOf(page).getByText("Not sent. Try again in an hour.").waitFor()
    expect(await house.mails("transcript")).toHaveLength(2)
  })
})

describe("scripts of the page", () => {
  it("leave commands before the box is there, and hear of what happens; nothing is told before it is opened", async () => {
    const early = `<script>
      window.porchlight = window.porchlight || []
      window.heard = []
      for (const name of ["open", "close", "message", "light"])
        porchlight.push(["on", name, (value) => heard.push([name, value && value.from || value])])
      porchlight.push(["identify", { name: "Ada Lane", email: "ada@lane.example", plan: "gold" }])
    </script>`
    const { url } = await visits.serve(`${early}${visits.tag()}`)
    const context = await visits.visit()
    const sent: string[] = []
    context.on("page", (page) =>
      page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload)))),
    )
    const page = await visits.show(context, url)
    expect(sent.join()).not.toContain("Ada Lane")
    await page.evaluate(() => window.porchlight!.open())
    await write(page, "Do you know me?")
    await arrived(page, "Do you know me?")
    await expect
      .poll(async () => (await house.conversation("Do you know me?")).identity)
      .toEqual({
        name: "Ada Lane",
        address: "ada@lane.example",
        facts: [{ label: "plan", value: "gold" }],
        signed: false,
      })
    const { visitor, visitorAddress } = await house.conversation("Do you know me?")
    expect([visitor, visitorAddress]).toEqual(["Ada Lane", "ada@lane.example"])
    await house.answer("Do you know me?", "We do")
    await boxOf(page).getByText("We do").waitFor()
    await page.evaluate(() => window.porchlight!.close())
    await launcher(page).waitFor()
    const heard = await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)
    expect(heard).toEqual([
      ["light", true],
      ["open", null],
      ["message", "visitor"],
      ["message", "agent"],
      ["close", null],
    ])
    expect(visits.errors).toEqual([])
  })

  it("that are wrong harm neither the box nor the commands after them", async () => {
    const early = `<script>
      window.heard = []
      window.porchlight = [
        ["identfy", { name: "Ada" }],
        ["identify", { name: "Ada", ask() {} }],
        ["on", "open", () => heard.push("open")],
      ]
    </script>`
    const { url } = await visits.serve(`${early}${visits.tag()}`)
    const page = await visits.show(await visits.visit(), url)
    await launcher(page).click()
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
      .toEqual(["open"])
    // The page is told of both.
    expect(visits.errors).toEqual([
      expect.stringMatching(/is not a function/),
      expect.stringMatching(/could not be cloned/),
    ])
  })

  it("say who somebody is with their server's signature; a wrong one counts for nothing and says why", async () => {
    const key = await house.identityKey()
    const who = JSON.stringify({ name: "Zoë", email: "zoe@example.org" })
    const signature = createHmac("sha256", key).update(who).digest("hex")
    const page = await open()
    const warnings: string[] = []
    page.on("console", (said) => warnings.push(said.text()))
    const identify = (text: string, signed: string) =>
      page.evaluate(([a, b]) => window.porchlight!.identify(a!, b!), [text, signed])
    await ask(page, "Signed or not?")
    await identify(who.replace("Zoë", "Eve"), signature)
    await expect.poll(() => warnings.join()).toContain("the signature does not fit")
    expect((await house.conversation("Signed or not?")).identity).toBeNull()
    await identify(who, signature)
    await expect
      .poll(async () => (await house.conversation("Signed or not?")).identity)
      .toMatchObject({ name: "Zoë", signed: true })
  })

  it("end what they listened to, and have the browser forget", async () => {
    const page = await open()
    await page.evaluate(() => {
      const heard: string[] = []
      ;(window as unknown as { heard: string[] }).heard = heard
      const first = () => void heard.push("first")
      window.porchlight!.on("open", first)
      const end = window.porchlight!.on("open", () => void heard.push("second"))
      window.porchlight!.on("open", () => void heard.push("third"))
      window.porchlight!.off("open", first)
      end()
    })
    await ask(page, "What do you keep?")
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard))
      .toEqual(["third"])
    const kept = () =>
      page
        .frames()
        .find((one) => one.url().startsWith(house.url))!
        .evaluate(() => localStorage.length + sessionStorage.length)
    expect(await kept()).toBeGreaterThan(0)
    await page.evaluate(() => window.porchlight!.forget())
    await launcher(page).waitFor()
    await expect.poll(kept).toBe(0)
    await launcher(page).click()
    await input(page).waitFor()
    await expect.poll(() => boxOf(page).getByText("What do you keep?").count()).toBe(0)
  })
})

describe("a phone", () => {
  const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }
  const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'

  it("keeps the composer above its keyboard, and the keyboard's focus in the box", async () => {
    const page = await open("", PHONE, `${VIEWPORT}<input id="search"><p>${"text ".repeat(900)}</p>`)
    await launcher(page).tap()
    await input(page).waitFor()
    // What a keyboard does: the part of the page that is seen gets smaller, and may be scrolled.
    await page.evaluate(() => {
      Object.defineProperties(window.visualViewport!, {
        height: { value: 340, configurable: true },
        offsetTop: { value: 60, configurable: true },
      })
      window.visualViewport!.dispatchEvent(new Event("resize"))
    })
    await expect
      .poll(() => page.locator("iframe").boundingBox())
      .toEqual({ x: 0, y: 60, width: 360, height: 340 })
    await expect
      .poll(async () => {
        const { y, height } = (await input(page).boundingBox())!
        return y >= 60 && y + height <= 400
      })
      .toBe(true)
    const dialog = boxOf(page).getByRole("dialog")
    await expect.poll(() => dialog.getAttribute("aria-modal")).toBe("true")
    const focused = () =>
      page
        .frames()
        .find((one) => one.url().startsWith(house.url))!
        .evaluate(() => document.hasFocus() && document.activeElement?.closest(".panel") !== null)
    for (const keys of ["Tab", "Shift+Tab"])
      for (let n = 0; n < 8; n += 1) {
        await page.keyboard.press(keys)
        expect(await focused(), `${keys} ${n}`).toBe(true)
      }
  })

  it("holds the longest words at 320 px, in German and Czech", async () => {
    await house.setBox({ rates: true, transcripts: true })
    await house.setLight(false)
    for (const lang of ["de", "cs"]) {
      const page = await open(
        `data-lang="${lang}"`,
        { ...PHONE, viewport: { width: 320, height: 600 } },
        VIEWPORT,
      )
      await launcher(page).tap()
      const text = `Donaudampfschifffahrtsgesellschaftskapitänslaternenputzer ${lang}`
      const field = boxOf(page).locator(".compose textarea")
      await field.fill(text)
      await field.press("Enter")
      await house.answer(text, `https://shop.example/${"laterne-".repeat(12)}`)
      await house.end(text)
      await boxOf(page).locator(".rate").waitFor()
      const wide = await boxOf(page)
        .locator("html")
        .evaluate(() =>
          [...document.querySelectorAll<HTMLElement>(".panel *")]
            .filter((one) => {
              const { left, right, width } = one.getBoundingClientRect()
              return width > 1 && (left < -1 || right > innerWidth + 1)
            })
            .map((one) => one.outerHTML.slice(0, 80)),
        )
      expect(wide, lang).toEqual([])
    }
  })
})

it("moves nothing for who asked for no motion, and keeps its shapes where colours are forced", async () => {
  await house.setBox({ rates: true, color: "#0b6b3a" })
  const page = await open("", { reducedMotion: "reduce", forcedColors: "active" })
  await launcher(page).click()
  const panel = await boxOf(page)
    .locator(".panel")
    .evaluate((one) => {
      const { animationDuration, borderTopWidth } = getComputedStyle(one)
      return { animationDuration, borderTopWidth }
    })
  expect(panel).toEqual({ animationDuration: "0s", borderTopWidth: "1px" })
})
