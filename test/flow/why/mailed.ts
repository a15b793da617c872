import { expect } from "vitest"
import type { ReasonCode } from "../../../shared/words/reasons.ts"
import { DAY, SECOND } from "../../../shared/words/time.ts"
import type { SinkAnswer } from "../../kit/smtp-sink.ts"
import { until } from "../../kit/until.ts"
import type { Row } from "./rows.ts"
import type { Seen, Situation } from "./situation.ts"
import type { Company } from "./town.ts"

/** Situations in which a mail was made: what the next server says to it, and where it went. */

/** The agent's verdict is told of the mail's fate as soon as the server has spoken. */
const toldOf = async (company: Company, seen: Seen, code: ReasonCode): Promise<Seen> => {
  await until(`a verdict ${code}`, async () => {
    const { verdicts } = await company.view(seen.viewer ?? seen.agent)
    return verdicts.some((one) => one.agentId === seen.agent.id && one.reason.code === code) || undefined
  })
  return seen
}

/** Nobody is there, and the next server answers a notice to Ada as it is told. */
const sent = async (company: Company, answer: SinkAnswer, code: ReasonCode): Promise<Seen> => {
  const [agent] = company.team
  // Her sign-in code goes through before.
  await company.toolbar(agent!)
  company.answer(agent!.address, answer)
  const seq = await company.write()
  await company.pass(15 * SECOND)
  return toldOf(company, { agent: agent!, seq }, code)
}

/** What every mail of Ada's company is found by. */
const MAIL = {
  sender: "Jana · Lamps",
  from: expect.stringMatching(/^r-[a-z2-7]+@chat\.example\.com$/),
  subject: "Do you deliver to Brno?",
  messageId: expect.stringMatching(/^<dl\.[a-z2-7]+@chat\.example\.com>$/),
  envelopeFrom: expect.stringMatching(/^b-[a-z2-7]+@chat\.example\.com$/),
  domain: "chat.example.com",
}

interface Said {
  row: Row
  title: string
  code: ReasonCode
  answer: SinkAnswer
  facts?: Record<string, unknown>
  says?: (string | RegExp)[]
  open?: true
}

const refuse = (code: number, text: string, at: "rcpt" | "data" = "rcpt"): SinkAnswer => ({
  kind: "refuse",
  at,
  code,
  text,
})

