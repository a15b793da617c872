import type Database from "better-sqlite3"
import { beforeAll, expect, test } from "vitest"
import { type Actions, actions } from "../../relay/actions/index.ts"
import type { AuthResult } from "../../relay/mail/auth-result.ts"
import { BOUNCE_SECRET, bounceToken, readBounceKeys } from "../../relay/mail/bounce-token.ts"
import { makeDkimKeys, makeDkimPair } from "../../relay/mail/dkim-keys.ts"
import { openMigrated } from "../../relay/store/sqlite-file.ts"
import { createRunner } from "../../relay/store/sqlite-runner.ts"
import type { InputOf, OutputOf } from "../../relay/store/store.ts"
import type { BounceReport } from "../../shared/words/bounces.ts"
import type {
  AccountId,
  AgentId,
  ConversationId,
  DeliveryId,
  SiteId,
  VisitorId,
} from "../../shared/words/ids.ts"
import { PLAIN_LOOK } from "../../shared/words/look.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { proven, unproven } from "../kit/auth.ts"
import { png } from "../kit/some-files.ts"
import { unboundTables } from "../kit/within-account.ts"

/**
 * The cost of what happens does not grow with what is stored: no statement of any action reads a growing
 * table from end to end. Every action is run once, and SQLite is asked how it runs what they said.
 */

/** That a mail could not be delivered. */
const REPORT: BounceReport = {
  kind: "report",
  form: "rfc3464",
  recipients: [
    {
      address: null,
      original: null,
      action: "failed",
      status: "5.2.2",
      diagnostic: "552 full",
      server: null,
    },
  ],
  originalId: null,
}

/** One row a relay process or key; read whole on purpose, by operators and at start only; or with an end. */
const SMALL = [
  "relays",
  "relay_secrets",
  "accounts",
  "counted",
  "ranked",
  "pragma_page_count",
  "pragma_page_size",
]

/** Indexes that hold only what is due, and those a page of a list is read along, which its limit ends. */
const READ_ALONG = [
  "conversations_due",
  "conversations_answer_due",
  "conversations_missed_due",
  "conversations_bot_due",
  "accounts_changing",
  "devices_changing",
  "deliveries_next",
  "pushes_next",
  "deliveries_by_time",
  "webhook_deliveries_next",
]

let db: Database.Database
const statements = new Set<string>()
const ran = new Set<string>()
let now = Date.UTC(2026, 0, 5, 9)

/** Runs an action; a refusal is as good as an answer here. */
let run: <Name extends keyof Actions & string>(
  name: Name,
  input: InputOf<Actions[Name]>,
) => Promise<OutputOf<Actions[Name]>>

beforeAll(async () => {
  db = await openMigrated(":memory:", now)
  const prepare = db.prepare.bind(db)
  db.prepare = ((source: string) => {
    statements.add(source)
    return prepare(source)
  }) as typeof db.prepare
  const runner = createRunner(db, actions)
  run = async (name, input) => {
    ran.add(name)
    const { answers } = await runner.run([{ name, input, now }])
    const [answer] = answers
    if (!answer?.ok) throw answer?.error
    return answer.output as never
  }
  await everything()
  return () => {
    db.close()
  }
})

const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable("should have been refused"),
    () => undefined,
  )

