import type { Actions } from "../../../relay/actions/index.ts"
import type { InputOf } from "../../../relay/store/store.ts"
import type { ConversationId } from "../../../shared/words/ids.ts"
import { type Look, PLAIN_LOOK } from "../../../shared/words/look.ts"
import { Refusal } from "../../../shared/words/refusals.ts"
import { HOUR, MINUTE } from "../../../shared/words/time.ts"
import { proven } from "../auth.ts"
import type { Town, Visitor } from "../screens/town.ts"
import { PAYLOADS } from "./payloads.ts"

/** What was filled, and where to look for it. */
export interface Filled {
  /** One message for each payload, and answers. */
  crowded: ConversationId
  author: Visitor
  /** One conversation for each payload: name, page and its title, message. */
  each: ConversationId[]
  byMail: ConversationId[]
  takeToken: string
  stopToken: string
}

/** Payloads in portions: what would run in the first would in the fourth. */
const portions = (size: number): string[][] =>
  Array.from({ length: Math.ceil(PAYLOADS.length / size) }, (_, at) =>
    PAYLOADS.slice(at * size, (at + 1) * size),
  )

const refusedIsFine = (error: unknown): void => {
  if (!(error instanceof Refusal)) throw error
}

/** All payloads in a few names. */
const WORDS = portions(4).map((part) => part.join(" "))

/**
 * Puts every payload into every field that a visitor, a mail, an agent or an admin can fill. Straight into
 * the actions: what the API would refuse (a name of 90 characters) is to be harmless as well.
 */
export const fill = async (town: Town): Promise<Filled> => {
  await fillSettings(town)
  const { crowded, author, each } = await fillConversations(town)
  const byMail = await fillMails(town)
  // Nobody is there: what came in goes out as notices.
  await town.pass(5 * MINUTE)
  const { accountId, agentId } = town.company
  for (const [index, text] of WORDS.entries())
    await town.run("answerConversation", {
      ...{ accountId, agentId, conversationId: crowded },
      ...{ key: `xss-answer-${index}`, text },
    })
  const notice = await tokensOf(town)
  // Last, as each would have a verdict on every message.
  for (const [index, name] of WORDS.entries())
    await town.relay.addAgent(town.company, name, `agent-${index}@lamplight.example`)
  return { crowded, author, each, byMail, ...notice }
}

/** A site's own words on launcher and greeting, in English. */
const ownWords = (): Look => ({
  ...PLAIN_LOOK,
  launcher: { en: PAYLOADS.slice(100, 102).join(" ") },
  greeting: { en: PAYLOADS.slice(102, 140).join(" ") },
})

const fillSettings = async (town: Town): Promise<void> => {
  const { run } = town
  const { accountId, agentId, siteId } = town.company
  const [first = ""] = PAYLOADS
  await run("setAccount", {
    accountId,
    name: PAYLOADS.slice(0, 3).join(" "),
    busyTexts: Object.fromEntries(
      ["en", "cs", "de", "es", "fr"].map((one, at) => [one, PAYLOADS.slice(at * 4, at * 4 + 4).join(" ")]),
    ),
    hours: {
      zone: "Europe/Prague",
      week: [{ day: 1, from: "00:00", to: "24:00" }],
      exceptions: WORDS.map((name, at) => ({
        date: new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10),
        name,
        spans: [],
      })),
    },
  })
  await run("setAgent", { accountId, agentId, name: PAYLOADS.slice(3, 6).join(" ") })
  await run("setSite", { accountId, siteId, name: PAYLOADS.slice(6, 9).join(" ") })
  await run("setSiteBox", { accountId, siteId, look: ownWords(), rates: true, transcripts: true })
  for (const [index, name] of WORDS.entries()) {
    const { groupId } = await run("createGroup", { accountId, name, members: index < 3 ? [agentId] : [] })
    await run("createSite", { accountId, name, origins: [`https://${index}.example`], language: "en" })
    await run("createCannedAnswer", { accountId, agentId, shared: true, name, text: name })
    if (index % 20 === 0) await run("setGroup", { accountId, groupId, hours: null })
  }
  for (const part of portions(12))
    await run("createWebhook", {
      accountId,
      name: part.join(" "),
      url: `https://hooks.example/${encodeURIComponent(first)}`,
      events: ["message.created"],
    })
}

