import { randomBytes } from "node:crypto"
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import Database from "better-sqlite3"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { verifyCopy } from "../../relay/store/copy/copy.ts"
import { DERIVED } from "../../relay/store/copy/derived.ts"
import { MARKS } from "../../relay/store/copy/marks.ts"
import { openPostgresPlace } from "../../relay/store/copy/places.ts"
import { sqliteReader } from "../../relay/store/copy/sqlite-side.ts"
import { api } from "../kit/api.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { RawSmtp } from "../kit/smtp-raw.ts"
import { createDatabase, STORES, type StoreKind, type TestDatabase } from "../kit/stores.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"

/** Backup, restore and moving: a real relay on the store, the commands as an operator gives them. */

// Commands open and close stores many times.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
const undo: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "porchlight-copies-"))
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
  await rm(folder, { recursive: true, force: true })
})

type Env = Record<string, string>

const run = async (args: string[], env: Env) => {
  const [out, err]: string[][] = [[], []]
  const io = { env, out: (text: string) => out!.push(text), err: (text: string) => err!.push(text) }
  const code = await runCommand(args, { ...io, ended: Promise.resolve() })
  return { code, out: out!.join("\n"), err: err!.join("\n") }
}

const done = async (args: string[], env: Env) => {
  const { code, out, err } = await run([...args, "--json"], env)
  expect([code, err]).toEqual([0, ""])
  return JSON.parse(out) as Record<string, unknown>
}

const envOf = (relay: TestRelay): Env => ({
  PORCHLIGHT_DATA: relay.config.data,
  ...(relay.config.databaseUrl && { PORCHLIGHT_DATABASE_URL: relay.config.databaseUrl }),
})

const start = async (store: StoreKind): Promise<TestRelay> => {
  const relay = await startRelay({ store })
  undo.push(() => relay.stop())
  return relay
}

/** Words that databases sort and keep in different ways, and a mail with bytes of all kinds. */
const WORDS = ["Äpfel & Öl", "zebra", "ČŠŽ – “quotes” 🏮", "Zebra", "ä\u0000b"]

const write = async (relay: TestRelay, company: Company, texts: readonly string[]): Promise<void> => {
  const box = await connectVisitor({ ...relay, siteKey: company.siteKey })
  box.send({ type: "open", language: "de", zone: "Europe/Berlin" })
  await box.push(ofType("you"))
  for (const text of texts) {
    const key = crypto.randomUUID()
    box.send({ type: "write", key, text, page: null })
    await until("the ack", () => box.pushes.filter(ofType("ack")).some((ack) => ack.key === key))
  }
  await box.close()
}

const mailIn = async (relay: TestRelay): Promise<void> => {
  const file = randomBytes(3000).toString("base64")
  const raw = `From: Vera <vera@visitor.example>\r\nSubject: =?utf-8?B?${Buffer.from("Größe").toString("base64")}?=\r\nMessage-ID: <${crypto.randomUUID()}@visitor.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xf6\xdfe?\r\n--b\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}\r\n--b--\r\n`
  const client = await RawSmtp.greeted(relay.smtpPort, "mx.visitor.example")
  await client.say("MAIL FROM:<vera@visitor.example> BODY=8BITMIME")
  expect(await client.say("RCPT TO:<inbox@porchlight.localhost>")).toMatch(/^250/)
  expect(await client.say("DATA")).toMatch(/^354/)
  await client.write(Buffer.from(raw, "latin1"))
  expect(await client.say(".")).toMatch(/^250/)
  client.hangUp()
}

/** A store with something of most kinds in it. */
const lively = async (kind: StoreKind): Promise<{ relay: TestRelay; company: Company }> => {
  const relay = await start(kind)
  const company = await relay.setUp()
  await relay.addAgent(company, "Žofie Ångström", "zofie@lamplight.example")
  await write(relay, company, WORDS)
  await mailIn(relay)
  return { relay, company }
}

const conversationsOf = async (relay: TestRelay): Promise<unknown> => {
  const token = await relay.signIn()
  return api({ ...relay, token }, "GET", "/api/conversations?list=all")
}

const database = async (kind: StoreKind): Promise<{ env: Env; database: TestDatabase }> => {
  const made = await createDatabase(kind)
  undo.push(() => made.remove())
  const data = path.join(folder, `data-${kind}`)
  const env: Env =
    kind === "sqlite"
      ? { PORCHLIGHT_DATA: data }
      : { PORCHLIGHT_DATA: data, PORCHLIGHT_DATABASE_URL: made.place }
  return { env, database: made }
}

