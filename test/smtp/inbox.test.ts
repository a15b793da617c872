import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createTransport } from "nodemailer"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Recipient } from "../../relay/actions/find-recipients.ts"
import { handClock } from "../../relay/clock.ts"
import { silentLog } from "../../relay/log.ts"
import { type MailParser, openMailParser } from "../../relay/mail/parse.ts"
import type { ParsedReply } from "../../relay/mail/parsed-reply.ts"
import type { InboundEnvelope, InboundPort } from "../../relay/smtp/inbound-port.ts"
import { type InboxStore, openInbox } from "../../relay/smtp/inbox.ts"
import { SMTP_LIMITS } from "../../relay/smtp/limits.ts"
import { openPostmasterFolder } from "../../relay/smtp/postmaster.ts"
import { startSmtpServer } from "../../relay/smtp/server.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"

const KNOWN = "aaaabbbbccccdddd"
const OTHER = "eeeeffffgggghhhh"
const NOW = Date.UTC(2026, 10, 21, 12, 30, 5, 7)

interface TakenReply {
  token: string
  envelopeFrom: string
  raw: Uint8Array
  mail: ParsedReply
}

/** Remembers what it was given; the same Message-ID to the same token again is `repeated`. */
const fakeStore = () => {
  const taken: TakenReply[] = []
  const asked: string[] = []
  const store = {
    taken,
    asked,
    /** Tokens, and what taking a mail to them throws. */
    faults: new Map<string, Error>(),
    run: async (name: string, input: { addresses: string[] } | TakenReply, now: number): Promise<unknown> => {
      expect(now).toBe(NOW)
      if (name === "findRecipients" && "addresses" in input) {
        asked.push(...input.addresses)
        return input.addresses.map((address): Recipient => {
          const token = [KNOWN, OTHER].find((one) => address.toLowerCase() === `r-${one}@relay.test`)
          return token ? { kind: "reply", token } : { kind: "unknown" }
        })
      }
      const given = input as TakenReply
      const fault = store.faults.get(given.token)
      if (fault) throw fault
      const again = taken.some(
        ({ token, mail }) => token === given.token && mail.messageId === given.mail.messageId,
      )
      if (!again) taken.push(given)
      return { outcome: again ? "repeated" : given.mail.automatic ? "automatic" : "posted" }
    },
  }
  return store
}

let store: ReturnType<typeof fakeStore>
let parser: MailParser
let folder: string
let inbox: InboundPort

const settings = () => ({
  store: store as unknown as InboxStore,
  parser,
  postmaster: openPostmasterFolder(folder),
  domain: "relay.test",
  host: "mx.relay.test",
  clock: handClock(NOW),
  log: silentLog(),
  work: {
    check: async () => null,
    prepare: async (raw: Buffer, { trace }: { trace: Buffer }) => Buffer.concat([trace, raw]),
  },
  loopKey: "key",
  isGateway: () => false,
})

beforeEach(() => {
  store = fakeStore()
  parser = openMailParser({ domain: "relay.test", log: silentLog() })
  folder = join(mkdtempSync(join(tmpdir(), "porchlight-inbox-")), "postmaster")
  inbox = openInbox(settings())
})
afterEach(async () => {
  await parser.close()
  rmSync(join(folder, ".."), { recursive: true, force: true })
})

const envelope = (...to: string[]): InboundEnvelope => ({
  from: "anna@shop.example",
  to,
  remoteAddress: "192.0.2.7",
  helo: "mx.shop.example",
  protocol: "ESMTPS",
})
const MAIL = Buffer.from(
  "From: Anna <anna@shop.example>\r\nSubject: Re: hi\r\nMessage-ID: <a@b>\r\n\r\nYes.\r\n",
)
const kept = () => readdirSync(folder).sort()

describe("who is there", () => {
  test.each([
    ["postmaster", "postmaster"],
    ["Postmaster@relay.test", "postmaster"],
    ["ABUSE@relay.test", "postmaster"],
    [`r-${KNOWN}@relay.test`, "reply"],
    [`R-${KNOWN.toUpperCase()}@relay.test`, "reply"],
    ["r-zzzzzzzzzzzzzzzz@relay.test", "unknown"],
    ["anna@relay.test", "unknown"],
  ])("%s is %s", async (address, kind) => {
    expect(await inbox.findRecipient(address)).toBe(kind)
    // the operator is there whatever the store says
    expect(store.asked).toHaveLength(kind === "postmaster" ? 0 : 1)
  })
})

