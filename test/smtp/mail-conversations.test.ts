import { simpleParser } from "mailparser"
import { afterEach, describe, expect, test } from "vitest"
import type { AuthResult } from "../../relay/mail/auth-result.ts"
import { nothingProven } from "../../relay/mail/checks/nothing-proven.ts"
import type { AgentId, ConversationId } from "../../shared/words/ids.ts"
import { SECOND } from "../../shared/words/time.ts"
import { DOMAIN, type MailRelay, mailOf, newMessageId, startMailRelay } from "../kit/mail-relay.ts"
import { testClock } from "../kit/relay.ts"
import type { SinkMail } from "../kit/smtp-sink.ts"
import { STORES } from "../kit/stores.ts"
import { replyPartOf } from "../kit/sunk-mail.ts"

/** Conversations that people begin by mail, over real SMTP. */

const INBOX = `inbox@${DOMAIN}`
const STORED = "250 2.6.0 Stored"

let town: MailRelay
afterEach(() => town.stop())

const start = async (store?: (typeof STORES)[number]): Promise<void> => {
  town = await startMailRelay({ store, clock: testClock() })
}
const unfolded = (raw: Buffer): string => raw.toString().replace(/\r\n[ \t]+/g, " ")
const view = (conversationId: ConversationId, agentId: AgentId = town.company.agentId) =>
  town.run("readConversation", { accountId: town.company.accountId, agentId, conversationId })