const everything = async (): Promise<void> => {
  const relayId = "relay"
  await run("startRelay", { relayId, mailDomain: "relay.test" })
  const agent = { name: "Ada", address: "ada@example.com", language: "en", zone: "UTC" } as const
  const { accountId, agentId, siteKey, siteId } = await run("setUp", {
    company: "Example",
    agent,
    site: { name: "Shop", origins: ["*"] },
    graceMs: 2 * MINUTE,
    waitMs: 2 * MINUTE,
  })
  await run("createAccount", { name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 })
  await run("setAccount", { accountId, version: 3, name: "Example", missedNotices: true })
  const ben = { ...agent, name: "Ben", address: "ben@example.com" }
  const { agentId: benId } = await run("createAgent", { ...ben, accountId, role: "agent" })
  await run("createSite", { accountId, name: "Blog", origins: ["*"], language: "en" })
  const { groupId } = await run("createGroup", { accountId, name: "Sales", members: [benId] })
  const returns = await run("createGroup", { accountId, name: "Returns", members: [] })
  await run("setSite", { accountId, siteId, name: "Shop", groups: [groupId, returns.groupId] })
  await run("setSiteBox", { accountId, siteId, look: PLAIN_LOOK, rates: true, transcripts: true })
  await run("makeIdentityKey", { accountId, siteId })
  await run("setGroup", { accountId, groupId, name: "Sale", members: [] })
  const cleo = { accountId, by: agentId, name: "Cleo", address: "cleo@example.com" }
  const { agentId: cleoId } = await run("inviteAgent", { ...cleo, role: "agent", groups: [returns.groupId] })
  await run("setAgent", { accountId, agentId, offlineNotices: true })
  await run("listAccounts", {})
  await run("readFirst", {})
  await run("countFailing", {})
  await run("readOwnDomain", { accountId })
  await run("listAgents", { accountId })
  await run("listSites", { accountId })
  await run("listGroups", { accountId })
  await run("readSettings", { accountId })
  await run("readMarks", {})
  await run("readSecret", { name: "key", make: "x" })
  await run("rotateBounceKeys", { forget: false })
  const { keys } = await run("readSigningKeys", { make: await makeDkimKeys(now) })
  await run("listDkimKeys", {})
  await run("isMailDomain", { domain: "chat.example.com" })
  await run("readMailHealth", { accountId: null })
  await run("readMailHealth", { accountId })
  await run("readStoreFacts", {})
  await run("readWorkers", {})
  await run("tryCommit", {})
  await run("rotateDkimKeys", { pair: await makeDkimPair(), overlapMs: 0 })
  await run("retireDkimKey", { selector: keys[0]!.selector, withdraw: true })

  await run("askSignInCode", { address: agent.address })
  const [mail] = await run("listDeliveries", { accountId: null, limit: 1 })
  const { content } = await run("readDelivery", { id: mail?.id as DeliveryId })
  const code = content.kind === "sign-in-code" ? content.code : ""
  const device = { kind: "tab", label: "Firefox on Linux (tab)" } as const
  const signedIn = await run("signIn", { address: agent.address, code, device })
  if (signedIn.refused) throw new Error(signedIn.refused)
  const { deviceId, token } = signedIn
  await run("identify", { token })
  for (const [seq, state] of (["active", "active", "idle", "active"] as const).entries()) {
    const beat = { bootId: "boot-0001", seq, state, intervalMs: 20 * SECOND }
    await run("takeBeats", { beats: [{ accountId, agentId, deviceId, beat }] })
  }

  const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } }
  await run("setPush", { accountId, agentId, deviceId, subscription })
  await run("testPush", { accountId, agentId, deviceId })
  const { claims: pushes } = await run("claimPushes", { relayId, limit: 10, leaseMs: 30 * SECOND })
  for (const { conversationId, attempt } of pushes) {
    const claim = { accountId, deviceId, conversationId, attempt, claimedBy: relayId }
    await run("settlePush", { ...claim, endpoint: subscription.endpoint, result: { kind: "sent" } })
  }
  await refused(run("setOverride", { accountId, agentId, on: true }))
  await run("setOverride", { accountId, agentId, on: false })

  const { visitorId, visitor } = await run("createVisitor", {
    accountId,
    siteId,
    language: "en",
    zone: "UTC",
  })
  await run("openTab", { accountId, visitorId, tabId: "tab-0001", relayId })
  await run("setContact", { accountId, visitorId, address: "eve@example.org", name: "Eve" })
  const write = (key: string) => {
    const message = { text: "Hello?", page: { url: "https://example.com/", title: null } }
    return run("takeVisitorMessage", { accountId, siteId, groupId: null, visitorId, key, ...message })
  }
  const { conversationId } = await write("key-00000001")
  await write("key-00000001")
  const asAgent = { accountId, agentId, conversationId }
  await run("openConversation", { ...asAgent, seq: 1 })
  await run("joinConversation", asAgent)
  await run("answerConversation", { ...asAgent, key: "key-00000002", text: "Yes?" })
  await run("visitorSaw", { accountId, visitorId, conversationId, seq: 1 })
  await run("closeTab", { accountId, visitorId, tabId: "tab-0001", relayId })
  await run("handBackConversation", asAgent)
  await run("undoDeed", { ...asAgent, deed: "hand-back" })
  await run("readHeirs", { accountId })
  await run("assignConversation", { ...asAgent, to: { agentId: benId } })
  await run("assignConversation", { ...asAgent, to: { groupId: null } })
  const canned = { accountId, agentId, name: "Hello", text: "Hello {visitor}" }
  const { answer: hello } = await run("createCannedAnswer", { ...canned, shared: false })
  await run("listCannedAnswers", { accountId, agentId })
  await run("setCannedAnswer", { ...canned, id: hello.id })
  await run("deleteCannedAnswer", { accountId, agentId, id: hello.id })
  await run("endDevice", { accountId, deviceId, bootId: null })
  await run("setIntent", { accountId, agentId, intent: "unavailable", version: 1 })
  await write("key-00000003")
  // A second conversation, due at the same time: one value in a list is planned as no list at all.
  const other = await run("createVisitor", { accountId, siteId, language: "en", zone: "UTC" })
  await run("takeVisitorMessage", {
    accountId,
    siteId,
    groupId: null,
    visitorId: other.visitorId,
    key: "key-00000004",
    text: "Hello?",
    page: null,
  })
  await uploads({ accountId, siteId, siteKey, agentId, visitorId, visitor, conversationId })
  await run("readBox", { siteKey, groupId: null, visitor })
  await run("readFrame", { siteKey })
  await run("introduceVisitor", { accountId, visitorId, said: '{"plan":"gold"}', signature: null })
  await run("readLights", { accountId, places: [{ siteId, tag: null, chosen: null }] })

  for (let minutes = 0; minutes < 20; minutes += 1) {
    now += MINUTE / 2
    await run("signRelay", { relayId })
    await run("changePresences", { limit: 10 })
    await run("judgeDue", { limit: 10 })
    await run("mailDueAnswers", { limit: 10 })
  }
  const { claims } = await run("claimDeliveries", { relayId, limit: 10, leaseMs: MINUTE })
  expect(claims.map((claim) => claim.kind).sort()).toEqual(
    expect.arrayContaining(["answer", "offline-notice", "offline-notice"]),
  )
  const inHand = claims.map(({ accountId, id, attempts }) => ({ accountId, id, attempt: attempts }))
  await run("renewDeliveries", { relayId, claims: inHand, until: now + MINUTE })
  const settle = (index: number, result: InputOf<Actions["settleDelivery"]>["result"]) => {
    const id = claims[index]?.id as DeliveryId
    return run("settleDelivery", { accountId, id, claimedBy: relayId, attempt: 1, result })
  }
  const answer = { server: "mx.example.com", answer: "451 4.7.1 later" }
  await settle(0, { kind: "captured", raw: new Uint8Array([1]) })
  await settle(1, { kind: "delivered", server: "mx.example.com", answer: "250 ok" })
  await settle(2, { kind: "deferred", outcome: "greylisted", ...answer })
  const { value } = await run("readSecret", { name: BOUNCE_SECRET, make: "" })
  await run("takeBounce", {
    token: bounceToken(claims[1]?.id as DeliveryId, readBounceKeys(value)),
    raw: new Uint8Array([1]),
    report: REPORT,
  })
  await run("listDestinations", { accountId })
  await run("setFallback", { accountId, agentId, address: agent.address, fallback: null })
  const waiting = claims[2]?.id as DeliveryId
  await run("retryDelivery", { accountId, id: waiting, by: "test" })
  await run("holdMail", { accountId, id: waiting, by: "test", note: "later" })
  await run("dropDelivery", { accountId, id: waiting, by: "test", note: "not at all" })
  await run("inviteAgain", { accountId, by: null, agentId: cleoId })
  await run("sendProbe", { accountId, agentId, to: "it@example.org" })
  await run("readProbes", { accountId })

  const notice = claims.find((claim) => claim.content.kind === "offline-notice")?.content
  const replyToken = notice?.kind === "offline-notice" ? notice.replyToken : ""
  await run("findRecipients", { addresses: [`r-${replyToken}@porchlight.localhost`] })
  const reply = (from: string, messageId: string, auth: AuthResult | null = null) =>
    run("takeReply", {
      token: replyToken,
      envelopeFrom: from,
      raw: new Uint8Array([1]),
      auth,
      mail: { from, subject: "Re: Hello?", messageId, text: "Here we are", automatic: false },
    })
  await reply(agent.address, "<1@example.com>")
  await reply("info@example.com", "<2@example.com>")
  await reply("mallory@example.net", "<3@example.net>")
  await reply(agent.address, "<4@example.com>", unproven("example.com", true))
  now += 2 * MINUTE
  const { mail: open } = await run("dueRecheck", {})
  if (open === null) throw new Error("an answer should wait to be checked again")
  const settled = { accountId, inboundMailId: open.inboundMailId, auth: unproven("example.com") }
  await run("settleRecheck", settled)
  await run("dueRecheck", {})
  const noticed = notice?.kind === "offline-notice" ? notice.conversationId : conversationId
  const view = await run("readConversation", { ...asAgent, conversationId: noticed })
  const held = view.unconfirmedAnswers[0]
  if (!held) throw new Error("an answer should be waiting")
  await run("readOriginal", { accountId, inboundMailId: held.id })
  await run("releaseAnswer", { accountId, agentId, inboundMailId: held.id })
  await run("closeConversation", asAgent)
  const asVisitor = { accountId, visitorId, conversationId }
  await run("rateConversation", { ...asVisitor, good: true, words: "Fine" })
  await run("mailTranscript", asVisitor)
  await run("readBox", { siteKey, groupId: null, visitor })
  await run("listRatings", { accountId, limit: 50 })
  await run("readConversation", asAgent)
  await addresses(asAgent, () => write("key-00000005"))
  await names(asAgent)

  for (const list of ["unserved", "mine", "all"] as const) {
    await run("listConversations", { accountId, agentId, list, limit: 50 })
    await run("listConversations", { accountId, agentId, list, limit: 50, after: `${now}.${conversationId}` })
  }
  await run("readListed", { accountId, agentId, ids: [conversationId] })
  await run("searchConversations", { accountId, agentId, q: "hello", limit: 5 })
  await run("readToolbars", { accountId, who: [{ agentId, deviceId }] })
  await run("readEvents", { accountId, after: 0, limit: 10 })
  await run("readTimeline", { accountId, from: now - 5 * MINUTE, to: now })
  await run("readTimeline", { accountId, from: now - 5 * MINUTE, to: now, agentId })
  await run("simulate", { accountId, groupId: null })
  await run("sweepHistory", { keepMs: MINUTE, after: "", limit: 10 })
  await run("sweepHistory", { keepMs: MINUTE, after: "", limit: 10 })
  await run("listDeliveries", { accountId, limit: 10 })
  await run("listDeliveries", { accountId: null, limit: 10, state: "queued" })
  await run("why", { conversationId })
  await run("readHealth", {})
  await recordOf({ accountId, agentId, visitorId, siteId, siteKey })
  await run("setAgent", { accountId, agentId: benId, active: false })
  await refused(run("setAgent", { accountId, agentId, active: false }))
  await run("removeAgent", { accountId, agentId: cleoId })
  await run("deleteGroup", { accountId, groupId: returns.groupId })
  await run("signOut", { accountId, agentId, deviceId, unavailable: true })
  await run("stopRelay", { relayId })
  // A gap, and another relay that finds this one gone.
  now += 10 * MINUTE
  await run("startRelay", { relayId: "another" })
}

