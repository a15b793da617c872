import { expect } from "vitest"
import type { ReasonCode } from "../../../shared/words/reasons.ts"
import { SECOND } from "../../../shared/words/time.ts"
import { type Report, reportOf, sendBack } from "../../kit/bounce.ts"
import type { SinkMail } from "../../kit/smtp-sink.ts"
import { until } from "../../kit/until.ts"
import type { Row } from "./rows.ts"
import type { Seen, Situation } from "./situation.ts"
import type { Company } from "./town.ts"

/** Situations in which the next server took a mail, and a report came back. */

interface Came {
  row: Row
  title: string
  code: ReasonCode
  report: Report
  facts?: Record<string, unknown>
  says?: (string | RegExp)[]
}

/** The notice to an agent as the next server has it; the sign-in code came before. */
const noticeTo = (company: Company, address: string): Promise<SinkMail> =>
  until("the notice", () =>
    company.town.sink?.mails.findLast(
      (mail) => mail.to.includes(address) && mail.raw.includes("Do you deliver to Brno?"),
    ),
  )

const bounced = async (company: Company, report: Report): Promise<Seen> => {
  const [agent] = company.team
  await company.toolbar(agent!)
  const seq = await company.write()
  await company.pass(15 * SECOND)
  const mail = await noticeTo(company, agent!.address)
  const { smtpPort } = company.town.relay
  expect(await sendBack(smtpPort, mail.from, reportOf(mail, report))).toMatch(/^250 /)
  return { agent: agent!, seq }
}

const REPORTS: Came[] = [
  {
    row: "the mailbox is full",
    title: "said by a report",
    code: "mailbox-full",
    report: { status: "5.2.2", diagnostic: "552 5.2.2 <ada> Quota exceeded (mailbox for user is full)" },
    facts: { nextAt: null, server: "inner.customer.example" },
    says: ["Quota exceeded"],
  },
  {
    row: "address does not exist",
    title: "said by a report",
    code: "address-wrong",
    report: { status: "5.1.1", diagnostic: "550 5.1.1 User unknown in virtual mailbox table" },
    says: ["User unknown"],
  },
  {
    row: "the mail server blocks the relay's domain",
    title: "said by a report",
    code: "domain-blocked",
    report: {
      status: "5.7.1",
      diagnostic: "554 5.7.1 Client host [203.0.113.7] blocked using zen.spamhaus.org",
    },
    says: ["Spamhaus", "203.0.113.7", "chat.example.com"],
  },
  {
    row: "the server refused it",
    title: "as spam, said by a report",
    code: "refused",
    report: { status: "5.7.1", diagnostic: "550 5.7.1 Spam message rejected" },
    facts: { kind: "policy" },
  },
  {
    row: "the server refused it",
    title: "too large, said by a report",
    code: "refused",
    report: { status: "5.3.4", diagnostic: "552 5.3.4 Message size exceeds fixed maximum message size" },
    facts: { kind: "too-large" },
  },
  {
    row: "the server refused it",
    title: "nobody answered further on, said by a report",
    code: "refused",
    report: {
      status: "4.4.1",
      diagnostic: "connect to inner.customer.example[192.0.2.20]:25: Connection timed out",
    },
    facts: { kind: "unreachable" },
    says: ["Connection timed out"],
  },
  {
    row: "the server refused it",
    title: "for no reason that is known, said by a report",
    code: "refused",
    report: { status: "5.0.0", diagnostic: "554 Transaction failed" },
    facts: { kind: "unknown" },
  },
]

/** Ada's address keeps failing, and office@ stands in for it. */
const fallenBack = async (company: Company): Promise<Seen> => {
  const { accountId, run, codeFor } = company
  const { clock } = company.town
  const [agent] = company.team
  const office = `office@${company.domain}`
  await company.toolbar(agent!)
  await run("askAddress", { accountId, by: "Ada", address: office }, clock.now())
  const code = await codeFor(office)
  await run("confirmAddress", { accountId, by: "Ada", address: office, code }, clock.now())
  await company.ask(agent!, "PUT", "/api/mail/destinations/fallback", {
    address: agent!.address,
    fallback: office,
  })
  // The code that she signed in with is there before it is full.
  await until("the sign-in code", () =>
    company.town.sink?.mails.some(({ to }) => to.includes(agent!.address)),
  )
  company.answer(agent!.address, { kind: "refuse", at: "rcpt", code: 552, text: "5.2.2 Mailbox full" })
  let seq = 0
  for (let mails = 1; mails <= 4; mails += 1) {
    seq = await company.write(`Message ${mails}`)
    await company.pass(15 * SECOND)
    const { address, code: said } = await until(`what became of mail ${mails}`, async () => {
      const { verdicts } = await company.view(agent!)
      const reason = verdicts.find((one) => one.seq === seq)?.reason
      return reason?.code === "mailbox-full" || reason?.code === "delivered" ? reason : undefined
    })
    expect([address, said]).toEqual(mails < 4 ? [agent!.address, "mailbox-full"] : [office, "delivered"])
  }
  return { agent: agent!, seq }
}

const FALLBACK: Situation = {
  row: "it is in the spam folder",
  title: "it went to the fallback, as the usual address keeps failing",
  code: "delivered",
  stage: fallenBack,
  facts: (_, company) => ({
    address: `office@${company.domain}`,
    route: { via: "fallback", setBy: "Ada", setAt: expect.any(Number), forWhom: ["Ada"] },
  }),
  says: (_, company) => [`office@${company.domain}`, "Ada"],
}

const REPORTED = REPORTS.map(
  ({ row, title, code, report, facts, says }): Situation => ({
    row,
    title,
    code,
    stage: (company) => bounced(company, report),
    facts: ({ agent }) => ({ address: agent.address, bounced: true, at: expect.any(Number), ...facts }),
    says: () => [...(says ?? [])],
  }),
)

export const BOUNCED: Situation[] = [...REPORTED, FALLBACK]
