import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { COMMANDS, runCommand } from "../../relay/cli/index.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"
import { until } from "../kit/until.ts"

let relay: TestRelay
let company: Company

beforeAll(async () => {
  // All of it while a relay runs on the same store.
  relay = await startRelay()
  company = await relay.setUp()
})
afterAll(() => relay.stop())

const run = async (args: string[], env: Record<string, string> = { PORCHLIGHT_DATA: relay.config.data }) => {
  let out = ""
  let err = ""
  const code = await runCommand(args, {
    env,
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

/** What a command prints with --json. */
const json = async <T = Record<string, unknown>>(...args: string[]): Promise<T> => {
  const { code, out, err } = await run([...args, "--json"])
  expect([code, err]).toEqual([0, ""])
  return JSON.parse(out) as T
}

type Row = Record<string, unknown> & { id: string }

test("--version says which it is", async () => {
  const { code, out } = await run(["--version"])
  expect({ code, out: out.trim() }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
})

test("every command has help with an example, and is in the overview", async () => {
  const overview = await run(["--help"])
  for (const { name } of COMMANDS) {
    const { code, out } = await run([name, "--help"])
    expect([code, out]).toEqual([0, expect.stringContaining(`usage: porchlight ${name}`)])
    expect(out).toMatch(/examples?:\n {2}/)
    expect(overview.out).toContain(`  ${name} `)
  }
})

test.each([
  [["nonsense"], "no command “nonsense”"],
  [["account"], "say what to do: list, create, set"],
  [["account", "list", "--colour"], "there is no option --colour\n"],
  [["account", "set", "--grace"], "--grace"],
  [["account", "set", "--grace", "900"], "0 to 600"],
  [["agent", "invite", "--name", "A", "--address", "not-an-address"], "name@example.com"],
  [["agent", "add", "--address", "x@y.example"], "--name is missing"],
  [["site", "add", "--name", "S", "--origin", "shop.example"], "https://example.com"],
  [["agent", "add", "--name", "A", "--address", "a@b.example", "--zone", "Mars"], "Europe/Prague"],
  [["queue", "list", "--state", "lost"], "queued, sending"],
  [["agent", "add", "--name", "A", "--address", "a@b.example", "--language", "xx"], "en, cs, de, es, fr"],
  [["why"], "say which conversation"],
])("porchlight %s is refused with what would be right", async (args, words) => {
  const { code, err } = await run(args as string[])
  expect([code, err]).toEqual([2, expect.stringContaining(words as string)])
})

test("settings that are wrong are all named, and nothing is opened", async () => {
  const { code, err } = await run(["account", "list"], { PORCHLIGHT_HTTP: "?", PORCHLIGHT_LOG: "?" })
  expect(code).toBe(2)
  expect(err).toMatch(/PORCHLIGHT_HTTP is “\?”.*\n.*PORCHLIGHT_LOG is “\?”/)
})

test("a conversation may be named by the address of the desk; what is no id is told where ids are", async () => {
  const { code, err } = await run(["why", `${relay.url}/desk#/c/co_aaaaaaaaaaaaaaaaaaaa`])
  expect([code, err]).toEqual([
    1,
    expect.stringContaining("there is no conversation co_aaaaaaaaaaaaaaaaaaaa"),
  ])
  const nonsense = await run(["why", "nonsense"])
  expect([nonsense.code, nonsense.err]).toEqual([1, expect.stringContaining("like co_")])
  const mute = await run(["queue", "drop", "dl_aaaaaaaaaaaaaaaaaaaa"])
  expect([mute.code, mute.err]).toEqual([2, expect.stringContaining("--reason")])
  expect((await run(["queue", "show", "nope"])).err).toContain("“nope” is no id of a mail")
})

test("commands that ask make no store where there is none; those that set up do", async () => {
  const empty = await mkdtemp(path.join(tmpdir(), "porchlight-nothing-"))
  const data = path.join(empty, "data")
  for (const args of [
    ["account", "list"],
    ["why", "co_aaaaaaaaaaaaaaaaaaaa"],
    ["queue", "list"],
  ]) {
    const { code, out, err } = await run(args, { PORCHLIGHT_DATA: data })
    expect([code, out, err]).toEqual([
      3,
      "",
      expect.stringContaining(`PORCHLIGHT_DATA is ${data}, but there is no store`),
    ])
  }
  expect(await readdir(empty)).toEqual([])
  expect((await run(["setup"], { PORCHLIGHT_DATA: data })).code).toBe(0)
  expect((await run(["account", "list"], { PORCHLIGHT_DATA: data })).out).toContain("no account yet")
  await rm(empty, { recursive: true })
})

test("a store that cannot be opened is said in one sentence", async () => {
  const { code, err } = await run(["account", "list"], { PORCHLIGHT_DATA: "/dev/null/data" })
  expect([code, err]).toEqual([3, expect.stringContaining("PORCHLIGHT_DATA is /dev/null/data")])
  const database = await run(["account", "list"], {
    PORCHLIGHT_DATABASE_URL: "postgres://relay:secret@127.0.0.1:1/none",
  })
  expect(database.code).toBe(3)
  expect(database.err).toContain("PORCHLIGHT_DATABASE_URL is postgres://relay:***@127.0.0.1:1/none")
})

test("account: times and switches", async () => {
  await json("account", "set", "--grace", "30", "--wait", "45")
  const [account] = await json<Row[]>("account", "list")
  expect(account).toMatchObject({ id: company.accountId, graceMs: 30_000, waitMs: 45_000 })
  await json("account", "set", "Lamplight & Co", "--offline-notices", "off", "--missed-notices", "off")
  const after = await run(["account", "list"])
  expect(after.out).toMatch(/Lamplight & Co +pro +30 s +45 s +off +off +–/)
  await json("account", "set", "--offline-notices", "on", "--missed-notices", "on")
})

test("agent: added, changed, and no address twice", async () => {
  const { agentId } = await json("agent", "add", "--name", "Ben", "--address", "Ben@lamplight.example")
  await json("agent", "set", "ben@lamplight.example", "--role", "admin", "--active", "off")
  const agents = await json<Row[]>("agent", "list")
  expect(agents.find(({ id }) => id === agentId)).toMatchObject({ name: "Ben", role: "admin", active: false })
  const again = await run(["agent", "add", "--name", "Ben", "--address", "ben@lamplight.example"])
  expect([again.code, again.err]).toEqual([1, expect.stringContaining("ben@lamplight.example is an agent's")])
  const unknown = await run(["agent", "set", "nobody@lamplight.example", "--active", "on"])
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("porchlight agent list")])
})

test("site: its tag, and its origins", async () => {
  const snippet = await run(["site", "snippet"])
  expect(snippet.out).toMatch(
    new RegExp(`^<script async src="http://[^"]+/box.js" data-site="${company.siteKey}"></script>\n$`),
  )
  const added = await json("site", "add", "--name", "Blog", "--origin", "https://Blog.example/")
  const sites = await json<Row[]>("site", "list")
  expect(sites.find(({ id }) => id === added.siteId)).toMatchObject({ origins: ["https://blog.example"] })
  const several = await run(["site", "snippet"])
  expect([several.code, several.err]).toEqual([2, expect.stringContaining("name one site")])
  await json("site", "set", "Blog", "--origin", "*")
  expect((await json<Row[]>("site", "list")).find(({ name }) => name === "Blog")).toMatchObject({
    origins: ["*"],
  })
})

test("why and queue: a message, its verdicts and its mails", async () => {
  const { store, clock } = relay
  const { accountId, siteId } = company
  const made = await store.run(
    "createVisitor",
    { accountId, siteId, language: "en", zone: "UTC" },
    clock.now(),
  )
  const message = {
    accountId,
    siteId,
    groupId: null,
    visitorId: made.visitorId,
    key: "a-first-message",
    text: "Is anybody\u001b[2J there?",
    page: null,
  }
  const { conversationId } = await store.run("takeVisitorMessage", message, clock.now())
  const told = await run(["why", conversationId])
  expect(told.out).toContain("Is anybody")
  expect(told.out).not.toContain("\u001b")
  expect(told.out).toMatch(/\[offline notice\]\n(?: .*\n)* +Anna: .*wait/i)
  expect(told.out).toContain(`Times are of ${new Intl.DateTimeFormat().resolvedOptions().timeZone}.`)
  const facts = await json<{ verdicts: { agentName: string; reason: { code: string } }[] }>(
    "why",
    conversationId,
  )
  const verdicts = facts.verdicts.map(({ agentName, reason }) => [agentName, reason.code])
  expect(verdicts).toContainEqual(["Anna", "waiting"])
  expect((await run(["why", conversationId, "--language", "de"])).out).not.toBe(told.out)

  await store.run("askSignInCode", { address: company.address }, clock.now())
  const mail = await until(
    "a captured mail",
    async () => (await json<Row[]>("queue", "list", "--state", "captured"))[0],
  )
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  expect((await run(["queue", "list"])).out).toContain(`next try (${timeZone})`)
  const shown = await run(["queue", "show", mail.id])
  expect(shown.out).toContain(`times        of ${timeZone}`)
  expect(shown.out).toContain(`sign-in-code to ${company.address}: captured`)
  const gone = await run(["queue", "drop", "dl_aaaaaaaaaaaaaaaaaaaa", "--reason", "sent twice"])
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining("dl_aaaaaaaaaaaaaaaaaaaa")])
  const unknown = await run(["why", "co_aaaaaaaaaaaaaaaaaaaa"])
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("co_aaaaaaaaaaaaaaaaaaaa")])
})

test("setup and migrate: on a folder that is not there yet", async () => {
  const data = path.join(await mkdtemp(path.join(tmpdir(), "porchlight-cli-")), "new")
  const env = { PORCHLIGHT_DATA: data, PORCHLIGHT_PUBLIC_URL: "https://chat.example.com" }
  expect(await run(["migrate"], env)).toMatchObject({ code: 0, out: "The sqlite store is up to date.\n" })
  expect((await run(["setup"], env)).out).toMatch(/^https:\/\/chat\.example\.com\/setup#key=[a-z2-7]{32}\n$/)
  const nobody = await run(["site", "snippet"], env)
  expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("porchlight setup")])

  const names = ["--company", "Lamps", "--name", "Ada", "--address", "ada@lamps.example", "--site", "Shop"]
  const given = ["setup", ...names, "--origin", "https://lamps.example", "--grace", "5", "--wait", "5"]
  const made = await run(given, env)
  expect(made.out).toMatch(/Ada signs in as ada@lamps.example at https:\/\/chat.example.com\/desk/)
  const again = await run(given, env)
  expect([again.code, again.err]).toEqual([1, expect.stringContaining("set up already")])
  await rm(path.dirname(data), { recursive: true })
})