/** Files through the chat, both ways. */
const uploads = async (of: {
  accountId: AccountId
  siteId: SiteId
  siteKey: string
  agentId: AgentId
  visitorId: VisitorId
  visitor: string
  conversationId: ConversationId
}): Promise<void> => {
  const { accountId, siteId, agentId, visitorId, conversationId } = of
  const file = { name: "lamp.txt", type: "text/plain", bytes: new Uint8Array([65]) }
  const asVisitor = { accountId, sender: { kind: "visitor", id: visitorId } as const }
  const asAgent = { accountId, sender: { kind: "agent", id: agentId, conversationId } as const }
  await run("identifyBox", of)
  await run("mayUpload", asVisitor)
  await run("mayUpload", asAgent)
  const { id } = await run("takeUpload", { ...asVisitor, key: "file-0000001", file })
  await run("takeUpload", { ...asVisitor, key: "file-0000001", file })
  const answer = await run("takeUpload", { ...asAgent, key: "file-0000002", file })
  const unsent = await run("takeUpload", { ...asAgent, key: "file-0000003", file })
  await run("dropUpload", { accountId, senderId: agentId, id: unsent.id })
  const message = { key: "key-with-file", text: "", page: null, files: [id] }
  await run("takeVisitorMessage", { accountId, siteId, groupId: null, visitorId, ...message })
  const said = { key: "key-of-answer", text: "", files: [answer.id] }
  await run("answerConversation", { accountId, agentId, conversationId, ...said })
  await run("readVisitorAttachment", { accountId, visitorId, id: answer.id, from: 0 })
  await run("readAttachmentPiece", { accountId, id: answer.id, from: 0 })
  await run("readAttachment", { accountId, id })
  await run("sweepUploads", { after: "", limit: 10 })
}

