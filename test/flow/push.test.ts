import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { ApiError, api } from "../kit/api.ts"
import { LOOPBACK_CERTIFICATE } from "../kit/loopback-certificate.ts"
import { type PushDevice, type PushService, startPushService } from "../kit/push-service.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

/** A whole relay and a push service that checks signatures and decrypts what comes. */
describe("push to a phone, through a push service", () => {
  let relay: TestRelay
  let service: PushService
  let company: Company
  let beats = 0

  const open = async (env: Record<string, string> = { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.0/8" }) => {
    service = await startPushService()
    relay = await startRelay({ clock: testClock(), authority: LOOPBACK_CERTIFICATE.cert, env })
    company = await relay.setUp()
  }
  beforeEach(() => {
    beats = 0
  })
  afterEach(async () => {
    await relay.stop()
    await service.stop()
  })

  /** Signs in a phone, used just now and in the background. */
  const signInPhone = async (): Promise<{ url: string; token: string }> => {
    const before = (await relay.mailsTo(company.address)).length
    await api(relay, "POST", "/api/sign-in/code", { address: company.address })
    await relay.pass(SECOND)
    const mail = await until("the code", async () => (await relay.mailsTo(company.address))[before])
    const device = { kind: "phone", label: "Chrome on Android (phone)" }
    const code = /\b\d{6}\b/.exec(mail)?.[0]
    const { token } = await api<{ token: string }>(relay, "POST", "/api/sign-in", {
      address: company.address,
      code,
      device,
    })
    return { url: relay.url, token }
  }

  const use = async (phone: { url: string; token: string }): Promise<void> => {
    for (const state of ["active", "idle"]) {
      const beat = { type: "beat", bootId: "boot-0001", seq: ++beats, state, intervalMs: 20_000 }
      await api(phone, "POST", "/api/beat", beat)
    }
  }

  const subscribe = async (phone: { url: string; token: string }): Promise<PushDevice> => {
    const device = service.subscribe("phone")
    await api(phone, "PUT", "/api/me/push", { subscription: device.subscription })
    return device
  }

  const write = async (text: string) => {
    const { accountId, siteId } = company
    const now = relay.clock.now()
    const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
    const { visitorId } = await relay.store.run("createVisitor", visitor, now)
    const message = { accountId, siteId, groupId: null, visitorId, key: `key-${visitorId}`, text, page: null }
    return (await relay.store.run("takeVisitorMessage", message, now)).conversationId
  }

  const stateOf = async (phone: { url: string; token: string }) => {
    const { devices } = await api<ToolbarState>(phone, "GET", "/api/toolbar")
    return devices.find(({ own }) => own)!
  }

  it("arrives encrypted, signed, with few words, a topic and an end; and is taken away when it is opened", async () => {
    await open()
    const phone = await signInPhone()
    const device = await subscribe(phone)
    await use(phone)
    const { key } = await api<{ key: string }>(phone, "GET", "/api/me/push")
    const conversation = await write(`Do you deliver\n\nto Brno? ${"x".repeat(400)}`)
    await relay.pass(3 * SECOND)
    const push = await service.pushTo(device)
    expect(push).toMatchObject({
      urgency: "high",
      topic: conversation,
      key,
      claims: { sub: "mailto:postmaster@porchlight.localhost" },
      payload: { type: "message", lang: "en", conversation, title: "Visitor · Lamplight" },
    })
    expect(push.ttl).toBeGreaterThan(5 * 60)
    expect(push.ttl).toBeLessThanOrEqual(10 * 60)
    const { text } = push.payload as { text: string }
    expect(text).toMatch(/^Do you deliver to Brno\? x+…$/)
    expect(text.length).toBe(160)

    await api(phone, "POST", `/api/conversations/${conversation}/open`, { seq: 1 })
    await relay.pass(SECOND)
    expect(await service.pushTo(device, 2)).toMatchObject({
      topic: conversation,
      payload: { type: "close", conversation },
    })
    await relay.pass(MINUTE)
    expect(service.arrived).toHaveLength(2)
    // Signed by the same key after a restart.
    await relay.restart()
    await api({ ...phone, url: relay.url }, "POST", "/api/me/push/test")
    await relay.pass(SECOND)
    expect(await service.pushTo(device, 3)).toMatchObject({ key, topic: null, payload: { type: "test" } })
  })

  it("is tried again, and its failure is shown; a subscription that is gone holds no light", async () => {
    await open()
    const phone = await signInPhone()
    const device = await subscribe(phone)
    await use(phone)
    service.answer(503, "later")
    await write("Hello?")
    await relay.pass(3 * SECOND)
    await until("a first try", () => service.asked() === 1)
    service.answer(201)
    await relay.pass(6 * SECOND)
    await service.pushTo(device)
    expect(await stateOf(phone)).toMatchObject({ presence: "reachable", push: { on: true, failure: null } })

    service.answer(410, "unsubscribed")
    await write("Anybody?")
    await relay.pass(3 * SECOND)
    const state = await until("the failure is known", async () => {
      const now = await stateOf(phone)
      return now.push?.failure === null ? null : now
    })
    expect(state).toMatchObject({ push: { on: false, failure: "gone", answer: "410 unsubscribed" } })
    expect(state.presence).not.toBe("reachable")
    expect(relay.logged.some(({ msg }) => msg === "push not out")).toBe(true)
  })

  it("goes only to https places on public addresses", async () => {
    await open({})
    const phone = await signInPhone()
    const { keys } = service.subscribe("phone").subscription
    const refusal = (endpoint: string) =>
      api(phone, "PUT", "/api/me/push", { subscription: { endpoint, keys } }).then(
        () => "taken",
        (error: ApiError) => `${error.status} ${error.message}`,
      )
    for (const endpoint of [
      service.url,
      "https://[::1]/x",
      "https://10.1.2.3/x",
      "https://[::ffff:127.0.0.1]/x",
    ])
      expect(await refusal(endpoint)).toMatch(/400 .*private network.*PORCHLIGHT_PRIVATE_TARGETS/)
    expect(await refusal("https://localhost/x")).toMatch(/400 .*private network/)
    for (const endpoint of ["http://203.0.114.1/x", "https://me:pass@203.0.114.1/x", "ftp://203.0.114.1/x"])
      expect(await refusal(endpoint)).toMatch(/400 .*https:\/\//)
    expect(await refusal("https://8.8.8.8/x")).toBe("taken")
    const bad = { endpoint: "https://8.8.8.8/x", keys: { p256dh: "short", auth: "a" } }
    await expect(api(phone, "PUT", "/api/me/push", { subscription: bad })).rejects.toThrow(ApiError)
    expect(service.asked()).toBe(0)
  })
})

describe("push by two relays on one database", () => {
  it("goes out once, whichever of them sends it", async () => {
    const service = await startPushService()
    const options = {
      store: "postgres",
      authority: LOOPBACK_CERTIFICATE.cert,
      env: { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.0/8" },
    } as const
    const relay = await startRelay(options)
    const second = await startRelay({ ...options, beside: relay })
    try {
      const { accountId, siteId } = await relay.setUp()
      const tab = { url: second.url, token: await relay.signIn() }
      const device = service.subscribe("tab")
      await api(tab, "PUT", "/api/me/push", { subscription: device.subscription })
      for (const [seq, state] of ["active", "idle"].entries()) {
        const beat = { type: "beat", bootId: "boot-0001", seq, state, intervalMs: 20_000 }
        await api(tab, "POST", "/api/beat", beat)
      }
      const run = relay.store.run
      const visitor = { accountId, siteId, language: "en", zone: "UTC" } as const
      const messages = 4
      for (let message = 0; message < messages; message++) {
        const { visitorId } = await run("createVisitor", visitor, relay.clock.now())
        const given = { accountId, siteId, groupId: null, visitorId, key: `key-0000000${message}` }
        await run("takeVisitorMessage", { ...given, text: "Hello?", page: null }, relay.clock.now())
      }
      await service.pushTo(device, messages)
      await until("all are settled", async () => {
        const { nextAt } = await run(
          "claimPushes",
          { relayId: "looks", limit: 0, leaseMs: 0 },
          relay.clock.now(),
        )
        return nextAt !== null && nextAt > relay.clock.now() + MINUTE
      })
      expect(new Set(service.arrived.map(({ topic }) => topic)).size).toBe(messages)
      expect(service.arrived).toHaveLength(messages)
      // Signed by one key, whoever made it.
      expect(new Set(service.arrived.map(({ key }) => key)).size).toBe(1)
    } finally {
      await second.stop()
      await relay.stop()
      await service.stop()
    }
  })
})
