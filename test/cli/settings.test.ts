import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { runCommand } from "../../relay/cli/index.ts"
import type { SettingsView } from "../../shared/protocol/views.ts"
import { type Company, startRelay, type TestRelay } from "../kit/relay.ts"

let relay: TestRelay
let company: Company
let folder: string

beforeAll(async () => {
  relay = await startRelay()
  company = await relay.setUp()
  folder = await mkdtemp(path.join(tmpdir(), "porchlight-hours-"))
})
afterAll(async () => {
  await relay.stop()
  await rm(folder, { recursive: true })
})

const run = async (...args: string[]) => {
  const said = { out: "", err: "" }
  const code = await runCommand(args, {
    env: { PORCHLIGHT_DATA: relay.config.data },
    out: (text) => {
      said.out += `${text}\n`
    },
    err: (text) => {
      said.err += `${text}\n`
    },
    ended: Promise.resolve(),
  })
  return { code, ...said }
}

const json = async <T = Record<string, string>>(...args: string[]): Promise<T> => {
  const { code, out, err } = await run(...args, "--json")
  expect([code, err]).toEqual([0, ""])
  return JSON.parse(out) as T
}

const settings = (): Promise<SettingsView> =>
  relay.store.run("readSettings", { accountId: company.accountId }, relay.clock.now())

/** A command that is refused with these words, and changes nothing. */
const refused = async (exitCode: number, words: string | RegExp, ...args: string[]): Promise<void> => {
  const before = await settings()
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([exitCode, ""])
  expect(err).toMatch(words)
  expect(await settings()).toEqual(before)
}

const hoursFile = async (hours: unknown): Promise<string> => {
  const file = path.join(folder, "hours.json")
  await writeFile(file, typeof hours === "string" ? hours : JSON.stringify(hours))
  return file
}

const WORKDAY = { zone: "Europe/Prague", week: [{ day: 1, from: "09:00", to: "17:00" }], exceptions: [] }

describe("porchlight account set", () => {
  test("names, zone, plan, switches and the bot's texts", async () => {
    const given = ["--name", "Lamplight Ltd", "--language", "cs", "--zone", "europe/prague"]
    const { version } = await json<{ version: number }>("account", "set", ...given, "--plan", "standard")
    expect(await settings()).toMatchObject({
      version,
      account: {
        name: "Lamplight Ltd",
        language: "cs",
        zone: "Europe/Prague",
        plan: "standard",
        features: ["missed-notices", "office-hours"],
      },
    })
    const texts = ["--busy-text", "en=One minute = please.", "--busy-text", "cs=Chvilku."]
    await json("account", "set", "--missed-notices", "off", ...texts)
    await json("account", "set", "--busy-text", "cs=", "--plan", "pro")
    expect((await settings()).account).toMatchObject({
      missedNotices: false,
      busyTexts: { en: "One minute = please." },
      plan: "pro",
    })
  })

  test("office hours from a file, and none again", async () => {
    await json("account", "set", "--hours", await hoursFile(WORKDAY))
    expect((await settings()).account.hours).toEqual(WORKDAY)
    expect((await run("account", "list")).out).toContain("1 a week, Europe/Prague")
    await json("account", "set", "--hours", "none")
    expect((await settings()).account.hours).toBeNull()
  })

  test("what the plan lacks is kept, and said to be ignored until it has it", async () => {
    const file = await hoursFile(WORKDAY)
    expect((await run("account", "set", "--hours", file)).out).not.toContain("plan")
    await json("account", "set", "--plan", "free")
    const set = await run("account", "set", "--hours", file, "--missed-notices", "on")
    expect(set.out).toContain("Its plan, free, has no office hours")
    expect(set.out).toContain("no notices of missed conversations: what was set is kept")
    const { out } = await run("group", "add", "--name", "Sales")
    expect(out).toContain("has no groups: what was set is kept, and holds once the plan is pro.")
    expect((await settings()).account.hours).toEqual(WORKDAY)
    await json("group", "delete", "Sales")
    await json("account", "set", "--plan", "pro", "--hours", "none", "--missed-notices", "off")
  })

  test("what is wrong is said, and nothing changes", async () => {
    await refused(2, /hours\.json.*file of JSON/, "account", "set", "--hours", await hoursFile("{ nonsense"))
    await refused(2, /no-such\.json/, "account", "set", "--hours", path.join(folder, "no-such.json"))
    const bad = { ...WORKDAY, week: [{ day: 8, from: "9", to: "17:00" }] }
    await refused(
      2,
      /a time looks like 09:00[\s\S]*week\[0\]/,
      "account",
      "set",
      "--hours",
      await hoursFile(bad),
    )
    const mars = { ...WORKDAY, zone: "Mars/Base" }
    await refused(1, "Mars/Base", "account", "set", "--hours", await hoursFile(mars))
    const twice = { ...WORKDAY, week: [...WORKDAY.week, { day: 1, from: "16:00", to: "18:00" }] }
    await refused(1, /Monday/, "account", "set", "--name", "X", "--hours", await hoursFile(twice))
    await refused(2, "free, standard, pro", "account", "set", "--plan", "gold")
    await refused(2, "like en=TEXT", "account", "set", "--busy-text", "hello")
    await refused(2, "en, cs, de, es, fr", "account", "set", "--busy-text", "xx=hello")
    await refused(1, "600 characters", "account", "set", "--busy-text", `en=${"x".repeat(600)}`)
    await refused(2, "say what to change", "account", "set")
  })
})