/** Destinations and redirects, and a conversation taken by mail. */
const addresses = async (
  agent: { accountId: AccountId; agentId: AgentId },
  write: () => Promise<unknown>,
): Promise<void> => {
  const { accountId, agentId } = agent
  const mailTo = async (address: string) => {
    const mail = (await run("listDeliveries", { accountId, limit: 20 })).find((one) => one.to === address)
    return (await run("readDelivery", { id: mail?.id as DeliveryId })).content
  }
  const codeTo = async (address: string): Promise<string> => {
    const content = await mailTo(address)
    return content.kind === "address-code" ? content.code : ""
  }
  const [inbox, moved] = ["inbox@example.net", "ada@example.net"]
  await run("askAddress", { accountId, by: "Ada", address: inbox })
  const given = { accountId, by: "Ada", address: inbox, code: await codeTo(inbox) }
  await run("confirmAddress", given)
  await run("forgetAddress", { accountId, address: inbox })
  await run("askAddress", { accountId, by: "Ada", address: inbox })
  await run("confirmAddress", { ...given, code: await codeTo(inbox) })
  const owner = { kind: "account", id: accountId } as const
  await run("setRedirect", { accountId, by: "Ada", owner, redirect: { address: inbox, mode: "along-with" } })
  await run("listRedirects", { accountId })
  await write()
  for (let halves = 0; halves < 6; halves += 1) {
    now += MINUTE / 2
    await run("signRelay", { relayId: "relay" })
    await run("judgeDue", { limit: 10 })
  }
  const notice = await mailTo(inbox)
  const token = notice.kind === "offline-notice" ? (notice.takeToken ?? "") : ""
  await run("readTake", { token })
  await run("takeConversation", { token, agentId, name: null })
  await run("takeConversation", { token, agentId: null, name: "Jana" })
  const stop = notice.kind === "offline-notice" ? (notice.unsubscribeToken ?? "") : ""
  await run("readUnsubscribe", { token: stop })
  await run("unsubscribe", { token: stop })
  await run("askDestination", { accountId, agentId, address: moved })
  await run("confirmDestination", { accountId, agentId, address: moved, code: await codeTo(moved) })
  const picture = png()
  const { picture: id } = await run("setPicture", { accountId, agentId, picture })
  await run("readPicture", { accountId, id: id ?? "" })
  await run("setPicture", { accountId, agentId, picture })
  await run("readProfile", { accountId, agentId })
  await run("setPicture", { accountId, agentId, picture: null })
}

