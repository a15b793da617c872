import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { inflateRawSync } from "node:zlib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import { CLOSE } from "../../shared/protocol/live.ts"
import { type HostPage, serveHostPage } from "../kit/host-page.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { openEar } from "../kit/webhook-ear.ts"
import { ask, bearer } from "./kit.ts"

/** Persons' data and the tag's check, through the API and the command line. */

let relay: TestRelay
let company: Company
let admin: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "porchlight-persons-"))
  relay = await startRelay({ env: { PORCHLIGHT_PRIVATE_TARGETS: "127.0.0.1" } })
  company = await relay.setUp({ origins: ["https://lamplight.example"] })
  admin = await relay.signIn()
})
afterAll(async () => {
  await relay.stop()
  rmSync(folder, { recursive: true, force: true })
})

const asAdmin = (method: string, where: string, body?: unknown) =>
  ask(relay, method, where, { ...(body !== undefined && { body }), ...bearer(admin) })

const run = async (...args: string[]) => {
  let out = ""
  let err = ""
  const code = await runCommand(args, {
    env: { PORCHLIGHT_DATA: relay.config.data },
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
    ended: Promise.resolve(),
  })
  return { code, out, err }
}

const visit = async (address: string, text: string) => {
  const { accountId, siteId } = company
  const now = relay.clock.now()
  const { visitorId } = await relay.store.run(
    "createVisitor",
    { accountId, siteId, language: "en", zone: "UTC" },
    now,
  )
  await relay.store.run("setContact", { accountId, visitorId, address, name: "Eve Xqz" }, now)
  const written = { accountId, siteId, groupId: null, visitorId, key: `key-${visitorId}`, text, page: null }
  const { conversationId } = await relay.store.run("takeVisitorMessage", written, now)
  return { visitorId, conversationId }
}

/** Files of a zip by their names, read along its directory. */
const unzip = (zip: Buffer): Record<string, string> => {
  const files: Record<string, string> = {}
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  let at = zip.readUInt32LE(end + 16)
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    const packed = zip.readUInt32LE(at + 20)
    const length = zip.readUInt16LE(at + 28)
    const start = zip.readUInt32LE(at + 42)
    const name = zip.toString("utf8", at + 46, at + 46 + length)
    const begin = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    files[name] = inflateRawSync(zip.subarray(begin, begin + packed)).toString()
    at += 46 + length
  }
  return files
}

test("a visitor's data is handed out as a zip that can be read", async () => {
  await visit("eve@xqz.example", "Do you have lamps? ěščř")
  const response = await fetch(`${relay.url}/api/persons/export`, {
    method: "POST",
    headers: { ...bearer(admin), "Content-Type": "application/json" },
    body: JSON.stringify({ visitor: "Eve@xqz.example" }),
  })
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="person.zip"')
  const files = unzip(Buffer.from(await response.arrayBuffer()))
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(["person.json", "conversations/1.json", "conversations/1.txt"]),
  )
  expect(JSON.parse(files["person.json"]!)).toMatchObject({
    addresses: ["eve@xqz.example"],
    visitors: [{ name: "Eve Xqz", site: "Lamplight" }],
  })
  expect(files["person.json"]).not.toContain("secret")
  expect(files["conversations/1.txt"]).toContain("visitor:\nDo you have lamps? ěščř")
})

test("the command line writes the same into a folder, and says what would go before it does", async () => {
  const { visitorId } = await visit("eve2@xqz.example", "Again")
  const to = path.join(folder, "eve")
  expect(await run("export", "visitor", "eve2@xqz.example", "--to", to)).toMatchObject({ code: 0, err: "" })
  expect(readdirSync(to).sort()).toEqual(["conversations", "person.json"])
  expect((await run("export", "visitor", visitorId, "--to", to)).err).toContain("there is something already")
  expect(await run("erase", "visitor", visitorId)).toMatchObject({ code: 2 })
  const dry = await run("erase", "visitor", visitorId, "--dry-run")
  expect(dry.out).toContain("Conversations: 1, messages: 1")
  expect(dry.out).toContain("Nothing was changed")
  const done = await run("erase", "visitor", visitorId, "--yes")
  expect(done).toMatchObject({ code: 0, err: "" })
  expect(done.out).toContain("no deleted byte is left")
  expect((await run("erase", "visitor", visitorId, "--dry-run")).err).toContain("nothing is stored")
  expect((await run("changes", "--kind", "person", "--limit", "2")).out).toMatch(/Data of a visitor: erased/)
  // The relay went on beside it.
  expect((await asAdmin("GET", "/api/settings")).status).toBe(200)
})

test("an admin erases on the screen: nothing is left in the store's files", async () => {
  await visit("eve3@xqz.example", "Unmistakable words zqxzqx")
  const found = await asAdmin("POST", "/api/persons/find", { visitor: "eve3@xqz.example" })
  expect(found.json).toMatchObject({ kind: "visitor", conversations: 1, messages: 1 })
  const erased = await asAdmin("POST", "/api/persons/erase", { visitor: "eve3@xqz.example" })
  expect(erased.json).toMatchObject({ store: "done", copies: 0 })
  const bytes = readdirSync(relay.config.data)
    .filter((name) => name.startsWith("porchlight.db"))
    .map((name) => readFileSync(path.join(relay.config.data, name)).toString("latin1"))
    .join("")
  expect(bytes).not.toContain("zqxzqx")
  expect(bytes).not.toContain("eve3@xqz.example")
  expect((await asAdmin("POST", "/api/persons/find", { visitor: "eve3@xqz.example" })).status).toBe(404)
})

