import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { Recipient } from "../../relay/actions/find-recipients.ts"
import { handClock } from "../../relay/clock.ts"
import { silentLog } from "../../relay/log.ts"
import type { AuthResult } from "../../relay/mail/auth-result.ts"
import type { MailParser } from "../../relay/mail/parse.ts"
import { readReplyHeader } from "../../relay/mail/reply-header.ts"
import { type InboxStore, openInbox } from "../../relay/smtp/inbox.ts"
import { openPostmasterFolder } from "../../relay/smtp/postmaster.ts"
import type { AccountId, AgentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"

/** One mail to several kinds of recipients: what happens to it when one of them fails, and what each gets to see. */

const accountId = "ac_1" as AccountId
const AT = "relay.test"
const agent = (name: string, id = name): Recipient => ({
  kind: "forward",
  accountId,
  agentId: `ag_${id}` as AgentId,
  address: `${name}@${AT}`,
})
const PEOPLE: Record<string, Recipient> = {
  [`anna@${AT}`]: agent("anna"),
  [`anna.nova@${AT}`]: agent("anna.nova", "anna"),
  [`ben@${AT}`]: agent("ben"),
  [`sales@${AT}`]: { kind: "conversation", accountId, groupId: null, address: `sales@${AT}` },
}

const MAIL = Buffer.from("From: jana@customer.example\r\nMessage-ID: <1@customer.example>\r\n\r\nHello\r\n")

/** SPF alone vouches for a From whose domain wants more than nothing: sent on, it has to be rewritten. */
const bySpf: AuthResult = {
  spf: { result: "pass", domain: "customer.example", identity: "mailfrom" },
  dkim: [],
  dmarc: { result: "pass", domain: "customer.example", policy: "reject" },
  arc: { result: "none", sealer: null },
  aligned: true,
  temporary: false,
}
const byDkim: AuthResult = {
  ...bySpf,
  dkim: [{ result: "pass", domain: "customer.example", selector: "a", aligned: true }],
}

let folder: string
let auth: AuthResult | null
let taken: { name: string; to: string[]; from: string | null }[]
let fault: { name: string; error: Error } | null
let unreadable: boolean

const parser: MailParser = {
  parse: async (raw, envelopeFrom) => {
    if (unreadable) throw new Refusal("too-many", "100 mails wait to be read")
    const read = { text: "Hello", whole: "Hello", attachments: [], attachmentCount: 0 }
    return { ...readReplyHeader(raw, envelopeFrom, AT), ...read }
  },
  close: async () => {},
}

interface Input {
  addresses?: string[]
  to?: { address: string }[]
  address?: string
  mail?: { raw?: Uint8Array }
}

const store = {
  run: async (name: string, input: Input): Promise<unknown> => {
    if (name === "findRecipients") return (input.addresses ?? []).map((one) => PEOPLE[one])
    if (fault?.name === name) throw fault.error
    const to = input.to?.map(({ address }) => address) ?? [input.address ?? ""]
    // What `prepare` below made of it.
    const from = input.mail?.raw ? Buffer.from(input.mail.raw).toString() : null
    taken.push({ name, to, from })
    return { destinations: to.length, loops: [], claims: [], outcome: "posted" }
  },
}

const take = (...to: string[]) =>
  openInbox({
    store: store as unknown as InboxStore,
    parser,
    postmaster: openPostmasterFolder(folder),
    domain: AT,
    host: AT,
    clock: handClock(Date.UTC(2026, 10, 21)),
    log: silentLog(),
    work: {
      check: async () => auth,
      prepare: async (_raw, { rewriteTo }) => Buffer.from(rewriteTo ?? ""),
    },
    loopKey: "key",
    isGateway: () => false,
  }).take(
    { from: "jana@customer.example", to, remoteAddress: "192.0.2.7", helo: "mx.example", protocol: "ESMTP" },
    MAIL,
  )

const files = () => readdirSync(folder, { withFileTypes: true }).length

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "porchlight-several-"))
  auth = null
  taken = []
  fault = null
  unreadable = false
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ALL = [`anna@${AT}`, `sales@${AT}`, "postmaster"]

test("while the conversation cannot be stored, nothing goes on and nothing is kept; then each happens once", async () => {
  fault = { name: "takeConversationMail", error: new Refusal("store-full", "no room") }
  for (let n = 0; n < 3; n += 1) await expect(take(...ALL)).rejects.toMatchObject({ code: "store-full" })
  expect(taken).toEqual([])
  expect(files()).toBe(0)
  fault = null
  expect(await take(...ALL)).toEqual({ kind: "taken" })
  expect(taken.map(({ name }) => name)).toEqual(["takeConversationMail", "acceptForward"])
  expect(files()).toBe(1)
})

test("while too many mails wait to be read, it does not go on either", async () => {
  unreadable = true
  fault = { name: "acceptForward", error: new Refusal("store-unavailable", "no disk") }
  await expect(take(...ALL)).rejects.toMatchObject({ code: "too-many" })
  expect(files()).toBe(0)
})

test("a From that has to be rewritten names to nobody who else was written to", async () => {
  auth = bySpf
  await take(`anna@${AT}`, `ben@${AT}`, `anna.nova@${AT}`)
  expect(taken).toEqual([
    { name: "acceptForward", to: [`anna@${AT}`, `anna.nova@${AT}`], from: `anna@${AT}` },
    { name: "acceptForward", to: [`ben@${AT}`], from: `ben@${AT}` },
  ])
})

test("a mail whose From stays is one mail for all", async () => {
  auth = byDkim
  await take(`anna@${AT}`, `ben@${AT}`)
  expect(taken.map(({ to }) => to)).toEqual([[`anna@${AT}`, `ben@${AT}`]])
})