const fillConversations = async (town: Town) => {
  const { run } = town
  const { accountId, siteId } = town.company
  const take = (visitor: Visitor, text: string, page: InputOf<Actions["takeVisitorMessage"]>["page"]) => {
    const input = { accountId, siteId, groupId: null, visitorId: visitor.id, text, page }
    return run("takeVisitorMessage", { ...input, key: crypto.randomUUID() })
  }
  const each: ConversationId[] = []
  for (const [index, payload] of WORDS.entries()) {
    const address = `"${index}"@visitor.example`
    const visitor = await town.visitor({ name: payload, address })
    // Every other one is an address altogether; else it stands in one.
    const url = index % 2 === 0 ? payload : `https://lamplight.example/${payload}`
    each.push((await take(visitor, payload, { url, title: payload })).conversationId)
    const said = JSON.stringify({
      name: payload.slice(0, 80),
      [payload.slice(0, 40)]: payload,
      plan: payload,
    })
    const introduced = { accountId, visitorId: visitor.id, said, signature: null }
    await run("introduceVisitor", introduced).catch(refusedIsFine)
  }
  const author = await town.visitor({
    name: PAYLOADS.join(" ").slice(0, 500),
    address: "vera@visitor.example",
  })
  let crowded = each[0] as ConversationId
  for (const text of PAYLOADS) crowded = (await take(author, text, null)).conversationId
  const files: string[] = []
  for (const names of portions(Math.ceil(PAYLOADS.length / 10)))
    files.push(
      (
        await run("takeUpload", {
          accountId,
          sender: { kind: "visitor", id: author.id },
          key: crypto.randomUUID(),
          file: { name: names.join(" "), type: "image/png", bytes: new Uint8Array([1]) },
        })
      ).id,
    )
  const input = { accountId, siteId, groupId: null, visitorId: author.id, page: null }
  await run("takeVisitorMessage", { ...input, text: "", key: crypto.randomUUID(), files })
  const { agentId } = town.company
  await run("answerConversation", {
    accountId,
    agentId,
    conversationId: crowded,
    key: "xss-first",
    text: "Hello",
  })
  await run("closeConversation", { accountId, agentId, conversationId: crowded })
  await run("rateConversation", {
    accountId,
    visitorId: author.id,
    conversationId: crowded,
    good: false,
    words: PAYLOADS.slice(0, 40).join(" "),
  })
  return { crowded, author, each }
}

/** Subjects, senders, texts, HTML parts, names of files; and the words of a server that refuses. */
const fillMails = async (town: Town): Promise<ConversationId[]> => {
  const { run } = town
  const { accountId, agentId } = town.company
  const found: ConversationId[] = []
  for (const [index, part] of portions(10).entries()) {
    const from = `sender-${index}@customer.example`
    const said = part.join("\n")
    const { conversationId } = await run("takeConversationMail", {
      ...{ accountId, groupId: null, address: "info@chat.lamplight.example", envelopeFrom: from },
      raw: Buffer.from(
        `From: ${part[0]} <${from}>\r\nSubject: ${part[1]}\r\nContent-Type: text/html\r\n\r\n${said}\r\n`,
      ),
      auth: proven("customer.example", "spf"),
      mail: {
        ...{
          from,
          name: part.join(" "),
          subject: said.replaceAll("\n", " "),
          messageId: `<x${index}@customer.example>`,
        },
        ...{ thread: [], text: said, whole: said, automatic: index % 5 === 0 },
        attachments: part.map((name) => ({ name, type: name, bytes: new Uint8Array([1]) })),
      },
    })
    found.push(conversationId)
    // There are ten an hour.
    if (index % 10 === 9) await town.at(town.relay.clock.now() + HOUR)
    await run("sendProbe", { accountId, agentId, to: `probe-${index}@refusing.example` })
  }
  const waiting = await run("listDeliveries", { accountId, limit: 200 })
  for (const [index, { id, state }] of waiting.entries())
    if (state === "queued") {
      const note = PAYLOADS[index % PAYLOADS.length] ?? ""
      // One that is just being sent stays as it is.
      await run("holdMail", { accountId, id, by: note, note }).catch(refusedIsFine)
    }
  return found
}

const tokensOf = async (town: Town): Promise<{ takeToken: string; stopToken: string }> => {
  const mails = await town.run("listDeliveries", { accountId: town.company.accountId, limit: 500 })
  for (const { id, kind } of mails) {
    if (kind !== "offline-notice") continue
    const { content } = await town.run("readDelivery", { id })
    if (content.kind === "offline-notice")
      return { takeToken: content.takeToken ?? "", stopToken: content.unsubscribeToken ?? "" }
  }
  throw new Error("no notice went out")
}
