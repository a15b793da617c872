import { domainToASCII } from "node:url"
import { afterEach, describe, expect, test } from "vitest"
import { DOMAIN, type MailRelay, mailOf, startMailRelay } from "../kit/mail-relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { STORES } from "../kit/stores.ts"

/** The addresses of mail.md, over real SMTP, and what goes on from agents' names to where they read. */

let town: MailRelay
afterEach(() => town.stop())

const STORED = "250 2.6.0 Stored"

describe.each(STORES)("addresses, on %s", (store) => {
  test("each row of the table, and what is near it", async () => {
    town = await startMailRelay({ store })
    const { accountId, agentId } = town.company
    const group = await town.run("createGroup", { accountId, name: "Prodej & Servis", members: [agentId] })
    await town.run("addMailName", {
      accountId,
      by: "Anna",
      name: "Info",
      owner: { kind: "account", id: accountId },
    })
    for (const [address, answer] of [
      [`anna@${DOMAIN}`, /^250 /],
      [`ANNA@${DOMAIN.toUpperCase()}`, /^250 /],
      [`anna+newsletter@${DOMAIN}`, /^250 /],
      [`prodej-servis@${DOMAIN}`, /^250 /],
      [`inbox@${DOMAIN}`, /^250 /],
      [`info@${DOMAIN}`, /^250 /],
      [`postmaster@${DOMAIN}`, /^250 /],
      [`Abuse@${DOMAIN}`, /^250 /],
      ["postmaster", /^250 /],
      [`annaa@${DOMAIN}`, /^550 5\.1\.1 /],
      [`ann@${DOMAIN}`, /^550 5\.1\.1 /],
      [`+anna@${DOMAIN}`, /^550 5\.1\.1 /],
      [`nobody+anna@${DOMAIN}`, /^550 5\.1\.1 /],
      [`inbox-2@${DOMAIN}`, /^550 5\.1\.1 /],
      [`webmaster@${DOMAIN}`, /^550 5\.1\.1 /],
      [`noreply@${DOMAIN}`, /^550 5\.1\.1 /],
      [`r-${"a".repeat(26)}@${DOMAIN}`, /^550 5\.1\.1 /],
      [`b-${"a".repeat(46)}@${DOMAIN}`, /^550 5\.1\.1 /],
      [`${agentId}@${DOMAIN}`, /^550 5\.1\.1 /],
      [`anna@sub.${DOMAIN}`, /^550 5\.7\.1 /],
      ["anna@lamplight.example", /^550 5\.7\.1 /],
      ["postmaster@elsewhere.example", /^550 5\.7\.1 /],
    ] as const) {
      expect([address, await town.ask(address)]).toEqual([address, expect.stringMatching(answer)])
    }
    // beyond ASCII there is no name, whatever it looks like
    expect(await town.send(mailOf(), `jörg@${DOMAIN}`)).toMatch(/^550 5\.1\.1 /)
    expect(await town.send(mailOf(), `аnna@${DOMAIN}`)).toMatch(/^550 5\.1\.1 /)
    // a group that is deleted leaves its names to the inbox
    await town.run("deleteGroup", { accountId, groupId: group.groupId })
    expect(await town.send(mailOf(), `prodej-servis@${DOMAIN}`)).toBe(STORED)
    expect(await town.only()).toMatchObject({ group: null, channel: "mail" })
  })

  test("of agents who are not active, and who were removed", async () => {
    town = await startMailRelay({ store })
    const { accountId } = town.company
    const ben = await town.relay.addAgent(town.company, "Ben Müller", "ben@lamplight.example")
    const address = `ben-muller@${DOMAIN}`
    expect(await town.ask(address)).toMatch(/^250 /)
    await town.run("setAgent", { accountId, agentId: ben, active: false })
    expect(await town.ask(address)).toMatch(/^550 5\.1\.1 /)
    await town.run("setAgent", { accountId, agentId: ben, active: true })
    expect(await town.ask(address)).toMatch(/^250 /)
    await town.run("removeAgent", { accountId, agentId: ben })
    expect(await town.ask(address)).toMatch(/^550 5\.1\.1 /)
    // the name is free for who is called so next
    await town.relay.addAgent(town.company, "Ben Müller", "ben2@lamplight.example")
    expect(await town.send(mailOf(), address)).toBe(STORED)
    expect((await town.sink.received(1))[0]?.to).toEqual(["ben2@lamplight.example"])
  })

  test("whose name went away between RCPT and the end of the mail is refused, not lost", async () => {
    town = await startMailRelay({ store })
    const { accountId } = town.company
    const ben = await town.relay.addAgent(town.company, "Ben", "ben@lamplight.example")
    const client = await RawSmtp.greeted(town.relay.smtpPort)
    await client.say("MAIL FROM:<jana@customer.example>")
    expect(await client.say(`RCPT TO:<ben@${DOMAIN}>`)).toMatch(/^250 /)
    await town.run("removeAgent", { accountId, agentId: ben })
    await client.say("DATA")
    await client.write(Buffer.concat([mailOf(), Buffer.from(".\r\n")]))
    expect(await client.answer()).toMatch(/^550 5\.1\.1 /)
    await client.quit()
  })

  test("several accounts share a domain by numbers, and part when one gets its own", async () => {
    town = await startMailRelay({ store })
    const made = { name: "Other Ltd", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
    const { accountId } = await town.run("createAccount", made)
    const eve = { name: "Anna", role: "admin", language: "en", zone: "UTC" } as const
    await town.run("createAgent", { accountId, address: "anna@other.example", ...eve })
    expect(await town.send(mailOf(), `anna-2@${DOMAIN}`)).toBe(STORED)
    expect((await town.sink.received(1))[0]?.to).toEqual(["anna@other.example"])

    await town.run("setAccount", { accountId, mailDomain: "Chat.Pošta.example" })
    const own = "chat.pošta.example"
    for (const [address, answer] of [
      [`anna-2@${DOMAIN}`, /^550 5\.1\.1 /],
      [`inbox-2@${DOMAIN}`, /^550 5\.1\.1 /],
      [`anna@${own}`, /^250 /],
      [`anna@${domainToASCII(own)}`, /^250 /],
      [`inbox@${own}`, /^250 /],
      [`postmaster@${own}`, /^250 /],
      [`info@${own}`, /^550 5\.1\.1 /],
      [`anna@x.${own}`, /^550 5\.7\.1 /],
      // the first account's stay where they were
      [`anna@${DOMAIN}`, /^250 /],
    ] as const) {
      expect([address, await town.ask(address)]).toEqual([address, expect.stringMatching(answer)])
    }
    expect(await town.send(mailOf(), [`anna@${own}`, `anna@${DOMAIN}`])).toBe(STORED)
    const mails = (await town.sink.received(3)).slice(1)
    expect(mails.map(({ to, from }) => [to[0], domainToASCII(from.split("@")[1]!)]).sort()).toEqual([
      ["anna@lamplight.example", DOMAIN],
      ["anna@other.example", domainToASCII(own)],
    ])
    await town.run("setAccount", { accountId, mailDomain: null })
    expect(await town.ask(`anna-2@${DOMAIN}`)).toMatch(/^250 /)
    expect(await town.ask(`anna@${own}`)).toMatch(/^550 5\.7\.1 /)
  })
})

describe.each(STORES)("a mail to an agent's name, on %s", (store) => {
  test("goes on byte for byte, under what the relay puts on top", async () => {
    town = await startMailRelay({ store })
    // no charset, no MIME, bytes that are no UTF-8: nothing of it is the relay's business
    const raw = Buffer.concat([mailOf({ "X-Odd": "a\tb" }), Buffer.from([0xe9, 0x80, 0xff, 13, 10])])
    expect(await town.send(raw, `Anna@${DOMAIN}`)).toBe(STORED)
    const [mail] = await town.sink.received(1)
    expect(mail!.to).toEqual([town.company.address])
    expect(mail!.from).toMatch(new RegExp(`^b-[a-z2-7]{46}@${DOMAIN}$`))
    expect(mail!.raw.subarray(-raw.length).equals(raw)).toBe(true)
    expect(mail!.raw.subarray(0, -raw.length).toString()).toMatch(
      /^Porchlight-Loop: [\w-]{22}\r\nReceived: from client\.example \(\[127\.0\.0\.1\]\)\r\n/,
    )
    expect(await town.conversations()).toEqual([])
  })

  test("to a redirect: instead of the destination, or along with it; one address once", async () => {
    town = await startMailRelay({ store })
    const { accountId, agentId } = town.company
    await town.relay.addAgent(town.company, "Ben", "ben@lamplight.example")
    // Ben shows that he reads there
    const ben = { accountId, by: "Ben", address: "ben@lamplight.example" }
    await town.run("askAddress", ben)
    const [asked] = await town.sink.received(1)
    const code = /^Subject: (\d{6}) /m.exec(asked!.raw.toString())?.[1] ?? ""
    await town.run("confirmAddress", { ...ben, code })
    const redirect = (mode: "instead-of" | "along-with" | null) =>
      town.run("setRedirect", {
        accountId,
        by: "Anna",
        owner: { kind: "agent", id: agentId },
        redirect: mode && { address: "ben@lamplight.example", mode },
      })
    const goes = async (to: string[], count: number): Promise<string[]> => {
      const before = town.sink.mails.length
      expect(await town.send(mailOf(), to)).toBe(STORED)
      await town.sink.received(before + count)
      // no further one is queued
      expect((await town.run("listDeliveries", { accountId, limit: 100 })).length).toBe(before + count)
      return town.sink.mails
        .slice(before)
        .flatMap((mail) => mail.to)
        .sort()
    }
    await redirect("instead-of")
    expect(await goes([`anna@${DOMAIN}`], 1)).toEqual(["ben@lamplight.example"])
    await redirect("along-with")
    expect(await goes([`anna@${DOMAIN}`], 2)).toEqual(["anna@lamplight.example", "ben@lamplight.example"])
    // two names, one address
    expect(await goes([`anna@${DOMAIN}`, `ben@${DOMAIN}`, `anna+x@${DOMAIN}`], 2)).toEqual([
      "anna@lamplight.example",
      "ben@lamplight.example",
    ])
  })
})

describe("a mail that goes in a circle", () => {
  test("is refused when it comes back with our own mark; a mark of another recipient stops nothing", async () => {
    town = await startMailRelay()
    await town.relay.addAgent(town.company, "Ben", "ben@lamplight.example")
    await town.send(mailOf(), `anna@${DOMAIN}`)
    const [{ raw } = { raw: Buffer.alloc(0) }] = await town.sink.received(1)
    expect(await town.send(raw, `anna@${DOMAIN}`)).toMatch(/^554 5\.4\.6 /)
    expect(await town.send(raw, `ben@${DOMAIN}`)).toBe(STORED)
    // and to both: Ben gets it, Anna's circle ends
    expect(await town.send(raw, [`anna@${DOMAIN}`, `ben@${DOMAIN}`])).toBe(STORED)
    await town.sink.received(3)
    expect(town.sink.mails.map(({ to }) => to[0])).toEqual([
      "anna@lamplight.example",
      "ben@lamplight.example",
      "ben@lamplight.example",
    ])
  })

  test("is refused when the destination has become an address of this relay", async () => {
    town = await startMailRelay()
    const { accountId } = await town.run("createAccount", {
      ...{ name: "Other", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 },
    })
    // nobody of that account reads there, so it may have the domain
    await town.run("setAccount", { accountId, mailDomain: "lamplight.example" })
    expect(await town.send(mailOf(), `anna@${DOMAIN}`)).toMatch(/^554 5\.4\.6 /)
    expect(town.sink.mails).toEqual([])
  })
})
