import { handClock } from "../../../relay/clock.ts"
import { dkimRecords } from "../../../relay/mail/dns.ts"
import type { ConversationView, MessageView, VerdictView } from "../../../shared/protocol/views.ts"
import type { ConversationId } from "../../../shared/words/ids.ts"
import { MINUTE, type Millis, SECOND } from "../../../shared/words/time.ts"
import { api } from "../../kit/api.ts"
import { type DnsServer, startDnsServer } from "../../kit/dns-server.ts"
import { freePorts } from "../../kit/ports.ts"
import { type Company, startRelay, type TestRelay } from "../../kit/relay.ts"
import { until } from "../../kit/until.ts"
import { connectVisitor, ofType } from "../../kit/visitor-socket.ts"

import { PATIENCE_MS } from "./peer.ts"

/** The relay's mail domain here. */
export const DOMAIN = "chat.lamplight.example"
/** Where Anna, the company's agent, reads her mail; `anna@DOMAIN` leads there. */
export const ANNA = "anna@lamplight.example"
export const ANNAS_NAME = `anna@${DOMAIN}`

/**
 * A relay that sends by MX into a town of other people's mail servers: each on an address of this machine, all
 * on one port, found by DNS.
 */
export interface Town {
  relay: TestRelay
  company: Company
  dns: DnsServer
  /** Of all servers but the relay. */
  port: number
  /** `[127.0.0.1]:<port>`, as Postfix and others name the way to the relay. */
  toRelay: string
  /** Publishes that mail for a domain goes to this address, and comes from there. */
  settle(domain: string, address: string): void
  /** Publishes the relay's DKIM keys of now; those of the beginning are. */
  publishKeys(): Promise<void>
  /** TXT records of the DNS whose names contain this: name → text. */
  published(part: string): Record<string, string>
  /** A visitor writes in the chat box and leaves; gives the conversation. */
  visitorWrites(text: string): Promise<ConversationId>
  /** Lets time pass for the relay. */
  pass(ms: Millis): Promise<void>
  /** The conversation as the API tells Anna. */
  view(conversationId: ConversationId): Promise<ConversationView>
  /** What the API says about Anna and the visitor's message, once it is this. */
  verdict(conversationId: ConversationId, code: VerdictView["reason"]["code"]): Promise<VerdictView>
  /** The first message of such an author in the conversation, once it is there. */
  message(conversationId: ConversationId, author: MessageView["author"]): Promise<MessageView>
  close(): Promise<void>
}

export const openTown = async (): Promise<Town> => {
  const dns = await startDnsServer()
  const [port = 0] = await freePorts(1)
  // Other people's programs have the clock of the machine, and think nothing of what comes from the future.
  const clock = handClock(Date.now() - 30 * MINUTE)
  const relay = await startRelay({
    clock,
    outbound: "mx",
    env: {
      PORCHLIGHT_MAIL_DOMAIN: DOMAIN,
      PORCHLIGHT_MAIL_CHECKS: "on",
      PORCHLIGHT_DNS: dns.address,
      PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.0/8",
      PORCHLIGHT_TEST_MX_PORT: String(port),
    },
  })
  const company = await relay.setUp()
  Object.assign(dns.zone, {
    [DOMAIN]: { MX: [[10, DOMAIN]], A: ["127.0.0.1"], TXT: ["v=spf1 ip4:127.0.0.0/8 -all"] },
    [`_dmarc.${DOMAIN}`]: { TXT: ["v=DMARC1; p=reject"] },
  })
  const publishKeys = async (): Promise<void> => {
    const keys = await relay.store.run("readSigningKeys", { make: null }, clock.now())
    for (const { name, value } of dkimRecords(keys, DOMAIN, clock.now())) dns.zone[name] = { TXT: [value] }
  }
  await publishKeys()

  let token: string | null = null
  const view = async (conversationId: ConversationId): Promise<ConversationView> => {
    token ??= await signIn(relay)
    return api({ url: relay.url, token }, "GET", `/api/conversations/${conversationId}`)
  }
  return {
    relay,
    company,
    dns,
    port,
    toRelay: `[127.0.0.1]:${relay.smtpPort}`,
    settle: (domain, address) => {
      Object.assign(dns.zone, {
        [domain]: { MX: [[10, `mx.${domain}`]], TXT: [`v=spf1 ip4:${address} -all`] },
        [`mx.${domain}`]: { A: [address] },
        [`_dmarc.${domain}`]: { TXT: ["v=DMARC1; p=none"] },
      })
    },
    publishKeys,
    published: (part) =>
      Object.fromEntries(
        Object.entries(dns.zone).flatMap(([name, { TXT }]) =>
          name.includes(part) && Array.isArray(TXT) ? [[name, TXT.join("")]] : [],
        ),
      ),
    visitorWrites: async (text) => {
      const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
      box.send({ type: "open", language: "en", zone: "Europe/Prague" })
      await box.push(ofType("you"))
      box.send({ type: "write", key: crypto.randomUUID(), text, page: null })
      await box.push(ofType("ack"))
      await box.close()
      const list = { accountId: company.accountId, agentId: company.agentId, list: "all", limit: 1 } as const
      const { conversations } = await relay.store.run("listConversations", list, clock.now())
      return conversations[0]!.id
    },
    pass: (ms) => relay.pass(ms),
    view,
    verdict: (conversationId, code) =>
      until(
        `the verdict "${code}"`,
        async () => (await view(conversationId)).verdicts.find(({ reason }) => reason.code === code),
        PATIENCE_MS,
      ).catch(async (error: Error) => {
        const { verdicts, deliveries } = await view(conversationId)
        throw new Error(`${error.message}; there is ${JSON.stringify({ verdicts, deliveries })}`)
      }),
    message: (conversationId, author) =>
      until(
        `a message of the ${author}`,
        async () => (await view(conversationId)).messages.find((message) => message.author === author),
        PATIENCE_MS,
      ),
    close: async () => {
      await relay.stop()
      await dns.close()
    },
  }
}

/** How long a message waits in the town before its notice goes out: grace and wait, and a moment. */
export const UNTIL_NOTICE: Millis = 121 * SECOND

/** Anna signs in; her code is read in the queue, as her mailbox may be what takes no mail. */
const signIn = async ({ store, clock }: TestRelay): Promise<string> => {
  await store.run("askSignInCode", { address: ANNA }, clock.now())
  const mails = await store.run("listDeliveries", { accountId: null, limit: 50 }, clock.now())
  const code =
    mails.flatMap(({ to, subject }) => (to === ANNA ? (/\b\d{6}\b/.exec(subject) ?? []) : []))[0] ?? ""
  const device = { kind: "tab", label: "Test" } as const
  const signedIn = await store.run("signIn", { address: ANNA, code, device }, clock.now())
  if (signedIn.refused) throw new Error(`Anna could not sign in: ${signedIn.refused}`)
  return signedIn.token
}
