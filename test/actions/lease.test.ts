import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const BEN = "ben@lamps.example"

/** A wait that is shorter than the silence by which an absence is noticed: what falls due then was due before. */
describe.each(STORES)("the lease of a phone, ended by a notice that was due earlier, on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
    await company.run("setAccount", { accountId: company.accountId, waitMs: 30 * SECOND })
  })
  afterEach(() => company.close())

  /** Ben's phone, in the background by now. */
  const reachablePhone = async () => {
    await company.run("askSignInCode", { address: BEN })
    const code = (await company.codeOf(BEN)) ?? ""
    const device = { kind: "phone", label: "Phone" } as const
    const phone = await company.run("signIn", { address: BEN, code, device })
    if (phone.refused) throw new Error(phone.refused)
    const { accountId, agentId, deviceId } = phone
    const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } }
    await company.run("setPush", { accountId, agentId, deviceId, subscription })
    await company.beat(phone)
    await company.pass(2 * MINUTE)
    return phone
  }

  const presences = async (deviceId: string, after: number): Promise<string[]> => {
    const { accountId } = company
    const { events } = await company.run("readEvents", { accountId, after, limit: 1000 })
    return events.flatMap((event) =>
      event.kind === "presence" && event.deviceId === deviceId ? [event.presence] : [],
    )
  }

  test("brings nobody back who has fallen silent meanwhile", async () => {
    const { accountId } = company
    const phone = await reachablePhone()
    const ada = await company.signIn("ada@lamps.example")
    await company.beat(ada)
    const { cursor } = await company.run("readEvents", { accountId, after: 0, limit: 1000 })
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Do you deliver to Brno?")
    await company.pass(MINUTE)
    const mails = await company.run("listDeliveries", { accountId, limit: 10 })
    expect(mails.filter((mail) => mail.kind === "offline-notice")).toHaveLength(2)
    expect(await presences(ada.deviceId, cursor)).toEqual(["fading"])
    expect(await presences(phone.deviceId, cursor)).toEqual(["gone"])
  })
})
