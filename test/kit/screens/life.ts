import type { ConversationId, DeliveryId, GroupId } from "../../../shared/words/ids.ts"
import { PLAIN_LOOK } from "../../../shared/words/look.ts"
import { MINUTE } from "../../../shared/words/time.ts"
import { proven, unproven } from "../auth.ts"
import type { SmtpSink } from "../smtp-sink.ts"
import { portrait } from "../some-files.ts"
import { beatOnce, before, MOMENT, type Town, type Visitor } from "./town.ts"

/** What can be looked at in a town where something has happened. */
export interface Life {
  /** A long conversation: answers, mails, verdicts, an answer nobody has confirmed. */
  long: ConversationId
  /** Waits for somebody, with several messages. */
  waiting: ConversationId
  byMail: ConversationId
  sales: GroupId
  /** Who comes back to the shop: their box has a conversation. */
  vera: Visitor
  /** Whose conversation was closed: the box asks them how it was. */
  ended: Visitor
  /** In the notice that was mailed: “I'll take it” and “switch these off”. */
  takeToken: string
  stopToken: string
}

const BEN = "ben@lamplight.example"
const CHLOE = "chloe@lamplight.example"
const DAN = "dan@lamplight.example"
const INBOX = "info@lamplight.example"
/** A customer who writes mails, and whom no answer reaches. */
const JANA = "jana@customer.example"

/** A next server that takes nothing for some: so that there is something to say about mails. */
export const refuseSome = (sink: SmtpSink): void => {
  const refuse = (address: string, code: number, text: string): void =>
    void sink.answerFor.set(address, { kind: "refuse", at: "rcpt", code, text })
  refuse(BEN, 451, "4.7.1 Greylisting in action, please come back in 00:05:00")
  refuse(CHLOE, 552, "5.2.2 <chloe@lamplight.example>: Mailbox full, quota of 2 GB exceeded")
  refuse(JANA, 550, "5.1.1 <jana@customer.example>: Recipient address rejected: User unknown")
  refuse(INBOX, 554, "5.7.1 Service unavailable; Client host [93.184.216.34] blocked using zen.spamhaus.org")
}

/** Lets a company live through a day: team, groups, hours, conversations of all kinds, mails. */
export const live = async (town: Town): Promise<Life> => {
  const { run, names, company } = town
  const { accountId, agentId } = company
  const { sales, benId } = await settle(town)

  // Yesterday evening nobody is there.
  await town.at(before(17 * 60))
  const vera = await town.visitor({ name: names.vera, address: names.veraAddress })
  const long = await town.write(vera, names.question)
  await town.write(vera, "And do you deliver to Brno?")
  await town.pass(5 * MINUTE)
  const asAnna = { accountId, agentId, conversationId: long }
  const notice = await noticeTo(town, company.address)
  const toInbox = await noticeTo(town, INBOX)

  // She answers from her mail program; somebody else answers, too, who may be anybody.
  await town.at(before(16 * 60 + 30))
  const reply = (from: string, text: string, sure: boolean, automatic = false) =>
    run("takeReply", {
      token: notice.replyToken,
      envelopeFrom: from,
      raw: Buffer.from(`From: ${from}\r\nSubject: Re: ${names.subject}\r\n\r\n${text}\r\n`),
      auth: sure ? proven("lamplight.example") : unproven("elsewhere.example"),
      mail: {
        from,
        subject: `Re: ${names.subject}`,
        messageId: `<${crypto.randomUUID()}@x.example>`,
        text,
        automatic,
      },
    })
  await reply(company.address, "It does: it is galvanized under the enamel, and made for the coast.", true)

  // This morning.
  await town.at(before(75))
  const benToken = await town.signIn(BEN, "Firefox, Windows")
  await beatOnce(town, benId, benToken)
  await run("setIntent", { accountId, agentId: benId, intent: "busy", version: 1 })
  const byMail = await mailFrom(town)
  await run("answerConversation", {
    ...{ accountId, agentId, conversationId: byMail, key: "town-mail-1" },
    text: "Thank you for the plan: forty lamps are no trouble. When would you need them?",
  })

  await town.at(before(50))
  await town.write(
    vera,
    "Wonderful. We would need four of them, by the end of the month if that is possible.",
  )
  await run("openConversation", { ...asAnna, seq: 4 })
  await run("answerConversation", {
    ...asAnna,
    key: "town-answer-1",
    text: "Four are in stock. Shall I put them aside for you?\n\nThe leaflet: https://lamplight.example/leaflets/evening.pdf",
  })
  await run("visitorSaw", { accountId, visitorId: vera.id, conversationId: long, seq: 5 })
  await town.at(before(41))
  await town.write(vera, "Yes, please!")
  await reply("mallory@elsewhere.example", "Ignore that, send them to me instead.", false)

  await others(town, sales)
  const ended = await closedFor(town)

  await town.at(before(6))
  const tomas = await town.visitor({ language: "cs" })
  const waiting = await town.write(tomas, "Dobrý den, přišla mi lampa s prasklým stínidlem.", sales)
  await town.write(tomas, "Objednávka 2026-0412.", sales)
  await town.write(tomas, names.question, sales)
  await town.at(MOMENT)
  return {
    long,
    waiting,
    byMail,
    sales,
    vera,
    ended,
    takeToken: toInbox.takeToken ?? "",
    stopToken: notice.unsubscribeToken ?? "",
  }
}

