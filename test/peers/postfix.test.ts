import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { mailOf } from "../kit/mail-relay.ts"
import { handIn, keeper, mailsOf, type Peer } from "./kit/peer.ts"
import { startPostfix } from "./kit/postfix.ts"
import { ANNA, ANNAS_NAME, DOMAIN, openTown, type Town, UNTIL_NOTICE } from "./kit/town.ts"

/** Postfix on both sides: the customer's, from which mail comes, and the agent's own, to which it goes. */
const CUSTOMERS = "127.0.0.2"
const AGENTS = "127.0.0.3"
const JANA = "jana@customer.example"

let town: Town
let customers: Peer
let agents: Peer

const { keep, closeAll } = keeper()

beforeEach(async () => {
  town = await keep(openTown())
  town.settle("customer.example", CUSTOMERS)
  town.settle("lamplight.example", AGENTS)
  const routes = { [DOMAIN]: town.toRelay }
  const { port } = town
  customers = await keep(
    startPostfix({ address: CUSTOMERS, port, domain: "customer.example", users: ["jana"], routes }),
  )
  agents = await keep(
    startPostfix({ address: AGENTS, port, domain: "lamplight.example", users: ["anna"], routes }),
  )
})

afterEach(closeAll)

describe("between Postfix and Postfix", () => {
  test("a mail is forwarded intact: what we add stands on top, the envelope sender is ours", async () => {
    const body = "Příliš žluťoučký kůň.\n.\n..two dots\n\tand  a tab \n"
    const raw = mailOf({ To: `<${ANNAS_NAME}>`, Date: "Sat, 21 Nov 2026 10:00:00 +0100" }, body)
    expect(await handIn(CUSTOMERS, town.port, { from: JANA, to: ANNAS_NAME, raw: dotted(raw) })).toMatch(
      /^250 /,
    )
    const [mail] = await mailsOf(agents, "anna")
    const text = mail!.toString()
    expect(text).toMatch(/^Return-Path: <b-[a-z2-7]{46}@chat\.lamplight\.example>\n/)
    expect(text.endsWith(raw.toString().replaceAll("\r\n", "\n"))).toBe(true)
    const authentication = /^Authentication-Results: chat\.lamplight\.example;(?:.*\n[ \t])*.*$/m.exec(
      text,
    )?.[0]
    expect(authentication).toMatch(/\bspf=pass\b/)
    expect(authentication).toMatch(/\bdmarc=pass\b/)
    for (const field of ["ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results"])
      expect(text).toMatch(new RegExp(`^${field}: i=1;`, "m"))
  })

  test("an answer by mail stands in the conversation, in the agent's name", async () => {
    const conversationId = await town.visitorWrites("Do you deliver to Brno?")
    await town.pass(UNTIL_NOTICE)
    const [notice] = await mailsOf(agents, "anna")
    const replyTo = /r-[a-z2-7]+@chat\.lamplight\.example/.exec(notice!.toString())?.[0] ?? ""
    await town.verdict(conversationId, "delivered")
    const messageId = /^Message-ID: (<.*>)$/m.exec(notice!.toString())?.[1] ?? ""
    const fields = { From: `Anna <${ANNA}>`, To: replyTo, Subject: "Re: Brno", "In-Reply-To": messageId }
    const raw = mailOf(fields, "Yes, twice a week.")
    expect(await handIn(AGENTS, town.port, { from: ANNA, to: replyTo, raw })).toMatch(/^250 /)
    const answer = await town.message(conversationId, "agent")
    expect(answer).toMatchObject({ text: "Yes, twice a week.", channel: "mail", name: "Anna" })
  })

  test("who does not exist is refused in the session, and Postfix tells the sender", async () => {
    const raw = mailOf({ To: `<nobody@${DOMAIN}>` })
    await handIn(CUSTOMERS, town.port, { from: JANA, to: `nobody@${DOMAIN}`, raw })
    const [report] = await mailsOf(customers, "jana")
    expect(report!.toString()).toMatch(/^Status: 5\.1\.1$/m)
    expect(report!.toString()).toContain(`nobody@${DOMAIN}`)
  })

  test("a mailbox that is not there is address-wrong; the sender of a forwarded mail hears of it", async () => {
    await agents.close()
    agents = await keep(
      startPostfix({
        address: AGENTS,
        port: town.port,
        domain: "lamplight.example",
        users: ["ben"],
      }),
    )
    const conversationId = await town.visitorWrites("Do you deliver to Brno?")
    await town.pass(UNTIL_NOTICE)
    const { reason } = await town.verdict(conversationId, "address-wrong")
    expect(reason).toMatchObject({ address: ANNA, answer: expect.stringMatching(/^550 5\.1\.1 .*unknown/i) })

    await handIn(CUSTOMERS, town.port, { from: JANA, to: ANNAS_NAME, raw: mailOf({ To: `<${ANNAS_NAME}>` }) })
    const [report] = await mailsOf(customers, "jana")
    expect(report!.toString()).toMatch(/^Return-Path: <>\n/)
    expect(report!.toString()).toMatch(/^Status: 5\.1\.1$/m)
    expect(report!.toString()).not.toContain("@lamplight.example")
  })
})

/** As it goes over the wire (RFC 5321 4.5.2). */
const dotted = (raw: Buffer): Buffer => Buffer.from(raw.toString("latin1").replace(/^\./gm, ".."), "latin1")
