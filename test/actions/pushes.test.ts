import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ClaimedPush } from "../../relay/actions/claim-pushes.ts"
import type { DeviceKind } from "../../shared/words/nouns.ts"
import type { PushResult } from "../../shared/words/push.ts"
import { HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const BEN = "ben@lamps.example"
const GONE: PushResult = { kind: "failed", failure: "gone", later: false, answer: "410 unsubscribed" }
const BUSY: PushResult = { kind: "failed", failure: "refused", later: true, answer: "503 later" }

describe.each(STORES)("push on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  type Device = Awaited<ReturnType<Company["signIn"]>>

  const signInAs = async (address: string, device: { kind: DeviceKind; label: string }): Promise<Device> => {
    company.jump(1)
    await company.run("askSignInCode", { address })
    const signedIn = await company.run("signIn", {
      address,
      code: (await company.codeOf(address)) ?? "",
      device,
    })
    if (signedIn.refused) throw new Error(signedIn.refused)
    return signedIn
  }

  const subscribe = async (device: Device): Promise<Device> => {
    const { accountId, agentId, deviceId } = device
    const subscription = { endpoint: `https://push.example/${deviceId}`, keys: { p256dh: "p", auth: "a" } }
    await company.run("setPush", { accountId, agentId, deviceId, subscription })
    return device
  }

  /** A phone that was used just now and is in the background. */
  const phoneOf = async (address: string): Promise<Device> => {
    const phone = await subscribe(
      await signInAs(address, { kind: "phone", label: "Chrome on Android (phone)" }),
    )
    await company.beat(phone)
    await company.beat(phone, "idle")
    return phone
  }

  const claim = (relayId = "relay") =>
    company.run("claimPushes", { relayId, limit: 10, leaseMs: 30 * SECOND })

  const settle = (push: ClaimedPush, result: PushResult, claimedBy = "relay") => {
    const { accountId, conversationId, deviceId, attempt, subscription } = push
    return company.run("settlePush", {
      accountId,
      conversationId,
      deviceId,
      claimedBy,
      attempt,
      endpoint: subscription.endpoint,
      result,
    })
  }

  /** What goes out after some time, delivered: to which device, and what. */
  const goesOut = async (after: number): Promise<[string, string][]> => {
    company.jump(after)
    const { claims } = await claim()
    for (const push of claims) await settle(push, { kind: "sent" })
    return claims.map((push) => [push.deviceId, push.what.kind])
  }

  const writes = async (text = "Do you deliver to Brno?") => {
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, text)
    return { visitorId, conversationId, more: (again: string) => company.write(visitorId, again) }
  }

  const asAgent = (device: Device, conversationId: Awaited<ReturnType<typeof writes>>["conversationId"]) => ({
    accountId: device.accountId,
    agentId: device.agentId,
    conversationId,
  })

  const presenceOf = async (device: Device) => {
    const [toolbar] = await company.run("readToolbars", { accountId: company.accountId, who: [device] })
    return toolbar!.devices.find(({ id }) => id === device.deviceId)
  }

  test("says who wrote what where, once, however much follows", async () => {
    const phone = await phoneOf(BEN)
    const { more } = await writes()
    expect((await claim()).claims).toEqual([])
    company.jump(2 * SECOND)
    await more("Hello?")
    const { claims } = await claim()
    expect(claims).toMatchObject([
      { deviceId: phone.deviceId, language: "de", what: { kind: "message", site: "Lamps", text: "Hello?" } },
    ])
    await settle(claims[0]!, { kind: "sent" })
    await more("Anybody?")
    expect(await goesOut(MINUTE)).toEqual([])
  })

  test("is not sent where somebody opened it within two seconds, on whatever device", async () => {
    await phoneOf(BEN)
    const { conversationId } = await writes()
    const ada = await company.signIn(ADA)
    await company.run("openConversation", { ...asAgent(ada, conversationId), seq: 1 })
    expect(await goesOut(MINUTE)).toEqual([])
  })

  test("is still sent when only what came before was opened", async () => {
    const phone = await phoneOf(BEN)
    const { conversationId, more } = await writes()
    await more("And to Olomouc?")
    const ada = await company.signIn(ADA)
    await company.run("openConversation", { ...asAgent(ada, conversationId), seq: 1 })
    expect(await goesOut(2 * SECOND)).toEqual([[phone.deviceId, "message"]])
  })

  test.each(["opened", "joined", "closed"] as const)("is taken away when it was %s", async (how) => {
    const phone = await phoneOf(BEN)
    const { conversationId, more } = await writes()
    expect(await goesOut(2 * SECOND)).toEqual([[phone.deviceId, "message"]])
    const as = asAgent(await company.signIn(ADA), conversationId)
    if (how === "opened") await company.run("openConversation", { ...as, seq: 1 })
    if (how === "joined") await company.run("joinConversation", as)
    if (how === "closed") await company.run("closeConversation", as)
    expect(await goesOut(0)).toEqual([[phone.deviceId, "close"]])
    expect(await goesOut(HOUR)).toEqual([])
    // What the visitor writes after that is told anew; but what Ada has joined concerns nobody else.
    await company.beat(phone)
    await company.beat(phone, "idle")
    await more("Hello again")
    expect(await goesOut(2 * SECOND)).toEqual(how === "joined" ? [] : [[phone.deviceId, "message"]])
  })

  test("is taken away after it arrived, where it was opened on the way", async () => {
    const phone = await phoneOf(BEN)
    const { conversationId } = await writes()
    company.jump(2 * SECOND)
    const { claims } = await claim()
    await company.run("openConversation", { ...asAgent(phone, conversationId), seq: 1 })
    expect((await claim()).claims).toEqual([])
    await settle(claims[0]!, { kind: "sent" })
    expect(await goesOut(0)).toEqual([[phone.deviceId, "close"]])
  })

  test("goes to who joined, and to nobody else; handed back, to the others", async () => {
    const adas = await phoneOf(ADA)
    const bens = await phoneOf(BEN)
    const { conversationId, more } = await writes()
    await company.run("joinConversation", asAgent(adas, conversationId))
    await more("Thank you. One more thing.")
    expect(await goesOut(2 * SECOND)).toEqual([[adas.deviceId, "message"]])
    await company.run("handBackConversation", asAgent(adas, conversationId))
    expect(await goesOut(2 * SECOND)).toEqual([[bens.deviceId, "message"]])
  })

  test("waits half a minute for who sits at another device, and is saved by their opening it", async () => {
    const phone = await phoneOf(BEN)
    const laptop = await company.signIn(BEN, "Chrome on macOS")
    await company.beat(laptop)
    const first = await writes()
    const second = await writes("Another")
    expect(await goesOut(20 * SECOND)).toEqual([])
    await company.run("openConversation", { ...asAgent(laptop, first.conversationId), seq: 1 })
    company.jump(10 * SECOND)
    const { claims } = await claim()
    expect(claims.map((push) => [push.deviceId, push.conversationId])).toEqual([
      [phone.deviceId, second.conversationId],
    ])
  })

  test("leaves in peace whoever chooses unavailable, also between message and push", async () => {
    const phone = await phoneOf(BEN)
    await writes()
    await company.run("setIntent", { ...asBen(phone), intent: "unavailable", version: 1 })
    expect(await goesOut(2 * SECOND)).toEqual([])
    await writes("Again")
    expect(await goesOut(2 * SECOND)).toEqual([])
  })
  const asBen = ({ accountId, agentId }: Device) => ({ accountId, agentId })

  test("reaches a phone for an hour after its use, and no longer once a notice went out", async () => {
    const phone = await phoneOf(BEN)
    await company.pass(59 * MINUTE)
    expect(await presenceOf(phone)).toMatchObject({ presence: "reachable", running: false })
    await writes()
    expect(await goesOut(2 * SECOND)).toEqual([[phone.deviceId, "message"]])
    await company.pass(2 * MINUTE)
    expect(await presenceOf(phone)).toMatchObject({ presence: "gone" })
    await writes("Nobody?")
    expect(await goesOut(2 * SECOND)).toEqual([])
    // Used again, it is reachable again.
    await company.beat(phone)
    await company.beat(phone, "idle")
    expect(await presenceOf(phone)).toMatchObject({ presence: "reachable" })
  })

  test("goes to a tab that is closed while its agent is online, but not beside the extension of its browser", async () => {
    const tab = await subscribe(await signInAs(BEN, { kind: "tab", label: "Chrome on macOS (tab)" }))
    await company.beat(tab)
    await company.beat(tab, "idle")
    // It tells, and holds no light for longer than the grace.
    expect(await presenceOf(tab)).toMatchObject({ presence: "fading" })
    await writes()
    expect(await goesOut(2 * SECOND)).toEqual([[tab.deviceId, "message"]])
    const extension = await company.signIn(BEN, "Chrome on macOS")
    await company.beat(extension, "idle")
    await writes("Second")
    expect(await goesOut(MINUTE)).toEqual([])
    const elsewhere = await company.signIn(BEN, "Firefox on Linux")
    await company.beat(elsewhere)
    await company.pass(2 * MINUTE)
    await company.beat(elsewhere)
    await writes("Third: the extension has fallen silent")
    expect(await goesOut(30 * SECOND)).toEqual([[tab.deviceId, "message"]])
  })

  test("a subscription that its push service forgot is removed: the phone holds no light any more", async () => {
    const phone = await phoneOf(BEN)
    await writes()
    company.jump(2 * SECOND)
    const { claims } = await claim()
    await settle(claims[0]!, GONE)
    expect(await presenceOf(phone)).toMatchObject({
      presence: "fading",
      push: { on: false, failure: "gone", answer: "410 unsubscribed" },
    })
    await company.pass(2 * MINUTE + SECOND)
    expect(await presenceOf(phone)).toMatchObject({ presence: "gone" })
    await subscribe(phone)
    expect(await presenceOf(phone)).toMatchObject({ push: { on: true, failure: null } })
  })

  test("a phone that nothing arrives at is not reachable; trying goes on as long as it is of use", async () => {
    const phone = await phoneOf(BEN)
    await writes()
    await company.jump(2 * SECOND)
    let tries = 0
    for (;;) {
      const { claims, nextAt } = await claim()
      const [push] = claims
      if (push === undefined) {
        if (nextAt === null) break
        company.jump(nextAt - company.now())
        continue
      }
      expect(push.attempt).toBe(++tries)
      expect(await presenceOf(phone)).toMatchObject({ presence: "reachable", push: { failure: null } })
      await settle(push, BUSY)
    }
    expect(tries).toBeGreaterThan(5)
    expect(await presenceOf(phone)).toMatchObject({
      push: { on: true, failure: "refused", answer: "503 later" },
    })
    expect((await presenceOf(phone))?.presence).not.toBe("reachable")
  })

  test("is claimed by one of two relays, and by the other when that one dies; late results count for nothing", async () => {
    await phoneOf(BEN)
    await writes()
    company.jump(2 * SECOND)
    const [one, two] = await Promise.all([claim("one"), claim("two")])
    expect([...one.claims, ...two.claims]).toHaveLength(1)
    const first = one.claims[0] ? "one" : "two"
    const [push] = [...one.claims, ...two.claims]
    company.jump(31 * SECOND)
    const again = await claim("three")
    expect(again.claims).toMatchObject([{ attempt: 2 }])
    expect(await settle(push!, { kind: "sent" }, first)).toEqual({ settled: false })
    expect(await settle(again.claims[0]!, { kind: "sent" }, "three")).toEqual({ settled: true })
  })

  test("nothing goes to a device that was signed out", async () => {
    const phone = await phoneOf(BEN)
    await writes()
    const { accountId, agentId, deviceId } = phone
    await company.run("signOut", { accountId, agentId, deviceId, unavailable: false })
    expect(await goesOut(2 * SECOND)).toEqual([])
  })
})