/** All rows of a file, but for what a running relay writes by itself. */
const rowsOf = (file: string): Record<string, unknown[]> => {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
      .all() as {
      name: string
    }[]
    const kept = tables
      .map(({ name }) => name)
      .filter((name) => !/^sqlite_|^migrations$|^relays$|^search_/.test(name))
    return Object.fromEntries(
      kept.map((name) => [
        name,
        db
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => JSON.stringify(row, Object.keys(row as object).sort()))
          .sort(),
      ]),
    )
  } finally {
    db.close()
  }
}

describe.each(STORES)("a backup of %s", (kind) => {
  test.each(STORES)("taken while the relay runs is restored to %s, row by row", async (other) => {
    const { relay } = await lively(kind)
    const file = path.join(folder, "now.db")
    const held = await done(["backup", file], envOf(relay))
    expect(held).toMatchObject({ accounts: 1, agents: 2, conversations: 2, messages: WORDS.length + 1 })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    // The relay goes on, and its copy knows nothing of that.
    await mailIn(relay)

    const { env } = await database(other)
    expect(await done(["restore", file], env)).toMatchObject({ accounts: 1, messages: WORDS.length + 1 })
    const again = path.join(folder, "again.db")
    await done(["backup", again], env)
    expect(rowsOf(again)).toEqual(rowsOf(file))
    expect(rowsOf(again).attachments).toHaveLength(1)
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/part/))
  })
})

describe("a backup", () => {
  test("is not written over another, and is there whole or not at all", async () => {
    const { relay } = await lively("sqlite")
    const file = path.join(folder, "now.db")
    await writeFile(file, "somebody's")
    const taken = await run(["backup", file], envOf(relay))
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining(`${file} is there already`) })
    expect(await readFile(file, "utf8")).toBe("somebody's")

    const nowhere = await run(["backup", "/proc/porchlight.db"], envOf(relay))
    expect(nowhere).toMatchObject({ code: 3, err: expect.stringContaining("No copy was made") })
    const none = await run(["backup", path.join(folder, "b.db")], {
      PORCHLIGHT_DATA: path.join(folder, "none"),
    })
    expect(none).toMatchObject({ code: 3, err: expect.stringContaining("there is no store there yet") })
    expect(await readdir(folder)).toEqual(["now.db"])
  })

  test("that is damaged, no store, or of a newer version is refused, and nothing is changed", async () => {
    const { relay } = await lively("sqlite")
    const file = path.join(folder, "whole.db")
    await done(["backup", file], envOf(relay))
    const env = { PORCHLIGHT_DATA: path.join(folder, "data") }
    const refused = async (name: string, change: (copy: string) => Promise<void> | void) => {
      const copy = path.join(folder, name)
      await copyFile(file, copy)
      await change(copy)
      const result = await run(["restore", copy], env)
      expect(await readdir(folder)).not.toContain("data")
      return result
    }
    const cut = await refused("cut.db", async (copy) =>
      writeFile(copy, (await readFile(copy)).subarray(0, 20_000)),
    )
    expect(cut).toMatchObject({ code: 1, err: expect.stringContaining("Nothing was changed") })
    const text = await refused("text.db", (copy) =>
      writeFile(copy, "not a database, but long enough to be read"),
    )
    expect(text).toMatchObject({ code: 1, err: expect.stringContaining("not a database") })
    const foreign = await refused("foreign.db", async (copy) => {
      await rm(copy)
      new Database(copy).exec("CREATE TABLE lamps (id)").close()
    })
    expect(foreign).toMatchObject({ code: 1, err: expect.stringContaining("not a store of Porchlight") })
    const newer = await refused("newer.db", (copy) => {
      new Database(copy).exec("INSERT INTO migrations VALUES ('9999-later', 1)").close()
    })
    expect(newer).toMatchObject({ code: 1, err: expect.stringContaining("9999-later") })
    expect(await run(["restore", path.join(folder, "gone.db")], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining("There is no file"),
    })
  })

  test.each(STORES)("is not restored over a store with accounts, nor under a relay: %s", async (kind) => {
    const { relay } = await lively("sqlite")
    const file = path.join(folder, "now.db")
    await done(["backup", file], envOf(relay))
    const busy = await start(kind)
    const running = await run(["restore", file], envOf(busy))
    expect(running).toMatchObject({ code: 1, err: expect.stringContaining("relay runs on") })
    await busy.setUp()
    const before = await done(["backup", path.join(folder, "before.db")], envOf(busy))
    const used = await run(["restore", file], envOf(busy))
    expect(used).toMatchObject({ code: 1, err: expect.stringContaining("account") })
    expect(await done(["backup", path.join(folder, "after.db")], envOf(busy))).toMatchObject({
      accounts: before.accounts,
      messages: 0,
    })
  })
})

