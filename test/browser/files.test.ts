import { mkdirSync } from "node:fs"
import path from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
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
beforeAll(async () => {
  house = await openDeskHouse({ box: true })
  ;({ siteKey } = await house.relay.setUp())
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
    expect(await rows.count()).toBe(2)
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

describe("files in the chat box", () => {
  let box: Page
  const held = () => box.locator(".held")

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
      ])
    await box.getByText("Files of this kind cannot be sent.").waitFor()
    await box.getByText("Too large: at most 10 MB.").waitFor()
    await picture(box, "box-held")
    await box.getByRole("button", { name: "Send" }).click()
    expect(await box.locator(".message").count()).toBe(0)
    await box.getByRole("button", { name: "Delete: evil.svg" }).click()
    await box.getByRole("button", { name: "Delete: large.bin" }).click()
    expect(await held().count()).toBe(1)
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
    await box.getByRole("button", { name: "Send" }).click()
    await box.locator('.message[data-own="true"] .file img').waitFor()
    expect(await box.locator(".file").allTextContents()).toEqual(["", "prices.csv", "dropped.txt"])
  })

  it("come to the desk, and the agent's come back; both see that the other writes", async () => {
    await desk.getByText("This is the one I mean").first().click()
    await desk.getByRole("button", { name: "Show my lamp.png" }).waitFor()
    await box.getByLabel("Your message").pressSequentially("And")
    await desk.getByText("Visitor is writing …").waitFor()
    await desk.locator("#desk-answer").pressSequentially("Sure")
    await box.getByText("Anna is writing…").waitFor()
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
    expect(await box.getByText("Anna is writing…").count()).toBe(0)
    await picture(box, "box-files")
    await picture(desk, "desk-files-both")
  })
})
