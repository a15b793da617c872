import { afterEach, describe, expect, test } from "vitest"
import { reportOf, sendBack } from "../kit/bounce.ts"
import { type DnsServer, startDnsServer } from "../kit/dns-server.ts"
import { mailDomain } from "../kit/mail-domain.ts"
import { DOMAIN, type MailRelay, mailOf, startMailRelay } from "../kit/mail-relay.ts"
import type { SinkAnswer, SinkMail } from "../kit/smtp-sink.ts"
import { STORES } from "../kit/stores.ts"
import { until } from "../kit/until.ts"

/** What the sender of a forwarded mail hears when it cannot be delivered, over real SMTP. */

const JANA = "jana@customer.example"
const NAME = `anna@${DOMAIN}`
/** Where mail to that name goes; nobody else is to know. */
const SECRET = "anna@lamplight.example"

let mail: MailRelay
let dns: DnsServer

afterEach(async () => {
  await mail.stop()
  await dns.close()
})

const start = async (store: (typeof STORES)[number]): Promise<void> => {
  const genuine = mailDomain("customer.example")
  const open = mailDomain("open.example", { spf: null, dmarc: null })
  dns = await startDnsServer({ ...genuine.zone, ...open.zone })
  const env = { PORCHLIGHT_MAIL_CHECKS: "on", PORCHLIGHT_DNS: dns.address }
  mail = await startMailRelay({ store, env })
}

const refuse = (code: number, text: string): SinkAnswer => ({ kind: "refuse", at: "rcpt", code, text })

const toAnna = (fields: Record<string, string> = {}): Buffer => mailOf({ To: `<${NAME}>`, ...fields })

/** The deliveries of the company, once none is under way. */
const settled = () =>
  until("all mails to be settled", async () => {
    const all = await mail.run("listDeliveries", { accountId: mail.company.accountId, limit: 100 })
    return all.every(({ state }) => state !== "queued" && state !== "sending") && all.length > 0
      ? all.filter(({ kind }) => kind === "forward" || kind === "delivery-report")
      : undefined
  })

const reports = async (): Promise<SinkMail[]> => {
  await settled()
  return mail.sink.mails.filter(({ from }) => from === "")
}

describe.each(STORES)("a forwarded mail that fails, on %s", (kind) => {
  test("is reported to who really sent it, with the status, and not with where it was to go", async () => {
    await start(kind)
    mail.sink.answerFor.set(
      SECRET,
      refuse(552, `5.2.2 <${SECRET}>: user anna is over quota at lamplight.example`),
    )
    const messageId = "<lamps-1@customer.example>"
    expect(await mail.send(toAnna({ "Message-ID": messageId, Subject: "Žárovky" }), NAME)).toMatch(/^250 /)
    const [report, ...others] = await reports()
    expect(others).toEqual([])
    expect(report!.to).toEqual([JANA])
    const raw = report!.raw.toString()
    expect(raw).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status;\r\n? boundary="?/m)
    expect(raw).toMatch(new RegExp(`^From: Mail Delivery <postmaster@${DOMAIN}>\r$`, "m"))
    expect(raw).toMatch(/^Auto-Submitted: auto-replied\r$/m)
    expect(raw).toMatch(/^DKIM-Signature: /m)
    expect(raw).toMatch(
      new RegExp(
        [
          "",
          `Reporting-MTA: dns; ${DOMAIN}`,
          "",
          `Final-Recipient: rfc822; ${NAME}`,
          "Action: failed",
          "Status: 5.2.2",
          `Diagnostic-Code: smtp; 552 5.2.2 <${NAME}>: user ... is over quota at ...`,
          "",
        ].join("\r\n"),
      ),
    )
    expect(raw).toContain(`\r\nMessage-ID: ${messageId}\r\n`)
    expect(raw).not.toMatch(/lamplight/i)
    const all = await settled()
    expect(all.map(({ kind: what, state }) => [what, state]).sort()).toEqual([
      ["delivery-report", "delivered"],
      ["forward", "failed"],
    ])
  })

  test("is reported when the report to us comes later, once", async () => {
    await start(kind)
    await mail.send(toAnna(), NAME)
    const [forwarded] = await mail.sink.received(1)
    await settled()
    const bounce = { status: "5.1.1", diagnostic: `550 5.1.1 <${SECRET}> unknown at mx.lamplight.example` }
    for (const _ of [1, 2]) {
      const raw = reportOf(forwarded!, bounce)
      expect(await sendBack(mail.relay.smtpPort, forwarded!.from, raw)).toMatch(/^250 /)
    }
    const all = await reports()
    expect(all.map(({ to }) => to)).toEqual([[JANA]])
    expect(all[0]!.raw.toString()).toContain("Status: 5.1.1")
    expect(all[0]!.raw.toString()).not.toMatch(/lamplight/i)
  })

  test("is reported to nobody else", async () => {
    await start(kind)
    mail.sink.answerFor.set(SECRET, refuse(550, "5.1.1 unknown"))
    // Nothing proves the sender; the null sender; a list; a program; a report itself.
    const open = { From: "<eve@open.example>" }
    expect(await mail.send(toAnna(open), NAME, "eve@open.example")).toMatch(/^250 /)
    expect(await mail.send(toAnna(), NAME, "victim@open.example")).toMatch(/^250 /)
    expect(await mail.send(toAnna(), NAME, "")).toMatch(/^250 /)
    expect(await mail.send(toAnna({ "List-Id": "<news.customer.example>" }), NAME)).toMatch(/^250 /)
    expect(await mail.send(toAnna({ "Auto-Submitted": "auto-replied" }), NAME)).toMatch(/^250 /)
    expect(await mail.send(toAnna({ Precedence: "bulk" }), NAME)).toMatch(/^250 /)
    const all = await settled()
    expect(all.map(({ kind: what, state }) => [what, state])).toEqual(Array(6).fill(["forward", "failed"]))
    // The control: the same from who can prove it.
    expect(await mail.send(toAnna(), NAME)).toMatch(/^250 /)
    expect(await reports()).toHaveLength(1)
  })

  test("that arrived elsewhere is none, and ten reports a day are enough", async () => {
    await start(kind)
    const { accountId, agentId } = mail.company
    mail.sink.answerFor.set(SECRET, refuse(550, "5.1.1 unknown"))
    for (let count = 0; count < 12; count += 1) await mail.send(toAnna({ Subject: `Number ${count}` }), NAME)
    expect(await reports()).toHaveLength(10)
    await mail.run("askAddress", { accountId, by: "Anna", address: "second@elsewhere.example" })
    const code = await until("the code", () =>
      /\b\d{6}\b/.exec(
        mail.sink.mails.findLast(({ to }) => to[0] === "second@elsewhere.example")?.raw.toString() ?? "",
      ),
    )
    const second = { address: "second@elsewhere.example" }
    await mail.run("confirmAddress", { accountId, by: "Anna", ...second, code: code[0] })
    const redirect = { ...second, mode: "along-with" as const }
    await mail.run("setRedirect", { accountId, by: "Anna", owner: { kind: "agent", id: agentId }, redirect })
    await mail.send(toAnna({ From: "<jan@customer.example>" }), NAME, "jan@customer.example")
    expect(await reports()).toHaveLength(10)
    mail.sink.answerFor.set(second.address, refuse(550, "5.1.1 unknown"))
    await mail.send(toAnna({ From: "<jan@customer.example>" }), NAME, "jan@customer.example")
    expect(await reports()).toHaveLength(11)
  })
})