describe("an answer", () => {
  test("reaches the store as it came, under the lines that say how, and as it was read", async () => {
    expect(await inbox.take(envelope(`R-${KNOWN.toUpperCase()}@relay.test`), MAIL)).toEqual({ kind: "taken" })
    const [taken] = store.taken
    expect(taken).toMatchObject({
      token: KNOWN,
      envelopeFrom: "anna@shop.example",
      mail: {
        from: "anna@shop.example",
        subject: "Re: hi",
        messageId: "<a@b>",
        text: "Yes.",
        automatic: false,
      },
    })
    const raw = Buffer.from(taken!.raw).toString()
    expect(raw).toMatch(
      /^Return-Path: <anna@shop\.example>\r\nReceived: from mx\.shop\.example \(\[192\.0\.2\.7\]\)\r\n by mx\.relay\.test with ESMTPS id [a-z2-7]{12};\r\n Sat, 21 Nov 2026 12:30:05 \+0000\r\nFrom: /,
    )
    expect(raw.endsWith(MAIL.toString())).toBe(true)
  })

  test("to two tokens reaches both; to one token twice, once", async () => {
    await inbox.take(
      envelope(`r-${KNOWN}@relay.test`, `R-${KNOWN.toUpperCase()}@relay.test`, `r-${OTHER}@relay.test`),
      MAIL,
    )
    expect(store.taken.map(({ token }) => token)).toEqual([KNOWN, OTHER])
  })

  test("that comes again is taken again without a word, and not stored again", async () => {
    for (let n = 0; n < 2; n += 1)
      expect(await inbox.take(envelope(`r-${KNOWN}@relay.test`), MAIL)).toEqual({ kind: "taken" })
    expect(store.taken).toHaveLength(1)
  })

  test("without a Message-ID is known again all the same", async () => {
    const raw = Buffer.from("From: anna@shop.example\r\n\r\nYes.\r\n")
    await inbox.take(envelope(`r-${KNOWN}@relay.test`), raw)
    await inbox.take({ ...envelope(`r-${KNOWN}@relay.test`), remoteAddress: "192.0.2.8" }, raw)
    expect(store.taken).toHaveLength(1)
  })

  test("of a program is stored as automatic; so is any with the null sender", async () => {
    const raw = Buffer.concat([Buffer.from("Auto-Submitted: auto-replied\r\n"), MAIL])
    await inbox.take(envelope(`r-${KNOWN}@relay.test`), raw)
    await inbox.take({ ...envelope(`r-${OTHER}@relay.test`), from: "" }, MAIL)
    expect(store.taken.map(({ mail }) => mail.automatic)).toEqual([true, true])
  })

  test("that a hostile client sends brings no line of its own into the lines on top", async () => {
    const from = { ...envelope(`r-${KNOWN}@relay.test`), helo: "a)\r\nX-Evil: b", from: "a>\r\nX: y@z" }
    await inbox.take(from, MAIL)
    const [head = ""] = Buffer.from(store.taken[0]!.raw).toString().split("From:", 1)
    expect(head.split("\r\n").map((line) => line.slice(0, 9))).toEqual([
      "Return-Pa",
      "Received:",
      " by mx.re",
      " Sat, 21 ",
      "",
    ])
  })

  test("whose store fails is put off, though another recipient has it already", async () => {
    store.faults.set(OTHER, new Refusal("store-full", "no room"))
    const both = envelope(`r-${KNOWN}@relay.test`, `r-${OTHER}@relay.test`)
    await expect(inbox.take(both, MAIL)).rejects.toMatchObject({ code: "store-full" })
    store.faults.clear()
    expect(await inbox.take(both, MAIL)).toEqual({ kind: "taken" })
    expect(store.taken.map(({ token }) => token)).toEqual([KNOWN, OTHER])
  })

  test("to a conversation erased meanwhile is refused, unless somebody else has it", async () => {
    store.faults.set(OTHER, new Refusal("not-found", "erased"))
    expect(await inbox.take(envelope(`r-${OTHER}@relay.test`), MAIL)).toMatchObject({
      kind: "refused",
      reply: { code: 550, text: expect.stringMatching(/^5\.1\.1 /) },
    })
    expect(await inbox.take(envelope(`r-${KNOWN}@relay.test`, `r-${OTHER}@relay.test`), MAIL)).toEqual({
      kind: "taken",
    })
  })
})

describe("a loop", () => {
  const travelled = (hops: number) =>
    Buffer.concat([Buffer.from("Received: from a by b; now\r\n".repeat(hops)), MAIL])

  test("is refused when the mail has passed more than 25 servers, and nothing of it is kept", async () => {
    const outcome = await inbox.take(envelope(`r-${KNOWN}@relay.test`, "postmaster"), travelled(26))
    expect(outcome).toMatchObject({
      kind: "refused",
      reply: { code: 554, text: expect.stringMatching(/^5\.4\.6 /) },
    })
    expect(store.taken).toEqual([])
  })

  test("is not yet one after 25", async () => {
    expect(await inbox.take(envelope(`r-${KNOWN}@relay.test`), travelled(25))).toEqual({ kind: "taken" })
  })
})

