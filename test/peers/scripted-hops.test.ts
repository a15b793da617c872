import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE } from "../../shared/words/time.ts"
import { mailOf } from "../kit/mail-relay.ts"
import { type ScriptedSmtp, startScriptedSmtp } from "../kit/smtp-script.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { until } from "../kit/until.ts"
import { handIn, keeper, PATIENCE_MS } from "./kit/peer.ts"
import { ANNAS_NAME, DOMAIN, openTown, type Town, UNTIL_NOTICE } from "./kit/town.ts"

/** What no mail program does on purpose: a server that says what it is told to. */
const AGENTS = "127.0.0.3"
const CUSTOMERS = "127.0.0.2"

let town: Town
let hop: ScriptedSmtp
let customers: SmtpSink

/** Answers at RCPT, by local part; what is not here is taken. */
const atRcpt = new Map<string, string>()
let dropsAfterDot = 0

const { keep, closeAll } = keeper()

beforeEach(async () => {
  atRcpt.clear()
  dropsAfterDot = 0
  town = await keep(openTown())
  town.settle("lamplight.example", AGENTS)
  town.settle("customer.example", CUSTOMERS)
  town.dns.zone["customer.example"]!.TXT = ["v=spf1 ip4:127.0.0.1 -all"]
  customers = await keep(startSmtpSink({ host: CUSTOMERS, port: town.port }))
  hop = await keep(
    startScriptedSmtp({
      host: AGENTS,
      port: town.port,
      answer: (line) => {
        const who = /^RCPT TO:<(\w+)@/.exec(line)?.[1]
        if (who) return atRcpt.get(who)
        if (line !== "." || dropsAfterDot === 0) return undefined
        dropsAfterDot -= 1
        return "hang up"
      },
    }),
  )
})

afterEach(closeAll)

const messageId = (mail: string): string => /^Message-ID: (.*)$/im.exec(mail)?.[1]?.trim() ?? ""

test("a hop that drops after the dot gets the same mail again, and it counts once", async () => {
  dropsAfterDot = 1
  const conversationId = await town.visitorWrites("Do you deliver to Brno?")
  await town.pass(UNTIL_NOTICE)
  await until("the first try is over", () => hop.mails.length === 1 && dropsAfterDot === 0, PATIENCE_MS)
  const isDelivered = async (): Promise<boolean> => {
    await town.pass(6 * MINUTE)
    const { verdicts } = await town.view(conversationId)
    return verdicts.some(({ reason }) => reason.code === "delivered")
  }
  await until("a later try is taken", isDelivered, PATIENCE_MS)
  const notices = hop.mails.filter((mail) => mail.includes("Do you deliver to Brno?"))
  expect(notices).toHaveLength(2)
  expect(new Set(notices.map(messageId)).size).toBe(1)
  const { deliveries } = await town.view(conversationId)
  expect(deliveries.map(({ state, attempts }) => [state, attempts])).toEqual([["delivered", 2]])
})

test("recipients at one hop fare each in their own way", async () => {
  const { relay, company } = town
  await relay.addAgent(company, "Ben", "ben@lamplight.example")
  await relay.addAgent(company, "Carol", "carol@lamplight.example")
  atRcpt.set("ben", "550 5.1.1 no such user here")
  atRcpt.set("carol", "450 4.2.1 this mailbox rests, try later")
  const conversationId = await town.visitorWrites("Do you deliver to Brno?")
  await town.pass(UNTIL_NOTICE)
  const codes = async () => {
    const { verdicts } = await town.view(conversationId)
    return Object.fromEntries(verdicts.map(({ agentName, reason }) => [agentName, reason.code]))
  }
  await until(
    "all three are judged",
    async () => !Object.values(await codes()).some((code) => code === "sent-to" || code === "waiting"),
    PATIENCE_MS,
  )
  expect(await codes()).toEqual({ Anna: "delivered", Ben: "address-wrong", Carol: "deferred" })
  atRcpt.delete("carol")
  await town.pass(6 * MINUTE)
  await until("Carol's turn", async () => (await codes()).Carol === "delivered", PATIENCE_MS)
  expect(await codes()).toEqual({ Anna: "delivered", Ben: "address-wrong", Carol: "delivered" })
})

test("a mail to two names: one gets it once, the sender hears of the other alone", async () => {
  await town.relay.addAgent(town.company, "Ben", "ben@lamplight.example")
  atRcpt.set("ben", "550 5.1.1 no such user here")
  const raw = mailOf({ To: `<${ANNAS_NAME}>, <ben@${DOMAIN}>` })
  const letter = { from: "jana@customer.example", to: [ANNAS_NAME, `ben@${DOMAIN}`], raw }
  expect(await handIn("127.0.0.1", town.relay.smtpPort, letter)).toMatch(/^250 /)
  const [report] = await customers.received(1)
  expect(report!.to).toEqual(["jana@customer.example"])
  const text = report!.raw.toString()
  expect(text).toMatch(/^Final-Recipient: rfc822; ben@chat\.lamplight\.example\r$/m)
  expect(text).toMatch(/^Status: 5\.1\.1\r$/m)
  expect(text).not.toContain(`Final-Recipient: rfc822; ${ANNAS_NAME}`)
  await until("Anna has it", () => hop.mails.some((mail) => mail !== ""), PATIENCE_MS)
  await town.pass(6 * MINUTE)
  // DATA was on its way before the refusal came; who then hears 354 ends an empty mail (RFC 2920 3.1)
  const whole = hop.mails.filter((mail) => mail !== "")
  expect(whole.map(messageId)).toEqual([messageId(raw.toString())])
  expect(customers.mails).toHaveLength(1)
})
