import type { Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ProfileView, SettingsView, ToolbarState } from "../../shared/protocol/views.ts"
import { HOUR } from "../../shared/words/time.ts"
import { api, type Caller } from "../kit/api.ts"
import type { Company } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { type DeskHouse, openDeskHouse, openPage } from "./desk-house.ts"

/** One's own status, hours and settings, in the desk in a tab. */

let house: DeskHouse
let company: Company
let agent: Required<Pick<Caller, "url" | "token">>
let desk: Page

beforeAll(async () => {
  house = await openDeskHouse()
  company = await house.relay.setUp()
  agent = { url: house.relay.url, token: await house.relay.signIn() }
  desk = await openPage(house.browser, `${house.relay.url}/desk`)
  await desk.evaluate((token) => localStorage.setItem("porchlight.desk.session.1", token), agent.token)
})
afterAll(() => house?.stop())

beforeEach(async () => {
  await desk.reload()
  await desk.getByRole("tab", { name: "Unserved" }).waitFor()
})

const toolbar = (): Promise<ToolbarState> => api(agent, "GET", "/api/toolbar")
const profile = (): Promise<ProfileView> => api(agent, "GET", "/api/me/profile")

const openProfile = async (): Promise<void> => {
  await desk.getByRole("button", { name: /you and your team/ }).click()
  await desk.getByRole("button", { name: "Profile" }).click()
  await desk.getByRole("heading", { name: "Profile" }).waitFor()
}
const part = (name: string) => desk.getByRole("region", { name })

/** The six digits of the newest mail to an address. */
const codeTo = async (address: string, before = 0): Promise<string> => {
  const mail = await until(`a code for ${address}`, async () => {
    const mails = await house.relay.mailsTo(address)
    return mails.length > before ? mails.at(-1) : null
  })
  return /\b\d{6}\b/.exec(mail)![0]
}

/** A JPEG whose camera says that it is to be turned right by a quarter (Exif 2.3 4.6.4, orientation 6). */
const tiltedJpeg = async (page: Page): Promise<Buffer> => {
  const plain = await page.evaluate(async () => {
    const canvas = document.createElement("canvas")
    canvas.width = 600
    canvas.height = 400
    const pen = canvas.getContext("2d")!
    pen.fillStyle = "red"
    pen.fillRect(0, 0, 300, 400)
    pen.fillStyle = "blue"
    pen.fillRect(300, 0, 300, 400)
    return canvas.toDataURL("image/jpeg").split(",")[1]!
  })
  const bytes = Buffer.from(plain, "base64")
  // One entry in little endian: tag 0x112, one SHORT, 6.
  const tiff = Buffer.from("49492a0008000000010012010300010000000600000000000000", "hex")
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff])
  const segment = Buffer.from([0xff, 0xe1, 0, body.length + 2])
  return Buffer.concat([bytes.subarray(0, 2), segment, body, bytes.subarray(2)])
}

/** Of the picture in the header: its size, and what is at its top and at its bottom. */
const corners = (page: Page) =>
  page.evaluate(() => {
    const image = document.querySelector<HTMLImageElement>(".desk-me .face img")!
    const canvas = document.createElement("canvas")
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const pen = canvas.getContext("2d")!
    pen.drawImage(image, 0, 0)
    const at = (y: number): string => {
      const [red = 0, , blue = 0] = pen.getImageData(80, y, 1, 1).data
      return red > 200 && blue < 60 ? "red" : blue > 200 && red < 60 ? "blue" : `${red} ${blue}`
    }
    return { size: [image.naturalWidth, image.naturalHeight], top: at(10), bottom: at(150) }
  })

