import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { SettingsView } from "../../shared/protocol/views.ts"
import type { Plan } from "../../shared/words/nouns.ts"
import { api } from "../kit/api.ts"
import { type BuiltPages, buildPages } from "../kit/built-pages.ts"
import { startChromium } from "../kit/chromium.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import { enterVisitor, tabTo } from "./desk-house.ts"

const CHLOE = "chloe@lamplight.example"
const INFO = "info@lamplight.example"

let pages: BuiltPages
let relay: TestRelay
let browser: Browser
let company: Company
let token = ""
let admin: Page

beforeAll(async () => {
  pages = await buildPages({ worker: false })
  relay = await startRelay({ pages: pages.folder })
  browser = await startChromium()
  company = await relay.setUp()
})
afterAll(async () => {
  await browser?.close()
  await relay?.stop()
  await pages?.remove()
})

/** A browser of its own: nothing is shared with the others. `as`: token of who is signed in. */
const openAdmin = async (as: string | null, hash = "", width = 1200): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 800 } })
  if (as !== null)
    await context.addInitScript((session) => localStorage.setItem("porchlight.desk.session.1", session), as)
  const page = await context.newPage()
  page.on("pageerror", (error) => {
    throw error
  })
  await page.goto(`${relay.url}/admin${hash}`)
  return page
}

const settings = (): Promise<SettingsView> => api({ url: relay.url, token }, "GET", "/api/settings")

const codeTo = async (address: string): Promise<string> => {
  const mail = await until(`a code for ${address}`, async () => (await relay.mailsTo(address)).at(-1))
  return /\b\d{6}\b/.exec(mail)?.[0] ?? ""
}

const show = async (screen: string): Promise<void> => {
  await admin.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: screen }).click()
  await admin.getByRole("heading", { level: 1, name: screen }).waitFor()
}

/** The visible part of the page: screens that are put away are hidden, and not meant. */
const card = (title: string) =>
  admin.locator("section:visible").filter({ has: admin.getByRole("heading", { level: 2, name: title }) })