describe("groups, agents and sites", () => {
  let ben: string

  beforeEach(async () => {
    for (const { id } of (await settings()).groups) await json("group", "delete", id)
    const found = (await settings()).team.find((member) => member.name === "Ben")
    const whom = ["--name", "Ben", "--address", "Ben@lamplight.example"]
    ben = found?.id ?? (await json("agent", "add", ...whom)).agentId ?? ""
  })

  test("porchlight group: added, listed, changed and deleted", async () => {
    expect((await run("group", "list")).out).toContain("no groups: everybody answers for all")
    const { groupId = "" } = await json(
      "group",
      "add",
      "--name",
      "Returns",
      "--member",
      "ben@lamplight.example",
    )
    expect(await json<unknown[]>("group", "list")).toEqual([
      { id: groupId, name: "Returns", members: [ben], hours: null },
    ])
    expect((await run("group", "list")).out).toMatch(/Returns +Ben +–/)
    await json("group", "set", "Returns", "--name", "Back again", "--hours", await hoursFile(WORKDAY))
    await json("group", "set", "Back again", "--member", company.address, "--member", ben)
    expect((await settings()).groups).toMatchObject([
      { id: groupId, name: "Back again", members: [company.agentId, ben], hours: WORKDAY },
    ])
    await json("group", "set", groupId, "--no-members", "--hours", "none")
    expect((await settings()).groups).toMatchObject([{ members: [], hours: null }])
    await json("group", "delete", "Back again")
    expect((await settings()).groups).toEqual([])
  })

  test("porchlight group refuses what is not there, or there already", async () => {
    await json("group", "add", "--name", "Returns")
    await refused(1, "group “Returns” already", "group", "add", "--name", "returns")
    await refused(1, "porchlight group list", "group", "set", "Sales", "--name", "X")
    await refused(1, "porchlight agent list", "group", "set", "Returns", "--member", "nobody@x.example")
    await refused(2, "say what to change", "group", "set", "Returns")
    await refused(2, "cannot both", "group", "set", "Returns", "--no-members", "--member", ben)
    await refused(1, "porchlight group list", "group", "delete", "Sales")
    await refused(2, "say which group", "group", "delete")
  })

  test("porchlight agent invite, set and remove", async () => {
    const { groupId = "" } = await json("group", "add", "--name", "Returns")
    const whom = ["--name", "Cleo", "--address", "cleo@lamplight.example", "--language", "fr"]
    const { agentId = "" } = await json("agent", "invite", ...whom, "--group", "Returns")
    expect((await settings()).team.find(({ id }) => id === agentId)).toMatchObject({
      name: "Cleo",
      language: "fr",
      groups: [groupId],
      joined: false,
    })
    const mails = await json<{ kind: string; to: string }[]>("queue", "list")
    expect(mails).toContainEqual(
      expect.objectContaining({ kind: "invitation", to: "cleo@lamplight.example" }),
    )
    expect(await json("agent", "invite", agentId)).toMatchObject({ address: "cleo@lamplight.example" })
    const again = await json<typeof mails>("queue", "list")
    expect(again.filter(({ kind }) => kind === "invitation")).toHaveLength(2)
    await refused(2, "alone", "agent", "invite", agentId, "--name", "Cleo")
    expect((await run("agent", "list")).out).toMatch(/Cleo +cleo@lamplight.example .*Returns +fr/)

    await json("agent", "set", "cleo@lamplight.example", "--no-groups", "--missed-notices", "off")
    expect((await settings()).team.find(({ id }) => id === agentId)).toMatchObject({
      groups: [],
      missedNotices: false,
    })
    await refused(1, "porchlight group list", "agent", "set", agentId, "--group", "Sales")
    await refused(2, "cannot both", "agent", "set", agentId, "--group", "Returns", "--no-groups")
    await refused(1, "last admin", "agent", "remove", company.address)

    await json("agent", "remove", agentId)
    expect((await settings()).team.map(({ name }) => name)).not.toContain("Cleo")
    await refused(1, "porchlight agent list", "agent", "remove", agentId)
  })

  test("porchlight site set --groups: which visitors choose from, in this order", async () => {
    const returns = await json("group", "add", "--name", "Returns")
    const sales = await json("group", "add", "--name", "Sales")
    const offered = async () => (await settings()).sites[0]?.groups
    await json("site", "set", "Lamplight", "--groups", "Sales,Returns", "--language", "de")
    expect(await offered()).toEqual([sales.groupId, returns.groupId])
    expect((await run("site", "list")).out).toMatch(/de +Sales, Returns/)
    await json("site", "set", "Lamplight", "--groups", returns.groupId ?? "")
    expect(await offered()).toEqual([returns.groupId])
    await refused(1, "porchlight group list", "site", "set", "Lamplight", "--groups", "Repairs")
    await refused(2, "cannot both", "site", "set", "Lamplight", "--groups", "Sales", "--no-groups")
    await json("site", "set", "Lamplight", "--no-groups")
    expect(await offered()).toEqual([])
  })
})