/** Answers as the large servers word them. */
const ANSWERS: Said[] = [
  {
    row: "it is in the spam folder",
    title: "a server that names its queue id",
    code: "delivered",
    answer: { kind: "accept", text: "2.0.0 Ok: queued as 4ZxYkQ1b2czJ" },
    facts: { server: "127.0.0.1", answer: "250 2.0.0 Ok: queued as 4ZxYkQ1b2czJ" },
    says: [
      "4ZxYkQ1b2czJ",
      "Jana · Lamps",
      "Do you deliver to Brno?",
      /^Message-ID\s?: <dl\./m,
      "d=chat.example.com",
    ],
  },
  {
    row: "it is in the spam folder",
    title: "Google",
    code: "delivered",
    answer: { kind: "accept", text: "2.0.0 OK  1763746800 5b1f17b1804b1-42b2a7 - gsmtp" },
    says: ["in:anywhere", "5b1f17b1804b1-42b2a7"],
  },
  {
    row: "it is in the spam folder",
    title: "Microsoft",
    code: "delivered",
    answer: {
      kind: "accept",
      text: "2.6.0 <x@y> [InternalId=89, Hostname=A.prod.outlook.com] Queued mail for delivery",
    },
    says: ["Outlook"],
  },
  {
    row: "the mailbox is full",
    title: "for now",
    code: "mailbox-full",
    answer: refuse(452, "4.2.2 The recipient's inbox is out of storage space. gsmtp"),
    facts: { nextAt: expect.any(Number), at: expect.any(Number) },
    says: ["out of storage"],
    open: true,
  },
  {
    row: "the mailbox is full",
    title: "for good",
    code: "mailbox-full",
    answer: refuse(552, "5.2.2 Mailbox is full"),
    facts: { nextAt: null, answer: expect.stringContaining("Mailbox is full") },
  },
  {
    row: "address does not exist",
    title: "at RCPT",
    code: "address-wrong",
    answer: refuse(550, "5.1.1 The email account that you tried to reach does not exist"),
    says: ["does not exist"],
  },
  {
    row: "the mail server blocks the relay's domain",
    title: "Google, by reputation",
    code: "domain-blocked",
    answer: refuse(
      550,
      "5.7.1 [203.0.113.7] Our system has detected that this message is likely suspicious due to the very low reputation of the sending domain. gsmtp",
      "data",
    ),
    says: ["chat.example.com", "Google Workspace", "203.0.113.7"],
  },
  {
    row: "the mail server blocks the relay's domain",
    title: "Microsoft, by its block list",
    code: "domain-blocked",
    answer: refuse(
      550,
      "5.7.1 Unfortunately, messages from [203.0.113.7] weren't sent. part of their network is on our block list (S3140). [Name=Protocol Filter Agent] A.prod.outlook.com",
    ),
    says: ["Microsoft 365", "security.microsoft.com", "203.0.113.7"],
  },
  {
    row: "the mail server blocks the relay's domain",
    title: "by Spamhaus",
    code: "domain-blocked",
    answer: refuse(
      554,
      "5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org",
    ),
    says: ["Spamhaus", "203.0.113.7"],
  },
  {
    row: "the server refused it",
    title: "too large",
    code: "refused",
    answer: refuse(552, "5.3.4 Message size exceeds fixed maximum message size", "data"),
    facts: { kind: "too-large" },
  },
  {
    row: "the server refused it",
    title: "by its policy",
    code: "refused",
    answer: refuse(
      550,
      "5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy",
      "data",
    ),
    facts: { kind: "policy" },
    says: ["DMARC policy"],
  },
  {
    row: "the server refused it",
    title: "for no reason that it gives",
    code: "refused",
    answer: refuse(554, "Transaction failed", "data"),
    facts: { kind: "unknown" },
  },
  {
    row: "not delivered yet",
    title: "4xx without more",
    code: "deferred",
    answer: refuse(451, "4.3.0 Temporary lookup failure"),
    facts: { nextAt: expect.any(Number), givesUpAt: expect.any(Number) },
    open: true,
  },
  {
    row: "not delivered yet",
    title: "greylisting",
    code: "deferred",
    answer: refuse(450, "4.2.0 Greylisted, please try again in 300 seconds"),
    facts: { why: "greylisted" },
    says: [/greylisting/i],
    open: true,
  },
  {
    row: "not delivered yet",
    title: "the connection breaks after the dot",
    code: "deferred",
    answer: { kind: "drop-after-dot" },
    facts: { why: "connection" },
    open: true,
  },
]

const answered = ({ answer, facts, says, ...rest }: Said): Situation => ({
  ...rest,
  stage: (company) => sent(company, answer, rest.code),
  facts: ({ agent }) => ({
    address: agent.address,
    mail: MAIL,
    route: { forWhom: ["Ada"], via: "destination", setBy: null, setAt: null },
    ...facts,
  }),
  says: ({ agent }) => [agent.address, ...(says ?? [])],
})