describe("the admin screens", () => {
  it("are signed in to as the desk is, and begin with the team", async () => {
    admin = await openAdmin(null)
    await admin.getByLabel("E-mail address").fill(company.address)
    await admin.keyboard.press("Enter")
    await admin.getByText("a code is on its way").waitFor()
    await admin.getByLabel("Six-digit code").pressSequentially(await codeTo(company.address))
    await admin.getByRole("heading", { level: 1, name: "Team" }).waitFor()
    await admin.getByRole("heading", { level: 2, name: "Anna" }).waitFor()
    token = await admin.evaluate(() => localStorage.getItem("porchlight.desk.session.1") ?? "")
  })

  it("invite somebody: what is wrong is said beside it, and the mail arrives", async () => {
    await admin.getByRole("button", { name: "Invite somebody" }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByLabel("Name").fill("Chloé")
    await dialog.getByLabel("E-mail address").fill("chloe@nowhere")
    await dialog.getByRole("button", { name: "Send the invitation" }).click()
    await dialog.getByText("It should look like name@example.com").waitFor()
    // The relay's own refusal keeps what was typed as well.
    await dialog.getByLabel("E-mail address").fill(company.address)
    await dialog.getByRole("button", { name: "Send the invitation" }).click()
    await dialog.getByText("Another agent on this relay has this address already.").waitFor()
    await expect.poll(() => dialog.getByLabel("Name").inputValue()).toBe("Chloé")

    await dialog.getByLabel("E-mail address").fill(CHLOE)
    await dialog.getByRole("button", { name: "Send the invitation" }).click()
    await admin.getByText(`The invitation is on its way to ${CHLOE}.`).waitFor()
    await admin.getByRole("listitem").filter({ hasText: CHLOE }).getByText("Not signed in yet").waitFor()
    const [mail] = await until("the invitation", async () => {
      const mails = await relay.mailsTo(CHLOE)
      return mails.length > 0 && mails
    })
    expect(mail).toContain("Anna")
  })

  it("invite somebody once more while they have not signed in", async () => {
    await expect.poll(() => admin.getByRole("button", { name: "Invite again: Anna" }).count()).toBe(0)
    await admin.getByRole("button", { name: "Invite again: Chloé" }).click()
    await admin.getByText(`Another invitation is on its way to ${CHLOE}.`).waitFor()
    await until("the second invitation", async () => (await relay.mailsTo(CHLOE)).length === 2)
  })

  it("are not for agents, who are told so and shown the way", async () => {
    const hers = await openAdmin(await relay.signIn(CHLOE))
    await hers.getByRole("heading", { name: "For admins only" }).waitFor()
    await expect
      .poll(() => hers.getByRole("link", { name: "To the desk" }).getAttribute("href"))
      .toBe("/desk")
    await expect.poll(() => hers.getByRole("navigation").count()).toBe(0)
    await hers.context().close()
  })

  it("make a group and put an agent into it", async () => {
    await show("Groups")
    await admin.getByText("everybody answers for everything").waitFor()
    await admin.getByRole("button", { name: "Add a group" }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByRole("button", { name: "Add a group" }).click()
    await dialog.getByText("Please fill this in.").waitFor()
    await dialog.getByLabel("Name").fill("Sales")
    await dialog.getByLabel("Chloé").check()
    await dialog.getByRole("button", { name: "Add a group" }).click()
    await admin.getByRole("heading", { level: 2, name: "Sales" }).waitFor()
    const { groups, team } = await settings()
    expect(groups[0]).toMatchObject({
      name: "Sales",
      members: [team.find(({ address }) => address === CHLOE)?.id],
    })
  })

  it("give the line to copy, for the site and for a group of it", async () => {
    await show("Sites")
    const tag = admin.locator(".copy-line code")
    await expect.poll(() => tag.textContent()).toContain(`data-site="${company.siteKey}"></script>`)
    await admin.getByLabel("Light and answers of").selectOption({ label: "Sales" })
    await until("the tag names the group", async () => (await tag.textContent())?.includes('data-group="gr_'))

    await admin.getByRole("button", { name: "Change Lamplight" }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByLabel("Allowed on").fill("nonsense")
    await dialog.getByRole("button", { name: "Save", exact: true }).click()
    await dialog.getByText("is no web address").waitFor()
    await dialog.getByLabel("Allowed on").fill("lamplight.example/shop")
    await dialog.getByLabel("Sales").check()
    await dialog.getByRole("button", { name: "Save", exact: true }).click()
    await dialog.waitFor({ state: "detached" })
    const { sites, groups } = await settings()
    expect(sites[0]).toMatchObject({ origins: ["https://lamplight.example"], groups: [groups[0]?.id] })
  })
})

describe("notices", () => {
  const nobody = () => admin.getByText("Nobody would get a mail about messages")

  it("warn when nobody would remain, and save times within their bounds", async () => {
    await show("Notices")
    const form = card("Notices by e-mail")
    await form.getByLabel("Wait, seconds").fill("601")
    await form.getByText("A whole number from 0 to 600").waitFor()
    await form.getByLabel("Wait, seconds").fill("30")
    await form.getByLabel("Offline notices").uncheck()
    await form.getByRole("button", { name: "Save" }).click()
    await form.getByText("Saved", { exact: true }).waitFor()
    await admin.getByText("They are switched off for the whole account").waitFor()
    expect((await settings()).account).toMatchObject({ waitMs: 30_000, offlineNotices: false })
    await form.getByLabel("Offline notices").check()
    await form.getByRole("button", { name: "Save" }).click()
    await nobody().waitFor({ state: "detached" })
  })

  it("set a general inbox by a code that is mailed there", async () => {
    for (const { id } of (await settings()).team)
      await api({ url: relay.url, token }, "PATCH", `/api/team/${id}`, { offlineNotices: false })
    // What is changed elsewhere is seen at once.
    await nobody().first().waitFor()
    const inboxes = card("General inboxes")
    await inboxes.getByRole("button", { name: "Set an address for Whole account" }).click()
    await inboxes.getByLabel("Address", { exact: true }).fill(INFO)
    await inboxes.getByLabel("Instead of").check()
    await inboxes.getByRole("button", { name: "Mail a code there" }).click()
    const code = await codeTo(INFO)
    const field = inboxes.getByLabel("Six-digit code")
    await field.pressSequentially(code === "000000" ? "111111" : "000000")
    await inboxes.getByText("This code is not right").waitFor()
    await field.fill("")
    await field.pressSequentially(code)
    await inboxes.getByText(`To ${INFO} instead`).waitFor()
    expect((await settings()).account.inbox).toMatchObject({ address: INFO, mode: "instead-of" })
    await nobody().waitFor({ state: "detached" })
    const confirmed = card("Confirmed addresses")
    await confirmed
      .getByRole("listitem")
      .filter({ hasText: INFO })
      .getByText("In use: Whole account")
      .waitFor()

    await inboxes.getByRole("button", { name: "Switch off the address for Whole account" }).click()
    await inboxes.getByRole("button", { name: "Set an address for Whole account" }).waitFor()
    expect((await settings()).account.inbox).toBeNull()
    await nobody().first().waitFor()
    await confirmed.getByRole("button", { name: `Remove ${INFO}` }).click()
    await confirmed.getByText(`${INFO} is not confirmed any more.`).waitFor()
    expect((await settings()).verified).not.toContain(INFO)
  })

  it("keep what is half-typed while one looks elsewhere", async () => {
    await card("While everybody is busy").getByLabel("English").fill("One moment, please.")
    await show("Groups")
    await admin.getByRole("link", { name: "Notices Not saved" }).click()
    const busy = card("While everybody is busy")
    await expect.poll(() => busy.getByLabel("English").inputValue()).toBe("One moment, please.")
    await busy.getByRole("button", { name: "Save" }).click()
    await busy.getByText("Saved", { exact: true }).waitFor()
    expect((await settings()).account.busyTexts).toEqual({ en: "One moment, please." })
  })
})

describe("office hours", () => {
  let visitor: VisitorSocket
  beforeAll(async () => {
    visitor = await enterVisitor(relay, company.siteKey)
  })
  afterAll(() => visitor?.close())

  const light = (on: boolean) =>
    visitor.push((push): push is typeof push => push.type === "light" && push.on === on)
  const bars = () => admin.locator("button.week-bar:visible")
  const save = async (): Promise<void> => {
    await admin.locator(".admin-screen:visible").getByRole("button", { name: "Save", exact: true }).click()
    await admin.getByText("Saved", { exact: true }).locator("visible=true").waitFor()
  }

  it("close the light of the chat box, and open it again", async () => {
    await show("Office hours")
    await admin.getByLabel("Office hours").check()
    await bars().first().waitFor()
    await expect.poll(() => bars().count()).toBe(5)
    for (let left = 5; left > 0; left--) {
      // To the bar itself: the one removed before hands the focus on in a moment of its own.
      await bars().first().dispatchEvent("keydown", { key: "Delete" })
      await until("the bar is gone", async () => (await bars().count()) === left - 1)
    }
    await save()
    await light(false)
    await admin.getByLabel("Always open").check()
    await save()
    await light(true)
  })

  it("are drawn with a pointer, typed by keys, copied, and pass midnight", async () => {
    await admin.getByLabel("Office hours").check()
    await admin.getByRole("combobox", { name: "Time zone" }).fill("Europe/Prag")
    await admin.getByText("“Europe/Prag” is no time zone").waitFor()
    await admin.getByRole("combobox", { name: "Time zone" }).fill("Europe/Prague")

    const saturday = admin.locator(".week-row").filter({ hasText: "Saturday" })
    await saturday.scrollIntoViewIfNeeded()
    const track = await saturday.locator(".week-track").boundingBox()
    const at = (hour: number): [number, number] => [
      track!.x + (track!.width * hour) / 24,
      track!.y + track!.height / 2,
    ]
    await admin.mouse.move(...at(10))
    await admin.mouse.down()
    await admin.mouse.move(...at(12), { steps: 4 })
    await admin.mouse.move(...at(14), { steps: 4 })
    await admin.mouse.up()
    await saturday.getByText("10:00–14:00").waitFor()
    const drag = async (from: number, to: number): Promise<void> => {
      await admin.mouse.move(...at(from))
      await admin.mouse.down()
      await admin.mouse.move(...at(to), { steps: 4 })
      await admin.mouse.up()
    }
    // Its end stretches it, its middle moves it; neither opens the editor.
    await drag(13.98, 16)
    await saturday.getByText("10:00–16:00").waitFor()
    await drag(13, 11)
    await saturday.getByText("08:00–14:00").waitFor()
    await drag(8.02, 10)
    await saturday.getByText("10:00–14:00").waitFor()
    await expect.poll(() => admin.locator(".week-editor").count()).toBe(0)

    // By keys alone: the arrows, the bar, its times, past midnight.
    await saturday.getByRole("button", { name: "Change Saturday, 10:00 to 14:00" }).focus()
    await admin.keyboard.press("ArrowRight")
    await saturday.getByText("10:15–14:15").waitFor()
    await admin.keyboard.press("Shift+ArrowRight")
    await saturday.getByText("10:15–14:30").waitFor()
    await admin.getByRole("status").getByText("Saturday, 10:15 to 14:30").waitFor()
    await admin.keyboard.press("Enter")
    await saturday.getByLabel("From").fill("20:00")
    await saturday.getByLabel("To", { exact: true }).fill("02:00")
    await saturday.getByText("Past midnight: until Sunday, 02:00.").waitFor()
    await admin.keyboard.press("Enter")
    const name = "Change Saturday, 20:00 to 02:00"
    await until("the bar has the focus again", () =>
      admin.evaluate((label) => document.activeElement?.getAttribute("aria-label") === label, name),
    )
    await admin
      .locator(".week-row")
      .filter({ hasText: "Sunday" })
      .getByText("until 02:00, from Saturday")
      .waitFor()

    // Overlaps are said, and nothing is sent.
    await saturday.getByRole("button", { name: "Add hours on Saturday" }).click()
    await saturday.getByLabel("From").fill("19:00")
    await saturday.getByLabel("To", { exact: true }).fill("21:00")
    await admin.getByText("Some hours overlap or are empty").waitFor()
    await saturday.getByLabel("To", { exact: true }).fill("19:30")
    await saturday.getByRole("button", { name: "Done" }).click()

    await saturday.getByRole("button", { name: "Copy Saturday to other days" }).click()
    await saturday.getByLabel("Monday").check()
    await saturday.getByRole("button", { name: "Copy", exact: true }).last().click()
    await save()
    const { hours } = (await settings()).account
    expect(hours?.zone).toBe("Europe/Prague")
    const spans = hours?.week.filter(({ day }) => day === 1 || day === 6)
    expect(spans).toEqual(
      [1, 6].flatMap((day) => [
        { day, from: "19:00", to: "19:30" },
        { day, from: "20:00", to: "02:00" },
      ]),
    )
  })

  it("have days of their own, with a name", async () => {
    await admin.getByRole("button", { name: "Add a day" }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByRole("button", { name: "Put into the list" }).click()
    await dialog.getByText("Please fill this in.").waitFor()
    await dialog.getByLabel("Date").fill("2099-12-24")
    await dialog.getByLabel("Called").fill("Christmas Eve")
    await dialog.getByLabel("Open at these times").check()
    await dialog.getByRole("button", { name: "Put into the list" }).click()
    await admin.getByText("Christmas Eve: 09:00–13:00").waitFor()
    await save()
    expect((await settings()).account.hours?.exceptions).toEqual([
      { date: "2099-12-24", name: "Christmas Eve", spans: [{ from: "09:00", to: "13:00" }] },
    ])
  })

  it("are a group's own, or as the account", async () => {
    await admin.getByRole("link", { name: "Sales" }).click()
    await admin.getByLabel("Hours of its own").locator("visible=true").check()
    await save()
    expect((await settings()).groups[0]?.hours?.week).toHaveLength(5)
    await admin.getByLabel("As the account").locator("visible=true").check()
    await save()
    expect((await settings()).groups[0]?.hours).toBeNull()
  })
})

describe("a plan that lacks something", () => {
  const set = (plan: Plan) =>
    relay.store.run("setAccount", { accountId: company.accountId, plan }, relay.clock.now())

  it("is said where it is ignored, and what has it; the largest needs no words", async () => {
    const notes = {
      Groups: "has no groups",
      Notices: "has no missed-conversation notices",
      "Office hours": "has no office hours",
    }
    await set("free")
    for (const [screen, note] of Object.entries(notes)) {
      await show(screen)
      await admin.getByText(`The plan Free ${note}`).locator("visible=true").first().waitFor()
    }
    await show("Account and plan")
    await admin.getByText("This account has the plan Free.").waitFor()
    await admin.getByText("porchlight account set").waitFor()
    await set("pro")
    await admin.getByText("It has everything there is.").waitFor()
    await show("Groups")
    await expect.poll(() => admin.getByText("The plan ").locator("visible=true").count()).toBe(0)
  })
})

describe("two at once", () => {
  it("are told, and neither loses what was typed", async () => {
    await show("Account and plan")
    const other = await openAdmin(token, "#/plan")
    await other.getByLabel("Name").fill("Lamps of the night")
    await admin.getByLabel("Name").locator("visible=true").fill("Lamps of the day")
    await admin.locator(".admin-screen:visible").getByRole("button", { name: "Save" }).click()
    await admin.getByText("Saved", { exact: true }).locator("visible=true").waitFor()

    await other.getByRole("button", { name: "Save", exact: true }).click()
    await other.getByText("Not saved: somebody else has changed the same settings").waitFor()
    await expect.poll(() => other.getByLabel("Name").inputValue()).toBe("Lamps of the night")
    expect((await settings()).account.name).toBe("Lamps of the day")
    await other.getByRole("button", { name: "Load anew" }).click()
    await expect.poll(() => other.getByLabel("Name").inputValue()).toBe("Lamps of the day")

    // What others change elsewhere is no conflict.
    await other.getByLabel("Name").fill("Lamps of the night")
    await api({ url: relay.url, token }, "PATCH", "/api/settings", { graceSeconds: 60 })
    await other.getByRole("button", { name: "Save", exact: true }).click()
    await other.getByText("Saved", { exact: true }).waitFor()
    expect((await settings()).account.name).toBe("Lamps of the night")
    await other.context().close()
  })
})

describe("the way out", () => {
  it("the last admin stays one, and is told why", async () => {
    await show("Team")
    await admin.getByRole("button", { name: "Change Anna" }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByLabel("Role").selectOption("agent")
    await dialog.getByText("There is no other active admin.").waitFor()
    await dialog.getByRole("button", { name: "Save", exact: true }).click()
    await dialog.getByRole("button", { name: "Undo" }).click()
    await dialog.getByRole("button", { name: "Close this window" }).click()
    await dialog.waitFor({ state: "detached" })
    expect((await settings()).team.find(({ name }) => name === "Anna")?.role).toBe("admin")
  })

  it("a group is deleted after it was said what that means", async () => {
    await show("Groups")
    await admin.getByRole("button", { name: "Delete Sales" }).click()
    const dialog = admin.getByRole("dialog")
    await dialog.getByText("Its open conversations go on without a group").waitFor()
    await dialog.getByText("One site no longer offers it").waitFor()
    await dialog.getByRole("button", { name: "Delete the group" }).click()
    await admin.getByText("No groups yet").waitFor()
    expect((await settings()).groups).toEqual([])
  })

  it("somebody is removed: their screens end", async () => {
    const hers = await openAdmin(await relay.signIn(CHLOE))
    await hers.getByRole("heading", { name: "For admins only" }).waitFor()
    await show("Team")
    await admin.getByRole("button", { name: "Remove Chloé" }).click()
    await admin.getByRole("dialog").getByText("All their devices are signed out at once").waitFor()
    await admin.getByRole("dialog").getByRole("button", { name: "Remove from the team" }).click()
    await admin.getByText("Chloé is no longer in the team.").waitFor()
    await hers.getByText("You were signed out here").waitFor()
    await hers.context().close()
    expect((await settings()).team).toHaveLength(1)
  })
})

describe("on a phone, and by keys", () => {
  it("shows every screen within 360 px, every control with a name", async () => {
    const phone = await openAdmin(token, "", 360)
    for (const screen of ["Groups", "Sites", "Notices", "Office hours", "Account and plan", "Team"]) {
      await phone.locator(".admin-nav-open").click()
      await phone.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: screen }).click()
      await phone.getByRole("heading", { level: 1, name: screen }).waitFor()
      const { over, nameless } = await phone.evaluate(() => ({
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        nameless: [...document.querySelectorAll<HTMLInputElement>("button, input, select, textarea")]
          .filter((one) => !one.labels?.length && !one.ariaLabel && !one.textContent?.trim())
          .map((one) => one.outerHTML),
      }))
      expect([screen, over, nameless]).toEqual([screen, 0, []])
    }
    await phone.context().close()
  })

  it("asks before something typed is thrown away", async () => {
    await tabTo(admin, "Invite somebody")
    await admin.keyboard.press("Enter")
    const dialog = admin.getByRole("dialog")
    await dialog.getByLabel("Name").fill("Dan")
    await admin.keyboard.press("Escape")
    await dialog.getByText("Close anyway?").waitFor()
    await dialog.getByRole("button", { name: "Keep editing" }).click()
    await expect.poll(() => dialog.getByLabel("Name").inputValue()).toBe("Dan")
    await dialog.getByRole("button", { name: "Cancel" }).click()
    await dialog.waitFor({ state: "detached" })
  })
})
