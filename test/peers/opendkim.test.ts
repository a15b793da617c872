import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { makeDkimPair } from "../../relay/mail/dkim-keys.ts"
import { MINUTE } from "../../shared/words/time.ts"
import { type DomainPlan, type MailDomain, mailDomain, type SignPlan } from "../kit/mail-domain.ts"
import { mailOf } from "../kit/mail-relay.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { type Jail, openJail } from "./kit/jail.ts"
import { verified } from "./kit/opendkim.ts"
import { handIn, keeper } from "./kit/peer.ts"
import { ANNAS_NAME, DOMAIN, openTown, type Town, UNTIL_NOTICE } from "./kit/town.ts"

/** Our signatures, and those that mails come with, by OpenDKIM: not by the library that made or checked them. */
const AGENTS = "127.0.0.3"
const OURS = [
  { result: "pass", domain: DOMAIN, algorithm: "rsa-sha256" },
  { result: "pass", domain: DOMAIN, algorithm: "ed25519-sha256" },
]

let town: Town
let sink: SmtpSink
let jail: Jail

const { keep, closeAll } = keeper()

beforeEach(async () => {
  jail = await keep(openJail("opendkim"))
  town = await keep(openTown())
  town.settle("lamplight.example", AGENTS)
  sink = await keep(startSmtpSink({ host: AGENTS, port: town.port }))
})

afterEach(closeAll)

const look = (raw: Buffer) => verified(jail, raw, town.published("_domainkey"))

const asText = (raw: Buffer): string => raw.toString("latin1")

/** A mail of customer.example as it left its sender, and as it arrives behind the relay. */
const forwarded = async (
  raw: Buffer,
  { publishes, signs }: { publishes?: DomainPlan; signs?: SignPlan | null } = {},
): Promise<Buffer> => {
  const sender: MailDomain = mailDomain("customer.example", publishes)
  Object.assign(town.dns.zone, sender.zone)
  const sent = signs === null ? raw : await sender.sign(raw, { at: town.relay.clock.now(), ...signs })
  const letter = { from: "jana@customer.example", to: ANNAS_NAME, raw: sent }
  expect(await handIn("127.0.0.1", town.relay.smtpPort, letter)).toMatch(/^250 /)
  const [mail] = await sink.received(1)
  return mail!.raw
}

describe("OpenDKIM finds", () => {
  test("both signatures of a notice good, and those of an altered one bad", async () => {
    await town.visitorWrites("Dodáváte i do Brna? Děkuji 🦊")
    await town.pass(UNTIL_NOTICE)
    const [notice] = await sink.received(1)
    expect(await look(notice!.raw)).toEqual(OURS)
    const forged = Buffer.from(
      asText(notice!.raw).replace(/^List-Unsubscribe:.*$/m, "List-Unsubscribe: <mailto:x@evil.example>"),
      "latin1",
    )
    expect(await look(forged)).toEqual(OURS.map((signature) => ({ ...signature, result: "fail" })))
  })

  test("what was signed before an exchange of keys still good after it, and the new signatures", async () => {
    const selectors = ({ raw }: { raw: Buffer }): string[] =>
      [...asText(raw).matchAll(/ s=(pl-[\w-]+);/g)].map(([, selector = ""]) => selector)
    await town.visitorWrites("Do you deliver to Brno?")
    await town.pass(UNTIL_NOTICE)
    await sink.received(1)
    const { clock, store } = town.relay
    await store.run("rotateDkimKeys", { pair: await makeDkimPair(), overlapMs: 0 }, clock.now())
    await town.publishKeys()
    // until the relay has read its keys anew
    await town.pass(2 * MINUTE)
    await town.visitorWrites("And to Olomouc?")
    await town.pass(UNTIL_NOTICE)
    const [before, after] = await sink.received(2)
    expect(await look(before!.raw)).toEqual(OURS)
    expect(await look(after!.raw)).toEqual(OURS)
    expect(new Set([...selectors(before!), ...selectors(after!)]).size).toBe(4)
  })

  test.each([
    ["relaxed/relaxed", {}],
    ["simple/simple", { canonicalization: "simple/simple" }],
  ])("the sender's signature (%s) good after forwarding", async (_, signs) => {
    const body = "Příliš žluťoučký   kůň.\n\n\ttab and trailing blanks  \n\n\n"
    const mail = await forwarded(mailOf({ Subject: "Lamps\r\n  for   a school" }, body), { signs })
    expect(await look(mail)).toEqual([
      { result: "pass", domain: "customer.example", algorithm: "rsa-sha256" },
    ])
    const altered = Buffer.from(asText(mail).replace("tab and", "tab or"), "latin1")
    expect((await look(altered)).map(({ result }) => result)).toEqual(["fail"])
  })

  test("our signatures good where From had to be rewritten", async () => {
    // nothing but SPF speaks for it, and SPF ends with us
    const mail = await forwarded(mailOf(), { publishes: { dmarc: "p=reject" }, signs: null })
    expect(asText(mail)).toMatch(/^From: [^\r\n]*\r\n <anna@chat\.lamplight\.example>\r$/m)
    expect(await look(mail)).toEqual(OURS)
  })
})