export const MAILED: Situation[] = [
  ...ANSWERS.map(answered),
  {
    row: "it went to another address",
    title: "on its way by a redirect",
    code: "sent-to",
    open: true,
    stage: async (company) => {
      const [ada] = company.team
      const address = `info@${company.domain}`
      await company.redirect(ada!, "agent", ada!.id, { address, mode: "instead-of" })
      company.answer(address, { kind: "hang" })
      const seq = await company.write()
      await company.pass(15 * SECOND)
      return { agent: ada!, seq }
    },
    facts: (_, { domain }) => ({
      address: `info@${domain}`,
      via: "redirect",
      setBy: "Ada",
      setAt: expect.any(Number),
      forWhom: ["Ada"],
    }),
    says: ({ agent }, { domain }) => [`info@${domain}`, agent.name],
  },
  {
    row: "it went to another address",
    title: "the general inbox, and what became of it",
    code: "delivered",
    company: { agents: ["Ada", "Ben"] },
    stage: async (company) => {
      const [ada, ben] = company.team
      const address = `info@${company.domain}`
      await company.redirect(ada!, "account", company.accountId, { address, mode: "instead-of" })
      const seq = await company.write()
      await company.pass(15 * SECOND)
      return toldOf(company, { agent: ben!, seq }, "delivered")
    },
    facts: (_, { domain }) => ({
      address: `info@${domain}`,
      route: { via: "inbox", setBy: "Ada", setAt: expect.any(Number), forWhom: ["Ada", "Ben"] },
    }),
    says: (_, { domain }) => [`info@${domain}`, "Ada", "Ben"],
  },
  {
    row: "it went to another address",
    title: "a destination that was changed before",
    code: "delivered",
    stage: async (company) => {
      const [ada] = company.team
      await company.toolbar(ada!)
      const address = `ada.new@${company.domain}`
      const of = { accountId: company.accountId, agentId: ada!.id, address }
      await company.run("askDestination", of, company.town.clock.now())
      const code = await company.codeFor(address)
      await company.run("confirmDestination", { ...of, code }, company.town.clock.now())
      const seq = await company.write()
      await company.pass(15 * SECOND)
      return toldOf(company, { agent: ada!, seq }, "delivered")
    },
    facts: (_, { domain }) => ({
      address: `ada.new@${domain}`,
      route: { via: "destination", setBy: "Ada", setAt: expect.any(Number), forWhom: ["Ada"] },
    }),
    says: (_, { domain }) => [`ada.new@${domain}`],
  },
  {
    row: "given up by the operator",
    title: "dropped from the queue",
    code: "dropped",
    stage: async (company) => {
      const seen = await sent(company, refuse(451, "4.3.0 Try again later"), "deferred")
      const { accountId, town } = company
      const mails = await company.run("listDeliveries", { accountId, limit: 10 }, town.clock.now())
      const mail = mails.find((one) => one.kind === "offline-notice")!
      await company.run(
        "dropDelivery",
        { accountId, id: mail.id, by: "Olga", note: "sent twice" },
        town.clock.now(),
      )
      return seen
    },
    facts: ({ agent }) => ({ address: agent.address, by: "Olga", note: "sent twice", mail: MAIL }),
    says: () => ["Olga", "sent twice"],
  },
  {
    row: "held by the operator",
    title: "held in the queue",
    code: "held",
    stage: async (company) => {
      const seen = await sent(company, refuse(451, "4.3.0 Try again later"), "deferred")
      const { accountId, town } = company
      const mails = await company.run("listDeliveries", { accountId, limit: 10 }, town.clock.now())
      const mail = mails.find((one) => one.kind === "offline-notice")!
      await company.run(
        "holdMail",
        { accountId, id: mail.id, by: "Olga", note: "their server is moving" },
        town.clock.now(),
      )
      return seen
    },
    facts: ({ agent }) => ({
      address: agent.address,
      by: "Olga",
      note: "their server is moving",
      mail: MAIL,
    }),
    says: () => ["Olga", "their server is moving"],
  },
]

/** Where nobody listens at the next server's address. */
export const UNANSWERED: Situation[] = [
  {
    row: "not delivered yet",
    title: "the connection is refused",
    code: "deferred",
    open: true,
    stage: async (company) => {
      const [agent] = company.team
      await company.toolbar(agent!)
      const seq = await company.write()
      await company.pass(15 * SECOND)
      return toldOf(company, { agent: agent!, seq }, "deferred")
    },
    facts: () => ({ why: "connection", server: null, answer: expect.stringContaining("ECONNREFUSED") }),
    says: () => ["ECONNREFUSED"],
  },
  {
    row: "the server refused it",
    title: "nobody answered for four days",
    code: "refused",
    stage: async (company) => {
      const [agent] = company.team
      await company.toolbar(agent!)
      const seq = await company.write()
      await company.pass(15 * SECOND)
      await toldOf(company, { agent: agent!, seq }, "deferred")
      await company.leap(4 * DAY)
      return toldOf(company, { agent: agent!, seq }, "refused")
    },
    facts: () => ({ kind: "unreachable", answer: expect.stringContaining("ECONNREFUSED") }),
  },
]

/** Where nothing leaves the relay. */
export const CAPTURED: Situation[] = [
  {
    row: "nothing leaves the relay",
    title: "captured",
    code: "captured",
    stage: (company) => sent(company, { kind: "accept" }, "captured"),
    facts: ({ agent }) => ({ address: agent.address, mail: MAIL }),
    says: ({ agent }) => [agent.address],
  },
]
