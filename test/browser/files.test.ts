import { mkdirSync } from "node:fs"
import path from "node:path"
import type { Locator, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Company } from "../kit/relay.ts"
import * as files from "../kit/some-files.ts"
import { until } from "../kit/until.ts"
import { ofType, type VisitorSocket } from "../kit/visitor-socket.ts"
import { type DeskHouse, enterVisitor, openDeskHouse, openPage, write } from "./desk-house.ts"

/** Set to a folder, the pictures stay there to be looked at. */
const PICTURES = process.env.PORCHLIGHT_TEST_PICTURES

let house: DeskHouse
let desk: Page
let visitor: VisitorSocket
let siteKey: string
let company: Pick<Company, "accountId" | "agentId">
beforeAll(async () => {
  house = await openDeskHouse({ worker: true })
  const { accountId, agentId, siteKey: key } = await house.relay.setUp()
  company = { accountId, agentId }
  siteKey = key
  const token = await house.relay.signIn()
  desk = await openPage(house.browser, `${house.relay.url}/desk`)
  await desk.evaluate((value) => localStorage.setItem("porchlight.desk.session.1", value), token)
  visitor = await enterVisitor(house.relay, siteKey)
  await write(visitor, "Do you have this lamp in blue?")
  await desk.reload()
  await desk.locator(".desk-row").first().click()
  await desk.locator("#desk-answer").waitFor()
})
afterAll(async () => {
  await visitor?.close()
  await house?.stop()
})

const picture = async (page: Page, name: string): Promise<void> => {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) })
}

const chosen = (name: string, buffer: Buffer, mimeType = "application/octet-stream") => ({
  name,
  mimeType,
  buffer,
})

describe("files in the desk", () => {
  it("are sent with the answer, pictures are seen, others are saved", async () => {
    await desk
      .locator(".desk-composer input[type=file]")
      .setInputFiles([
        chosen("blue lamp.png", files.png(320, 200, [80, 130, 220])),
        chosen("prices.pdf", files.pdf()),
      ])
    const rows = desk.getByRole("list", { name: "Files of your answer" }).getByRole("listitem")
    await desk.locator('.desk-draft-file[data-state="sent"]').nth(1).waitFor()
    await expect.poll(() => rows.count()).toBe(2)
    await desk.reload()
    await desk.locator('.desk-draft-file[data-state="sent"]').nth(1).waitFor()
    await desk.locator("#desk-answer").fill("Yes, here it is.")
    await picture(desk, "desk-files-draft")
    await desk.getByRole("button", { name: "Send the answer" }).click()
    await desk.locator(".desk-picture img").waitFor()
    await desk.locator(".desk-attachment").getByText("prices.pdf").waitFor()
    const said = await visitor.push(ofType("message"))
    expect(said.message.attachments?.map(({ name }) => name)).toEqual(["blue lamp.png", "prices.pdf"])
    visitor.send({ type: "seen", seq: said.message.seq })
    await desk.getByText(/^Seen \d/).waitFor()
    visitor.send({ type: "typing", on: true })
    await desk.getByText("Visitor is writing …").waitFor()
    await picture(desk, "desk-files-sent")
    await desk.getByRole("button", { name: "Show blue lamp.png" }).click()
    await desk.getByRole("dialog").getByRole("img", { name: "blue lamp.png" }).waitFor()
    await picture(desk, "desk-picture")
    await desk.keyboard.press("Escape")
  })
})

