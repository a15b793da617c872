import { createHash } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { serveHostPage } from "../kit/host-page.ts"
import type { BoxHouse } from "./box-house.ts"
import {
  arrived,
  ask,
  type BoxVisits,
  boxOf,
  input,
  launcher,
  layoutShift,
  openBoxVisits,
  write,
} from "./box-visitor.ts"

/** Pages that make it hard for what others put on them: the box stands, works, and takes nothing from them. */

let visits: BoxVisits
let house: BoxHouse

beforeAll(async () => {
  visits = await openBoxVisits()
  house = visits.house
})
afterAll(() => visits?.close())
beforeEach(() => house.setLight(true))
afterEach(() => visits.tidy())

/** Opens the page, has a word through the box, and looks at where it stands. */
const works = async (html: string, headers: Record<string, string> = {}, text = "Does it work here?") => {
  const { url } = await visits.serve(html, headers)
  const page = await visits.show(await visits.visit(), url)
  await ask(page, text)
  const room = (await page.locator("iframe").last().boundingBox())!
  expect([room.x + room.width, room.y + room.height]).toEqual([1000, 800])
  expect([room.width > 350, room.height > 500]).toEqual([true, true])
  expect(visits.errors).toEqual([])
  return page
}

describe("content security policies", () => {
  it("by a nonce, where everything else is forbidden", async () => {
    await works(visits.tag('nonce="abc123"'), {
      "content-security-policy": `default-src 'none'; script-src 'nonce-abc123'; frame-src ${house.url}; style-src 'none'`,
    })
  })

  it("by the hash of a script that loads it, with strict-dynamic", async () => {
    const loading = `const s=document.createElement("script");s.src="${house.url}/box.js";s.dataset.site="${house.siteKey}";document.head.append(s)`
    const hash = createHash("sha256").update(loading).digest("base64")
    await works(`<script>${loading}</script>`, {
      "content-security-policy": `default-src 'none'; script-src 'sha256-${hash}' 'strict-dynamic'; frame-src ${house.url}; style-src 'none'`,
    })
  })

  it("with trusted types required", async () => {
    await works(visits.tag(), {
      "content-security-policy": `default-src 'none'; script-src ${house.url}; frame-src ${house.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
    })
  })

  it("not where frames of the relay are forbidden: then the browser says so, and nothing of the page breaks", async () => {
    const { url } = await visits.serve(`<main>text</main>${visits.tag()}`, {
      "content-security-policy": `default-src 'none'; script-src ${house.url}; frame-src 'none'`,
    })
    const page = await (await visits.visit()).newPage()
    await page.goto(url)
    await expect.poll(() => visits.errors.join()).toContain("frame-src")
    expect(await page.evaluate(() => typeof window.porchlight!.open)).toBe("function")
  })
})

describe("styles of the page", () => {
  const RESET = `<style>html,body,div,span,iframe,h1{margin:0;padding:0;border:0;font-size:100%;vertical-align:baseline;
    max-width:100%;position:relative} iframe{display:none!important;transition:all 3s!important}</style>`

  it("a reset, and one that hides frames", async () => {
    await works(`${RESET}<h1>Shop</h1>${visits.tag()}`)
  })

  it("“* { all: unset }”, even as important", async () => {
    await works(`<style>*{all:unset} *{all:unset!important}</style><main>text</main>${visits.tag()}`)
  })

  it("a layer over everything, with the highest number there is", async () => {
    const layer = `<div style="position:fixed;inset:0;z-index:2147483647;background:#fee">A layer</div>`
    const page = await works(`${layer}${visits.tag()}`)
    // A click at the box's place reaches the box.
    await boxOf(page).getByRole("button", { name: "Close the chat" }).click()
    await launcher(page).waitFor()
  })

  it("a page from right to left: the box stands at its left, and what is written in Arabic runs that way", async () => {
    const { url } = await visits.serve(
      `<html lang="ar" dir="rtl"><meta charset="utf-8"><title>متجر</title><h1>متجر</h1>${visits.tag()}`,
    )
    const page = await visits.show(await visits.visit(), url)
    expect((await page.locator("iframe").boundingBox())!.x).toBe(0)
    await ask(page, "هل المصباح متوفر؟")
    expect((await page.locator("iframe").boundingBox())!.x).toBe(0)
    const bubble = boxOf(page).locator(".bubble", { hasText: "هل" })
    expect(await bubble.evaluate((one) => getComputedStyle(one).direction)).toBe("rtl")
    await house.answer("هل المصباح متوفر؟", "Yes")
    const theirs = boxOf(page).locator(".bubble", { hasText: "Yes" })
    expect(await theirs.evaluate((one) => getComputedStyle(one).direction)).toBe("ltr")
  })
})

describe("scripts of the page", () => {
  it("prototypes with things of others on them, and names that elements take", async () => {
    const polluted = `<script>
      Array.prototype.toJSON = function () { return "[object]" }
      String.prototype.toJSON = function () { return '"' + this + '"' }
      Object.prototype.toJSON = function () { return {} }
      Array.prototype.last = function () { return this[this.length - 1] }
      Object.prototype.extra = "there"
    </script><img name="currentScript"><form id="porchlight"></form>`
    const page = await works(`${polluted}${visits.tag()}`, {}, "Who is there?")
    await page.evaluate(() => {
      // What other scripts say to all frames.
      for (const said of [null, 7, "hello", { type: "resize" }, [], undefined])
        document.querySelector("iframe")!.contentWindow!.postMessage(said, "*")
      window.porchlight!.identify({ name: "Eve", email: "eve@example.org" })
    })
    await expect
      .poll(async () => (await house.conversation("Who is there?")).identity?.name, { timeout: 5000 })
      .toBe("Eve")
    expect(visits.errors).toEqual([])
  })

  it("scripts of others in the box's own frame: what they say changes nothing of its room", async () => {
    const page = await works(visits.tag(), {}, "Has it room?")
    const before = await page.locator("iframe").boundingBox()
    await page.evaluate(() => {
      const heard = new Promise((resolve) => window.porchlight!.on("unread", resolve))
      Object.assign(window, { heard })
    })
    const frame = page.frames().find((one) => one.url().includes("/box/frame"))!
    await frame.evaluate(() => {
      for (const said of [null, 7, "hello", { type: "resize", width: 1 }, [], undefined])
        parent.postMessage(said, "*")
      // Behind them, so that they have been heard.
      parent.postMessage({ type: "event", name: "unread", value: 0 }, "*")
    })
    await page.evaluate(() => (window as unknown as { heard: Promise<number> }).heard)
    expect(await page.locator("iframe").boundingBox()).toEqual(before)
    expect(visits.errors).toEqual([])
  })

  it("inside a frame of another page of the site", async () => {
    const inner = await visits.serve(`<h1>Inside</h1>${visits.tag()}`)
    const { url } = await visits.serve(
      `<h1>Outside</h1><iframe id="inner" src="${inner.url}" width="700" height="700"></iframe>`,
    )
    const page = await (await visits.visit()).newPage()
    await page.goto(url)
    const box = page.frameLocator("#inner").frameLocator("iframe")
    await box.locator(".launcher").click()
    const field = box.getByRole("textbox", { name: "Your message" })
    await field.fill("From a frame in a frame")
    await field.press("Enter")
    await box.locator(".message:not([data-state])", { hasText: "frame in a frame" }).waitFor()
    expect((await house.conversation("From a frame in a frame")).page?.url).toBe(inner.url)
    expect(visits.errors).toEqual([])
  })
})

describe("what the box takes from a page", () => {
  it("nothing blocks it, nothing of it moves, and it is loaded before anything of the box is", async () => {
    const { url } = await visits.serve(
      `${visits.tag()}<h1>Shop</h1>${"<p>Lorem ipsum dolor sit amet.</p>".repeat(80)}`,
    )
    const page = await visits.show(await visits.visit(), url)
    const times = await page.evaluate(() => {
      const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]
      const resources = performance.getEntriesByType("resource") as (PerformanceResourceTiming & {
        renderBlockingStatus: string
      })[]
      const of = (end: string) => resources.find(({ name }) => name.includes(end))
      return {
        blocking: of("/box.js")?.renderBlockingStatus,
        frameAfterLoad: of("/box/frame")!.startTime >= load!.loadEventStart,
        names: resources
          .map(({ name }) => new URL(name))
          .filter(({ origin }) => origin !== location.origin)
          .map(({ pathname }) => pathname),
      }
    })
    expect(times).toEqual({
      blocking: "non-blocking",
      frameAfterLoad: true,
      names: ["/box.js", "/box/frame"],
    })
    await launcher(page).click()
    await input(page).waitFor()
    await boxOf(page).getByRole("button", { name: "Close the chat" }).click()
    await launcher(page).waitFor()
    expect(await layoutShift(page)).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1000)
    // Negative control: the same ruler sees something that does move.
    await page.evaluate(() => {
      const block = document.createElement("div")
      block.style.height = "200px"
      document.body.prepend(block)
    })
    expect(await layoutShift(page)).toBeGreaterThan(0)
  })
})

describe("twenty page changes", () => {
  it("by loading: the box stays open, the draft stays, and the visitor never counts as gone", async () => {
    const { url } = await visits.serve(`<h1>Shop</h1>${visits.tag()}`)
    const page = await visits.show(await visits.visit(), url)
    await ask(page, "I look around meanwhile")
    await input(page).fill("half a sent")
    for (let at = 1; at <= 20; at += 1) await page.goto(`${url}page-${at}`)
    await expect.poll(() => input(page).inputValue()).toBe("half a sent")
    await arrived(page, "I look around meanwhile")
    const view = await house.conversation("I look around meanwhile")
    await expect
      .poll(async () => (await house.conversation("I look around meanwhile")).visitorHere)
      .toBe(true)
    expect(view.deliveries).toEqual([])
    await write(page, "still here")
    await expect.poll(async () => (await house.conversation("still here")).page?.url).toBe(`${url}page-20`)
    expect(visits.errors).toEqual([])
  })

  it("by a script that swaps the body: one box, the same one, that knows where the visitor is", async () => {
    const { url } = await visits.serve(`<main>page</main>${visits.tag()}`)
    const page = await visits.show(await visits.visit(), url)
    await ask(page, "A page of one page")
    const sockets: string[] = []
    page.on("websocket", (socket) => sockets.push(socket.url()))
    for (let at = 1; at <= 20; at += 1)
      await page.evaluate((n) => {
        history.pushState({}, "", `/view-${n}`)
        document.title = `View ${n}`
        const body = document.createElement("body")
        body.innerHTML = `<main>View ${n}</main>`
        document.body = body
      }, at)
    await write(page, "from the last view")
    await arrived(page, "from the last view")
    expect(await page.locator("iframe").count()).toBe(1)
    expect(sockets).toEqual([])
    const { page: where, visitorHere } = await house.conversation("from the last view")
    expect([where, visitorHere]).toEqual([{ url: `${url}view-20`, title: "View 20" }, true])
  })
})

it("a page whose origin is not on the site's list shows nothing", async () => {
  // The house's site allows all; one that names its origins is refused by the browser (frame-ancestors).
  const origins = await house.setOrigins(["https://elsewhere.example"])
  try {
    const host = await serveHostPage(`<!doctype html><title>Copy</title>${visits.tag()}`)
    const page = await (await visits.visit()).newPage()
    await page.goto(host.url)
    await expect.poll(() => visits.errors.join()).toContain("frame-ancestors")
    expect(await page.locator("iframe").evaluate((frame) => frame.style.visibility)).toBe("hidden")
    await page.close()
    await host.close()
  } finally {
    await house.setOrigins(origins)
  }
})