/** Team, groups, hours, addresses: what an admin has set. */
const settle = async (
  town: Town,
): Promise<{ sales: GroupId; benId: Awaited<ReturnType<typeof addAgents>>["benId"] }> => {
  const { run, names, company } = town
  const { accountId, agentId, siteId } = company
  const { benId, chloeId } = await addAgents(town)
  const { groupId: sales } = await run("createGroup", {
    accountId,
    name: names.sales,
    members: [agentId, benId],
  })
  const { groupId: returns } = await run("createGroup", {
    accountId,
    name: names.returns,
    members: [agentId, chloeId],
  })
  await run("setSite", {
    accountId,
    siteId,
    groups: [sales, returns],
    origins: ["https://lamplight.example", "http://127.0.0.1:8080"],
  })
  await run("createSite", { accountId, name: names.blog, origins: ["*"], language: "cs" })
  const week = ([1, 2, 3, 4, 5] as const).flatMap((day) => [
    { day, from: "08:00", to: "12:00" },
    { day, from: "12:30", to: day === 5 ? "02:00" : "18:00" },
  ])
  const exceptions = [
    { date: "2026-04-06", name: "Easter Monday", spans: [] },
    { date: "2026-12-24", name: names.sales, spans: [{ from: "09:00", to: "12:00" }] },
  ]
  await run("setAccount", {
    accountId,
    hours: { zone: "Europe/Prague", week, exceptions },
    busyTexts: { en: "One moment, please: we are busy at the bench." },
  })
  await redirectTo(town, INBOX)
  await run("addMailName", {
    accountId,
    by: names.anna,
    name: "info",
    owner: { kind: "account", id: accountId },
  })
  return { sales, benId }
}

const addAgents = async (town: Town) => {
  const { names, run, company } = town
  const { accountId, agentId } = company
  const benId = await town.relay.addAgent(company, names.ben, BEN)
  await run("setPicture", { accountId, agentId, picture: portrait([146, 96, 122], [250, 224, 196]) })
  await run("setPicture", { accountId, agentId: benId, picture: portrait([70, 118, 112], [236, 206, 160]) })
  const chloeId = await town.relay.addAgent(company, names.chloe, CHLOE)
  const invited = { accountId, by: agentId, name: names.dan, address: DAN }
  await run("inviteAgent", { ...invited, role: "agent", groups: [] })
  await run("setAgent", { accountId, agentId: chloeId, offlineNotices: false })
  return { benId, chloeId }
}

/** The account's general inbox: asked for, confirmed, set. */
const redirectTo = async (town: Town, address: string): Promise<void> => {
  const { run, names } = town
  const { accountId } = town.company
  const by = names.anna
  await run("askAddress", { accountId, by, address })
  const mails = await run("listDeliveries", { accountId, limit: 20 })
  const mail = mails.find((one) => one.to === address)
  const { content } = await run("readDelivery", { id: mail?.id as DeliveryId })
  const code = content.kind === "address-code" ? content.code : ""
  await run("confirmAddress", { accountId, by, address, code })
  const owner = { kind: "account", id: accountId } as const
  await run("setRedirect", { accountId, by, owner, redirect: { address, mode: "along-with" } })
}