describe.each(STORES)("a mail to the inbox, on %s", (store) => {
  test("becomes a conversation, of whom it is from, that counts and is notified of whoever is there", async () => {
    await start(store)
    const raw = mailOf({}, "Do you deliver to Brno?\n\nJana")
    expect(await town.send(raw, INBOX)).toBe(STORED)
    const conversation = await town.only()
    expect(conversation).toMatchObject({
      channel: "mail",
      state: "unserved",
      visitor: "Jana Nováková",
      excerpt: "Lamps for a school – Do you deliver to Brno? Jana",
      visitorAddress: "jana@customer.example",
      visitorHere: false,
      group: null,
      batch: "counting",
      messages: [
        {
          author: "visitor",
          channel: "mail",
          text: "Do you deliver to Brno?\n\nJana",
          mail: {
            from: "jana@customer.example",
            subject: "Lamps for a school",
            to: INBOX,
            proof: null,
            more: 0,
          },
          attachments: [],
        },
      ],
    })
    await town.relay.pass(25 * SECOND)
    const [notice] = await town.sink.received(1)
    expect(notice!.to).toEqual([town.company.address])
    expect(notice!.raw.toString()).toMatch(/^Subject: Lamps for a school\r$/m)
    // the complete original
    const original = await town.run("readOriginal", {
      accountId: town.company.accountId,
      inboundMailId: conversation.messages[0]!.inboundMailId!,
    })
    expect(Buffer.from(original.raw).subarray(-raw.length).equals(raw)).toBe(true)
  })

  test("from a form of a web site is of whom it was written for, unless it says that nobody wrote it", async () => {
    await start(store)
    const form = {
      From: "Lamps web site <noreply@lamps.example>",
      "Reply-To": "Jana Nováková <jana@customer.example>",
    }
    expect(await town.send(mailOf(form, "Do you deliver to Brno?"), INBOX)).toBe(STORED)
    const one = await town.only()
    expect(one).toMatchObject({
      state: "unserved",
      visitor: "Jana Nováková",
      visitorAddress: "jana@customer.example",
      messages: [{ author: "visitor", text: "Do you deliver to Brno?" }],
    })
    const { accountId, agentId } = town.company
    const answer = { accountId, agentId, conversationId: one.id, key: "k1", text: "Yes." }
    await town.run("answerConversation", answer)
    await town.relay.pass(65 * SECOND)
    expect((await town.sink.received(1)).map(({ to }) => to)).toContainEqual(["jana@customer.example"])
    // the controls: what answers by itself, and what says nobody to answer to
    const programs: Record<string, string>[] = [
      { "Auto-Submitted": "auto-replied" },
      { Precedence: "bulk" },
      { "List-Id": "<a.lamps.example>" },
    ]
    for (const program of programs) await town.send(mailOf({ ...form, ...program }, "Ticket 7."), INBOX)
    await town.send(mailOf({ From: form.From }, "Ticket 8."), INBOX)
    expect((await view(one.id)).messages.map(({ text }) => text)).toEqual(["Do you deliver to Brno?", "Yes."])
  })

  test("is answered in the thread of the visitor's own mail, who can answer in turn", async () => {
    await start(store)
    const first = newMessageId()
    await town.send(
      mailOf({ "Message-ID": first, References: "<root@customer.example>", Subject: "RE: AW: Lamps" }),
      INBOX,
    )
    const { id } = await town.only()
    const { accountId, agentId } = town.company
    await town.run("answerConversation", {
      ...{ accountId, agentId, conversationId: id, key: "k1", text: "Yes, on Tuesdays." },
    })
    await town.relay.pass(65 * SECOND)
    const answer = (await town.sink.received(1)).find(({ to }) => to[0] === "jana@customer.example")
    const text = unfolded(answer!.raw)
    expect(text).toMatch(/^Subject: Re: Lamps\r$/m)
    expect(text).toContain(`\r\nIn-Reply-To: ${first}\r\n`)
    expect(text).toContain(`\r\nReferences: <root@customer.example> ${first}\r\n`)
    const own = /^Message-ID: (<.*>)\r$/m.exec(text)![1]!
    const replyTo = /^From: .*<(r-[^>]+)>\r$/m.exec(text)![1]!
    expect(await town.send(mailOf({ "In-Reply-To": own, Subject: "Re: Lamps" }, "Great!"), replyTo)).toBe(
      STORED,
    )
    // and to the inbox, as some programs do, with our Message-ID in the chain
    const again = mailOf({ References: `${first} ${own}`, Subject: "Re: Lamps" }, "And one more thing.")
    expect(await town.send(again, INBOX)).toBe(STORED)
    expect((await town.only()).messages.map(({ text }) => text)).toEqual([
      "Do you deliver to Brno?",
      "Yes, on Tuesdays.",
      "Great!",
      "And one more thing.",
    ])
  })

  test("continues: by its thread whoever writes, by its sender while open; otherwise it is another", async () => {
    await start(store)
    const first = newMessageId()
    await town.send(mailOf({ "Message-ID": first }), INBOX)
    await town.send(mailOf({ Subject: "Something else" }, "Also, in green?"), INBOX)
    await town.send(
      mailOf(
        { From: "Petr <petr@customer.example>", "In-Reply-To": first },
        "I join in.\n\nOn Monday, Jana wrote:\n> Do you deliver?",
      ),
      INBOX,
    )
    const one = await town.only()
    expect(one.messages.map(({ text, mail }) => [mail?.from, text])).toEqual([
      ["jana@customer.example", "Do you deliver to Brno?"],
      ["jana@customer.example", "Also, in green?"],
      ["petr@customer.example", "I join in."],
    ])
    expect(one.visitorAddress).toBe("jana@customer.example")
    // the control: another sender without the thread begins another
    await town.send(mailOf({ From: "petr@customer.example" }, "A question of my own"), INBOX)
    expect(await town.conversations()).toHaveLength(2)
    // closed: the same sender begins anew, the thread reopens
    const { accountId, agentId } = town.company
    await town.run("closeConversation", { accountId, agentId, conversationId: one.id })
    await town.send(mailOf({}, "A year later"), INBOX)
    expect(await town.conversations()).toHaveLength(3)
    await town.send(mailOf({ References: first }, "Still there?"), INBOX)
    expect(await town.conversations()).toHaveLength(3)
    expect(await view(one.id)).toMatchObject({ state: "unserved" })
  })

  test("counts once, however often it is sent; and once for each group it was written to", async () => {
    await start(store)
    const { accountId, agentId } = town.company
    await town.run("createGroup", { accountId, name: "Sales", members: [agentId] })
    const raw = mailOf()
    const to = [INBOX, `sales@${DOMAIN}`, `inbox+x@${DOMAIN}`]
    expect(await town.send(raw, to)).toBe(STORED)
    expect(await town.send(raw, to)).toBe(STORED)
    expect(await town.send(raw, INBOX)).toBe(STORED)
    const all = await town.conversations()
    expect(all.map(({ group, lastSeq }) => [group, lastSeq]).sort()).toEqual([
      [null, 1],
      ["Sales", 1],
    ])
  })

  test("to two names of the inbox says the first of them", async () => {
    await start(store)
    const { accountId } = town.company
    await town.run("addMailName", {
      accountId,
      by: "Anna",
      name: "info",
      owner: { kind: "account", id: accountId },
    })
    expect(await town.send(mailOf(), [`info@${DOMAIN}`, INBOX])).toBe(STORED)
    expect((await town.only()).messages[0]!.mail!.to).toBe(`info@${DOMAIN}`)
  })

  test("that is an answer by its token as well is one message", async () => {
    await start(store)
    const { accountId, agentId } = town.company
    await town.run("createGroup", { accountId, name: "Sales", members: [agentId] })
    await town.send(mailOf(), `sales@${DOMAIN}`)
    const { id } = await town.only()
    await town.run("answerConversation", {
      ...{ accountId, agentId, conversationId: id, key: "k1", text: "Yes." },
    })
    await town.relay.pass(65 * SECOND)
    const answer = (await town.sink.received(1)).find(({ to }) => to[0] === "jana@customer.example")!
    const replyTo = /^From: .*<(r-[^>]+)>\r$/m.exec(unfolded(answer.raw))![1]!
    // without its references, to the answer's address and the inbox
    expect(await town.send(mailOf({}, "Great!"), [replyTo, INBOX])).toBe(STORED)
    expect((await town.only()).messages.map(({ text }) => text)).toEqual([
      "Do you deliver to Brno?",
      "Yes.",
      "Great!",
    ])
  })

  test("of a program is kept and shown, and is nobody's message", async () => {
    await start(store)
    const auto = { "Auto-Submitted": "auto-replied", Subject: "Out of office" }
    await town.send(mailOf(auto, "I am away."), INBOX)
    await town.relay.pass(SECOND)
    await town.send(mailOf({ ...auto, Subject: "Still away" }, "I am away."), INBOX)
    const kept = await town.only()
    expect(kept).toMatchObject({
      state: "closed",
      batch: "none",
      messages: [],
      automaticMails: [{ subject: "Out of office" }, { subject: "Still away", text: "I am away." }],
      excerpt: "Still away",
    })
    await town.relay.pass(40 * SECOND)
    expect(town.sink.mails).toEqual([])
    // the control: the same person, writing
    await town.send(mailOf({}, "I am back."), INBOX)
    await town.relay.pass(SECOND)
    await town.send(mailOf(auto, "I am away."), INBOX)
    const excerpts = (await town.conversations()).map(({ excerpt }) => excerpt)
    expect(excerpts.sort()).toEqual(["Lamps for a school – I am back.", "Still away"])
    expect((await town.conversations()).map(({ lastSeq }) => lastSeq).sort()).toEqual([0, 1])
  })

  test("between two who are away: what answers by itself on either side gets nothing for it", async () => {
    await start(store)
    const { accountId, agentId, address } = town.company
    await town.send(mailOf(), INBOX)
    await town.relay.pass(25 * SECOND)
    const away = async (mail: SinkMail, to: string) => {
      const from = mail.to[0]!
      const fields = { From: from, To: to, "Message-ID": newMessageId(), Subject: "I am away" }
      expect(await town.send(mailOf({ ...fields, "Auto-Submitted": "auto-replied" }), to, "")).toBe(STORED)
    }
    const [notice] = await town.sink.received(1)
    expect(notice!.to).toEqual([address])
    await away(notice!, `${replyPartOf(notice!)}@${DOMAIN}`)
    const { id } = await town.only()
    await town.run("answerConversation", { accountId, agentId, conversationId: id, key: "k1", text: "Yes." })
    await town.relay.pass(65 * SECOND)
    const answer = (await town.sink.received(2)).find(({ to }) => to[0] === "jana@customer.example")
    for (let times = 0; times < 3; times += 1) {
      await away(answer!, `${replyPartOf(answer!)}@${DOMAIN}`)
      await away(answer!, INBOX)
      await away(notice!, `${replyPartOf(notice!)}@${DOMAIN}`)
      await town.relay.pass(130 * SECOND)
    }
    expect(town.sink.mails).toHaveLength(2)
    expect((await view(id)).messages.map(({ text }) => text)).toEqual(["Do you deliver to Brno?", "Yes."])
  })

  test("from an address of our own cannot be answered by mail, which would come back", async () => {
    await start(store)
    await town.send(mailOf({ From: `Inbox <${INBOX}>` }), INBOX)
    const conversation = await town.only()
    expect(conversation.visitorAddress).toBeNull()
    expect(conversation.messages[0]!.mail?.from).toBe(INBOX)
  })

  test("without one sender is kept as of nobody, and two such are two", async () => {
    await start(store)
    await town.send(mailOf({ From: "a@x.example, b@y.example" }), INBOX)
    await town.send(mailOf({ From: "a@x.example\r\nFrom: b@y.example" }), INBOX)
    const all = await town.conversations()
    expect(all).toHaveLength(2)
    expect(await view(all[0]!.id)).toMatchObject({ visitorAddress: null, visitor: "" })
  })

  test("does not come into a chat whose visitor only said that the address is theirs", async () => {
    await start(store)
    const { accountId, siteId } = town.company
    const { visitorId } = await town.run("createVisitor", { accountId, siteId, language: "en", zone: "UTC" })
    await town.run("setContact", { accountId, visitorId, address: "jana@customer.example", name: "Mallory" })
    await town.run("takeVisitorMessage", {
      ...{ accountId, siteId, visitorId, groupId: null, key: "k", text: "Hi, I am Jana", page: null },
    })
    await town.send(mailOf({}, "My secret"), INBOX)
    expect((await town.conversations()).map(({ channel, lastSeq }) => [channel, lastSeq]).sort()).toEqual([
      ["chat", 1],
      ["mail", 1],
    ])
  })
})

