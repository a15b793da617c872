import { mkdirSync } from "node:fs"
import path from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { mailOf } from "../kit/mail-relay.ts"
import type { Company } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type DeskHouse, openDeskHouse, openPage } from "./desk-house.ts"

/** Set to a folder, the pictures stay there to be looked at. */
const PICTURES = process.env.PORCHLIGHT_TEST_PICTURES
const INBOX = "inbox@porchlight.localhost"

let house: DeskHouse
let desk: Page
let company: Pick<Company, "accountId" | "agentId">
beforeAll(async () => {
  house = await openDeskHouse()
  const { accountId, agentId } = await house.relay.setUp()
  company = { accountId, agentId }
  const token = await house.relay.signIn()
  desk = await openPage(house.browser, `${house.relay.url}/desk`)
  await desk.evaluate((value) => localStorage.setItem("porchlight.desk.session.1", value), token)
  await desk.reload()
  await desk.getByRole("tab", { name: "Unserved" }).waitFor()
})
afterAll(() => house?.stop())

const send = async (raw: Buffer): Promise<void> => {
  const client = await RawSmtp.greeted(house.relay.smtpPort)
  expect(await client.mail(raw, INBOX)).toMatch(/^250 /)
  await client.quit()
}

const WITH_FILES = mailOf(
  {
    Subject: "=?utf-8?Q?Lamps_for_a_school_=28three_floors=29?=",
    "MIME-Version": "1.0",
    "Content-Type": "multipart/mixed; boundary=b",
  },
  [
    ...["--b", "Content-Type: text/plain; charset=utf-8", "", "Good morning,"],
    ...["", "the plan is attached. <script>alert(1)</script>", "", "Jana"],
    ...["--b", "Content-Type: application/pdf", 'Content-Disposition: attachment; filename="plan.pdf"'],
    ...["Content-Transfer-Encoding: base64", "", Buffer.alloc(90_000, "%PDF").toString("base64")],
    ...["--b", 'Content-Type: text/html; name="../a very long name of a file that goes on and on.html"'],
    ...["Content-Disposition: attachment", "", "<script>alert(2)</script>"],
    "--b--",
  ].join("\n"),
)

const picture = async (name: string): Promise<void> => {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await desk.screenshot({ path: path.join(PICTURES, `${name}.png`) })
}

describe("a conversation by mail, in the desk", () => {
  it("says that it came by mail, from whom and about what, and has its files for saving", async () => {
    await send(WITH_FILES)
    await desk.locator(".desk-row").getByText("Jana Nováková").click()
    await desk.locator(".desk-subject").getByText("Lamps for a school (three floors)").waitFor()
    await desk.locator(".desk-sender").getByText("jana@customer.example").waitFor()
    await desk.locator(".desk-who-marks").getByText("By e-mail").waitFor()
    await desk.locator(".desk-facts").getByText(INBOX).waitFor()
    const files = desk.getByRole("list", { name: "Attachments" }).getByRole("button")
    await expect
      .poll(() => files.allTextContents())
      .toEqual([
        expect.stringMatching(/^plan\.pdf90\skB$/),
        expect.stringMatching(/^a very long name of a file that goes on and on\.html\d+\sbytes$/),
      ])
    const [download] = await Promise.all([desk.waitForEvent("download"), files.first().click()])
    expect(download.suggestedFilename()).toBe("plan.pdf")
    await picture("mail-light")
    await desk.getByRole("button", { name: "By e-mail, show the original" }).click()
    await desk.getByRole("dialog").getByText("Message-ID:").waitFor()
    await desk.keyboard.press("Escape")
  })

  it("says a subject once, and shows automatic mails folded up", async () => {
    await send(mailOf({ Subject: "Re: Lamps for a school (three floors)" }, "One more question."))
    await send(mailOf({ Subject: "Out of office", "Auto-Submitted": "auto-replied" }, "I am away."))
    await desk.locator(".desk-text").getByText("One more question.").waitFor()
    await expect.poll(() => desk.locator(".desk-subject").count()).toBe(1)
    await desk.getByText("Automatic e-mail:").click()
    await desk.getByText("I am away.").waitFor()
    await picture("mail-automatic")
  })

  it("fits a narrow window in German, dark", async () => {
    const { store, clock } = house.relay
    await store.run("setAgent", { ...company, language: "de" }, clock.now())
    await desk.setViewportSize({ width: 360, height: 800 })
    await desk.emulateMedia({ colorScheme: "dark" })
    await desk.reload()
    await desk.getByText("Automatische E-Mail:").click()
    await desk.getByText("Ihre Antwort geht per E-Mail an jana@customer.example.").waitFor()
    await picture("mail-narrow-dark")
    await expect
      .poll(() => desk.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(360)
  })
})