describe("files that do not come through", () => {
  it("say why, are tried again or taken away, and hold the answer back until then", async () => {
    const send = desk.getByRole("button", { name: "Send the answer" })
    await desk.route("**/uploads?*", (route) => route.abort())
    await desk
      .locator(".desk-composer input[type=file]")
      .setInputFiles([
        chosen("plan.txt", Buffer.from("a plan")),
        chosen("virus.exe", files.program()),
        chosen("empty.txt", Buffer.alloc(0)),
      ])
    await desk.getByText("This file is empty.").waitFor()
    const row = (name: string) => desk.locator(".desk-draft-file").filter({ hasText: name })
    await row("plan.txt").getByText("The relay was not reached.").waitFor()
    await expect.poll(() => send.isDisabled()).toBe(true)
    await desk.getByText("A file was not sent: try it again, or remove it.").waitFor()
    // Who wants to send it all the same hears why not.
    await expect.poll(() => desk.locator(".desk-composer [role=alert].desk-composer-waits").count()).toBe(0)
    await desk.locator("#desk-answer").press("Enter")
    await desk.locator(".desk-composer-waits", { hasText: "A file was not sent" }).waitFor()
    await desk.unroute("**/uploads?*")
    await row("plan.txt").getByRole("button", { name: "Try again" }).click()
    await row("virus.exe").getByRole("button", { name: "Try again" }).click()
    await row("virus.exe").getByText("Files of this kind cannot be sent.").waitFor()
    await expect.poll(() => row("virus.exe").getByRole("button", { name: "Try again" }).count()).toBe(0)
    await picture(desk, "desk-files-wrong")
    for (const name of ["virus.exe", "empty.txt"])
      await desk.getByRole("button", { name: `Remove ${name}` }).click()
    await desk.locator('.desk-draft-file[data-state="sent"]').waitFor()
    await expect.poll(() => send.isDisabled()).toBe(false)
    await expect.poll(() => desk.locator(".desk-composer-waits").count()).toBe(0)
    // Nothing is lost with the page: what was sent waits with the draft.
    await desk.reload()
    await desk.getByRole("button", { name: "Remove plan.txt" }).click()
    await expect.poll(() => desk.locator(".desk-draft-file").count()).toBe(0)
  })

  it("fit a narrow window in German, dark, with the longest names", async () => {
    const { store, clock } = house.relay
    await store.run("setAgent", { ...company, language: "de" }, clock.now())
    await desk.setViewportSize({ width: 360, height: 740 })
    await desk.emulateMedia({ colorScheme: "dark" })
    await desk.reload()
    await desk.locator("#desk-answer").waitFor()
    const long = `${"Rechtsschutzversicherungsgesellschaften".repeat(3)}.pdf`
    await desk
      .locator(".desk-composer input[type=file]")
      .setInputFiles([
        chosen(long, files.pdf()),
        chosen(`x${long}`, files.html()),
        chosen("klein.pdf", files.pdf()),
      ])
    await desk.getByText("Eine Datei wurde nicht gesendet:").waitFor()
    await picture(desk, "desk-files-narrow-dark")
    await expect
      .poll(() => desk.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(360)
    const list = desk.locator(".desk-draft-files")
    await expect.poll(() => list.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    for (let left = 3; left > 0; left--) await desk.locator(".desk-draft-file-remove").first().click()
    await store.run("setAgent", { ...company, language: "en" }, clock.now())
    await desk.setViewportSize({ width: 1200, height: 800 })
    await desk.emulateMedia({ colorScheme: "light" })
    await desk.reload()
  })
})

describe("files in the chat box", () => {
  let box: Page
  const held = () => box.locator(".held p")

  it("are sent by button, paste and drop, with how far they are and what is wrong", async () => {
    box = await openPage(
      house.browser,
      `${house.relay.url}/box/frame?site=${siteKey}&full=1&origin=${encodeURIComponent(house.relay.url)}`,
    )
    await box.setViewportSize({ width: 400, height: 640 })
    await box.locator(".launcher").click()
    await box.getByLabel("Your message").fill("This is the one I mean")
    await box
      .locator("input[type=file]")
      .setInputFiles([
        chosen("my lamp.png", files.png(300, 300, [200, 60, 60])),
        chosen("evil.svg", files.svg(), "image/svg+xml"),
        chosen("large.bin", Buffer.alloc(10_000_001)),
        chosen("nothing.txt", Buffer.alloc(0)),
      ])
    await box.getByText("This file is empty.").waitFor()
    await box.getByText("Files of this kind cannot be sent.").waitFor()
    await box.getByText("Too large: at most 10 MB.").waitFor()
    await picture(box, "box-held")
    await box.getByRole("button", { name: "Send" }).click()
    await expect.poll(() => box.locator(".message").count()).toBe(0)
    await box.getByRole("button", { name: "Delete: evil.svg" }).click()
    await box.getByRole("button", { name: "Delete: large.bin" }).click()
    // One that is out of sight holds the rest back: it is brought into sight.
    await box.getByRole("button", { name: "Send" }).click()
    await box.locator('[aria-label="Delete: nothing.txt"]:focus').press("Enter")
    await box.locator("textarea:focus").waitFor()
    await expect.poll(() => held().count()).toBe(1)
    await box.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(["name;price\n"], "prices.csv", { type: "text/csv" }))
      document
        .querySelector("textarea")
        ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
      const dropped = new DataTransfer()
      dropped.items.add(new File(["dropped"], "dropped.txt"))
      document
        .querySelector(".panel")
        ?.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }))
    })
    await until(
      "all are there",
      async () => (await held().count()) === 3 && !(await box.locator("progress").count()),
    )
    // More than a message may have: one of them says so, and goes like any other.
    await box
      .locator("input[type=file]")
      .setInputFiles(Array.from({ length: 12 }, (_, n) => chosen(`more ${n}.txt`, Buffer.from("more"))))
    await box.getByText("Not sent: too many at once.").waitFor()
    await expect.poll(() => held().count()).toBe(11)
    for (let n = 0; n < 8; n++)
      await box
        .getByRole("button", { name: /^Delete: more/ })
        .last()
        .click()
    await until("the others are there", async () => !(await box.locator("progress").count()))
    await box.getByRole("button", { name: "Send" }).click()
    await box.locator('.message[data-own="true"] .file img').waitFor()
    await expect.poll(() => box.locator(".file").allTextContents()).toEqual(["", "prices.csv", "dropped.txt"])
  })

  it("come to the desk, and the agent's come back; both see that the other writes", async () => {
    await desk.getByText("This is the one I mean").first().click()
    await desk.getByRole("button", { name: "Show my lamp.png" }).waitFor()
    // Who looks only now hears of it when it is said again, some seconds into the writing.
    const written = async (field: Locator, seen: Locator): Promise<void> => {
      await until("it is seen that somebody writes", async () => {
        await field.press("a")
        return seen.isVisible()
      })
    }
    await written(box.getByLabel("Your message"), desk.getByText("Visitor is writing …"))
    await written(desk.locator("#desk-answer"), box.getByText("Anna is writing…"))
    await picture(box, "box-typing")
    await desk.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(["%PDF-1.4 a sheet"], "data sheet.pdf", { type: "application/pdf" }))
      for (const type of ["dragenter", "drop"])
        document
          .querySelector(".desk-thread")
          ?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    await desk.locator('.desk-draft-file[data-state="sent"]').waitFor()
    await desk.getByRole("button", { name: "Send the answer" }).click()
    const file = box.locator(".file").getByText("data sheet.pdf")
    const [download] = await Promise.all([box.waitForEvent("download"), file.click()])
    expect(download.suggestedFilename()).toBe("data sheet.pdf")
    await expect.poll(() => box.getByText("Anna is writing…").count()).toBe(0)
    await picture(box, "box-files")
    await picture(desk, "desk-files-both")
  })

  it("fit a small phone in German, dark, and read from the right", async () => {
    await box.goto(`${box.url()}&lang=de&theme=dark`)
    await box.setViewportSize({ width: 320, height: 560 })
    if (await box.locator(".launcher").count()) await box.locator(".launcher").click()
    const long = `${"Rechtsschutzversicherungsgesellschaften".repeat(2)}.pdf`
    await box
      .locator("input[type=file]")
      .setInputFiles([chosen(long, files.pdf()), chosen(`x${long}`, files.html())])
    await box.getByText("Dateien dieser Art lassen sich nicht senden.").waitFor()
    await picture(box, "box-held-narrow-dark")
    await expect.poll(() => box.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await box.evaluate(() => {
      document.documentElement.dir = "rtl"
    })
    await picture(box, "box-held-rtl")
    // Half written, and held, over a reload of the page that it stands on.
    await box.reload()
    await held().first().waitFor()
    await expect.poll(() => held().count()).toBe(1)
  })
})
