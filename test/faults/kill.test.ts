import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Database from "better-sqlite3"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { api, setUp } from "../kit/api.ts"
import { freePorts } from "../kit/ports.ts"
import { type RelayProcess, startRelayProcess } from "../kit/relay-process.ts"
import { type SmtpSink, startSmtpSink } from "../kit/smtp-sink.ts"
import { STORES, type StoreKind } from "../kit/stores.ts"
import { messageIdOf, replyPartOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { findFaults, type Ledger, newLedger, repeated } from "./ledger.ts"
import { type Target, writeChats, writeMails } from "./writers.ts"

/** `KILLS=200 npm run test:faults` for the long form. PostgreSQL gets a fifth: its own durability is not in question. */
const KILLS = Number(process.env.KILLS ?? 20)
const kills = (kind: StoreKind): number => (kind === "sqlite" ? KILLS : Math.ceil(KILLS / 5))

const AGENT = "anna@agents.example"
const MAIL_DOMAIN = "porchlight.example"
/** Mails under way at a time (relay/work/deliver.ts): each of them may have arrived unnoticed at a kill. */
const IN_FLIGHT = 20
const CHAT_WRITERS = 4
const MAIL_WRITERS = 4

/** A relay that is killed and comes back in the same place, with the next hop of its mails. */
interface Scene {
  folder: string
  sink: SmtpSink
  start(): Promise<RelayProcess>
  /** Texts of all messages in the store, read past the relay. */
  stored(): Promise<string[]>
  remove(): Promise<void>
}

const createScene = async (kind: StoreKind): Promise<Scene> => {
  const folder = mkdtempSync(path.join(tmpdir(), "porchlight-kill-"))
  const sink = await startSmtpSink()
  const [http = 0, smtp = 0] = await freePorts(2)
  const database = `kill_${crypto.randomUUID().replaceAll("-", "")}`
  const administer = async (statement: string, name = "postgres"): Promise<{ text: string }[]> => {
    const url = inject("postgresUrl").replace(/\/postgres$/, `/${name}`)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<{ text: string }>(statement)).rows
    } finally {
      await client.end()
    }
  }
  const env: Record<string, string> = {
    PORCHLIGHT_MAIL_DOMAIN: MAIL_DOMAIN,
    PORCHLIGHT_OUTBOUND: `smtp://127.0.0.1:${sink.port}`,
    PORCHLIGHT_VISITOR_RATE: "1000",
  }
  if (kind === "postgres") {
    await administer(`CREATE DATABASE ${database} TEMPLATE template0`)
    env.PORCHLIGHT_DATABASE_URL = inject("postgresUrl").replace(/\/postgres$/, `/${database}`)
  }
  const fromFile = (): string[] => {
    const db = new Database(path.join(folder, "porchlight.db"), { readonly: true })
    try {
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok")
      return (db.prepare("SELECT text FROM messages").all() as { text: string }[]).map(({ text }) => text)
    } finally {
      db.close()
    }
  }
  return {
    folder,
    sink,
    start: () => startRelayProcess({ data: folder, ports: { http, smtp }, env }),
    stored: async () =>
      kind === "sqlite"
        ? fromFile()
        : (await administer("SELECT text FROM messages", database)).map(({ text }) => text),
    remove: async () => {
      await sink.close()
      if (kind === "postgres") await administer(`DROP DATABASE ${database} WITH (FORCE)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Visitors ask, and the notices that come of it give mail programs something to answer. */
const openReplies = async (target: Target, sink: SmtpSink, ledger: Ledger): Promise<string[]> => {
  const tokens: string[] = []
  for (let n = 0; n < MAIL_WRITERS; n++) {
    const text = `question ${n}`
    ledger.sent.add(text)
    const visitor = await connectVisitor({ url: target.url, siteKey: target.siteKey })
    visitor.send({ type: "open", language: "en", zone: "UTC" })
    await visitor.push(ofType("you"))
    visitor.send({ type: "write", key: `question-${n}`, text, page: null })
    await visitor.push(ofType("ack"))
    ledger.acknowledged.add(text)
    await visitor.close()
    const notice = await until(`the notice of ${text}`, () =>
      sink.mails.find(({ raw }) => raw.includes(text)),
    )
    tokens.push(replyPartOf(notice))
  }
  return tokens
}

const randomMs = (least: number, most: number): number => least + Math.random() * (most - least)

const sleepFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Acknowledged so far. */
const counts = ({ acknowledged }: Ledger): { chats: number; mails: number } => {
  const texts = [...acknowledged]
  return {
    chats: texts.filter((text) => text.startsWith("chat")).length,
    mails: texts.filter((text) => text.startsWith("mail")).length,
  }
}

const isComingIn = (ledger: Ledger, before: { chats: number; mails: number }): boolean => {
  const now = counts(ledger)
  return now.chats > before.chats && now.mails > before.mails
}

interface Health {
  queue: { mails: number }
  decisions: { oldestDueMs: number }
}

describe.concurrent.each(STORES)("kill -9 at random on %s", (kind) => {
  let scene: Scene
  let relay: RelayProcess

  beforeAll(async () => {
    scene = await createScene(kind)
    relay = await scene.start()
  })
  afterAll(async () => {
    await relay?.stop()
    await scene?.remove()
  })

  test(`${kills(kind)} kills under mail and chat: nothing acknowledged is lost, nothing is there twice`, async () => {
    const { siteKey } = await setUp(relay, { address: AGENT, grace: 0, wait: 0 })
    const target: Target = { url: relay.url, smtpPort: relay.ports.smtp, mailDomain: MAIL_DOMAIN, siteKey }
    const ledger = newLedger()
    const tokens = await openReplies(target, scene.sink, ledger)

    const ending = new AbortController()
    let before = counts(ledger)
    const writers = [
      ...Array.from({ length: CHAT_WRITERS }, (_, n) =>
        writeChats(target, `chat ${n}`, ledger, ending.signal),
      ),
      ...tokens.map((token, n) => writeMails(target, token, AGENT, `mail ${n}`, ledger, ending.signal)),
    ]
    for (let n = 0; n < kills(kind); n++) {
      // A third hits a relay that has just come up and still catches up, the others one at full work.
      if (n % 3 !== 0) await until("mails and chats come in", () => isComingIn(ledger, before))
      await sleepFor(randomMs(0, 200))
      await relay.kill()
      before = counts(ledger)
      relay = await scene.start()
    }
    ending.abort()
    await Promise.all(writers)

    await until(
      "everything due is decided and mailed",
      async () => {
        const { queue, decisions } = await api<Health>(relay, "GET", "/health")
        return queue.mails === 0 && decisions.oldestDueMs === 0
      },
      // What was under way at the last kill is claimed until its lease of 60 s ends.
      90_000,
    )
    expect(await relay.stop()).toBe(0)
    expect(findFaults(ledger, await scene.stored())).toEqual({ lost: [], twice: [], strange: [] })

    // A mail in flight when the relay died may go out once more, known by its Message-ID; no other may.
    const again = repeated(scene.sink.mails.map(messageIdOf))
    const copies = again.reduce((sum, [, count]) => sum + count - 1, 0)
    expect(copies).toBeLessThanOrEqual(kills(kind) * IN_FLIGHT)
    const { chats, mails } = counts(ledger)
    expect(Math.min(chats, mails)).toBeGreaterThan(kills(kind))
    console.log(
      `${kind}: ${kills(kind)} kills, ${chats} chat messages and ${mails} mails acknowledged and there once; ` +
        `${scene.sink.mails.length - copies} mails out, ${copies} of them twice`,
    )
  })
})

/** The checker must see what it is there to see: the same relay, with a writer that does it wrong. */
describe("the check itself", () => {
  let scene: Scene
  let relay: RelayProcess

  beforeAll(async () => {
    scene = await createScene("sqlite")
    relay = await scene.start()
  })
  afterAll(async () => {
    await relay?.stop()
    await scene?.remove()
  })

  test("a message sent again under another key is found twice, an acknowledged one that is not there is lost", async () => {
    const { siteKey } = await setUp(relay, { address: AGENT })
    const ledger = newLedger()
    const write = async (visitor: string | null, key: string): Promise<string> => {
      const socket = await connectVisitor({ url: relay.url, siteKey, visitor })
      if (visitor === null) socket.send({ type: "open", language: "en", zone: "UTC" })
      if (visitor === null) await socket.push(ofType("you"))
      ledger.sent.add("Hello?")
      socket.send({ type: "write", key, text: "Hello?", page: null })
      await socket.push(ofType("ack"))
      ledger.acknowledged.add("Hello?")
      await socket.close()
      return socket.visitor() ?? ""
    }

    const visitor = await write(null, "first-key")
    await relay.kill()
    relay = await scene.start()
    await write(visitor, "first-key")
    expect(findFaults(ledger, await scene.stored())).toEqual({ lost: [], twice: [], strange: [] })

    await write(visitor, "other-key")
    ledger.sent.add("Said, but never written")
    ledger.acknowledged.add("Said, but never written")
    ledger.sent.delete("Hello?")
    expect(findFaults(ledger, await scene.stored())).toEqual({
      lost: ["Said, but never written"],
      twice: ["Hello?"],
      strange: ["Hello?"],
    })
  })
})
