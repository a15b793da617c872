import { createTransport } from "nodemailer"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { HandClock } from "../../relay/clock.ts"
import type { ConversationView } from "../../shared/protocol/views.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { ofType as agentOf, connectAgent } from "../kit/agent-socket.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay, testClock } from "../kit/relay.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType, type VisitorSocket } from "../kit/visitor-socket.ts"

describe.each(STORES)("from a message to its answer on %s", (kind) => {
  let clock: HandClock
  let relay: TestRelay
  let company: Company
  let token: string
  let box: VisitorSocket

  beforeEach(async () => {
    clock = testClock()
    relay = await startRelay({ store: kind, clock })
    company = await relay.setUp()
    token = await relay.signIn()
    box = await connectVisitor({ ...relay, siteKey: company.siteKey })
    box.send({ type: "open", language: "en", zone: "Europe/Prague" })
    await box.push(ofType("you"))
  })
  afterEach(async () => {
    await box.close()
    await relay.stop()
  })

  const write = async (text: string): Promise<void> => {
    const key = crypto.randomUUID()
    box.send({ type: "write", key, text, page: null })
    await box.push(
      (push): push is Extract<typeof push, { type: "ack" }> => push.type === "ack" && push.key === key,
    )
  }

  const conversation = async (): Promise<ConversationView> => {
    const as = { ...relay, token }
    const { conversations } = await api<{ conversations: ConversationView[] }>(
      as,
      "GET",
      "/api/conversations?list=all",
    )
    return api(as, "GET", `/api/conversations/${conversations[0]?.id}`)
  }

  const verdicts = async () => (await conversation()).verdicts.map(({ reason }) => reason.code)

  /** Notices to Anna, besides the mail with her sign-in code. */
  const notices = async (): Promise<string[]> =>
    (await relay.mailsTo(company.address)).filter((text) => !text.includes("sign-in code"))

  /** Time goes on while it is waited for: a relay whose database was slow tries again after a second. */
  const theNotice = (): Promise<string> =>
    until("the notice", async () => {
      const [notice] = await notices()
      if (notice === undefined) await relay.pass(SECOND)
      return notice
    })

  test("nobody there: the notice after two minutes, the answer by mail, in the box", async () => {
    await write("Do you have the lamp in blue?")
    await relay.pass(119 * SECOND)
    expect([await notices(), await verdicts()]).toEqual([[], ["waiting"]])
    await relay.pass(2 * SECOND)
    const notice = await theNotice()
    expect(notice).toContain("Do you have the lamp in blue?")

    const replyTo = await replyAddress()
    const smtp = createTransport({ host: "127.0.0.1", port: relay.smtpPort, ignoreTLS: true })
    await smtp.sendMail({
      from: company.address,
      to: replyTo,
      subject: "Re: lamp",
      text: "Yes, from Monday.",
    })
    smtp.close()
    expect((await box.push(ofType("message"))).message).toMatchObject({
      author: "agent",
      name: "Anna",
      text: "Yes, from Monday.",
    })
  })

  const replyAddress = async (): Promise<string> => {
    const key = { url: relay.url, key: relay.key }
    const { mails } = await api<{ mails: { id: string; kind: string }[] }>(key, "GET", "/api/mailbox")
    const notice = mails.find((mail) => mail.kind === "offline-notice")
    const { from, replyTo } = await api<{ from: string; replyTo: string | null }>(
      key,
      "GET",
      `/api/mailbox/${notice?.id}`,
    )
    return /r-[a-z2-7]+@[\w.]+/.exec(replyTo ?? from)?.[0] ?? ""
  }

  test("an agent who is there: no mail, and the verdict says on which device", async () => {
    const agent = await connectAgent(relay, token)
    agent.beat()
    await agent.push(agentOf("ack"))
    await write("Anybody in?")
    // Beats every 20 s, as the toolbar sends them.
    for (let minute = 0; minute < 15; minute++) {
      agent.beat()
      await until("its ack", () => agent.pushes.filter(agentOf("ack")).length === minute + 2)
      await relay.pass(20 * SECOND)
    }
    expect([await notices(), await verdicts()]).toEqual([[], ["present-on-device"]])
    expect((await conversation()).batch).toBe("resting")

    // The browser quits: from now on nobody is there, so it counts.
    await agent.close()
    await relay.pass(2 * MINUTE + SECOND)
    await theNotice()
  })

  test("coming back in time and opening it: no mail", async () => {
    await write("Anybody in?")
    await relay.pass(100 * SECOND)
    const agent = await connectAgent(relay, token)
    agent.beat()
    await agent.push(agentOf("ack"))
    const { id } = await conversation()
    await api({ ...relay, token }, "POST", `/api/conversations/${id}/open`, { seq: 1 })
    await agent.close()
    await relay.pass(10 * MINUTE)
    expect([await notices(), await verdicts()]).toEqual([[], ["opened"]])
  })

  test("the relay restarts while a message waits: the notice is neither lost nor twice", async () => {
    await write("Anybody in?")
    await relay.pass(60 * SECOND)
    await relay.restart()
    await relay.pass(61 * SECOND)
    await theNotice()
    await relay.restart()
    await relay.pass(10 * MINUTE)
    expect(await notices()).toHaveLength(1)
  })
})
