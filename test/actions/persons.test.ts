import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { OF_CONVERSATION, OF_VISITOR } from "../../relay/store/persons.ts"
import type { Store } from "../../relay/store/store.ts"
import { CHOSEN_EVENTS } from "../../shared/words/webhooks.ts"
import { png } from "../kit/some-files.ts"
import { openDirect, openTestStore, STORES } from "../kit/stores.ts"
import { liveThrough } from "./a-life.ts"
import { type Company, openCompany } from "./company.ts"
import { actions, type DumpedTable } from "./dumping-actions.ts"
import { withBytes } from "./exported.ts"

const URL_OF_ACTIONS = new URL("./dumping-actions.ts", import.meta.url)

/** Rows that hold a word, by table. */
const holding = (tables: readonly DumpedTable[], word: string): Record<string, string[]> =>
  Object.fromEntries(
    tables
      .map(({ table, rows }): [string, string[]] => [
        table,
        rows.filter((row) => row.toLowerCase().includes(word.toLowerCase())),
      ])
      .filter(([, rows]) => rows.length > 0),
  )

describe.each(STORES)("a person's data on %s", (kind) => {
  let store: Store<typeof actions>
  let company: Company

  beforeEach(async () => {
    store =
      kind === "sqlite"
        ? await openDirect(actions)
        : await openTestStore<typeof actions>(kind, URL_OF_ACTIONS)
    company = await openCompany(kind, store as never)
    const hook = { name: "CRM", url: "https://crm.example/hook", events: [...CHOSEN_EVENTS] }
    const { accountId, siteId } = company
    await company.run("setSiteBox", {
      accountId,
      siteId,
      look: null as never,
      rates: true,
      transcripts: true,
    })
    await company.run("createWebhook", { accountId: company.accountId, ...hook })
  })
  afterEach(() => company.close())

  const dump = () => store.run("dump", {}, company.now())

  test("every table with something of a conversation or a visitor is among those that are erased", async () => {
    const tables = await dump()
    const having = (column: string) =>
      tables.filter(({ columns }) => columns.includes(column)).map(({ table }) => table)
    expect(having("conversation_id").sort()).toEqual([...OF_CONVERSATION].sort())
    expect(having("visitor_id").sort()).toEqual([...OF_VISITOR, "conversations"].sort())
  })

  test("is found by address and by id, and is left as it is by looking at it", async () => {
    const { accountId } = company
    const eve = await liveThrough(company, "evexqz")
    const before = await dump()
    const found = await company.run("readPerson", { accountId, whose: { address: eve.address } })
    expect(found).toMatchObject({
      kind: "visitor",
      addresses: [eve.address],
      conversations: 2,
      messages: 4,
      attachments: 2,
    })
    expect(found.visitors.map(({ id }) => id)).toContain(eve.visitorId)
    expect(await company.run("readPerson", { accountId, whose: { visitorId: eve.visitorId } })).toMatchObject(
      {
        conversations: 1,
      },
    )
    expect(await dump()).toEqual(before)
    await expect(
      company.run("readPerson", { accountId, whose: { address: "no@body.example" } }),
    ).rejects.toThrow("nothing is stored of no@body.example")
  })

  test("of a visitor leaves nothing of them anywhere when it is erased, and everything of others", async () => {
    const { accountId, adaId } = company
    const eve = await liveThrough(company, "evexqz")
    await liveThrough(company, "miaxqz")
    const before = await dump()
    // The life was rich enough for this test to mean something.
    expect(Object.keys(holding(before, "evexqz")).sort()).toEqual([
      "attachments",
      "bounces",
      "captured_mails",
      "deliveries",
      "events",
      "identities",
      "inbound_mails",
      "mails",
      "messages",
      "ratings",
      ...(kind === "postgres" ? ["search_words"] : []),
      "senders_told",
      "uploads",
      "verdicts",
      "visitors",
      "webhook_deliveries",
    ])
    const mia = holding(before, "miaxqz")
    const actor = { way: "screen", agentId: adaId } as const
    await company.run("erasePerson", { accountId, whose: { address: eve.address }, actor })
    const after = await dump()
    expect(holding(after, "evexqz")).toEqual({})
    expect(holding(after, eve.conversationId)).toEqual({
      events: expect.any(Array),
      webhook_deliveries: expect.any(Array),
    })
    expect(holding(after, "miaxqz")).toEqual(mia)
    for (const agent of ["ada@lamps.example", "ben@lamps.example"])
      expect(holding(after, agent).agents).toEqual(holding(before, agent).agents)
    const counted = await company.run("listConversations", {
      accountId,
      agentId: adaId,
      list: "all",
      limit: 50,
    })
    expect(counted.conversations.length).toBe(2)
    expect(counted.counts.all).toBe(2)
  })

  test("is erased with an entry in the log that says how much, and not whose; webhooks are told once", async () => {
    const { accountId, adaId } = company
    const eve = await liveThrough(company, "evexqz")
    const actor = { way: "screen", agentId: adaId } as const
    await company.run("erasePerson", { accountId, whose: { visitorId: eve.visitorId }, actor })
    const { changes } = await company.run("listChanges", { accountId, limit: 1, kind: "person" })
    expect(changes).toMatchObject([
      {
        byAgent: adaId,
        thing: "visitor",
        deed: "erased",
        fields: expect.arrayContaining([{ field: "conversations", from: 1, to: 0 }]),
      },
    ])
    const { claims } = await company.run("claimWebhooks", { relayId: "relay", limit: 100, leaseMs: 60_000 })
    const told = claims.filter(({ body }) => body.includes("visitor.erased"))
    expect(told.map(({ body }) => JSON.parse(body).data)).toEqual([
      { visitors: [eve.visitorId], conversations: [eve.conversationId] },
    ])
    const [{ id, attempt }] = told as [(typeof told)[0]]
    const result = { kind: "answered", status: 204, text: "", tookMs: 1 } as const
    await company.run("settleWebhook", { accountId, id, relayId: "relay", attempt, result })
    expect(holding(await dump(), eve.visitorId)).toEqual({})
  })

  test("of an agent who is also a visitor: mail about others stays", async () => {
    const { accountId } = company
    const mia = await liveThrough(company, "miaxqz")
    const { visitorId } = await company.newVisitor()
    await company.run("setContact", { accountId, visitorId, address: "ada@lamps.example", name: "Ada tries" })
    await company.write(visitorId, "Does it work?")
    const before = holding(await dump(), "miaxqz")
    await company.run("erasePerson", { accountId, whose: { address: "ada@lamps.example" } })
    expect(holding(await dump(), "miaxqz")).toEqual(before)
    expect(
      (await company.run("readPerson", { accountId, whose: { address: mia.address } })).conversations,
    ).toBe(2)
  })

  test("of an agent: their words stay, their name and addresses go", async () => {
    const { accountId, adaId } = company
    const { agentId } = await company.run("createAgent", {
      ...{ accountId, name: "Zdenka Xqzova", address: "zdenka@xqzova.example", role: "admin" },
      ...{ language: "en", zone: "UTC" },
    })
    const bys = { accountId, actor: { way: "screen", agentId } } as const
    await company.signIn("zdenka@xqzova.example")
    const { conversationId } = await liveThrough(company, "miaxqz")
    const who = { accountId, agentId, conversationId }
    await company.run("answerConversation", {
      ...who,
      key: "zdenka-0001",
      text: "Warm regards, your lamp shop",
    })
    await company.run("askAddress", { accountId, by: "Zdenka Xqzova", address: "info@lamps.example" })
    await company.run("setPicture", { ...bys, agentId, picture: png() })
    await company.run("setAccount", { ...bys, graceMs: 1000 })
    await company.run("askDestination", { accountId, agentId, address: "zdenka.new@xqzova.example" })
    await company.run("setAgent", { ...bys, agentId, name: "Zdenka Xqzova-Nova" })
    const { visitorId } = await company.newVisitor()
    await company.write(visitorId, "And now?")
    await company.pass(180_000)
    await company.run("feedWebhooks", { accountId })
    const before = await dump()
    expect(Object.keys(holding(before, "xqzova")).length).toBeGreaterThan(8)
    const kept = before.find(({ table }) => table === "messages")?.rows
    const pictures = (tables: readonly DumpedTable[]) =>
      tables.find(({ table }) => table === "agent_pictures")?.rows.length
    expect(pictures(before)).toBe(1)
    const { files } = await company.run("exportAgent", { accountId, agentId })
    expect(files.find(({ path }) => path === "picture.png")?.bytes).toEqual(png())
    const rows = await company.run("exportRows", {
      ...{ accountId, place: { table: "agent_pictures", after: null } },
    })
    expect(rows.lines).toEqual([expect.stringContaining(png().toString("base64"))])

    expect(await company.run("readAgentData", { accountId, agentId })).toMatchObject({
      agent: { name: "Zdenka Xqzova-Nova" },
    })
    await company.run("eraseAgent", { accountId, agentId, actor: { way: "cli", user: "root" } })
    const after = await dump()
    expect(pictures(after)).toBe(0)
    expect(holding(after, "xqzova")).toEqual({})
    expect(holding(after, "zdenka")).toEqual({ messages: expect.any(Array) })
    expect(after.find(({ table }) => table === "messages")?.rows).toEqual(kept)
    const view = await company.run("readConversation", { accountId, agentId: adaId, conversationId })
    expect(view.messages.map(({ name, text }) => [name, text])).toContainEqual([
      "A former agent",
      "Warm regards, your lamp shop",
    ])
    const { changes, names } = await company.run("listChanges", { accountId, limit: 100 })
    expect(names[agentId]).toBe("A former agent")
    expect(changes[0]).toMatchObject({ kind: "person", thing: agentId, deed: "erased", byName: "root" })
  })

  test("is handed out whole: of one person as files, of the account row by row, page by page", async () => {
    const { accountId, adaId } = company
    const eve = await liveThrough(company, "evexqz")
    await liveThrough(company, "miaxqz")
    const exported = await company.run("exportPerson", { accountId, whose: { address: eve.address } })
    const files = await withBytes(company, accountId, exported.files)
    const text = files.map(({ path, bytes }) => `${path}\n${Buffer.from(bytes).toString()}`).join("\n")
    for (const part of [
      "evexqz name",
      "evexqz wants a lamp",
      "evexqz file",
      "evexqz pdf",
      "original of evexqz",
    ])
      expect(text).toContain(part)
    for (const part of ["evexqz liked it", "evexqzville", "Yes, evexqz", "to Ada from evexqz", "evexqz2.txt"])
      expect(text).toContain(part)
    const spoken = files.filter(({ path }) => path.endsWith(".txt")).map(({ bytes }) => Buffer.from(bytes))
    expect(spoken.join("\n")).toMatch(/\[[\d:.TZ-]+\] rated good:\n.*evexqz liked it/)
    expect(text).not.toContain("miaxqz wants")
    const own = await company.run("exportAgent", { accountId, agentId: adaId })
    expect(Buffer.from(own.files[1]!.bytes).toString()).toContain("Yes, evexqz")

    const read = async (limit: number): Promise<string[]> => {
      const all: string[] = []
      let place: Awaited<ReturnType<typeof begin>>["next"] | null = (await begin()).next
      while (place !== null) {
        const { lines, next }: { lines: string[]; next: Awaited<ReturnType<typeof begin>>["next"] | null } =
          await company.run("exportRows", {
            ...{ accountId, place, limit },
          })
        all.push(...lines)
        place = next
      }
      return all.filter((line) => !line.startsWith('{"table":"changes"'))
    }
    const begin = () => company.run("beginExport", { accountId })
    const whole = await read(10_000)
    expect(new Set(whole).size).toBe(whole.length)
    expect(await read(7)).toEqual(whole)
    expect(whole.length).toBeGreaterThan(100)
  })

  test("of the last admin is not erased, nor of who is unknown", async () => {
    const { accountId, adaId } = company
    const before = await dump()
    await expect(company.run("eraseAgent", { accountId, agentId: adaId })).rejects.toThrow("last admin")
    await expect(company.run("readAgentData", { accountId, agentId: adaId })).rejects.toThrow("last admin")
    await expect(
      company.run("erasePerson", { accountId, whose: { address: "no@body.example" } }),
    ).rejects.toThrow()
    expect(await dump()).toEqual(before)
  })
})
