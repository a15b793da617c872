import { afterEach, describe, expect, test } from "vitest"
import { BOUNCE_SECRET, bounceToken, makeBounceKeys, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import { standingAt } from "../../shared/insight/holders.ts"
import type { AccountId } from "../../shared/words/ids.ts"
import { DAY, HOUR, SECOND } from "../../shared/words/time.ts"
import { proven } from "../kit/auth.ts"
import { STORES, type StoreKind } from "../kit/stores.ts"
import { type Company, openCompany } from "./company.ts"

/** History is kept for so long, and no longer; what is left is whole. */

const open: Company[] = []
const openKept = async (kind: StoreKind): Promise<Company> => {
  const company = await openCompany(kind)
  open.push(company)
  return company
}
afterEach(async () => {
  for (const company of open.splice(0)) await company.close()
})

/** Sweeps in pieces until nothing old is left, as the loop does. Gives how many events went. */
const sweep = async (company: Company, keepMs: number, limit = 500): Promise<number> => {
  let after: AccountId | "" = ""
  let removed = 0
  for (;;) {
    const piece: { removed: number; next: AccountId | "" | null } = await company.run("sweepHistory", {
      keepMs,
      after,
      limit,
    })
    removed += piece.removed
    if (piece.next === null) return removed
    after = piece.next
  }
}

const events = ({ run, accountId }: Company) => run("readEvents", { accountId, after: 0, limit: 1000 })

describe.each(STORES)("old history on %s", (kind) => {
  test("goes; how things stood where what is kept begins stays known", async () => {
    const company = await openKept(kind)
    const { accountId, adaId } = company
    const device = await company.signIn("ada@lamps.example")
    await company.beat(device)
    await company.run("setIntent", { accountId, agentId: adaId, intent: "busy", version: 1 })
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "Hello?")
    await company.run("endDevice", { accountId, deviceId: device.deviceId, bootId: null })
    await company.pass(HOUR)
    await company.beat(device)
    const online = company.now()
    company.jump(10 * DAY)
    await company.run("signRelay", { relayId: "relay" })
    const before = await events(company)

    expect(await sweep(company, DAY, 3)).toBeGreaterThan(5)
    const after = await events(company)
    expect(after.cursor).toBe(before.cursor)
    expect(after.sweptTo).toBeGreaterThan(0)
    const old = after.events.filter((event) => event.cursor <= after.sweptTo)
    expect(old.map((event) => event.kind).sort()).toEqual(["intent", "light", "presence"])
    expect(old.find((event) => event.kind === "intent")).toMatchObject({ intent: "busy" })

    const { events: seen } = before
    const kept = seen.filter((event) => event.cursor > after.sweptTo)
    expect(after.events.filter((event) => event.cursor > after.sweptTo)).toEqual(kept)
    const view = await company.run("readTimeline", { accountId, from: online, to: company.now() })
    expect(view.keptFrom).toBeGreaterThan(online)
  })

  test("of several sweeps each subject's last event is what remains", async () => {
    const company = await openKept(kind)
    const { accountId, adaId } = company
    for (const [index, intent] of (["busy", "unavailable", "available"] as const).entries()) {
      await company.run("setIntent", { accountId, agentId: adaId, intent, version: index + 1 })
      await company.pass(10 * SECOND)
      await sweep(company, SECOND, 1)
    }
    const { events: left } = await events(company)
    const intents = left.filter((event) => event.kind === "intent")
    expect(intents.map((event) => event.intent)).toEqual(["available"])
  })

  test("negative control: what is young stays, and messages, verdicts and mails always do", async () => {
    const company = await openKept(kind)
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "Hello?")
    await company.pass(HOUR)
    const before = await events(company)
    expect(await sweep(company, DAY)).toBe(0)
    expect(await events(company)).toEqual(before)
    const told = await company.run("why", { conversationId })
    await company.pass(HOUR)
    expect(await sweep(company, SECOND)).toBeGreaterThan(0)
    expect(await company.run("why", { conversationId })).toEqual(told)
  })

  test("two relays that sweep at once leave what one would", async () => {
    const company = await openKept(kind)
    const { accountId, adaId } = company
    for (let version = 1; version < 10; version++) {
      const intent = version % 2 ? "busy" : "available"
      await company.run("setIntent", { accountId, agentId: adaId, intent, version })
    }
    await company.pass(HOUR)
    const [one, other] = await Promise.all([sweep(company, SECOND, 2), sweep(company, SECOND, 2)])
    expect(one + other).toBeGreaterThanOrEqual(8)
    const { events: left } = await events(company)
    expect(left.filter((event) => event.kind === "intent")).toHaveLength(1)
  })

  test("what was so before the sweep is told alike after it", async () => {
    const company = await openKept(kind)
    const { accountId } = company
    const device = await company.signIn("ada@lamps.example")
    await company.beat(device)
    const end = company.now() + 2 * HOUR
    while (company.now() < end) {
      await company.pass(30 * SECOND)
      await company.beat(device)
    }
    const read = () =>
      company.run("readTimeline", { accountId, from: company.now() - HOUR, to: company.now() })
    // Something young, so that what is kept begins somewhere.
    await company.run("setIntent", { accountId, agentId: company.adaId, intent: "busy", version: 1 })
    await company.pass(10 * SECOND)
    await company.beat(device)
    const at = company.now() - SECOND
    const before = standingAt(await read(), at)
    expect(before?.on).toBe(true)
    await sweep(company, 20 * SECOND)
    expect(standingAt(await read(), at)).toEqual(before)
  })
})

