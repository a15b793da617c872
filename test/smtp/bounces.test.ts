import { afterEach, describe, expect, test } from "vitest"
import type { Actions } from "../../relay/actions/index.ts"
import { runCommand } from "../../relay/cli/index.ts"
import type { HandClock } from "../../relay/clock.ts"
import type { InputOf } from "../../relay/store/store.ts"
import type { DeliveryId } from "../../shared/words/ids.ts"
import { DAY, HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { reportOf, sendBack } from "../kit/bounce.ts"
import { mailOf, startMailRelay } from "../kit/mail-relay.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { type SinkMail, type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"

/** What comes to the envelope sender of our mails, over real SMTP. */

const D = "porchlight.localhost"
const FULL = { status: "5.2.2", diagnostic: "552 5.2.2 Mailbox full" }

let relay: TestRelay
let sink: SmtpSink
let company: Company
let clock: HandClock

afterEach(async () => {
  await relay.stop()
  await sink.close()
})

const run = <Name extends keyof Actions & string>(name: Name, input: InputOf<Actions[Name]>) =>
  relay.store.run(name, input, clock.now())

/** A relay whose one mail the next server has taken: an invitation to Ben. */
const sent = async (store: (typeof STORES)[number]): Promise<{ mail: SinkMail; id: DeliveryId }> => {
  sink = await startSmtpSink()
  clock = testClock()
  relay = await startRelay({ store, clock, outbound: `smtp://127.0.0.1:${sink.port}` })
  company = await relay.setUp()
  const { accountId, agentId: by } = company
  const ben = { name: "Ben", address: "ben@customer.example", role: "agent" } as const
  await run("inviteAgent", { accountId, by, ...ben, groups: [] })
  const mail = await until("the mail to go out", async () => {
    await relay.pass(SECOND)
    return sink.mails[0]
  })
  const id = await until("the mail to be settled", async () => {
    const [row] = await run("listDeliveries", { accountId: company.accountId, limit: 1 })
    return row?.state === "delivered" ? row.id : undefined
  })
  return { mail, id }
}

const read = async (id: DeliveryId) => {
  const { state, answer, settledAt } = await run("readDelivery", { id })
  return { state, answer, settledAt }
}

const databaseOf = (): Record<string, string> =>
  relay.config.databaseUrl === null ? {} : { PORCHLIGHT_DATABASE_URL: relay.config.databaseUrl }

const back = (to: string, raw: string, from = ""): Promise<string> => sendBack(relay.smtpPort, to, raw, from)

describe.each(STORES)("reports on %s", (kind) => {
  test("a failure settles the mail as failed, once", async () => {
    const { mail, id } = await sent(kind)
    expect(await back(mail.from, reportOf(mail, FULL))).toBe("250 2.6.0 Stored")
    const failed = await read(id)
    expect(failed).toEqual({
      state: "failed",
      answer: "552 5.2.2 Mailbox full",
      settledAt: clock.now(),
    })
    await relay.pass(MINUTE)
    const second = { status: "5.1.1", diagnostic: "550 5.1.1 User unknown" }
    expect(await back(mail.from, reportOf(mail, second))).toBe("250 2.6.0 Stored")
    expect(await read(id)).toEqual(failed)
    // Both are kept, and shown to operators.
    expect((await run("readDelivery", { id })).reports).toMatchObject([
      { action: "failed", effect: "failed", outcome: "mailbox-full", answer: "552 5.2.2 Mailbox full" },
      { action: "failed", effect: "repeated", outcome: "address-wrong" },
    ])
    let shown = ""
    const out = (text: string) => {
      shown += text
    }
    const env = { PORCHLIGHT_DATA: relay.config.data, ...databaseOf() }
    await runCommand(["queue", "show", id], { env, out, err: out, ended: Promise.resolve() })
    expect(shown).toMatch(/^ {2}report {7}.*: failed 552 5\.2\.2 Mailbox full$/m)
    expect(shown).toMatch(/^ {2}report {7}.*: failed \(repeated\) 550 5\.1\.1 User unknown$/m)
  })

  test("the address is taken in either case, and from senders that are not null", async () => {
    const { mail, id } = await sent(kind)
    const raw = reportOf(mail, FULL)
    expect(await back(mail.from.toUpperCase(), raw, "postmaster@customer.example")).toBe("250 2.6.0 Stored")
    expect(await read(id)).toMatchObject({ state: "failed" })
  })

  test("what tells of no failure, or of another mail, changes nothing", async () => {
    const { mail, id } = await sent(kind)
    const before = await read(id)
    const others = [
      reportOf(mail, { status: "4.4.1", diagnostic: "connect: Connection refused", action: "delayed" }),
      reportOf(mail, { status: "2.0.0", diagnostic: "250 2.0.0 Saved", action: "delivered" }),
      reportOf(mail, { ...FULL, address: "somebody@else.example", messageId: "<1@else.example>" }),
      `From: ben@customer.example\r\nSubject: Automatic reply: Welcome\r\nAuto-Submitted: auto-replied\r\n\r\nMy mailbox is full.\r\n`,
      `From: ben@customer.example\r\nSubject: Hello\r\n\r\n550 5.1.1 User unknown\r\n`,
      "\r\n",
    ]
    for (const raw of others) expect(await back(mail.from, raw)).toBe("250 2.6.0 Stored")
    expect(await read(id)).toEqual(before)
    // The mail it could have been about: the same report for an alias of the address.
    const alias = reportOf(mail, { ...FULL, address: "b.smith@inner.customer.example" })
    expect(await back(mail.from, alias)).toBe("250 2.6.0 Stored")
    expect(await read(id)).toMatchObject({ state: "failed" })
  })

  test("an address that was altered, that is of the first version, or expired is nobody's", async () => {
    const { mail, id } = await sent(kind)
    const before = await read(id)
    const token = mail.from.slice(0, mail.from.indexOf("@"))
    const altered = token.slice(0, -1) + (token.endsWith("a") ? "e" : "a")
    for (const wrong of [altered, `b-${id.slice(3)}`, `${token}a`, `b-${"a".repeat(46)}`])
      expect(await back(`${wrong}@${D}`, reportOf(mail, FULL))).toBe("550 5.1.1 No such address here")
    clock.set(clock.now() + 30 * DAY - HOUR)
    expect(await back(mail.from, reportOf(mail, { ...FULL, action: "delayed" }))).toBe("250 2.6.0 Stored")
    clock.set(clock.now() + HOUR)
    expect(await back(mail.from, reportOf(mail, FULL))).toBe("550 5.1.1 No such address here")
    expect(await read(id)).toEqual(before)
  })
})

test("an answer that comes back from the visitor's server: the conversation says whose address it is, and what to do", async () => {
  clock = testClock()
  const town = await startMailRelay({ clock })
  relay = town.relay
  sink = town.sink
  await town.send(mailOf(), `inbox@${D}`)
  const { id: conversationId } = await town.only()
  const { accountId, agentId } = town.company
  const answer = { accountId, agentId, conversationId, key: "k1", text: "Yes, on Tuesdays." }
  await town.run("answerConversation", answer)
  const mail = await until("the answer to go out", async () => {
    await relay.pass(5 * SECOND)
    return sink.mails.find(({ to }) => to[0] === "jana@customer.example")
  })
  const ofAnswer = async () => (await town.only()).deliveries.find(({ kind }) => kind === "answer")
  await until("it to be settled", async () => (await ofAnswer())?.state === "delivered")
  const said = async (): Promise<string> => {
    let shown = ""
    const out = (text: string) => {
      shown += text
    }
    const env = { PORCHLIGHT_DATA: relay.config.data }
    await runCommand(["why", conversationId], { env, out, err: out, ended: Promise.resolve() })
    return shown
  }
  expect(await said()).not.toContain("the visitor’s address")

  const wrong = { status: "5.1.1", diagnostic: "550 5.1.1 <jana@customer.example> User unknown" }
  expect(await back(mail.from, reportOf(mail, wrong))).toBe("250 2.6.0 Stored")
  expect(await ofAnswer()).toMatchObject({
    state: "failed",
    outcome: "address-wrong",
    bouncedAt: clock.now(),
    to: "jana@customer.example",
  })
  expect(await said()).toMatch(
    /The address jana@customer\.example does not exist; .*User unknown”\. The server took it at first[\s\S]*→ That is the visitor’s address, and they know of no answer/,
  )
})