describe("attachments", () => {
  const withFiles = (...files: { name: string; type?: string; content: string }[]): Buffer =>
    mailOf(
      { "MIME-Version": "1.0", "Content-Type": "multipart/mixed; boundary=b" },
      [
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "See the plan.",
        ...files.flatMap(({ name, type = "application/octet-stream", content }) => [
          "--b",
          `Content-Type: ${type}`,
          `Content-Disposition: attachment; ${name}`,
          "Content-Transfer-Encoding: base64",
          "",
          Buffer.from(content).toString("base64"),
        ]),
        "--b--",
      ].join("\n"),
    )

  test("come along, are named in the notice, and are served for saving only", async () => {
    await start()
    await town.send(
      withFiles(
        { name: 'filename="plan.pdf"', type: "application/pdf", content: "%PDF" },
        { name: "filename*=UTF-8''p%C5%99%C3%ADloha%20%E2%80%AEfdp.exe", content: "MZ" },
        { name: 'filename="../../../etc/passwd"', content: "root" },
        { name: 'filename="C:\\\\x\\\\evil.html"', type: "text/html", content: "<script>alert(1)</script>" },
      ),
      INBOX,
    )
    const conversation = await town.only()
    const files = conversation.messages[0]!.attachments
    expect(files.map(({ name, type, size }) => [name, type, size])).toEqual([
      ["plan.pdf", "application/pdf", 4],
      ["příloha fdp.exe", expect.any(String), 2],
      ["passwd", "application/octet-stream", 4],
      ["evil.html", "text/html", 25],
    ])
    await town.relay.pass(25 * SECOND)
    const [notice] = await town.sink.received(1)
    expect(notice!.raw.toString().replace(/=\r\n/g, "")).toContain(
      "In the desk, not in this mail: plan.pdf (4 bytes), ",
    )
    const token = await signedIn()
    const answer = await fetch(`${town.relay.url}/api/attachments/${files[3]!.id}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(await answer.text()).toBe("<script>alert(1)</script>")
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="evil.html"; filename*=UTF-8''evil.html`,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/^sandbox;/),
    })
    const second = await fetch(`${town.relay.url}/api/attachments/${files[1]!.id}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(second.headers.get("content-disposition")).toBe(
      `attachment; filename="p__loha fdp.exe"; filename*=UTF-8''p%C5%99%C3%ADloha%20fdp.exe`,
    )
  })

  /** The notices' way out is a server of the test's: the code is read there. */
  const signedIn = async (): Promise<string> => {
    const before = town.sink.mails.length
    const post = (path: string, body: unknown) =>
      fetch(`${town.relay.url}${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      })
    await post("/api/sign-in/code", { address: town.company.address })
    const code = (await town.sink.received(before + 1)).at(-1)!
    const digits = /^Subject: (\d{6}) /m.exec(unfolded(code.raw))![1]
    const answer = await post("/api/sign-in", {
      address: town.company.address,
      code: digits,
      device: { kind: "tab", label: "test" },
    })
    return ((await answer.json()) as { token: string }).token
  }

  test("of an answer that nobody confirmed wait with it, and are under it once it is released", async () => {
    await start()
    const { accountId, agentId } = town.company
    await town.send(mailOf(), INBOX)
    await town.relay.pass(25 * SECOND)
    const [notice] = await town.sink.received(1)
    const token = /^From: .*<(r-[^>]+)>\r$/m.exec(unfolded(notice!.raw))![1]!
    const stranger = withFiles({ name: 'filename="offer.pdf"', content: "%PDF" })
    expect(await town.send(stranger, token)).toBe(STORED)
    const waiting = await town.only()
    expect(waiting.messages.flatMap(({ attachments }) => attachments)).toEqual([])
    const inboundMailId = waiting.unconfirmedAnswers[0]!.id
    const { message } = await town.run("releaseAnswer", { accountId, agentId, inboundMailId })
    expect(message).toMatchObject({ author: "agent", attachments: [{ name: "offer.pdf" }] })
    expect((await town.only()).messages.at(-1)).toMatchObject({ attachments: [{ name: "offer.pdf" }] })
  })

  test("beyond fifty stay in the original, and the message says how many", async () => {
    await start()
    const files = Array.from({ length: 53 }, (_, n) => ({ name: `filename="${n}.txt"`, content: `${n}` }))
    await town.send(withFiles(...files), INBOX)
    const [message] = (await town.only()).messages
    expect(message!.attachments).toHaveLength(50)
    expect(message!.mail?.more).toBe(3)
  })

  test("of an answer by mail are under it, for the visitor's and the agent's alike", async () => {
    await start()
    await town.send(mailOf(), INBOX)
    await town.relay.pass(25 * SECOND)
    const [notice] = await town.sink.received(1)
    const token = /^From: .*<(r-[^>]+)>\r$/m.exec(unfolded(notice!.raw))![1]!
    const reply = withFiles({ name: 'filename="offer.pdf"', content: "%PDF" })
    const from = Buffer.from(reply.toString().replace(/^From: .*$/m, `From: ${town.company.address}`))
    expect(await town.send(from, token, town.company.address)).toBe(STORED)
    const { messages } = await town.only()
    expect(messages[1]).toMatchObject({ author: "agent", attachments: [{ name: "offer.pdf", size: 4 }] })
    // and go with the answer to who asked
    await town.relay.pass(65 * SECOND)
    const mails = await town.sink.received(2)
    const answer = await simpleParser(mails.find(({ to }) => to[0] === "jana@customer.example")!.raw)
    expect(answer.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ["offer.pdf", "%PDF"],
    ])
    expect(answer.text).toContain("Attachment: offer.pdf (4 bytes)")
  })
})

