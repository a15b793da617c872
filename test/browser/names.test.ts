import { mkdirSync } from "node:fs"
import path from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Company } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { type DeskHouse, openDeskHouse, openPage } from "./desk-house.ts"

/** Set to a folder, the pictures stay there to be looked at. */
const PICTURES = process.env.PORCHLIGHT_TEST_PICTURES
const D = "porchlight.localhost"

let house: DeskHouse
let admin: Page
let company: Company
beforeAll(async () => {
  house = await openDeskHouse()
  const { relay } = house
  company = await relay.setUp()
  const { accountId } = company
  const made = { accountId, name: "Returns & repairs", members: [] }
  await relay.store.run("createGroup", made, relay.clock.now())
  const token = await relay.signIn()
  admin = await openPage(house.browser, `${relay.url}/admin#/names`)
  await admin.evaluate((value) => localStorage.setItem("porchlight.desk.session.1", value), token)
  await admin.reload()
  await admin.getByRole("heading", { level: 1, name: "Addresses" }).waitFor()
})
afterAll(() => house?.stop())

const addresses = (): Promise<string[]> => admin.locator(".admin-item h2").allTextContents()

const ask = async (recipient: string): Promise<string> => {
  const client = await RawSmtp.greeted(house.relay.smtpPort)
  await client.say("MAIL FROM:<jana@customer.example>")
  const answer = await client.say(`RCPT TO:<${recipient}>`)
  await client.quit()
  return answer
}

const picture = async (name: string): Promise<void> => {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await admin.screenshot({ path: path.join(PICTURES, `${name}.png`) })
}

describe("the addresses of an account", () => {
  it("are those that everybody has from the start", async () => {
    await admin.getByRole("heading", { name: `inbox@${D}` }).waitFor()
    expect(await addresses()).toEqual([`inbox@${D}`, `returns-repairs@${D}`, `anna@${D}`])
    await picture("names-light")
  })

  it("get a further one, and what cannot be one is said beside it", async () => {
    await admin.getByRole("button", { name: "Add an address" }).click()
    const dialog = admin.getByRole("dialog")
    const name = dialog.getByLabel("Before the @")
    const add = dialog.getByRole("button", { name: "Add an address" })
    await name.fill("Postmaster")
    await add.click()
    await dialog.getByText("This name is kept for the relay itself").waitFor()
    await name.fill("in fo")
    await dialog.getByText("Use letters a to z").waitFor()
    await name.fill("anna")
    await add.click()
    await dialog.getByText("This address is taken already").waitFor()
    await name.fill("Info")
    await dialog.getByText(`info@${D}`).or(dialog.getByText("taken")).first().waitFor()
    await dialog.getByLabel("Whose address it is").selectOption({ label: "Returns & repairs" })
    await picture("names-add")
    await add.click()
    await dialog.waitFor({ state: "detached" })
    await admin.getByRole("heading", { name: `info@${D}` }).waitFor()
    expect(await ask(`info@${D}`)).toMatch(/^250 /)
  })

  it("lose one when an admin takes it away", async () => {
    await admin.getByRole("button", { name: `Remove info@${D}` }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByText("refused from then on").waitFor()
    await dialog.getByRole("button", { name: "Remove" }).click()
    await dialog.waitFor({ state: "detached" })
    expect(await addresses()).not.toContain(`info@${D}`)
    expect(await ask(`info@${D}`)).toMatch(/^550 5\.1\.1 /)
  })

  it("fit a narrow window, long and in German, dark", async () => {
    const { store, clock } = house.relay
    const name = "a-very-long-name-that-somebody-chose-for-an-address-of-their-own"
    const { accountId, agentId } = company
    const owner = { kind: "account", id: accountId } as const
    await store.run("addMailName", { accountId, by: "Maximiliana", name, owner }, clock.now())
    await store.run("setAgent", { accountId, agentId, language: "de" }, clock.now())
    await admin.emulateMedia({ colorScheme: "dark" })
    await admin.reload()
    await admin.getByText("Hinzugefügt von Maximiliana").waitFor()
    await admin.getByRole("heading", { name: /a-very-long-name/ }).waitFor()
    await admin.setViewportSize({ width: 360, height: 800 })
    await picture("names-narrow-dark")
    await expect
      .poll(() => admin.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(360)
  })
})
