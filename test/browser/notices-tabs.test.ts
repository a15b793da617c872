import { afterAll, beforeAll, expect, it } from "vitest"
import { until } from "../kit/until.ts"
import type { VisitorSocket } from "../kit/visitor-socket.ts"
import { enterVisitor, write } from "./desk-house.ts"
import { type Device, openPhoneHouse, type PhoneHouse } from "./phone-house.ts"

/** One browser, several tabs with the desk: one of them tells its person, and none of what comes is missed. */
let house: PhoneHouse
let laptop: Device
const visitors: VisitorSocket[] = []

beforeAll(async () => {
  house = await openPhoneHouse()
  laptop = await house.device({ phone: false })
  await laptop.signIn("anna@lamplight.example")
  await laptop.page.getByRole("button", { name: "Turn on notifications" }).click()
  await laptop.page.locator(".desk-app-bar").waitFor({ state: "detached" })
})
afterAll(async () => {
  for (const visitor of visitors) await visitor.close()
  await house?.stop()
})

const wait = async (text: string): Promise<void> => {
  const visitor = await enterVisitor(house.relay, house.company.siteKey)
  visitors.push(visitor)
  await write(visitor, text)
}

it("the tab that goes on alone tells of what the first had not told yet", async () => {
  const { context, page } = laptop
  const second = await context.newPage()
  await second.goto(`${house.relay.url}/desk`)
  await second.locator(".desk-tabs").waitFor({ state: "attached" })
  await laptop.setVisible(false)
  await second.evaluate(() => {
    document.hasFocus = () => false
  })
  const shown = () =>
    second.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ body }) => body),
    )
  await wait("Told by the first tab")
  await until("the first tab tells", async () => (await shown()).includes("Told by the first tab"))

  // Closed before it has told of this one.
  await wait("Told by the second tab")
  await second.locator(".desk-row", { hasText: "Told by the second tab" }).waitFor()
  await page.close()
  await until("the second tab tells", async () => (await shown()).includes("Told by the second tab"))
  expect([...(await shown())].sort()).toEqual(["Told by the first tab", "Told by the second tab"])
})
