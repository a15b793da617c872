import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { mailDomain } from "../kit/mail-domain.ts"
import { mailOf } from "../kit/mail-relay.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { handIn, keeper } from "./kit/peer.ts"
import { type Rspamd, startRspamd } from "./kit/rspamd.ts"
import { ANNAS_NAME, DOMAIN, openTown, type Town, UNTIL_NOTICE } from "./kit/town.ts"

/** Our ARC seal and signatures by Rspamd, which asks the same DNS as everybody in the town. */
const AGENTS = "127.0.0.3"

let town: Town
let sink: SmtpSink
let rspamd: Rspamd

const { keep, closeAll } = keeper()

beforeEach(async () => {
  town = await keep(openTown())
  town.settle("lamplight.example", AGENTS)
  sink = await keep(startSmtpSink({ host: AGENTS, port: town.port }))
  rspamd = await keep(startRspamd(town.dns.address))
})

afterEach(closeAll)

const altered = (raw: Buffer, from: string | RegExp, to: string): Buffer =>
  Buffer.from(raw.toString().replace(from, to))

/** A signed mail of customer.example, as it arrives behind the relay. */
const forwarded = async (): Promise<Buffer> => {
  const sender = mailDomain("customer.example")
  Object.assign(town.dns.zone, sender.zone)
  const raw = await sender.sign(mailOf({}, "Příliš žluťoučký kůň.\n"), { at: town.relay.clock.now() })
  const letter = { from: "jana@customer.example", to: ANNAS_NAME, raw }
  expect(await handIn("127.0.0.1", town.relay.smtpPort, letter)).toMatch(/^250 /)
  return (await sink.received(1))[0]!.raw
}

describe("Rspamd finds", () => {
  test("the ARC chain of a forwarded mail good, sealed by us, and the sender's signature good", async () => {
    const raw = await forwarded()
    expect(await rspamd.symbols(raw)).toMatchObject({
      ARC_ALLOW: [expect.stringContaining(`${DOMAIN}:s=pl-`)],
      R_DKIM_ALLOW: ["customer.example:s=s1"],
    })
  })

  test("the chain broken by whoever changes the mail, or what the seal says", async () => {
    const raw = await forwarded()
    const changes: [string | RegExp, string][] = [
      ["Příliš", "Příšerně"],
      [/^(ARC-Authentication-Results: (?:.*\r\n )*)dkim=pass/m, "$1dkim=none"],
      [/^(ARC-Seal: .*)cv=none/m, "$1cv=pass"],
    ]
    for (const [from, to] of changes) {
      const broken = altered(raw, from, to)
      expect(broken.equals(raw), `nothing to change: ${from}`).toBe(false)
      expect(await rspamd.symbols(broken)).not.toHaveProperty("ARC_ALLOW")
    }
  })

  test("both signatures of a notice good", async () => {
    await town.visitorWrites("Do you deliver to Brno?")
    await town.pass(UNTIL_NOTICE)
    const [notice] = await sink.received(1)
    const { R_DKIM_ALLOW: good = [], ...others } = await rspamd.symbols(notice!.raw)
    expect(good.map((one) => one.replace(/s=pl-[\d-]+-/, "")).sort()).toEqual([`${DOMAIN}:e`, `${DOMAIN}:r`])
    expect(others).toHaveProperty("ARC_NA")
  })
})