/** The log of changes and webhooks. */
const recordOf = async (of: {
  accountId: AccountId
  agentId: AgentId
  visitorId: VisitorId
  siteId: SiteId
  siteKey: string
}) => {
  const { accountId, agentId, visitorId, siteId, siteKey } = of
  await run("listChanges", { accountId, limit: 10 })
  await run("listChanges", { accountId, limit: 10, agentId, before: 100 })
  await run("listChanges", { accountId, limit: 10, kind: "group", before: 100 })
  await run("sweepRecord", { changesMs: MINUTE, after: "" })
  const url = "https://example.com/hook"
  const { webhookId } = await run("createWebhook", { accountId, name: "CRM", url, events: ["light.changed"] })
  await run("setWebhook", { accountId, webhookId, name: "Our CRM", events: [...CHOSEN_EVENTS] })
  await run("setAccount", { accountId, name: "Example Ltd" })
  await run("feedWebhooks", { accountId })
  await run("rotateWebhookSecret", { accountId, webhookId, overlapMs: MINUTE })
  await run("testWebhook", { accountId, webhookId })
  await run("nextWebhooks", { among: [accountId] })
  await run("nextWebhooks", { among: null })
  const { claims } = await run("claimWebhooks", { relayId: "relay", limit: 10, leaseMs: MINUTE })
  const { id, attempt } = claims[0]!
  const result = { kind: "answered", status: 500, text: "no", tookMs: 1 } as const
  await run("settleWebhook", { accountId, id, relayId: "relay", attempt, result })
  await run("listWebhooks", { accountId })
  await run("listWebhookDeliveries", { accountId, webhookId, limit: 10 })
  await run("sendWebhookAgain", { accountId, webhookId, id })
  await run("removeWebhook", { accountId, webhookId })
  await run("noteHello", { siteKey, origin: "https://shop.example" })
  await run("readTag", { accountId, siteId })
  const whose = { address: "jana@customer.example" }
  await run("readPerson", { accountId, whose })
  await run("readPerson", { accountId, whose: { visitorId } })
  const { files } = await run("exportPerson", { accountId, whose })
  for (const file of files) if ("kept" in file) await run("readKept", { accountId, kept: file.kept })
  await run("erasePerson", { accountId, whose })
  const eva = { name: "Eva", address: "eva@example.com", role: "agent", language: "en", zone: "UTC" } as const
  const leaves = await run("createAgent", { accountId, ...eva })
  await run("readAgentData", { accountId, ...leaves })
  await run("exportAgent", { accountId, ...leaves })
  await run("eraseAgent", { accountId, ...leaves })
  let { next: place }: { next: InputOf<Actions["exportRows"]>["place"] | null } = await run("beginExport", {
    accountId,
  })
  while (place !== null) place = (await run("exportRows", { accountId, place })).next
}