describe("until when", () => {
  it("ends the status by itself, and says when and what comes then; chosen by keys alone", async () => {
    await desk.getByRole("radio", { name: "Busy" }).check()
    await desk.keyboard.press("Tab")
    expect(await desk.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Until when")
    // By its letters, as in any list of the browser's own.
    await desk.keyboard.type("for 1")
    await until("busy for an hour", async () => {
      const { me, now } = await toolbar()
      return me.intent === "busy" && Math.abs((me.intentUntil ?? 0) - now - HOUR) < 60_000
    })
    // An hour from now may be another day.
    await desk.getByText(/^until .*\d:\d\d.*, then available$/).waitFor({ state: "attached" })
    expect((await toolbar()).me.intentBack).toBe("available")
  })

  it("is until one changes it, if nothing else is chosen", async () => {
    await desk.getByLabel("Until when").selectOption({ label: "until I change it" })
    await until("busy without an end", async () => (await toolbar()).me.intentUntil === null)
    expect((await toolbar()).me.intent).toBe("busy")
    await desk.getByRole("radio", { name: "Available", exact: true }).check()
    await until("available", async () => (await toolbar()).me.intent === "available")
    expect((await toolbar()).me.intentUntil).toBeNull()
  })
})

describe("office hours", () => {
  it("say when they open; one can stay open until then, and change one's mind", async () => {
    const stay = desk.getByRole("button", { name: "Stay open until then" })
    expect(await stay.count()).toBe(0)
    // A week with one hour, on another day than today.
    const day = (((new Date().getUTCDay() + 2) % 7) + 1) as 1
    const hours = { zone: "UTC", week: [{ day, from: "09:00", to: "10:00" }], exceptions: [] }
    await api(agent, "PATCH", "/api/settings", { hours })
    await desk.getByText(/Outside office hours; they open (on \w+|tomorrow) at \d\d:\d\d/).waitFor()
    await desk.getByText("The light is off").waitFor()

    await stay.click()
    await desk.getByText("Outside office hours, and you stay open.").waitFor()
    await desk.getByText("The light is on").waitFor()
    await desk.getByRole("button", { name: "Keep to the hours" }).click()
    await stay.waitFor()
    await desk.getByText("The light is off").waitFor()
    await api(agent, "PATCH", "/api/settings", { hours: null })
    await stay.waitFor({ state: "detached" })
  })
})

describe("the profile", () => {
  it("keeps name, language and time zone", async () => {
    await openProfile()
    await part("You").getByLabel("Name").fill("Anna Lamplight")
    await part("You").getByLabel("Time zone").selectOption("Europe/Prague")
    await part("You").getByRole("button", { name: "Save" }).click()
    await part("You").getByText("Saved.").waitFor()
    expect(await profile()).toMatchObject({ zone: "Europe/Prague", me: { name: "Anna Lamplight" } })
  })

  it("keeps a picture small and upright, shows it wherever one is, and takes it away", async () => {
    const header = desk.getByRole("button", { name: /you and your team/ }).locator(".face")
    expect(await header.textContent()).toBe("A")
    await openProfile()
    const choose = async (buffer: Buffer, mimeType: string): Promise<void> => {
      const chooser = desk.waitForEvent("filechooser")
      await part("You")
        .getByRole("button", { name: /picture …/ })
        .click()
      await (await chooser).setFiles({ name: "me.jpg", mimeType, buffer })
    }
    await choose(Buffer.from("no picture"), "image/jpeg")
    await part("You").getByRole("alert").getByText("cannot show that file as a picture").waitFor()
    expect((await profile()).me.picture).toBeNull()

    // Red on its left and blue on its right, and the camera was held so that the left is the top.
    await choose(await tiltedJpeg(desk), "image/jpeg")
    await header.locator("img").waitFor()
    await part("You").locator(".face img").waitFor()
    const { picture } = (await profile()).me
    const kept = await fetch(`${agent.url}/api/pictures/${picture}`, {
      headers: { Authorization: `Bearer ${agent.token}` },
    })
    expect(kept.headers.get("content-type")).toBe("image/webp")
    expect((await kept.arrayBuffer()).byteLength).toBeLessThan(8_000)
    expect(await corners(desk)).toEqual({ size: [160, 160], top: "red", bottom: "blue" })

    // Colleagues and admins see it as well; where it does not come, the letter stays.
    const admin = await openPage(house.browser, `${agent.url}/desk`)
    await admin.evaluate((token) => localStorage.setItem("porchlight.desk.session.1", token), agent.token)
    await admin.goto(`${agent.url}/admin#/team`)
    await admin.locator(".admin-item .face img").waitFor()
    await admin.route("**/api/pictures/*", (route) => route.abort())
    await admin.reload()
    await admin.locator(".admin-item .face", { hasText: "A" }).waitFor()
    await admin.close()

    await part("You").getByRole("button", { name: "Remove" }).click()
    await header.getByText("A", { exact: true }).waitFor()
    expect((await profile()).me.picture).toBeNull()
    // The keyboard stays where it was.
    await expect
      .poll(() => desk.evaluate(() => document.activeElement?.textContent))
      .toBe("Choose a picture …")
  })

  it("saves what was edited there, and leaves what was changed elsewhere meanwhile", async () => {
    await openProfile()
    await part("You").getByLabel("Name").fill("Anna Lamp")
    await api(agent, "PATCH", "/api/me", { zone: "Europe/Madrid" })
    await part("You").getByRole("button", { name: "Save" }).click()
    await part("You").getByText("Saved.").waitFor()
    expect(await profile()).toMatchObject({ zone: "Europe/Madrid", me: { name: "Anna Lamp" } })
    await until("the stored zone shows", async () =>
      (await part("You").getByLabel("Time zone").inputValue()).includes("Madrid"),
    )
    // What was saved once is no edit any more.
    await api(agent, "PATCH", "/api/me", { name: "Anna Lamplight" })
    await part("You").getByLabel("Time zone").selectOption("Europe/Prague")
    await part("You").getByRole("button", { name: "Save" }).click()
    await until("both hold", async () => {
      const { zone, me } = await profile()
      return zone === "Europe/Prague" && me.name === "Anna Lamplight"
    })
  })

  it("switches each kind of notices, and says so when nobody would remain", async () => {
    await openProfile()
    const notices = part("E-mail notices")
    const offline = notices.getByLabel(/what came in while nobody was there/)
    await offline.uncheck()
    await notices.getByText(/nobody gets an e-mail when a message comes in/).waitFor()
    expect((await profile()).me).toMatchObject({ offlineNotices: false, missedNotices: true })
    await offline.check()
    await notices.getByText(/nobody gets an e-mail/).waitFor({ state: "detached" })
    await notices.getByLabel(/that were missed/).uncheck()
    await notices.getByText(/nobody gets an e-mail about missed conversations/).waitFor()
    expect((await profile()).me).toMatchObject({ offlineNotices: true, missedNotices: false })
    await notices.getByLabel(/that were missed/).check()
    await until("both are on", async () => (await profile()).me.missedNotices)
  })

  it("says what the plan does not have", async () => {
    const setPlan = (plan: "free" | "pro") =>
      house.relay.store.run("setAccount", { accountId: company.accountId, plan }, house.relay.clock.now())
    await setPlan("free")
    await openProfile()
    await part("E-mail notices").getByText("The plan “standard” does").waitFor()
    await setPlan("pro")
    await desk.reload()
    await openProfile()
    await part("E-mail notices").getByText("Somebody was there, but").waitFor()
  })

  it("redirects only after the code of the second address, and switches that off again", async () => {
    await openProfile()
    const redirect = part("Redirect")
    await redirect.getByRole("button", { name: "Redirect my notices" }).click()
    await redirect.getByLabel("Second address").fill("info@lamplight.example")
    await redirect.getByLabel(/^Instead of/).check()
    await redirect.getByRole("button", { name: "Redirect", exact: true }).click()
    await redirect.getByText("A code was sent to info@lamplight.example").waitFor()
    expect((await profile()).redirect).toBeNull()

    const code = await codeTo("info@lamplight.example")
    const wrong = code === "000000" ? "000001" : "000000"
    await redirect.getByLabel("Six-digit code").fill(wrong)
    await redirect.getByRole("button", { name: "Confirm" }).click()
    await redirect.getByText("This code is not right").waitFor()
    expect((await profile()).redirect).toBeNull()

    await redirect.getByLabel("Six-digit code").fill(code)
    await redirect.getByRole("button", { name: "Confirm" }).click()
    await redirect.getByText("Your notices go to info@lamplight.example instead.").waitFor()
    expect((await profile()).redirect).toMatchObject({
      address: "info@lamplight.example",
      mode: "instead-of",
    })

    // The address is known by now: another way of redirecting needs no second code.
    await redirect.getByRole("button", { name: "Change the redirect" }).click()
    await redirect.getByLabel(/^In addition to/).check()
    await redirect.getByRole("button", { name: "Redirect", exact: true }).click()
    await redirect.getByText("Your notices also go to info@lamplight.example.").waitFor()

    await redirect.getByRole("button", { name: "Switch the redirect off" }).click()
    await redirect.getByRole("button", { name: "Redirect my notices" }).waitFor()
    expect((await profile()).redirect).toBeNull()
  })

  it("refuses the relay's own addresses as such", async () => {
    const { mailDomain } = house.relay.config
    await openProfile()
    const redirect = part("Redirect")
    await redirect.getByRole("button", { name: "Redirect my notices" }).click()
    await redirect.getByLabel("Second address").fill(`info@${mailDomain}`)
    await redirect.getByRole("button", { name: "Redirect", exact: true }).click()
    await redirect.getByRole("alert").waitFor()
    expect((await profile()).redirect).toBeNull()
  })
})

it("admins get to the admin screens from the menu, others do not", async () => {
  await desk.getByRole("button", { name: /you and your team/ }).click()
  const link = desk.getByRole("link", { name: "Admin" })
  expect(await link.evaluate((element) => (element as HTMLAnchorElement).href)).toBe(`${agent.url}/admin`)
  expect((await api<SettingsView>(agent, "GET", "/api/settings")).team).toHaveLength(1)

  await house.relay.addAgent(company, "Ben", "ben@lamplight.example")
  const token = await house.relay.signIn("ben@lamplight.example")
  const page = await openPage(house.browser, `${agent.url}/desk`)
  await page.evaluate((one) => localStorage.setItem("porchlight.desk.session.1", one), token)
  await page.reload()
  await page.getByRole("button", { name: /Ben: you and your team/ }).click()
  await page.getByRole("button", { name: "Profile" }).waitFor()
  expect(await page.getByRole("link", { name: "Admin" }).count()).toBe(0)
})
