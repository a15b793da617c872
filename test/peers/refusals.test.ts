import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { MINUTE } from "../../shared/words/time.ts"
import { until } from "../kit/until.ts"
import { startDovecot } from "./kit/dovecot.ts"
import { keeper, mailsOf, PATIENCE_MS, type Peer } from "./kit/peer.ts"
import { type PostfixPlan, startPostfix } from "./kit/postfix.ts"
import { startPostgrey } from "./kit/postgrey.ts"
import { ANNA, DOMAIN, openTown, type Town, UNTIL_NOTICE } from "./kit/town.ts"

/** An agent's mail server that does not want our mail, or not yet, or has no room for it. */
const AGENTS = "127.0.0.3"

let town: Town

const { keep, closeAll } = keeper()

beforeEach(async () => {
  town = await keep(openTown())
  town.settle("lamplight.example", AGENTS)
})

afterEach(closeAll)

const postfix = (main: string, more: Partial<PostfixPlan> = {}): Promise<Peer> => {
  const plan = { address: AGENTS, port: town.port, domain: "lamplight.example", users: ["anna"] }
  return keep(startPostfix({ ...plan, routes: { [DOMAIN]: town.toRelay }, main, ...more }))
}

const notice = async () => {
  const conversationId = await town.visitorWrites("Do you deliver to Brno?")
  await town.pass(UNTIL_NOTICE)
  return conversationId
}

describe("a full mailbox of Dovecot behind Postfix", () => {
  test("found out after Postfix took the mail: its report is the verdict", async () => {
    const dovecot = await keep(startDovecot(1))
    await postfix(`virtual_transport = lmtp:${dovecot.lmtp}`)
    const { reason } = await town.verdict(await notice(), "mailbox-full")
    expect(reason).toMatchObject({
      address: ANNA,
      bounced: true,
      answer: expect.stringMatching(/Quota exceeded \(mailbox for user is full\)/),
    })
    expect(dovecot.mails("anna")).toEqual([])
  })

  test("asked by Postfix at RCPT: 552 is the verdict", async () => {
    const dovecot = await keep(startDovecot(1))
    await postfix(
      `virtual_transport = lmtp:${dovecot.lmtp}\nsmtpd_recipient_restrictions = check_policy_service ${dovecot.quotaStatus}`,
    )
    const { reason } = await town.verdict(await notice(), "mailbox-full")
    expect(reason).toMatchObject({ address: ANNA, answer: expect.stringMatching(/^552 5\.2\.2 /) })
    expect(reason, dovecot.log()).not.toHaveProperty("bounced")
  })

  test("with room there is none of it", async () => {
    const dovecot = await keep(startDovecot(1000))
    await postfix(
      `virtual_transport = lmtp:${dovecot.lmtp}\nsmtpd_recipient_restrictions = check_policy_service ${dovecot.quotaStatus}`,
    )
    const conversationId = await notice()
    await until("the notice in the mailbox", () => dovecot.mails("anna").length > 0, PATIENCE_MS)
    await town.verdict(conversationId, "delivered")
  })
})

describe("a Postfix that blocks us is domain-blocked", () => {
  test.each([
    [
      "by a block list",
      "smtpd_client_restrictions = check_client_access inline:{{127.0.0.1 = 554 5.7.1 Service unavailable; " +
        "Client host [127.0.0.1] blocked using zen.spamhaus.org}}",
      /^554 5\.7\.1 .*blocked using zen\.spamhaus\.org/,
    ],
    [
      "by our domain's name",
      `smtpd_sender_restrictions = check_sender_access inline:{{${DOMAIN} = 554 5.7.1 domain blocked by our policy}}`,
      /^554 5\.7\.1 .*Sender address rejected: domain blocked/,
    ],
  ])("%s", async (_, main, answer) => {
    await postfix(main)
    const { reason } = await town.verdict(await notice(), "domain-blocked")
    expect(reason).toMatchObject({ address: ANNA, answer: expect.stringMatching(answer) })
  })
})

test("greylisted by postgrey, the notice is put off, and comes with a later try", async () => {
  const postgrey = await keep(startPostgrey())
  const server = await postfix(
    `smtpd_recipient_restrictions = check_policy_service ${postgrey.service}, permit_mynetworks`,
  )
  const conversationId = await notice()
  const { reason } = await town.verdict(conversationId, "deferred")
  expect(reason).toMatchObject({
    why: "greylisted",
    answer: expect.stringMatching(/^450 4\.2\.0 .*Greylisted/),
  })
  expect(server.mails("anna")).toEqual([])
  const isDelivered = async (): Promise<boolean> => {
    await town.pass(6 * MINUTE)
    const { verdicts } = await town.view(conversationId)
    return verdicts.some((verdict) => verdict.reason.code === "delivered")
  }
  await until("a later try is taken", isDelivered, PATIENCE_MS)
  const mails = await mailsOf(server, "anna", 1)
  expect(mails.filter((mail) => mail.includes("Do you deliver to Brno?"))).toHaveLength(1)
})
