import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { AccountId } from "../../shared/words/ids.ts"
import { STORES } from "../kit/stores.ts"
import { verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"

const D = "relay.test"

describe.each(STORES)("names at the mail domain, on %s", (kind) => {
  let company: Company
  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  const names = async (accountId: AccountId = company.accountId) =>
    (await company.run("listMailNames", { accountId })).names.map(
      ({ name, ownerName }) => `${name}: ${ownerName}`,
    )
  const find = async (...addresses: string[]) =>
    (await company.run("findRecipients", { addresses })).map(({ kind }) => kind)
  const another = async (name = "Other Ltd"): Promise<AccountId> => {
    const made = { name, language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
    return (await company.run("createAccount", made)).accountId
  }
  const inbox = () => ({ kind: "account", id: company.accountId }) as const

  test("are there from the start, with numbers where others have them, and stay when somebody is renamed", async () => {
    const { accountId, adaId } = company
    expect(await names()).toEqual(["ada: Ada", "ben: Ben", "inbox: Lamps Ltd"])
    const twin = { accountId, role: "agent", language: "en", zone: "UTC" } as const
    await company.run("createAgent", { ...twin, name: "Ada", address: "ada.two@lamps.example" })
    await company.run("createAgent", { ...twin, name: "Inbox", address: "inbox@lamps.example" })
    await company.run("createGroup", { accountId, name: "Postmaster", members: [] })
    await company.run("setAgent", { accountId, agentId: adaId, name: "Adéla" })
    expect(await names()).toEqual([
      "ada: Adéla",
      "ada-2: Ada",
      "ben: Ben",
      "inbox: Lamps Ltd",
      "inbox-2: Inbox",
      "postmaster-2: Postmaster",
    ])
  })

  test("of people called by one letter never are the relay's own (r-…, b-…)", async () => {
    const { accountId } = company
    for (const n of [1, 2, 3])
      await company.run("createAgent", {
        ...{
          accountId,
          role: "agent",
          language: "en",
          zone: "UTC",
          name: "B.",
          address: `b${n}@lamps.example`,
        },
      })
    await company.run("createGroup", { accountId, name: "R", members: [] })
    await company.run("createGroup", { accountId, name: "r!", members: [] })
    const made = ["ada: Ada", "b: B.", "b2: B.", "b3: B.", "ben: Ben", "inbox: Lamps Ltd", "r: R", "r2: r!"]
    expect(await names()).toEqual(made)
    await company.run("setAccount", { accountId, mailDomain: "chat.lamps.example" })
    expect(await names()).toEqual(made)
  })

  test("find free numbers among many, also where some in between are free", async () => {
    for (let n = 0; n < 12; n += 1) await another(`Company ${n}`)
    const last = await another("The last")
    expect(await names(last)).toEqual(["inbox-14: The last"])
  })

  test("are added and removed; what is refused changes nothing", async () => {
    const { accountId, benId } = company
    const before = await company.run("listMailNames", { accountId })
    const add = (name: string, owner: { kind: "account" | "group" | "agent"; id: string } = inbox()) =>
      company.run("addMailName", { accountId, by: "Ada", name, owner })
    const refused = async (code: string, words: string, run: Promise<unknown>) =>
      expect(run).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
    await refused("bad-input", "kept for the relay", add("Abuse"))
    await refused("bad-input", "cannot stand before the @", add("jörg"))
    await refused("bad-input", "has a +", add("info+x"))
    await refused("already-exists", `ada@${D} belongs to “Ada” already`, add("ada"))
    await refused(
      "already-exists",
      `inbox@${D} belongs to the inbox already`,
      add("inbox", { kind: "agent", id: benId }),
    )
    await refused("not-found", "there is no agent", add("x", { kind: "agent", id: "ag_nobody" }))
    const other = await another()
    await refused("not-found", "there is no account", add("x", { kind: "account", id: other }))
    await company.run("addMailName", {
      accountId: other,
      by: "x",
      name: "info",
      owner: { kind: "account", id: other },
    })
    await refused("already-exists", `info@${D} is another account's`, add("info"))
    await refused(
      "not-found",
      "has no name nothing",
      company.run("removeMailName", { accountId, name: "nothing" }),
    )
    // another account's is not ours to remove
    await refused("not-found", "has no name info", company.run("removeMailName", { accountId, name: "info" }))
    await refused(
      "stale",
      "somebody else",
      company.run("removeMailName", { accountId, name: "ben", version: 1 }),
    )
    expect(await company.run("listMailNames", { accountId })).toEqual(before)

    const made = await add(" Help ", { kind: "agent", id: benId })
    expect(made).toMatchObject({ name: "help", address: `help@${D}` })
    // the same again changes nothing, not even the version
    expect(await add("help", { kind: "agent", id: benId })).toEqual(made)
    expect(await find(`help@${D}`)).toEqual(["forward"])
    await company.run("removeMailName", { accountId, name: "HELP" })
    expect(await find(`help@${D}`)).toEqual(["unknown"])
  })

  test("of a group that was deleted stay the inbox's, also on another domain", async () => {
    const { accountId } = company
    const { groupId } = await company.run("createGroup", { accountId, name: "Sales", members: [] })
    await company.run("deleteGroup", { accountId, groupId })
    await company.run("setAccount", { accountId, mailDomain: "chat.example" })
    const listed = (await company.run("listMailNames", { accountId })).names
    expect(listed.filter(({ owner }) => owner.kind === "account").map(({ name }) => name)).toEqual([
      "inbox",
      "sales",
    ])
    // another account takes the name meanwhile: on the way back it gets a number
    const other = await another()
    await company.run("createGroup", { accountId: other, name: "Sales", members: [] })
    await company.run("setAccount", { accountId, mailDomain: null })
    expect(await names()).toEqual(["ada: Ada", "ben: Ben", "inbox-2: Lamps Ltd", "sales-2: Lamps Ltd"])
  })

  test("move with the account's own domain and back; domains that cannot be are refused", async () => {
    const { accountId } = company
    const other = await another()
    const set = (id: AccountId, mailDomain: string | null) =>
      company.run("setAccount", { accountId: id, mailDomain })
    const refused = async (code: string, words: string, run: Promise<unknown>) =>
      expect(run).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
    for (const odd of [
      "",
      "nodots",
      "a b.example",
      "x@y.example",
      "127.0.0.1",
      "[::1]",
      "-a.example",
      `${"a.".repeat(100)}example`,
    ])
      await refused("bad-input", "is not a mail domain", set(accountId, odd))
    await refused("bad-input", "is the mail domain of the relay itself", set(accountId, "Relay.Test"))
    await refused(
      "bad-input",
      "read their mail at lamps.example (ada@lamps.example)",
      set(accountId, "lamps.example"),
    )
    await verify(company, "info@else.example")
    await refused("bad-input", "(info@else.example)", set(accountId, "else.example"))

    await set(other, "Chat.Example.")
    await refused("already-exists", "another account's mail domain", set(accountId, "chat.example"))
    const own = (await company.run("listAccounts", {})).map((row) => row.mailDomain)
    expect(own.sort()).toEqual(["chat.example", null])
    // what was inbox-2 among others is inbox where it is alone
    expect(await names(other)).toEqual(["inbox: Other Ltd"])
    expect(await find("inbox@chat.example", `inbox-2@${D}`, `inbox@${D}`)).toEqual([
      "conversation",
      "unknown",
      "conversation",
    ])
    await company.run("addMailName", {
      accountId: other,
      by: "x",
      name: "ada",
      owner: { kind: "account", id: other },
    })
    await refused(
      "already-exists",
      `ada@${D} is another account's address: remove the name ada first`,
      set(other, null),
    )
    expect(await find("ada@chat.example")).toEqual(["conversation"])
    await company.run("removeMailName", { accountId: other, name: "ada" })
    await set(other, null)
    expect(await names(other)).toEqual(["inbox-2: Other Ltd"])
    expect(await find("inbox@chat.example", `inbox-2@${D}`)).toEqual(["foreign", "conversation"])
    // the domain is free again
    await set(accountId, "chat.example")
    expect(await find("ada@chat.example")).toEqual(["forward"])
    // and nobody can be notified there any more
    await refused(
      "bad-input",
      "is an address of this relay itself",
      company.run("askAddress", { accountId, by: "Ada", address: "x@chat.example" }),
    )
  })
})
