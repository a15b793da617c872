import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { api } from "../kit/api.ts"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import { enterVisitor, write } from "./desk-house.ts"
import { type Device, openPhoneHouse, type PhoneHouse } from "./phone-house.ts"

const ANNA = "anna@lamplight.example"
const BEN = "ben@lamplight.example"

/** Two agents, three devices and among them a phone: one status each, and nobody told twice or too late. */
let house: PhoneHouse
let phone: Device
let laptop: Device
let bens: Device
const visitors: VisitorSocket[] = []

beforeAll(async () => {
  house = await openPhoneHouse()
  await house.relay.addAgent(house.company, "Ben", BEN)
  phone = await house.device()
  laptop = await house.device({ phone: false })
  bens = await house.device({ phone: false })
  for (const [device, address] of [
    [phone, ANNA],
    [laptop, ANNA],
    [bens, BEN],
  ] as const) {
    await device.signIn(address)
    await device.page.getByRole("button", { name: "Turn on notifications" }).click()
    await device.page.locator(".desk-app-bar").waitFor({ state: "detached" })
    await device.page.evaluate(() => navigator.serviceWorker.ready)
  }
})
afterAll(async () => {
  for (const visitor of visitors) await visitor.close()
  await house?.stop()
})

const asAnna = async () => ({ url: house.relay.url, token: await phone.token() })

const newConversation = async (text: string): Promise<string> => {
  const visitor = await enterVisitor(house.relay, house.company.siteKey)
  visitors.push(visitor)
  await write(visitor, text)
  const { conversations } = await api<{ conversations: { id: string; excerpt: string }[] }>(
    await asAnna(),
    "GET",
    "/api/conversations?list=all",
  )
  return conversations.find(({ excerpt }) => excerpt === text)!.id
}

const isChosen = (device: Device, status: string): Promise<boolean> =>
  device.page.getByRole("radio", { name: status, exact: true }).isChecked()

/** Nothing is planned to be pushed any more. */
const nothingPlanned = async (): Promise<boolean> => {
  const ask = { relayId: house.relay.setupKey, limit: 0, leaseMs: 0 }
  return (await house.relay.store.run("claimPushes", ask, house.relay.clock.now())).nextAt === null
}

describe("a status", () => {
  it("chosen on the phone is the laptop's, and the other way round", async () => {
    await phone.page.getByRole("radio", { name: "Busy", exact: true }).check({ force: true })
    await until("the laptop shows it", () => isChosen(laptop, "Busy"))
    await laptop.page.getByRole("radio", { name: "Available", exact: true }).check({ force: true })
    await until("the phone shows it", () => isChosen(phone, "Available"))
    expect(await isChosen(bens, "Available")).toBe(true)
  })
})

describe("a notification", () => {
  it("comes where nobody is reading, not on the phone of who sits at the laptop, and goes when Ben opens it", async () => {
    await laptop.setVisible(true)
    await laptop.page.mouse.move(10, 10)
    await phone.setVisible(false)
    await bens.setVisible(false)
    const conversation = await newConversation("Do you deliver to Brno?")
    await until("Ben is told", async () => (await bens.shown()).some(({ tag }) => tag === conversation))
    // Anna's laptop is being looked at: there it stands in the list.
    expect(await laptop.shown()).toEqual([])
    expect(await phone.shown()).toEqual([])
    await bens.page.goto(`${house.relay.url}/desk#/c/${conversation}`)
    await bens.setVisible(true)
    await until("it is gone", async () => (await bens.shown()).length === 0)
    await until("nobody else is told any more", nothingPlanned)
    expect(house.service.arrived).toEqual([])
  })

  it("comes to the phone once nobody sits at the laptop, and goes there when Ben joins", async () => {
    await laptop.page.close()
    await until("Anna has left the laptop", async () => {
      const { devices } = await api<ToolbarState>(await asAnna(), "GET", "/api/toolbar")
      return devices.every(({ presence }) => presence !== "present")
    })
    const conversation = await newConversation("Is the lamp galvanized?")
    expect(await phone.deliver()).toMatchObject({ type: "message", conversation })
    await until("the phone tells it", async () => (await phone.shown()).length === 1)
    // The tab that was closed on the laptop is told by push as well.
    await house.service.pushTo(laptop.push)

    await bens.page.goto(`${house.relay.url}/desk#/c/${conversation}`)
    await bens.page.getByRole("button", { name: "Join" }).click()
    expect(await phone.deliver(2)).toEqual({ type: "close", conversation })
    await until("the phone is quiet", async () => (await phone.shown()).length === 0)
    // What Ben has joined concerns Ben alone.
    await write(visitors.at(-1)!, "By the sea?")
    await until("nothing is planned for Anna", async () => {
      const { waiting } = await api<ToolbarState>(await asAnna(), "GET", "/api/toolbar")
      return waiting.every(({ id }) => id !== conversation)
    })
    expect(house.service.arrived.filter(({ device }) => device === phone.push.name)).toHaveLength(2)
  })

  it("comes once in a browser that has the extension, too", async () => {
    const { relay } = house
    const before = (await relay.mailsTo(BEN)).length
    await api(relay, "POST", "/api/sign-in/code", { address: BEN })
    const mail = await until("a code", async () => (await relay.mailsTo(BEN))[before])
    const device = { kind: "extension", label: "Chrome on Linux" }
    const code = /\b\d{6}\b/.exec(mail)?.[0]
    const { token } = await api<{ token: string }>(relay, "POST", "/api/sign-in", {
      address: BEN,
      code,
      device,
    })
    const beat = { type: "beat", bootId: "boot-0001", seq: 1, state: "idle", intervalMs: 60_000 }
    await api({ url: relay.url, token }, "POST", "/api/beat", beat)
    await bens.page.reload()
    await bens.page.locator(".desk-me").click()
    await bens.page.getByText("The extension in this browser tells you of new messages").waitFor()
    await bens.page.keyboard.press("Escape")
    await bens.setVisible(false)
    const conversation = await newConversation("One more question")
    // Anna is told; Ben's extension would be, and Ben's tab keeps silent.
    const count = house.service.arrived.filter(({ device }) => device === phone.push.name).length
    await house.service.pushTo(phone.push, count + 1)
    expect((await bens.shown()).filter(({ tag }) => tag === conversation)).toEqual([])
    expect(house.service.arrived.filter(({ device }) => device === bens.push.name)).toEqual([])
  })
})