describe("what is in a mail", () => {
  test("HTML alone becomes text, and what was quoted stays in a first mail, which may be a forwarded one", async () => {
    await start()
    const html =
      '<p>Hello <b>there</b></p><blockquote type="cite">An older mail</blockquote><img src="https://t.example/p.gif">'
    await town.send(mailOf({ "Content-Type": "text/html; charset=utf-8" }, html), INBOX)
    const [message] = (await town.only()).messages
    expect(message!.text).toMatch(/^Hello there\n\n.*An older mail$/s)
    expect(message!.text).not.toContain("t.example")
  })

  test("that cannot be parsed still makes a message that says so, with the original kept", async () => {
    await start()
    // 10,000 parts within parts
    const deep = Array.from(
      { length: 10_000 },
      (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n`,
    )
    const raw = mailOf({ "Content-Type": "multipart/mixed; boundary=b0" }, deep.join("\n"))
    expect(await town.send(raw, INBOX)).toBe(STORED)
    const conversation = await town.only()
    const [message] = conversation.messages
    expect(message!.text).toMatch(/The whole e-mail is kept/)
    expect(message!.mail).toMatchObject({ from: "jana@customer.example", subject: "Lamps for a school" })
    const original = await town.run("readOriginal", {
      accountId: town.company.accountId,
      inboundMailId: message!.inboundMailId!,
    })
    expect(Buffer.from(original.raw).subarray(-raw.length).equals(raw)).toBe(true)
    // and to an agent it goes on as it is
    expect(await town.send(raw, `anna@${DOMAIN}`)).toBe(STORED)
    const [sent] = await town.sink.received(1)
    expect(sent!.raw.subarray(-raw.length).equals(raw)).toBe(true)
  })

  test("a sender's name with tricks in it is plain text", async () => {
    await start()
    const name = `=?utf-8?B?${Buffer.from("Jana\r\nBcc: x@y.example\u202e<script>").toString("base64")}?=`
    await town.send(mailOf({ From: `${name} <jana@customer.example>` }), INBOX)
    expect((await town.only()).visitor).toBe("Jana Bcc: x@y.example <script>")
  })
})

test("who is known by an address is renamed by who proves to write from there, and by nobody else", async () => {
  await start()
  const { accountId } = town.company
  const write = (name: string, auth: AuthResult) => {
    const mail = { from: "jana@customer.example", name, subject: "Lamps", messageId: newMessageId() }
    const parsed = { ...mail, thread: [], text: "Hello?", whole: "Hello?", automatic: false }
    const given = { accountId, groupId: null, address: INBOX, envelopeFrom: mail.from, raw: Buffer.from("x") }
    return town.run("takeConversationMail", { ...given, mail: parsed, auth })
  }
  const nothing = nothingProven({ envelopeFrom: "jana@customer.example" })
  const proven: AuthResult = {
    ...nothing,
    spf: { result: "pass", domain: "customer.example", identity: "mailfrom" },
    dmarc: { result: "pass", domain: "customer.example", policy: null },
    aligned: true,
  }
  const { agentId } = town.company
  const begin = async (name: string, auth: AuthResult) => {
    const { conversationId } = await write(name, auth)
    await town.run("closeConversation", { accountId, agentId, conversationId })
    return (await view(conversationId)).visitor
  }
  expect(await begin("Jana", proven)).toBe("Jana")
  expect(await begin("The bank", nothing)).toBe("Jana")
  expect(await begin("Jana N.", proven)).toBe("Jana N.")
})

describe("an account with a mail domain of its own", () => {
  test("writes from it, and takes answers there and at the relay's", async () => {
    await start()
    const { accountId, agentId } = town.company
    await town.run("setAccount", { accountId, mailDomain: "chat.lamplight.example" })
    await town.send(mailOf(), "inbox@chat.lamplight.example")
    const { id } = await town.only()
    await town.run("answerConversation", {
      ...{ accountId, agentId, conversationId: id, key: "k1", text: "Yes." },
    })
    await town.relay.pass(65 * SECOND)
    const answer = (await town.sink.received(1)).find(({ to }) => to[0] === "jana@customer.example")!
    expect(answer.from).toMatch(/^b-[a-z2-7]{46}@chat\.lamplight\.example$/)
    const text = unfolded(answer.raw)
    expect(text).toMatch(/^DKIM-Signature: .*\bd=chat\.lamplight\.example;/m)
    const [, token] = /^From: .*<(r-[a-z2-7]+)@chat\.lamplight\.example>\r$/m.exec(text)!
    expect(await town.send(mailOf({}, "One"), `${token}@chat.lamplight.example`)).toBe(STORED)
    expect(await town.send(mailOf({}, "Two"), `${token}@${DOMAIN}`)).toBe(STORED)
    // Given up, the domain still takes answers to what went out from there, and nothing else.
    await town.run("setAccount", { accountId, mailDomain: null })
    expect(await town.send(mailOf({}, "Three"), `${token}@chat.lamplight.example`)).toBe(STORED)
    const other = token!.replace(/.$/, (last) => (last === "a" ? "b" : "a"))
    for (const name of [other, "inbox"])
      expect(await town.ask(`${name}@chat.lamplight.example`)).toMatch(/^550 5\.7\.1 /)
    const { messages } = await town.only()
    expect(messages.map(({ text }) => text)).toEqual([
      "Do you deliver to Brno?",
      "Yes.",
      "One",
      "Two",
      "Three",
    ])
  })
})
