import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ApiError, api, setUp, signIn } from "../kit/api.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { messageIdOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import { type End, failSyncs, fillDisk, isRoot, limitFiles, openDisk } from "./disk.ts"
import { compare, type Load, settled, startLoad } from "./load.ts"
import { createScene, MAIL_DOMAIN, type Scene } from "./scene.ts"

/** A disk that cannot take what it is given, under a relay that everybody writes to. */

const AGENT = "anna@agents.example"
/** Room for some thousand mails. */
const DISK_MB = 48
/** Rounds of mails to every kind of address while the fault lasts, and the most it takes until one is refused. */
const ROUNDS = 3
const MOST_ROUNDS = 3_000

interface Fault {
  name: string
  begin(): Promise<End> | End
  /** What SMTP hears for what could not be stored, and HTTP. */
  smtp: RegExp
  http: number[]
  needsRoot: boolean
}

let disk: { folder: string; remove(): Promise<void> }
let scene: Scene
let relay: RelayProcess
let agent: { url: string; token: string }
let siteKey: string
const loads: Load[] = []

beforeAll(async () => {
  disk = await openDisk(DISK_MB)
  scene = await createScene("sqlite", disk.folder)
  relay = await scene.start()
  siteKey = (await setUp(relay, { address: AGENT, grace: 0, wait: 0 })).siteKey
  const token = await signIn(relay, AGENT, async () => (await scene.sink.received(1))[0]!.raw.toString())
  agent = { url: relay.url, token }
})
afterAll(async () => {
  await relay?.stop()
  await scene?.sink.close()
  await disk?.remove()
})

const FAULTS: Fault[] = [
  {
    name: "is full",
    begin: () => fillDisk(disk.folder),
    smtp: /^452 4\.3\.1 /,
    http: [507],
    needsRoot: true,
  },
  {
    name: "lets no file grow",
    begin: () => limitFiles(relay.pid, 1),
    smtp: /^45[12] 4\.3\.[01] /,
    http: [503, 507],
    needsRoot: false,
  },
  {
    name: "fails to write through (fsync: EIO)",
    begin: () => failSyncs(relay.pid),
    smtp: /^451 4\.3\.0 /,
    http: [503],
    needsRoot: true,
  },
]

const NAMES = ["anna", "inbox", "postmaster"]

let written = 0
/** Message-IDs that were answered 250, by whom they were for. */
const acknowledged = new Map<string, string[]>(NAMES.map((name) => [name, []]))
/** One mail to each kind of address; the last answer to each, of the mail or of its recipient. */
const mailToEach = async (): Promise<string[]> => {
  const client = await RawSmtp.greeted(relay.ports.smtp)
  const answers: string[] = []
  for (const name of NAMES) {
    const id = `<disk-${written}@prober.example>`
    written += 1
    await client.say("MAIL FROM:<prober@prober.example>")
    const recipient = await client.say(`RCPT TO:<${name}@${MAIL_DOMAIN}>`)
    if (!recipient.startsWith("250")) {
      answers.push(recipient)
      await client.say("RSET")
      continue
    }
    await client.say("DATA")
    const body = `From: prober@prober.example\r\nMessage-ID: ${id}\r\nAuto-Submitted: auto-generated\r\n\r\n${"x".repeat(2_000)}\r\n.`
    const answer = await client.say(body)
    answers.push(answer)
    if (answer.startsWith("250")) acknowledged.get(name)!.push(id)
  }
  await client.quit()
  return answers
}

const zones = ["UTC", "Europe/Prague"]
/** The status of a request that writes. */
const write = async (): Promise<number> => {
  zones.reverse()
  try {
    await api(agent, "PATCH", "/api/me", { zone: zones[0] })
    return 200
  } catch (error) {
    if (error instanceof ApiError) return error.status
    throw error
  }
}

/** Every mail that was answered 250 is where it belongs. */
const probesAreThere = async (): Promise<void> => {
  const folder = path.join(disk.folder, "postmaster")
  const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"))
  const kept = new Set(await scene.read("SELECT message_id AS text FROM inbound_mails"))
  const sent = new Set(scene.sink.mails.map(messageIdOf))
  const lost = (name: string, isThere: (id: string) => boolean): string[] =>
    acknowledged.get(name)!.filter((id) => !isThere(id))
  expect(lost("anna", (id) => sent.has(id))).toEqual([])
  expect(lost("inbox", (id) => kept.has(id))).toEqual([])
  expect(
    lost("postmaster", (id) => files.some((file) => file.includes(id) && file.endsWith("x\r\n"))),
  ).toEqual([])
}

const isStored = (answers: readonly string[]): boolean => answers.every((answer) => answer.startsWith("250"))

describe("a disk", () => {
  test.each(FAULTS.filter(({ needsRoot }) => isRoot || !needsRoot))(
    "that $name: put off, never lost, and well again by itself",
    async ({ name, begin, smtp, http }) => {
      const target = { url: relay.url, smtpPort: relay.ports.smtp, mailDomain: MAIL_DOMAIN, siteKey }
      const load = await startLoad(
        target,
        scene.sink,
        { address: AGENT, name: "anna" },
        `disk ${loads.length}`,
      )
      loads.push(load)
      await until("all comes in", load.comesIn, 60_000)
      expect(isStored(await mailToEach()), "before it").toBe(true)
      expect(await write(), "before it").toBe(200)

      const end = await begin()
      const answers: string[] = []
      for (let rounds = 0, round = 0; rounds < ROUNDS && round < MOST_ROUNDS; round += 1) {
        const some = await mailToEach()
        answers.push(...some)
        // what a file has room for already may still be stored
        if (!some.some((answer) => answer.startsWith("250"))) rounds += 1
      }
      const refused = answers.filter((answer) => !answer.startsWith("250"))
      expect(refused.length).toBeGreaterThanOrEqual(ROUNDS * NAMES.length)
      expect(refused).toEqual(refused.map(() => expect.stringMatching(smtp)))
      expect(http).toContain(await until("a request is refused", async () => (await write()) || null))

      await end()
      const from = performance.now()
      await until("mails are stored again", async () => isStored(await mailToEach()))
      expect(await write()).toBe(200)
      const healed = performance.now() - from
      load.mark()
      await until("all comes in again", load.comesIn, 60_000)
      await load.end()
      await settled(relay)
      await probesAreThere()
      const { copies } = await compare(scene, loads)
      console.log(
        `a disk that ${name}: ${refused.length} of ${answers.length} mails put off ` +
          `(${[...new Set(refused.map((answer) => answer.slice(0, 9)))].join(", ")}), well after ${Math.round(healed)} ms; ${copies} mails out twice`,
      )
    },
  )

  test("left a store that is whole, and that a relay starts on", async () => {
    expect(await relay.stop()).toBe(0)
    relay = await scene.start()
    expect(isStored(await mailToEach())).toBe(true)
    expect(await relay.stop()).toBe(0)
    await compare(scene, loads)
  })
})