/** Names at the mail domain, and mail to them: forwarded, and as conversations. */
const names = async ({ accountId, agentId }: { accountId: AccountId; agentId: AgentId }): Promise<void> => {
  const owner = { kind: "account", id: accountId } as const
  await run("addMailName", { accountId, by: "Ada", name: "info", owner })
  await run("listMailNames", { accountId })
  await run("setAccount", { accountId, mailDomain: "chat.lamps.example" })
  const addresses = ["ada@chat.lamps.example", "info@chat.lamps.example"]
  const [forward, conversation] = await run("findRecipients", { addresses })
  if (forward?.kind !== "forward" || conversation?.kind !== "conversation") throw new Error("names are there")
  const [from, subject] = ["jana@customer.example", "Lamps"]
  const facts = { from, subject, automatic: false }
  const pass = async (messageId: string) => {
    const mail = { ...facts, envelopeFrom: from, messageId, auth: proven("customer.example", "spf") }
    await run("acceptForward", { mail: { ...mail, raw: new Uint8Array([1]) }, to: [forward] })
  }
  const claim = async () => {
    const { claims } = await run("claimDeliveries", { relayId: "relay", limit: 50, leaseMs: MINUTE })
    const { id, attempts: attempt } = claims.find((one) => one.kind === "forward")!
    return { accountId, id, attempt }
  }
  await pass("<1@customer.example>")
  const result = { kind: "failed", outcome: "mailbox-full", server: "mx", answer: "552 5.2.2 full" } as const
  await run("settleDelivery", { ...(await claim()), claimedBy: "relay", result })
  const [report] = await run("listDeliveries", { accountId, limit: 1 })
  expect(report?.kind).toBe("delivery-report")
  await pass("<1b@customer.example>")
  await run("giveBackDeliveries", { relayId: "relay", claims: [await claim()], dueAt: now })
  const delivered = [{ ...(await claim()), server: "mx", answer: "250 OK" }]
  await run("settleForwards", { relayId: "relay", delivered })
  const mail = (messageId: string, more: { thread?: string[]; automatic?: boolean } = {}) =>
    run("takeConversationMail", {
      ...{ accountId, groupId: null, address: conversation.address, envelopeFrom: from },
      ...{ raw: new Uint8Array([1]), auth: null },
      mail: {
        ...{ ...facts, name: "Jana", messageId, thread: [], text: "Hello", whole: "Hello" },
        ...{ attachments: [{ name: "plan.pdf", type: "application/pdf", bytes: new Uint8Array([1]) }] },
        ...more,
      },
    })
  const { conversationId } = await mail("<2@customer.example>")
  await mail("<3@customer.example>", { thread: ["<2@customer.example>"] })
  await mail("<4@customer.example>", { automatic: true })
  const view = await run("readConversation", { accountId, agentId, conversationId })
  await run("readAttachment", { accountId, id: view.messages[0]!.attachments[0]!.id })
  await run("answerConversation", { accountId, agentId, conversationId, key: "by-mail-01", text: "Yes" })
  now += 2 * MINUTE
  await run("mailDueAnswers", { limit: 10 })
  await run("removeMailName", { accountId, name: "info" })
  await run("sweepMails", { limit: 10 })
}

