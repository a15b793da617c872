import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { expect } from "vitest"
import type { RelayProcess } from "../kit/relay-process.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { messageIdOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import type { End } from "./disk.ts"
import { compare, type Load, settled, startLoad } from "./load.ts"
import { MAIL_DOMAIN, type Scene } from "./scene.ts"

/** A relay that everybody writes to, before, during and after a disk that cannot take what it is given. */

/** Rounds of mails in which none could be stored while a fault lasts, and the most it takes until they are through. */
const ROUNDS = 3
const MOST_ROUNDS = 3_000
/** Of each of these mails, about. */
const PROBE_BYTES = 15_000

export interface Fault {
  name: string
  begin(): Promise<End> | End
  /** What SMTP hears for what could not be stored, and HTTP. */
  smtp: RegExp
  http: number[]
}

/** Kinds of addresses, and whether what is written to them is kept on the disk at fault. */
export type Names = Record<"anna" | "inbox" | "postmaster", boolean>
type Name = keyof Names

export interface Trial {
  /** All of it: put off, never lost, and well again by itself. */
  outlives(fault: Fault): Promise<void>
  /** The relay ends, starts on what is there, and all that was acknowledged still is. */
  startsAgain(): Promise<void>
}

/** `write`: the status of a request that writes. */
export const openTrial = (
  scene: Scene,
  start: { relay: RelayProcess; siteKey: string; agent: string },
  names: Names,
  write: () => Promise<number>,
): Trial => {
  let { relay } = start
  const { siteKey, agent } = start
  const all = Object.keys(names) as Name[]
  const loads: Load[] = []
  let written = 0
  /** Message-IDs that were answered 250, by whom they were for. */
  const acknowledged = new Map<Name, string[]>(all.map((name) => [name, []]))

  /** One mail to each kind of address; the last answer to each, of the mail or of its recipient. */
  const mailToEach = async (): Promise<{ name: Name; answer: string }[]> => {
    const client = await RawSmtp.greeted(relay.ports.smtp)
    const answers: { name: Name; answer: string }[] = []
    for (const name of all) {
      const id = `<disk-${written}@prober.example>`
      written += 1
      await client.say("MAIL FROM:<prober@prober.example>")
      const recipient = await client.say(`RCPT TO:<${name}@${MAIL_DOMAIN}>`)
      if (!recipient.startsWith("250")) {
        answers.push({ name, answer: recipient })
        await client.say("RSET")
        continue
      }
      await client.say("DATA")
      const body = `From: prober@prober.example\r\nMessage-ID: ${id}\r\nAuto-Submitted: auto-generated\r\n\r\n${incompressible()}x\r\n.`
      const answer = await client.say(body)
      answers.push({ name, answer })
      if (answer.startsWith("250")) acknowledged.get(name)!.push(id)
    }
    await client.quit()
    return answers
  }

  /** What a database cannot make smaller, so that it needs room. */
  const incompressible = (): string => randomBytes(PROBE_BYTES).toString("base64")

  const isStored = ({ answer }: { answer: string }): boolean => answer.startsWith("250")
  const allStored = async (): Promise<boolean> => (await mailToEach()).every(isStored)

  /** Every mail that was answered 250 is where it belongs. */
  const probesAreThere = async (): Promise<void> => {
    const folder = path.join(scene.folder, "postmaster")
    const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"))
    const kept = new Set(await scene.read("SELECT message_id AS text FROM inbound_mails"))
    const sent = new Set(scene.sink.mails.map(messageIdOf))
    const lost = (name: Name, isThere: (id: string) => boolean): string[] =>
      acknowledged.get(name)!.filter((id) => !isThere(id))
    expect(lost("anna", (id) => sent.has(id))).toEqual([])
    expect(lost("inbox", (id) => kept.has(id))).toEqual([])
    expect(
      lost("postmaster", (id) => files.some((file) => file.includes(id) && file.endsWith("x\r\n"))),
    ).toEqual([])
  }

  /** What those hear who write while the fault lasts. */
  const during = async ({ begin, smtp, http }: Omit<Fault, "name">) => {
    const end = await begin()
    try {
      const answers: { name: Name; answer: string }[] = []
      for (let rounds = 0, round = 0; rounds < ROUNDS && round < MOST_ROUNDS; round += 1) {
        const some = (await mailToEach()).filter((one) => names[one.name] || !isStored(one))
        answers.push(...some)
        // what a file has room for already may still be stored
        if (!some.some(isStored)) rounds += 1
      }
      const refused = answers.filter((one) => !isStored(one))
      const needing = all.filter((one) => names[one])
      // What needs nothing of that disk is taken all the while.
      expect(new Set(refused.map((one) => one.name))).toEqual(new Set(needing))
      const words = refused.map(({ answer }) => answer)
      expect(words.length).toBeGreaterThanOrEqual(ROUNDS * needing.length)
      expect(words).toEqual(words.map(() => expect.stringMatching(smtp)))
      const status = async (): Promise<number | null> => {
        const said = await write()
        return said === 200 ? null : said
      }
      expect(http).toContain(await until("a request is refused", status))
      return { words, count: answers.length }
    } finally {
      await end()
    }
  }

  const outlives = async ({ name, begin, smtp, http }: Fault): Promise<void> => {
    const target = { url: relay.url, smtpPort: relay.ports.smtp, mailDomain: MAIL_DOMAIN, siteKey }
    const run = `disk ${loads.length}`
    const load = await startLoad(target, scene.sink, { address: agent, name: "anna" }, run)
    loads.push(load)
    await until("all comes in", load.comesIn, 60_000)
    expect(await allStored(), "before it").toBe(true)
    expect(await write(), "before it").toBe(200)

    const { words, count } = await during({ begin, smtp, http })

    const from = performance.now()
    await until("mails are stored again", allStored, 30_000)
    await until("requests are", async () => (await write()) === 200)
    const healed = performance.now() - from
    load.mark()
    await until("all comes in again", load.comesIn, 60_000)
    await load.end()
    await settled(relay)
    await probesAreThere()
    const { copies } = await compare(scene, loads)
    console.log(
      `a disk that ${name}: ${words.length} of ${count} mails put off ` +
        `(${[...new Set(words.map((answer) => answer.slice(0, 9)))].join(", ")}), well after ${Math.round(healed)} ms; ${copies} mails out twice`,
    )
  }

  const startsAgain = async (): Promise<void> => {
    expect(await relay.stop()).toBe(0)
    relay = await scene.start()
    expect(await allStored()).toBe(true)
    expect(await relay.stop()).toBe(0)
    await compare(scene, loads)
  }

  return { outlives, startsAgain }
}
