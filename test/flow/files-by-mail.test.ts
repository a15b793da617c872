import { simpleParser } from "mailparser"
import { createTransport } from "nodemailer"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import type { AttachmentView, ConversationView } from "../../shared/protocol/views.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import * as files from "../kit/some-files.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

describe.each(STORES)("files and mails on %s", (kind) => {
  let clock: HandClock
  let relay: TestRelay
  let company: Company
  let token: string
  let box: VisitorSocket
  let keys = 0

  beforeEach(async () => {
    clock = testClock()
    relay = await startRelay({ store: kind, clock })
    company = await relay.setUp()
    token = await relay.signIn()
    box = await connectVisitor({ ...relay, siteKey: company.siteKey })
    box.send({ type: "open", language: "en", zone: "UTC" })
    await box.push(ofType("you"))
    box.send({ type: "contact", address: "vera@home.example", name: "Vera" })
    await box.push(ofType("contact"))
  })
  afterEach(async () => {
    await box.close()
    await relay.stop()
  })

  const key = (): string => `key-of-test-${String(++keys).padStart(4, "0")}`

  const send = async (path: string, bearer: string, name: string, body: Buffer): Promise<string> => {
    const query = `key=${key()}&name=${encodeURIComponent(name)}`
    const answer = await fetch(`${relay.url}${path}${path.includes("?") ? "&" : "?"}${query}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${bearer}` },
      body: new Uint8Array(body),
    })
    return ((await answer.json()) as AttachmentView).id
  }

  const write = async (text: string, ...sent: [string, Buffer][]): Promise<void> => {
    const ids: string[] = []
    for (const [name, body] of sent)
      ids.push(await send(`/api/box/uploads?site=${company.siteKey}`, box.visitor() ?? "", name, body))
    const mine = key()
    box.send({ type: "write", key: mine, text, page: null, files: ids })
    await box.push(
      (push): push is Extract<typeof push, { type: "ack" }> => push.type === "ack" && push.key === mine,
    )
  }

  const conversation = async (): Promise<ConversationView> => {
    const as = { ...relay, token }
    const list = await api<{ conversations: ConversationView[] }>(as, "GET", "/api/conversations?list=all")
    return api(as, "GET", `/api/conversations/${list.conversations[0]?.id}`)
  }

  /** The newest captured mail to somebody of this kind, with what is attached. */
  const mail = (to: string, what: string) =>
    until(`a mail ${what} to ${to}`, async () => {
      const list = await relay.store.run("listDeliveries", { accountId: null, limit: 50 }, clock.now())
      const found = list.find((one) => one.to === to && one.kind === what && one.state === "captured")
      if (!found) return undefined
      const { raw } = await relay.store.run("readDelivery", { id: found.id }, clock.now())
      const parsed = await simpleParser(Buffer.from(raw!))
      return {
        text: parsed.text ?? "",
        subject: parsed.subject,
        files: parsed.attachments.map(({ filename, contentType, content }) => ({
          filename,
          contentType,
          content,
        })),
      }
    })

  test("a visitor's files go with the notice, but for what mail servers stop or what is too large", async () => {
    const large = Buffer.alloc(5_000_000, "large ")
    await write(
      "",
      ["lamp.png", files.png()],
      ["all.zip", files.zip()],
      ["large.txt", large],
      ["a.pdf", files.pdf()],
    )
    await relay.pass(2 * MINUTE + SECOND)
    const notice = await mail(company.address, "offline-notice")
    expect(notice.files).toEqual([
      { filename: "lamp.png", contentType: "image/png", content: files.png() },
      { filename: "a.pdf", contentType: "application/pdf", content: files.pdf() },
    ])
    expect(notice.text).toMatch(/Attachments: lamp\.png \(\d+ bytes\), a\.pdf \(\d+ bytes\)/)
    expect(notice.text).toContain("In the desk, not in this mail: all.zip")
    expect(notice.text).toContain("large.txt (5 MB)")
    expect(notice.text).toMatch(/Open in the desk: .*\/desk#\/c\/co_/)
    expect(notice.subject).toBe("Lamplight")
  })

  test("an agent's files go with the answer that is mailed, and are in the box for who comes back", async () => {
    await write("Do you have a data sheet?")
    const { id } = await conversation()
    const sheet = await send(`/api/conversations/${id}/uploads`, token, "sheet.pdf", files.pdf())
    await box.close()
    await api({ ...relay, token }, "POST", `/api/conversations/${id}/answer`, {
      key: key(),
      text: "",
      files: [sheet],
    })
    await relay.pass(2 * MINUTE)
    const answer = await mail("vera@home.example", "answer")
    expect(answer.files).toEqual([
      { filename: "sheet.pdf", contentType: "application/pdf", content: files.pdf() },
    ])
    expect(answer.text).toMatch(/Attachment: sheet\.pdf \(\d+ bytes\)/)
    const back = await connectVisitor({ ...relay, siteKey: company.siteKey, visitor: box.visitor() })
    const { messages } = (await back.push(ofType("welcome"))).box
    expect(messages.at(-1)).toMatchObject({ text: "", attachments: [{ id: sheet, name: "sheet.pdf" }] })
    await back.close()
  })

  test("what an agent attaches to an answer by mail is in the box, for its visitor", async () => {
    await write("Do you have a data sheet?")
    await relay.pass(2 * MINUTE + SECOND)
    await mail(company.address, "offline-notice")
    const key = { url: relay.url, key: relay.key }
    const { mails } = await api<{ mails: { id: string; kind: string }[] }>(key, "GET", "/api/mailbox")
    const { id } = mails.find((one) => one.kind === "offline-notice")!
    const { from } = await api<{ from: string }>(key, "GET", `/api/mailbox/${id}`)
    const smtp = createTransport({ host: "127.0.0.1", port: relay.smtpPort, ignoreTLS: true })
    await smtp.sendMail({
      from: company.address,
      to: /r-[a-z2-7]+@[\w.]+/.exec(from)?.[0],
      subject: "Re: sheet",
      text: "Here.",
      attachments: [{ filename: "sheet.pdf", content: files.pdf() }],
    })
    smtp.close()
    const { message } = await box.push(ofType("message"))
    expect(message).toMatchObject({ text: "Here.", attachments: [{ name: "sheet.pdf" }] })
    const file = await fetch(
      `${relay.url}/api/box/attachments/${message.attachments?.[0]?.id}?site=${company.siteKey}`,
      { headers: { Authorization: `Bearer ${box.visitor()}` } },
    )
    expect(Buffer.from(await file.arrayBuffer())).toEqual(files.pdf())
  })
})
