import { dkimVerify } from "mailauth/lib/dkim/verify.js"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type HandClock, handClock } from "../../relay/clock.ts"
import { readConfig } from "../../relay/config.ts"
import type { House } from "../../relay/house.ts"
import { silentLog } from "../../relay/log.ts"
import { bounceAddress } from "../../relay/mail/addresses.ts"
import { makeBounceKeys, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import type { MailContent } from "../../relay/mail/content.ts"
import { type DkimKeys, makeDkimKeys, readDkimKeys } from "../../relay/mail/dkim-keys.ts"
import { dkimRecords } from "../../relay/mail/dns.ts"
import { signMail } from "../../relay/mail/sign.ts"
import { openTransport, type Transport } from "../../relay/mail/transport.ts"
import type { Store } from "../../relay/store/store.ts"
import { startDelivering } from "../../relay/work/deliver.ts"
import type { Loop } from "../../relay/work/loops.ts"
import type { AccountId, DeliveryId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { openTestStore, STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { code, notice } from "../mail/sample-mails.ts"
import type { actions as queueActions } from "./queue-actions.ts"

type Actions = typeof queueActions
const ACTIONS_URL = new URL("./queue-actions.ts", import.meta.url)
const START = Date.UTC(2026, 10, 21, 12)
const BOUNCE = readBounceKeys(makeBounceKeys(START))
const CONFIG = readConfig({ PORCHLIGHT_MAIL_DOMAIN: "relay.test" })

describe.each(STORES)("the delivery loop on %s", (kind) => {
  let store: Store<Actions>
  let clock: HandClock
  let sink: SmtpSink
  let transport: Transport
  let keys: DkimKeys
  let accountId: AccountId
  let loops: Loop[]

  beforeEach(async () => {
    store = await openTestStore<Actions>(kind, ACTIONS_URL)
    clock = handClock(START)
    sink = await startSmtpSink()
    keys = readDkimKeys(await makeDkimKeys(START))
    transport = openTransport(
      { kind: "smtp", host: "127.0.0.1", port: sink.port, secure: false, user: null, pass: null },
      { name: "relay.test" },
    )
    await store.run("startRelay", { relayId: "re_one", mailDomain: "relay.test" }, START)
    ;({ accountId } = await store.run(
      "createAccount",
      { name: "Lumen", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 },
      START,
    ))
    loops = []
  })

  afterEach(async () => {
    await Promise.all(loops.map((loop) => loop.stop()))
    transport.close()
    await sink.close()
    await store.close()
    expect(clock.nextWake()).toBeNull()
  })

  const start = (more: { store?: Store<Actions>; transport?: Transport; relayId?: string } = {}): Loop => {
    const house = { config: CONFIG, clock, log: silentLog(), relayId: "re_one", store, ...more }
    const loop = startDelivering(house as unknown as House, more.transport ?? transport, {
      sign: (raw, domain) => signMail(raw, keys, domain, clock.now()),
      loop: "key",
      bounce: BOUNCE,
    })
    loops.push(loop)
    return loop
  }

  const queue = (to = "ada@example.net", content: MailContent = notice) =>
    store.run(
      "queueMail",
      { accountId, to, kind: content.kind, content: JSON.stringify(content) },
      clock.now(),
    )

  const read = (id: DeliveryId) => store.run("readDelivery", { id }, clock.now())

  /** Waits until a mail is in a state; the state is written by another turn of the loop. */
  const settled = (id: DeliveryId, state: string) =>
    until(`mail ${state}`, async () => {
      const delivery = await read(id)
      return delivery.state === state && delivery
    })

  /** Waits until a mail has been tried so many times and is to be tried again. */
  const putOff = (id: DeliveryId, attempts: number) =>
    until(`try ${attempts} over`, async () => {
      const delivery = await read(id)
      return delivery.state === "queued" && delivery.attempts === attempts && delivery
    })

  it("writes, signs and hands over what is queued, and keeps what the server said", async () => {
    const { id, messageId } = await queue()
    start()
    const delivery = await settled(id, "delivered")
    expect(delivery).toMatchObject({ attempts: 1, answer: "250 2.0.0 kept as 1", nextAt: null })
    const mail = sink.mails[0]!
    expect(mail).toMatchObject({ from: bounceAddress(id, "relay.test", BOUNCE), to: ["ada@example.net"] })
    expect(mail.raw.toString()).toContain(`Message-ID: ${messageId}\r\n`)
    const records = dkimRecords(keys, "relay.test", clock.now())
    const { results } = await dkimVerify(mail.raw, {
      resolver: async (name: string) => [[records.find((record) => record.name === name)?.value ?? ""]],
      curTime: new Date(START + SECOND),
    })
    expect(results.map((result) => result.status.result)).toEqual(["pass", "pass"])
  })

  it("tries again by the table, as the same mail", async () => {
    sink.script.push(
      { kind: "refuse", at: "data", code: 451, text: "4.7.1 Greylisted" },
      { kind: "drop-after-dot" },
    )
    const { id, messageId } = await queue()
    start()
    expect(await putOff(id, 1)).toMatchObject({ nextAt: START + MINUTE })
    clock.set(START + MINUTE - 1)
    clock.set(START + MINUTE)
    expect(await putOff(id, 2)).toMatchObject({ nextAt: START + 6 * MINUTE })
    clock.set(START + 6 * MINUTE)
    expect(await settled(id, "delivered")).toMatchObject({ attempts: 3 })
    expect(sink.mails).toHaveLength(3)
    for (const mail of sink.mails) expect(mail.raw.toString()).toContain(`Message-ID: ${messageId}\r\n`)
  })

  it("sets aside what the server refuses and what nobody can write, while others go on", async () => {
    sink.answerFor.set("gone@example.net", {
      kind: "refuse",
      at: "rcpt",
      code: 550,
      text: "5.1.1 no such user",
    })
    const gone = await queue("gone@example.net")
    const poison = await queue("ada@example.net", { ...notice, language: "xx" as never })
    const crooked = await queue("ada@example.net\r\nRCPT TO:<eve@example.net>")
    const good = await queue("ben@example.net", code)
    start()
    await settled(good.id, "delivered")
    expect(await settled(gone.id, "failed")).toMatchObject({ answer: "550 5.1.1 no such user" })
    expect((await settled(poison.id, "failed")).answer).toContain("could not be written")
    expect((await settled(crooked.id, "failed")).answer).toContain("not an address")
    expect(sink.mails.map((mail) => mail.to)).toEqual([["ben@example.net"]])
  })

  it("lets one server that hangs hold up nobody else, and tries that mail later", async () => {
    sink.answerFor.set("slow@example.net", { kind: "hang" })
    const slow = await queue("slow@example.net")
    const others = await Promise.all(Array.from({ length: 25 }, (_, n) => queue(`a${n}@example.net`)))
    const patience = new AbortController()
    start({
      transport: {
        send: (envelope, raw) => transport.send(envelope, raw, patience.signal),
        close: () => undefined,
      },
    })
    for (const { id } of others) await settled(id, "delivered")
    expect((await read(slow.id)).state).toBe("sending")
    patience.abort()
    expect(await putOff(slow.id, 1)).toMatchObject({ nextAt: START + MINUTE })
  })

  it("sends each mail once when two relays share the queue", async () => {
    const mails = await Promise.all(Array.from({ length: 40 }, (_, n) => queue(`a${n}@example.net`)))
    start({ relayId: "re_one" })
    start({ relayId: "re_two" })
    for (const { id } of mails) await settled(id, "delivered")
    expect(new Set(sink.mails.map((mail) => mail.to[0])).size).toBe(40)
    expect(sink.mails).toHaveLength(40)
  })

  it("finishes what a relay left behind that died in mid-work", async () => {
    const { id, messageId } = await queue()
    await store.run("claimDeliveries", { relayId: "re_dead", limit: 10, leaseMs: MINUTE }, START)
    start()
    clock.set(START + MINUTE - 1)
    expect((await read(id)).state).toBe("sending")
    clock.set(START + MINUTE + SECOND)
    expect(await settled(id, "delivered")).toMatchObject({ attempts: 2 })
    expect(sink.mails).toHaveLength(1)
    expect(sink.mails[0]?.raw.toString()).toContain(messageId)
  })

  it("holds on to a mail that a server looks into for minutes, and nobody else sends it", async () => {
    const answer = Promise.withResolvers<{ kind: "delivered"; server: string; answer: string }>()
    let sends = 0
    const slow: Transport = {
      send: () => {
        sends += 1
        return answer.promise
      },
      close: () => undefined,
    }
    const { id } = await queue()
    start({ transport: slow })
    await until("it is under way", () => sends === 1)
    for (let at = START; at < START + 3 * MINUTE; at += 20 * SECOND) {
      clock.set(at + 20 * SECOND)
      const held = await until("it is held on", async () => {
        const { nextAt } = await read(id)
        return nextAt !== null && nextAt > clock.now() + 30 * SECOND && nextAt
      })
      expect(held).toBeLessThanOrEqual(clock.now() + MINUTE)
      const other = { relayId: "re_two", limit: 10, leaseMs: MINUTE }
      expect((await store.run("claimDeliveries", other, clock.now())).claims).toEqual([])
    }
    answer.resolve({ kind: "delivered", server: "mx.example.net", answer: "250 Ok" })
    expect(await settled(id, "delivered")).toMatchObject({ attempts: 1 })
    expect(sends).toBe(1)
  })

  it("does not send twice because the store was away when a mail had gone out", async () => {
    const { id } = await queue()
    let faults = 2
    const shaky: Store<Actions> = {
      ...store,
      run: (name, input, now) => {
        if (name !== "settleDelivery" || faults === 0) return store.run(name, input, now)
        faults -= 1
        return Promise.reject(new Error("the store is away"))
      },
    }
    start({ store: shaky })
    await sink.received(1)
    await until("the first pause", () => faults === 1)
    clock.advance(SECOND)
    await until("the second pause", () => faults === 0)
    clock.advance(2 * SECOND)
    await settled(id, "delivered")
    expect(sink.mails).toHaveLength(1)
  })

  it("stops when what is under way is settled, and begins nothing more", async () => {
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let sending = 0
    const slow: Transport = {
      send: async (envelope, raw) => {
        sending += 1
        await held
        return transport.send(envelope, raw)
      },
      close: () => undefined,
    }
    const mails = await Promise.all(Array.from({ length: 23 }, (_, n) => queue(`a${n}@example.net`)))
    const loop = start({ transport: slow })
    await until("twenty under way", () => sending === 20)
    const stopped = loop.stop()
    letGo()
    await stopped
    const states = await Promise.all(mails.map(async ({ id }) => (await read(id)).state))
    expect(states.filter((state) => state === "delivered")).toHaveLength(20)
    // Claimed ahead and never begun: the try does not count.
    const waiting = (await Promise.all(mails.map(({ id }) => read(id)))).filter(
      (mail) => mail.state === "queued",
    )
    expect(waiting.map((mail) => mail.attempts)).toEqual([0, 0, 0])
  })

  it("keeps the mail when nothing may leave", async () => {
    const { id, messageId } = await queue()
    start({ transport: openTransport({ kind: "capture" }, { name: "relay.test" }) })
    const delivery = await settled(id, "captured")
    expect(Buffer.from(delivery.raw ?? []).toString()).toContain(`Message-ID: ${messageId}\r\n`)
    expect(sink.connections).toBe(0)
  })
})