describe("mail to the operator", () => {
  test("is a file that any mail program opens, and goes to nobody else", async () => {
    expect(await inbox.take(envelope("postmaster", "abuse@relay.test"), MAIL)).toEqual({ kind: "taken" })
    expect(kept()).toEqual([expect.stringMatching(/^20261121T123005007Z-[a-z2-7]{12}\.eml$/)])
    const text = readFileSync(join(folder, kept()[0]!)).toString()
    expect(text).toMatch(/^Return-Path: <anna@shop\.example>\r\nReceived: /)
    expect(text.endsWith(MAIL.toString())).toBe(true)
    expect(store.taken).toEqual([])
  })

  test("does not use up the disk: past its share it is put off until there is room", async () => {
    const small = openInbox({ ...settings(), postmaster: openPostmasterFolder(folder, 1_000) })
    const large = Buffer.concat([MAIL, Buffer.alloc(500, "x")])
    expect(await small.take(envelope("postmaster"), large)).toEqual({ kind: "taken" })
    await expect(small.take(envelope("postmaster"), large)).rejects.toMatchObject({ code: "store-full" })
    rmSync(join(folder, kept()[0]!))
    expect(await small.take(envelope("postmaster"), large)).toEqual({ kind: "taken" })
    expect(kept()).toHaveLength(1)
  })

  test("is put off when the folder cannot be written, and leaves nothing behind", async () => {
    writeFileSync(folder, "a file stands where the folder should be")
    await expect(inbox.take(envelope("postmaster"), MAIL)).rejects.toMatchObject({
      code: "store-unavailable",
    })
    rmSync(folder)
    expect(await inbox.take(envelope("postmaster"), MAIL)).toEqual({ kind: "taken" })
    expect(kept()).toHaveLength(1)
  })

  test("that a crash left half written is cleared away", async () => {
    await inbox.take(envelope("postmaster"), MAIL)
    writeFileSync(join(folder, "20261121T000000000Z-abc.eml.part"), "half")
    await openInbox(settings()).take(envelope("postmaster"), MAIL)
    expect(kept()).toHaveLength(2)
  })
})

describe("a sender", () => {
  const checked = async (isGateway: (address: string) => boolean): Promise<unknown[]> => {
    const asked: unknown[] = []
    const work = {
      ...settings().work,
      check: async ({ helo, remoteAddress }: { helo: string; remoteAddress: string }) => {
        asked.push([helo, remoteAddress])
        return null
      },
    }
    const through =
      "Received: from far.example (unknown [203.0.113.9]) by mx.shop.example with ESMTP id 1; Sat\r\n"
    const raw = Buffer.concat([Buffer.from(through), MAIL])
    await openInbox({ ...settings(), work, isGateway }).take(envelope(`r-${KNOWN}@relay.test`), raw)
    return asked
  }

  test("is the client that stands before us; behind a mail server of our own, the one that it names", async () => {
    expect(await checked(() => false)).toEqual([["mx.shop.example", "192.0.2.7"]])
    expect(await checked((address) => address === "192.0.2.7")).toEqual([["far.example", "203.0.113.9"]])
  })
})

describe("over SMTP", () => {
  test("the whole way: a mail program's answer is stored before its 250", async () => {
    const server = await startSmtpServer({
      name: "relay.test",
      ...settings(),
      host: "127.0.0.1",
      port: 0,
      limits: SMTP_LIMITS,
      inbox,
    })
    const transport = createTransport({ host: "127.0.0.1", port: server.port, ignoreTLS: true })
    const sent = await transport.sendMail({
      from: "Anna Nováková <anna@shop.example>",
      to: `r-${KNOWN}@relay.test`,
      subject: "Re: Dodáváte do Brna?",
      text: "Ano, dodáváme.\n\nDne 21. 11. 26 v 10:15 Jana napsal(a):\n> Dodáváte do Brna?\n",
      attachments: [{ filename: "../../x.exe", content: Buffer.alloc(100_000) }],
    })
    expect(sent.response).toBe("250 2.6.0 Stored")
    expect(store.taken[0]?.mail).toEqual({
      from: "anna@shop.example",
      name: "Anna Nováková",
      subject: "Re: Dodáváte do Brna?",
      messageId: sent.messageId,
      thread: [],
      text: "Ano, dodáváme.",
      whole: "Ano, dodáváme.\n\nDne 21. 11. 26 v 10:15 Jana napsal(a):\n> Dodáváte do Brna?",
      automatic: false,
      attachments: [
        {
          name: "x.exe",
          type: expect.any(String),
          bytes: expect.toSatisfy((bytes) => bytes.length === 100_000),
        },
      ],
      attachmentCount: 1,
    })
    transport.close()

    store.faults.set(KNOWN, new Refusal("store-unavailable", "away"))
    const client = await RawSmtp.greeted(server.port)
    expect(await client.mail(MAIL, `r-${KNOWN}@relay.test`)).toMatch(/^451 4\.3\.0/)
    expect(await client.mail(MAIL, "postmaster")).toMatch(/^250 /)
    await client.quit()
    await server.close()
  })
})
