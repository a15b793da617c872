import { readFileSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ConversationId } from "../../shared/words/ids.ts"
import { api, messagesOf } from "../kit/api.ts"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import { enterVisitor, write } from "./desk-house.ts"
import { type Device, openPhoneHouse, type PhoneHouse } from "./phone-house.ts"

const ANNA = "anna@lamplight.example"
const BEN = "ben@lamplight.example"

let house: PhoneHouse
let phone: Device
let visitor: VisitorSocket
let conversation: ConversationId

const anna = async () => ({ url: house.relay.url, token: await phone.token() })

beforeAll(async () => {
  house = await openPhoneHouse()
  await house.relay.addAgent(house.company, "Ben", BEN)
  phone = await house.device()
  await phone.signIn(ANNA)
  visitor = await enterVisitor(house.relay, house.company.siteKey)
  await write(visitor, "Do you deliver to Brno?")
  await phone.page.locator(".desk-row").first().click()
  await phone.page.locator(".desk-text", { hasText: "Do you deliver" }).waitFor()
  const { conversations } = await api<{ conversations: { id: ConversationId }[] }>(
    await anna(),
    "GET",
    "/api/conversations?list=all",
  )
  conversation = conversations[0]!.id
  const all = ["toolbar", "list.unserved", `conversation.${conversation}`]
  await until("all of it is kept", async () => {
    const kept = await phone.kept()
    return all.every((name) => kept.includes(name))
  })
  await phone.page.evaluate(() => navigator.serviceWorker.ready)
})
afterAll(async () => {
  await visitor?.close()
  await house?.stop()
})

describe("the desk without a network", () => {
  it("opens, and shows what was loaded and from when it is", async () => {
    await phone.context.setOffline(true)
    await phone.page.reload()
    await phone.page.locator(".desk-connection", { hasText: "what was loaded by" }).waitFor()
    await phone.page.locator(".desk-text", { hasText: "Do you deliver" }).waitFor()
    await phone.page.getByRole("button", { name: "Back to the list" }).click()
    await phone.page.locator(".desk-row", { hasText: "Do you deliver" }).waitFor()
  })

  it("keeps what is written through a restart, and posts it once there is a network", async () => {
    await phone.page.locator(".desk-row").first().click()
    await phone.page.locator("#desk-answer").fill("We do.")
    await phone.page.getByRole("button", { name: "Send the answer" }).click()
    await phone.page.locator(".desk-pending", { hasText: "Waiting for the connection" }).waitFor()
    await phone.page.locator("#desk-answer").fill("half a senten")
    await phone.page.reload()
    await phone.page.locator(".desk-pending", { hasText: "We do." }).waitFor()
    await expect.poll(() => phone.page.locator("#desk-answer").inputValue()).toBe("half a senten")

    await phone.context.setOffline(false)
    await phone.page.locator(".desk-pending").waitFor({ state: "detached" })
    const messages = await messagesOf(await anna(), conversation)
    expect(messages.map(({ text }) => text)).toEqual(["Do you deliver to Brno?", "We do."])
    await phone.page.locator(".desk-connection").waitFor({ state: "detached" })
  })

  it("says what has happened meanwhile, and sends only when it is told to", async () => {
    await phone.context.setOffline(true)
    await phone.page.locator("#desk-answer").fill("And it is free.")
    await phone.page.getByRole("button", { name: "Send the answer" }).click()
    await phone.page.locator(".desk-pending").waitFor()
    // A while ago, as the page's own clock has it.
    await phone.page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.includes(".answer."))!
      const answer = JSON.parse(localStorage.getItem(key)!)
      localStorage.setItem(key, JSON.stringify({ ...answer, at: answer.at - 5 * 60_000 }))
    })
    await phone.page.reload()
    await phone.page.locator(".desk-pending").waitFor()
    const ben = { url: house.relay.url, token: await house.relay.signIn(BEN) }
    const answer = { key: "bens-own-key-1", text: "It costs 5 €." }
    await api(ben, "POST", `/api/conversations/${conversation}/answer`, answer)
    await phone.context.setOffline(false)
    const held = phone.page.locator(".desk-pending", { hasText: "Ben has answered meanwhile" })
    await held.waitFor()
    expect(await messagesOf(await anna(), conversation)).toHaveLength(3)
    await held.getByRole("button", { name: "Send now" }).click()
    await phone.page.locator(".desk-pending").waitFor({ state: "detached" })
    expect((await messagesOf(await anna(), conversation)).at(-1)?.text).toBe("And it is free.")
  })
})

describe("a new version", () => {
  const bar = () => phone.page.locator(".desk-app-bar", { hasText: "new version" })
  const arrives = async (): Promise<void> => {
    const file = `${house.pages}/desk/worker.js`
    writeFileSync(file, `${readFileSync(file, "utf8")}\n// a newer one`)
    await phone.page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    await bar().waitFor()
  }
  const load = async (): Promise<void> => {
    const loaded = phone.page.waitForEvent("load")
    await bar().getByRole("button", { name: "Load it" }).click()
    await loaded
    await phone.page.locator(".desk-tabs").waitFor({ state: "attached" })
    await until(
      "the draft is there",
      async () => (await phone.page.locator("#desk-answer").inputValue()) === "I am just writing th",
    )
  }

  it("says so, and is loaded by a press without losing what is being written", async () => {
    await phone.page.locator("#desk-answer").fill("I am just writing th")
    await arrives()
    await load()
    await expect.poll(() => bar().count()).toBe(0)
  })

  it("is loaded as well while the browser keeps the old worker for something under way", async () => {
    await arrives()
    // To the page it is the same: nothing takes over.
    await phone.page.evaluate(() => {
      ServiceWorker.prototype.postMessage = () => undefined
    })
    await load()
    await bar().waitFor()
    await load()
    await expect.poll(() => bar().count()).toBe(0)
  })
})

describe("what is kept on the device", () => {
  it("is wiped when the device is signed out from elsewhere", async () => {
    expect((await phone.kept()).length).toBeGreaterThan(3)
    const { accountId, agentId } = house.company
    const toolbar = await api<{ device: never }>(await anna(), "GET", "/api/toolbar")
    await house.relay.store.run(
      "signOut",
      { accountId, agentId, deviceId: toolbar.device, unavailable: false },
      house.relay.clock.now(),
    )
    await phone.page.getByText("You were signed out here").waitFor()
    await until("nothing is left", async () => (await phone.kept()).length === 0)
  })

  it("is wiped when its person signs out", async () => {
    await phone.signIn(ANNA)
    await until("something is kept", async () => (await phone.kept()).length > 2)
    await phone.page.goto(`${house.relay.url}/desk#/`)
    await phone.page.locator(".desk-me").click()
    await phone.page.getByRole("button", { name: "Sign out" }).click()
    await phone.page
      .locator("dialog")
      .getByRole("button", { name: /^Sign out The light/ })
      .click()
    await phone.page.locator("[name=address]").waitFor()
    await until("nothing is left", async () => (await phone.kept()).length === 0)
    expect(
      await phone.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("porch"))),
    ).toEqual([])
  })
})