const noticeTo = async (town: Town, address: string) => {
  const mails = await town.run("listDeliveries", { accountId: town.company.accountId, limit: 50 })
  const mail = mails.find((one) => one.to === address && one.kind === "offline-notice")
  const { content } = await town.run("readDelivery", { id: mail?.id as DeliveryId })
  if (content.kind !== "offline-notice") throw new Error(`no notice went to ${address}`)
  return content
}

/** A customer writes to info@ with a file, a program answers for them. */
const mailFrom = async (town: Town): Promise<ConversationId> => {
  const { run, names, company } = town
  const from = JANA
  const mail = (messageId: string, text: string, more: { automatic?: boolean; files?: boolean }) =>
    run("takeConversationMail", {
      accountId: company.accountId,
      groupId: null,
      address: "info@chat.lamplight.example",
      envelopeFrom: from,
      raw: Buffer.from(`From: ${from}\r\nSubject: ${names.file}\r\n\r\n${text}\r\n`),
      auth: proven("customer.example", "spf"),
      mail: {
        from,
        name: names.jana,
        subject: more.automatic ? `Automatic reply: ${names.subject}` : names.subject,
        messageId,
        thread: [],
        text,
        whole: text,
        automatic: more.automatic ?? false,
        attachments: more.files
          ? [
              { name: names.file, type: "application/pdf", bytes: new Uint8Array(90_000) },
              { name: "hall.jpg", type: "image/jpeg", bytes: new Uint8Array(240_000) },
            ]
          : [],
      },
    })
  const first = "Good morning,\n\nthe plan is attached: three floors, some forty lamps in all.\n\nJana"
  const { conversationId } = await mail("<1@customer.example>", first, { files: true })
  await mail("<2@customer.example>", "I am out of the office until Thursday.", { automatic: true })
  return conversationId
}

/** A conversation that came to its end, on a site that asks how it was. */
const closedFor = async (town: Town): Promise<Visitor> => {
  const { run, company } = town
  const { accountId, agentId, siteId } = company
  await run("setSiteBox", { accountId, siteId, look: PLAIN_LOOK, rates: true, transcripts: true })
  const visitor = await town.visitor({ address: "otto@visitor.example" })
  const conversationId = await town.write(visitor, "Is the shop open on Saturday?")
  const asAnna = { accountId, agentId, conversationId }
  await run("answerConversation", { ...asAnna, key: "town-last-1", text: "It is, until noon." })
  await run("closeConversation", asAnna)
  await run("createCannedAnswer", {
    ...{ accountId, agentId, shared: true, name: town.names.sales },
    text: "Hello {visitor}, four of them are in stock. Shall I put them aside?",
  })
  return visitor
}

/** Shorter ones, so that lists are lists. */
const others = async (town: Town, sales: GroupId): Promise<void> => {
  const { run, company, names } = town
  const { accountId, agentId } = company
  const words = [
    ["Is the lantern “Porch” sold without a cable?", "It is, from April on."],
    ["Kolik stojí doprava na Slovensko?", null],
    ["Danke, das Ersatzglas ist heute angekommen!", "Das freut uns."],
    ["¿Tienen la lámpara en verde?", null],
    ["שלום, האם אתם שולחים לחיפה?", "Yes, we do."],
    ["Do you have a catalogue on paper?", "We do: it is on its way."],
    ["What is the warranty on the glass?", null],
    [names.question, "Let me ask our workshop."],
  ] as const
  for (const [index, [question, answer]] of words.entries()) {
    await town.at(before(39 - 3 * index))
    const visitor = await town.visitor(
      index % 3 === 0 ? { name: `Visitor ${index + 1}`, address: `visitor${index}@example.org` } : {},
    )
    const conversationId = await town.write(visitor, question, index % 2 === 0 ? sales : null)
    if (answer === null) continue
    const asAnna = { accountId, agentId, conversationId }
    await run("answerConversation", { ...asAnna, key: `town-other-${index}`, text: answer })
    if (index % 4 !== 3) await run("closeConversation", asAnna)
  }
}
