import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Company } from "../kit/relay.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import {
  type DeskHouse,
  enterVisitor,
  newestConversation,
  openDeskHouse,
  openPage,
  write,
} from "./desk-house.ts"

/** What is done to conversations as a whole, by keys alone, in the desk of Anna and before the eyes of Ben. */

let house: DeskHouse
let company: Company
let visitor: VisitorSocket
let anna: Page
let ben: Page
let token = ""

const openDesk = async (address: string): Promise<Page> => {
  const mine = await house.relay.signIn(address)
  const context = await house.browser.context.browser()?.newContext()
  const page = context === undefined ? await openPage(house.browser, "about:blank") : await context.newPage()
  page.on("pageerror", (error) => {
    throw error
  })
  await page.addInitScript((value) => localStorage.setItem("porchlight.desk.session.1", value), mine)
  await page.goto(`${house.relay.url}/desk`)
  await page.getByRole("tab", { name: "Unserved" }).waitFor()
  return page
}

beforeAll(async () => {
  house = await openDeskHouse()
  const { relay } = house
  company = await relay.setUp()
  const benId = await relay.addAgent(company, "Ben", "ben@lamplight.example")
  const { accountId } = company
  await relay.store.run("createGroup", { accountId, name: "Returns", members: [benId] }, relay.clock.now())
  token = await relay.signIn()
  anna = await openDesk(company.address)
  ben = await openDesk("ben@lamplight.example")
  visitor = await enterVisitor(relay, company.siteKey)
  await write(visitor, "Hello?")
})
afterAll(async () => {
  visitor?.close()
  await house?.stop()
})

const tab = (page: Page, name: string) => page.getByRole("tab", { name })
const bar = () => anna.locator(".desk-undo")
/** What was done is said, and can be undone until it is: it stays for whoever points at it. */
const offered = async (words: string): Promise<void> => {
  await bar().getByText(words).waitFor()
  await bar().hover()
}
const now = () => newestConversation(house.relay, token)
const openFirst = async (): Promise<void> => {
  await anna.goto(`${house.relay.url}/desk#/`)
  await anna.keyboard.press("3")
  await anna.locator(".desk-rows a").first().waitFor()
  await anna.keyboard.press("j")
  await anna.keyboard.press("Enter")
  await anna.locator(".desk-thread").waitFor()
}

describe("a conversation, by keys alone,", () => {
  it("is taken, given to a colleague who sees it at once, and taken back", async () => {
    await openFirst()
    await anna.keyboard.press("t")
    await expect.poll(async () => (await now()).joinedByName).toBe("Anna")
    await anna.locator(".desk-who").focus()
    await anna.keyboard.press("a")
    await anna.getByRole("dialog", { name: "Who is to have it?" }).waitFor()
    await expect.poll(() => anna.evaluate(() => document.activeElement?.textContent)).toContain("Ben")
    await anna.keyboard.press("Enter")
    await offered("goes to: Ben")
    await expect.poll(() => tab(ben, "Mine").textContent()).toContain("1")
    expect(await now()).toMatchObject({ state: "mine", joinedByName: "Ben", batch: "resting" })
    await anna.keyboard.press("z")
    await expect.poll(() => tab(ben, "Mine").textContent()).toContain("0")
    expect(await now()).toMatchObject({ state: "mine", joinedByName: "Anna", batch: "none" })
    await expect.poll(() => bar().count()).toBe(0)
  })

  it("is handed over to a group, whose it is from then on", async () => {
    await anna.keyboard.press("a")
    await anna.getByRole("button", { name: /^Returns/ }).click()
    await offered("goes to: Returns")
    expect(await now()).toMatchObject({ state: "unserved", group: "Returns" })
    const line = anna.locator(".desk-hand-over", { hasText: "Anna handed it over to the group Returns." })
    await line.waitFor()
    await expect.poll(() => tab(ben, "Unserved").textContent()).toContain("1")
    await bar().getByRole("button", { name: "Undo" }).click()
    await expect.poll(async () => (await now()).joinedByName).toBe("Anna")
    await expect.poll(() => tab(ben, "Unserved").textContent()).toContain("0")
    await line.waitFor({ state: "detached" })
  })

  it("is handed back and closed, and both are taken back", async () => {
    await anna.locator(".desk-who").focus()
    await anna.keyboard.press("h")
    await offered("handed back")
    await expect.poll(() => tab(ben, "Unserved").textContent()).toContain("1")
    await anna.keyboard.press("z")
    await expect.poll(async () => (await now()).state).toBe("mine")
    // Until the desk has heard of it, it has nothing to close.
    await expect.poll(() => bar().count()).toBe(0)
    await anna.keyboard.press("e")
    await offered("is closed")
    await anna.keyboard.press("z")
    await expect.poll(async () => (await now()).state).toBe("mine")
    await expect.poll(() => bar().count()).toBe(0)
  })

  it("negative control: stays as it is where something happened meanwhile, and the desk says so", async () => {
    await anna.keyboard.press("e")
    await offered("is closed")
    await write(visitor, "One more thing")
    await anna.getByText("One more thing").last().waitFor()
    await bar().getByRole("button", { name: "Undo" }).click()
    await anna.getByText("It was not undone.").waitFor()
    expect((await now()).state).toBe("unserved")
  })
})