describe.each(STORES)("forwarded mails on %s", (kind) => {
  test("go when no report about them can come any more; not while one of their deliveries is under way", async () => {
    const company = await openKept(kind)
    const { accountId, adaId } = company
    const to = [{ accountId, agentId: adaId, address: "ada@porchlight.test" }]
    const forward = (subject: string) =>
      company.run("acceptForward", {
        mail: {
          ...{ envelopeFrom: "jana@customer.example", from: "jana@customer.example", subject },
          ...{ messageId: `<${subject}@customer.example>`, automatic: false, auth: null },
          raw: new Uint8Array([1, 2, 3]),
        },
        to,
      })
    await forward("dropped")
    await forward("held")
    const mails = await company.run("listDeliveries", { accountId, limit: 10 })
    const idOf = (subject: string) => mails.find((mail) => mail.subject === subject)!.id
    const by = "operator"
    await company.run("dropDelivery", { accountId, id: idOf("dropped"), by, note: "not wanted" })
    await company.run("holdMail", { accountId, id: idOf("held"), by, note: "later" })
    company.jump(29 * DAY)
    expect(await company.run("sweepMails", { limit: 10 })).toEqual({ removed: 0, more: false })
    company.jump(2 * DAY)
    expect(await company.run("sweepMails", { limit: 10 })).toEqual({ removed: 1, more: false })
    expect(await company.run("sweepMails", { limit: 10 })).toEqual({ removed: 0, more: false })
  })

  test("leave reports and counts behind, which go as well, at most so many in a turn", async () => {
    const company = await openKept(kind)
    const { accountId, adaId } = company
    const to = [{ accountId, agentId: adaId, address: "ada@porchlight.test" }]
    const from = "jana@customer.example"
    await company.run("acceptForward", {
      mail: {
        ...{
          envelopeFrom: from,
          from,
          subject: "Lamps",
          messageId: "<1@customer.example>",
          automatic: false,
        },
        ...{ auth: proven("customer.example", "spf"), raw: new Uint8Array([1, 2, 3]) },
      },
      to,
    })
    const claim = { relayId: "relay", limit: 10, leaseMs: HOUR }
    const { claims } = await company.run("claimDeliveries", claim)
    const { id } = claims.find((one) => one.kind === "forward")!
    const make = makeBounceKeys(company.now())
    const { value } = await company.run("readSecret", { name: BOUNCE_SECRET, make })
    const token = bounceToken(id, readBounceKeys(value))
    const recipient = {
      address: "ada@lamps.example",
      original: null,
      action: "failed",
      status: "5.1.1",
    } as const
    const recipients = [{ ...recipient, diagnostic: "550 5.1.1 no such user", server: null }]
    const report = { kind: "report", form: "rfc3464", recipients, originalId: null } as const
    for (let n = 0; n < 3; n += 1)
      await company.run("takeBounce", { token, raw: Buffer.from("as it came"), report })
    const reports = async () => (await company.run("readDelivery", { id })).reports.length
    company.jump(DAY)
    expect(await company.run("sweepMails", { limit: 2 })).toEqual({ removed: 0, more: false })
    company.jump(2 * DAY)
    // how often Jana was told
    expect(await company.run("sweepMails", { limit: 2 })).toEqual({ removed: 1, more: false })
    company.jump(28 * DAY)
    expect(await reports()).toBe(3)
    expect((await company.run("sweepMails", { limit: 2 })).more).toBe(true)
    expect(await reports()).toBe(1)
    expect((await company.run("sweepMails", { limit: 2 })).more).toBe(false)
    expect(await reports()).toBe(0)
  })
})