test("a box that is open loses its line, and comes back as nobody", async () => {
  const box = await connectVisitor({ url: relay.url, siteKey: company.siteKey })
  box.send({ type: "open", language: "en", zone: "UTC" })
  const { visitor } = await box.push(ofType("you"))
  box.send({ type: "write", key: "erased-0001", text: "Who am I?", page: null })
  await box.push(ofType("ack"))
  const [id] = visitor.split(".")
  await asAdmin("POST", "/api/persons/erase", { visitor: id })
  expect(await box.closed).toBe(CLOSE.anew)
  const again = await connectVisitor({ url: relay.url, siteKey: company.siteKey, visitor })
  const { box: shown } = await again.push(ofType("welcome"))
  expect(shown.messages).toEqual([])
  again.send({ type: "open", language: "en", zone: "UTC" })
  expect((await again.push(ofType("you"))).visitor).not.toBe(visitor)
  await again.close()
})

test("the whole account is handed out as lines of JSON without what opens anything", async () => {
  await visit("mia@xqz.example", "For the export")
  const answer = await fetch(`${relay.url}/api/export`, { method: "POST", headers: bearer(admin) })
  const text = await answer.text()
  const rows = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const tables = new Set(rows.map(({ table }) => table))
  for (const table of ["accounts", "agents", "sites", "visitors", "messages", "changes"])
    expect(tables).toContain(table)
  expect(
    rows.find(({ table, text: said }) => table === "messages" && said === "For the export"),
  ).toBeDefined()
  const columns = new Set(rows.flatMap((row) => Object.keys(row)))
  for (const secret of ["secret_hash", "token_hash", "secret", "code_hash"])
    expect(columns).not.toContain(secret)
  const code = rows.find(({ table, kind }) => table === "deliveries" && kind === "sign-in-code")
  expect(code?.content).not.toHaveProperty("code")
  const to = path.join(folder, "account.jsonl")
  expect(await run("export", "account", "--to", to)).toMatchObject({ code: 0 })
  expect(readFileSync(to, "utf8").split("\n").length).toBeGreaterThan(rows.length)
})

test("an agent is erased, the last admin is not", async () => {
  const agentId = await relay.addAgent(company, "Zdenka Xqz", "zdenka@xqz.example")
  expect((await asAdmin("POST", "/api/persons/erase", { agentId })).status).toBe(200)
  expect((await asAdmin("GET", "/api/settings")).text).not.toContain("Zdenka")
  const refused = await asAdmin("POST", "/api/persons/erase", { agentId: company.agentId })
  expect([refused.status, refused.json.error?.message]).toEqual([400, expect.stringContaining("last admin")])
})

test("a page is looked at for the tag, and says when its box was loaded last", async () => {
  const { siteId, siteKey } = company
  const tag = `<script async src="${relay.url}/box.js" data-site="${siteKey}"></script>`
  const pages: HostPage[] = []
  const serve = async (html: string, headers?: Record<string, string>) => {
    const host = await serveHostPage(html, headers)
    pages.push(host)
    return host.url
  }
  const look = async (url: string) =>
    (await asAdmin("POST", `/api/sites/${siteId}/tag`, { url })).json.findings as {
      finding: string
      value: string
    }[]
  const url = await serve(`<html>${tag}</html>`)
  const { origin } = new URL(url)
  expect(await look(url)).toEqual([{ finding: "origin-not-listed", value: origin }])
  await asAdmin("PATCH", `/api/sites/${siteId}`, { origins: [origin] })
  expect(await look(url)).toEqual([{ finding: "found", value: null }])
  const strict = await serve(tag, { "content-security-policy": "script-src 'self'; frame-src *" })
  await asAdmin("PATCH", `/api/sites/${siteId}`, { origins: [origin, new URL(strict).origin] })
  expect(await look(strict)).toEqual([{ finding: "csp-script", value: "script-src" }])
  expect(await look("http://10.0.0.1/")).toEqual([{ finding: "unreachable", value: "private" }])
  expect(await look("http://127.0.0.1:9/")).toEqual([{ finding: "unreachable", value: "ECONNREFUSED" }])
  const away = await openEar()
  away.answer(302, { location: "http://169.254.169.254/latest/meta-data" })
  expect(await look(away.url)).toEqual([{ finding: "unreachable", value: "private" }])
  away.answer(302, { location: url })
  expect(await look(away.url)).toEqual([{ finding: "found", value: null }])
  await away.stop()

  expect((await asAdmin("GET", `/api/sites/${siteId}/tag`)).json.hellos).toEqual([])
  await fetch(`${relay.url}/box/frame?site=${siteKey}`, { headers: { Referer: `${origin}/` } })
  const hello = await until("a hello", async () => {
    const { json } = await asAdmin("GET", `/api/sites/${siteId}/tag`)
    return (json.hellos as { origin: string; listed: boolean }[])[0]
  })
  expect(hello).toMatchObject({ origin, listed: true })
  for (const one of pages) await one.close()
})
