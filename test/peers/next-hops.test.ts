import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { mailDomain } from "../kit/mail-domain.ts"
import { mailOf } from "../kit/mail-relay.ts"
import { startExim } from "./kit/exim.ts"
import { type Jail, openJail } from "./kit/jail.ts"
import { verified } from "./kit/opendkim.ts"
import { startOpenSmtpd } from "./kit/opensmtpd.ts"
import { handIn, keeper, mailsOf, type Peer } from "./kit/peer.ts"
import { ANNA, ANNAS_NAME, DOMAIN, openTown, type Town, UNTIL_NOTICE } from "./kit/town.ts"

/** Exim and OpenSMTPD as the agents' mail servers. */
const AGENTS = "127.0.0.3"

let town: Town
let jail: Jail

const { keep, closeAll } = keeper()

beforeEach(async () => {
  town = await keep(openTown())
  town.settle("lamplight.example", AGENTS)
  jail = await keep(openJail("opendkim"))
})

afterEach(closeAll)

const exim = (users: string[], quota?: number): Promise<Peer> => {
  const route = { domain: DOMAIN, to: `127.0.0.1::${town.relay.smtpPort}` }
  const plan = { address: AGENTS, port: town.port, domain: "lamplight.example", users, route }
  return keep(startExim(quota === undefined ? plan : { ...plan, quota }))
}

const openSmtpd = (users: string[]): Promise<Peer> =>
  keep(startOpenSmtpd({ address: AGENTS, port: town.port, domain: "lamplight.example", users }))

const notice = async () => {
  const conversationId = await town.visitorWrites("Dodáváte i do Brna?")
  await town.pass(UNTIL_NOTICE)
  return conversationId
}

/** As it was on the wire: Maildirs have the line ends of Unix. */
const onTheWire = (stored: Buffer): Buffer =>
  Buffer.from(stored.toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1")

describe.each([
  ["Exim", exim],
  ["OpenSMTPD", openSmtpd],
])("%s", (_, start) => {
  test("takes notices and forwarded mail; their signatures are still good in the mailbox", async () => {
    const peer = await start(["anna"])
    const conversationId = await notice()
    await town.verdict(conversationId, "delivered")
    const sender = mailDomain("customer.example")
    Object.assign(town.dns.zone, sender.zone)
    const body = "Příliš žluťoučký kůň.\n.\n..two dots\n\tand  a tab \n"
    const raw = await sender.sign(mailOf({}, body), { at: town.relay.clock.now() })
    const dotted = Buffer.from(raw.toString("latin1").replace(/^\./gm, ".."), "latin1")
    const letter = { from: "jana@customer.example", to: ANNAS_NAME, raw: dotted }
    expect(await handIn("127.0.0.1", town.relay.smtpPort, letter)).toMatch(/^250 /)
    const mails = (await mailsOf(peer, "anna", 3)).map(onTheWire)
    const records = town.published("_domainkey")
    const found = []
    for (const mail of mails) found.push(await verified(jail, mail, records))
    expect(found.map((one) => one.map(({ result, domain }) => `${domain} ${result}`)).sort()).toEqual([
      // the notice, and the sign-in code of Anna, who looks at the verdict
      [`${DOMAIN} pass`, `${DOMAIN} pass`],
      [`${DOMAIN} pass`, `${DOMAIN} pass`],
      ["customer.example pass"],
    ])
  })

  test("refuses who is not there: address-wrong", async () => {
    await start(["ben"])
    const { reason } = await town.verdict(await notice(), "address-wrong")
    expect(reason).toMatchObject({ address: ANNA, answer: expect.stringMatching(/^550 /) })
  })
})

test("Exim's report that the mailbox is full is understood", async () => {
  await exim(["anna"], 1)
  const { reason } = await town.verdict(await notice(), "mailbox-full")
  expect(reason).toMatchObject({ address: ANNA, bounced: true })
})