describe("moving to PostgreSQL", () => {
  test("is copied ahead while the relay runs, finished once it has ended, and nothing opens the old store", async () => {
    const { relay, company } = await lively("sqlite")
    const { database: there } = await database("postgres")
    const move = ["migrate", "--to", there.place]
    const ahead = await done(move, envOf(relay))
    expect(ahead).toMatchObject({ moved: false })
    // A relay is not to start on what is filled in part.
    const early = await run(["account", "list"], { ...envOf(relay), PORCHLIGHT_DATABASE_URL: there.place })
    expect(early).toMatchObject({ code: 3, err: expect.stringContaining("still being filled") })

    await write(relay, company, ["after the first copy"])
    const before = await conversationsOf(relay)
    const { data } = relay.config
    const kept = path.join(folder, "kept")
    await relay.end()
    await copyFile(path.join(data, "porchlight.db"), `${kept}.db`)
    const rest = await done(move, envOf(relay))
    expect(rest).toMatchObject({ moved: true, to: expect.stringContaining("postgres://") })
    expect(rest.written as number).toBeLessThan(ahead.written as number)
    expect(rest.verified).toContainEqual(
      expect.objectContaining({ table: "messages", rows: WORDS.length + 2 }),
    )

    const old = await run(["account", "list"], envOf(relay))
    expect(old).toMatchObject({ code: 3, err: expect.stringContaining("was moved to") })
    const twice = await run(move, envOf(relay))
    expect(twice).toMatchObject({ code: 1, err: expect.stringContaining("was moved to") })

    const moved = await startRelay({ beside: { config: { databaseUrl: there.place } } as TestRelay })
    undo.push(() => moved.stop())
    expect(await conversationsOf(moved)).toEqual(before)
    expect(moved.key).toBe(relay.key)

    expect(await done(["migrate", "--take-back"], envOf(relay))).toMatchObject({ takenBack: true })
    expect(await run(["account", "list"], envOf(relay))).toMatchObject({ code: 0 })
    expect(await done(["migrate", "--take-back"], envOf(relay))).toMatchObject({ takenBack: false })
  })

  test("broken off, it is taken up again; filled from elsewhere or used, it is refused", async () => {
    const { relay } = await lively("sqlite")
    const { database: there } = await database("postgres")
    await relay.end()
    const client = new pg.Client(there.place)
    await client.connect()
    undo.push(() => client.end())
    // The database breaks it off in the middle: messages cannot be written.
    await client.query("ALTER TABLE messages ADD CONSTRAINT broken CHECK (seq < 3)")
    const move = ["migrate", "--to", there.place]
    const broken = await run(move, envOf(relay))
    expect(broken).toMatchObject({ code: 3, err: expect.stringContaining("The store was not moved") })
    expect(await run(["account", "list"], envOf(relay))).toMatchObject({ code: 0 })
    expect((await client.query("SELECT count(*)::int AS n FROM accounts")).rows).toEqual([{ n: 1 }])

    const other = await start("sqlite")
    const foreign = await run(move, envOf(other))
    expect(foreign).toMatchObject({ code: 1, err: expect.stringContaining("filled from another store") })

    await client.query("ALTER TABLE messages DROP CONSTRAINT broken")
    expect(await done(move, envOf(relay))).toMatchObject({ moved: true })
    const used = await run(move, envOf(other))
    expect(used).toMatchObject({ code: 1, err: expect.stringContaining("has accounts already") })
    expect(await run(["migrate", "--to", "mysql://x"], envOf(other))).toMatchObject({ code: 2 })
    const unreachable = await run(["migrate", "--to", "postgres://127.0.0.1:9/x"], envOf(other))
    expect(unreachable).toMatchObject({ code: 3, err: expect.stringContaining("ECONNREFUSED") })
  })

  test("one row that is not the same is found", async () => {
    const { relay } = await lively("sqlite")
    const { database: there } = await database("postgres")
    await relay.end()
    await done(["migrate", "--to", there.place], envOf(relay))
    const db = new Database(path.join(relay.config.data, "porchlight.db"), { readonly: true })
    const place = await openPostgresPlace(there.place)
    undo.push(async () => {
      await place.close()
      db.close()
    })
    const from = sqliteReader(db)
    const sides = { from, readTo: place.read, marks: MARKS, derived: DERIVED }
    expect((await verifyCopy(sides)).length).toBeGreaterThan(20)
    await place.db.updateTable("messages").set({ text: "zebrb" }).where("text", "=", "zebra").execute()
    await expect(verifyCopy(sides)).rejects.toThrow(/not the same: messages/)
    await from.close()
  })
})