describe("canned answers", () => {
  it("that are not there yet can be added from where one looks for them", async () => {
    await openFirst()
    await anna.keyboard.press("r")
    await anna.keyboard.type("/")
    await anna.locator(".desk-canned").getByRole("button", { name: "Add an answer" }).click()
    await anna.getByRole("dialog", { name: "Canned answers" }).waitFor()
    await anna.keyboard.press("Escape")
    await anna.locator("#desk-answer:focus").fill("")
    await anna.keyboard.press("Escape")
  })

  it("are written down, found by a slash, filled in, and sent as the text they are", async () => {
    await openFirst()
    await anna.keyboard.press("g")
    await anna.getByRole("button", { name: "Add an answer" }).click()
    await anna.getByLabel("Name", { exact: true }).fill("Öffnungszeiten")
    await anna.getByLabel("Text", { exact: true }).fill("Hello {visitor}, <b>9 to 5</b>. {agent}")
    await anna.keyboard.press("Tab")
    await anna.keyboard.press("Tab")
    await anna.keyboard.press("Enter")
    await anna.getByRole("button", { name: "Change: Öffnungszeiten" }).waitFor()
    await anna.keyboard.press("Escape")
    await anna.keyboard.press("r")
    await anna.keyboard.type("So: /off")
    await anna.getByRole("option", { name: /Öffnungszeiten/ }).waitFor()
    await anna.keyboard.press("Enter")
    await expect.poll(() => anna.locator("#desk-answer").inputValue()).toBe("So: Hello, <b>9 to 5</b>. Anna")
    await anna.keyboard.press("Enter")
    await anna
      .locator(".desk-message[data-author=agent]")
      .getByText("So: Hello, <b>9 to 5</b>. Anna")
      .waitFor()
  })

  it("of everybody are there for everybody, and changed by admins alone", async () => {
    await ben.keyboard.press("g")
    const dialog = ben.getByRole("dialog", { name: "Canned answers" })
    await dialog.getByText("Öffnungszeiten").waitFor()
    await expect.poll(() => dialog.getByRole("button", { name: /^Change/ }).count()).toBe(0)
    await ben.keyboard.press("Escape")
  })

  it("negative control: Escape leaves a slash a slash, and keys are letters while one writes", async () => {
    await anna.locator("#desk-answer").fill("")
    await anna.keyboard.type("1/2 j?e ")
    await expect.poll(() => anna.locator(".desk-canned").count()).toBe(0)
    await anna.keyboard.type("/")
    await anna.locator(".desk-canned").waitFor()
    await anna.keyboard.press("Escape")
    await expect.poll(() => anna.locator(".desk-canned").count()).toBe(0)
    await expect.poll(() => anna.locator("#desk-answer").inputValue()).toBe("1/2 j?e /")
    await expect.poll(() => anna.locator("dialog[open]").count()).toBe(0)
    await anna.locator("#desk-answer").fill("")
  })
})

describe("the keys", () => {
  it("are listed where one asks for them", async () => {
    await anna.locator(".desk-who").focus()
    await anna.keyboard.press("?")
    const dialog = anna.getByRole("dialog", { name: "Keyboard shortcuts" })
    await dialog.waitFor()
    for (const what of ["Join", "Hand over", "Hand back", "Close", "Undo", "Search", "Canned answers"])
      await dialog.getByText(what, { exact: true }).waitFor()
    // Nothing happens below it.
    await anna.keyboard.press("e")
    expect((await now()).state).toBe("mine")
    await anna.keyboard.press("Escape")
    await dialog.waitFor({ state: "detached" })
  })
})