const planOf = (statement: string): string[] =>
  db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${statement}`)
    .all(...Array((statement.match(/\?/g) ?? []).length).fill(null))
    .map((row) => row.detail)

/** Erasing or exporting a person reads all that an account has of mails and events: on purpose, and not every day. */
const FOR_A_PERSON = [
  /^select "id" from "mails" where "account_id" = \? and \(lower\(from_address\)/,
  /^select "id", "conversation_id" from "inbound_mails" where .* lower\(from_address\) = \?$/,
  /^select "id" from "deliveries" where "account_id" = \? and "to_address" = \? and "kind" in/,
  /^delete from "(uploads|events|search_entries|attachments)" where "account_id" = \? and "\w+" in \(\?\)$/,
  /^select \* from "changes" where "account_id" = \? and "kind" = \?/,
]

/** Tables of which an account has more the longer it is used. */
const HISTORY =
  /^SEARCH (?:changes|webhook_deliveries|conversations|messages|watermarks|verdicts|deliveries|inbound_mails|events|visitors|mails|attachments|uploads|upload_counts) /

/** Lists of an account, and their counts, have an end. */
const LISTED = / limit \?(\) as "counted")?$/

/** The parts of a plan that read more the more is stored: on the relay, or in one account. */
const growing = (statement: string): string[] =>
  planOf(statement).filter((detail) => {
    if (FOR_A_PERSON.some((known) => known.test(statement))) return false
    if (HISTORY.test(detail) && detail.endsWith("(account_id=?)")) return !LISTED.test(statement)
    // A list that the statement brings along is no table.
    if (/^SCAN \d+-ROW VALUES/.test(detail)) return false
    // What is searched for is looked up.
    if (/^SCAN search_words VIRTUAL TABLE INDEX \d+:\w*M/.test(detail)) return false
    const [, table, , index] = /^SCAN (\w+)( USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? []
    return table !== undefined && !SMALL.includes(table) && !READ_ALONG.includes(index ?? "")
  })

test("the scenario runs every action there is", () => {
  expect(Object.keys(actions).filter((name) => !ran.has(name))).toEqual([])
})

test("no statement reads a growing table from end to end", () => {
  const asked = [...statements].filter((source) => /^(select|update|delete|with)/i.test(source))
  expect(asked.length).toBeGreaterThan(80)
  const slow = asked.flatMap((source) => growing(source).map((detail) => `${detail}: ${source}`))
  expect(slow).toEqual([])
})

test("and one that does would be found", () => {
  expect(growing("select * from messages where text = ?")).toEqual(["SCAN messages"])
  expect(growing("select * from messages where account_id = ? and text = ?")).toEqual([
    "SEARCH messages USING INDEX sqlite_autoindex_messages_1 (account_id=?)",
  ])
})

/**
 * Statements that look at all accounts: what is due next, a page at a time along an index that holds only that; and
 * what operators ask. None of them joins, and none but the end of leases writes.
 */
const ACROSS = [
  /^select (?!.* join ).* from "(devices|conversations|accounts|deliveries|inbound_mails|bounces|senders_told|visitor_tabs|pushes|webhook_deliveries|destinations|webhooks)" (where .*)?order by .* limit \?$/,
  /^select min\("due_at"\) as "at" from "conversations" where "due_at" is not null$/,
  /^select count\(\*\) as "n", min\("created_at"\) as "oldest" from "deliveries" where "next_at" is not null$/,
  /^update "deliveries" set .* where "state" = \? and "(claimed_until|next_at)" <= \?$/,
  // Operators: lists over all accounts, and a thing by its id alone.
  /^select \* from "(accounts|deliveries)" order by "created_at"/,
  /^select \* from "(deliveries|conversations)" where "account_id" in \(select "id" from "accounts"\) and "id" = \?$/,
  // What the embedded store says of its file.
  /from pragma_page_count, pragma_page_size$/,
  // The embedded store's own index of words, which has no account beside a word's sign.
  /search_words/,
]

test("every statement stays within one account, but for those that find what is due", () => {
  const across = [...statements].filter((source) => unboundTables(source).length > 0)
  expect(across.length).toBeGreaterThan(10)
  expect(across.filter((source) => !ACROSS.some((known) => known.test(source)))).toEqual([])
})

test("and one that does not would be found", () => {
  expect(unboundTables('select * from "messages" where "id" = ?')).toEqual(["messages"])
  expect(unboundTables('select * from "messages" where "account_id" = ? and "id" = ?')).toEqual([])
  const join = 'select * from "messages" as "m" inner join "agents" on "agents"."id" = "m"."agent_id"'
  expect(unboundTables(`${join} where "m"."account_id" = ?`)).toEqual(["agents"])
  expect(
    unboundTables(`${join} and "agents"."account_id" = "m"."account_id" where "m"."account_id" = ?`),
  ).toEqual([])
  const all = `${join} and "agents"."account_id" = "m"."account_id"`
  expect(unboundTables(all)).toEqual(["messages", "agents"])
  expect(unboundTables('delete from "events"')).toEqual(["events"])
})
