import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { NOT_LOGGED } from "../../relay/rules/changes.ts"
import { en } from "../../shared/i18n/changes/en.ts"
import type { Actor } from "../../shared/words/changes.ts"
import { png } from "../kit/some-files.ts"
import { openDirect, STORES } from "../kit/stores.ts"
import { addressCode } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"
import { actions } from "./dumping-actions.ts"
import { MORNINGS } from "./settings-kit.ts"

describe.each(STORES)("the log of changes on %s", (kind) => {
  let company: Company
  let byAda: Actor

  beforeEach(async () => {
    company = await openCompany(kind)
    byAda = { way: "screen", agentId: company.adaId }
  })
  afterEach(() => company.close())

  const log = async (filter: object = {}) =>
    (await company.run("listChanges", { accountId: company.accountId, limit: 100, ...filter })).changes

  test("says who set what, from what to what, and by which way", async () => {
    const { accountId, adaId } = company
    await company.run("setAccount", { accountId, actor: byAda, graceMs: 30_000, hours: MORNINGS })
    const [newest] = await log()
    expect(newest).toEqual({
      seq: expect.any(Number),
      at: company.now(),
      way: "screen",
      byAgent: adaId,
      byName: null,
      kind: "account",
      thing: accountId,
      name: "Lamps Ltd",
      deed: "changed",
      fields: [
        { field: "grace_ms", from: 120_000, to: 30_000 },
        { field: "hours", from: null, to: MORNINGS },
      ],
    })
  })

  test("begins with how the company was set up", async () => {
    const made = (await log()).filter(({ deed }) => deed === "made")
    expect(new Set(made.map(({ kind: what }) => what))).toEqual(
      new Set(["account", "agent", "site", "mail-name"]),
    )
  })

  test("has nothing new when nothing was changed, or a change was refused", async () => {
    const { accountId, adaId } = company
    const before = await log()
    await company.run("setAccount", { accountId, actor: byAda, graceMs: 120_000 })
    await expect(
      company.run("setAgent", { accountId, agentId: adaId, actor: byAda, active: false }),
    ).rejects.toThrow("last admin")
    await expect(
      company.run("setAccount", { accountId, actor: byAda, version: 0, name: "Stale" }),
    ).rejects.toThrow()
    expect(await log()).toEqual(before)
  })

  test("knows members by their names, also of who has left", async () => {
    const { accountId, adaId, benId } = company
    const { groupId } = await company.run("createGroup", {
      ...{ accountId, actor: byAda },
      name: "Sales",
      members: [adaId, benId],
    })
    await company.run("removeAgent", { accountId, agentId: benId, actor: { way: "cli", user: "root" } })
    const { changes, names } = await company.run("listChanges", { accountId, limit: 100 })
    const left = changes.find(
      ({ kind: what, thing, deed }) => what === "group" && thing === groupId && deed === "changed",
    )
    expect(left).toMatchObject({
      way: "cli",
      byName: "root",
      fields: [{ field: "members", from: [adaId, benId].sort(), to: [adaId] }],
    })
    expect(names).toMatchObject({ [adaId]: "Ada", [benId]: "Ben", [groupId]: "Sales" })
    expect(changes.find(({ thing, deed }) => thing === benId && deed === "removed")).toBeDefined()
  })

  test("is found by person and by kind, page by page", async () => {
    const { accountId, adaId, benId } = company
    const byBen: Actor = { way: "screen", agentId: benId }
    for (const [n, actor] of [byAda, byBen, byAda, byBen, byAda].entries())
      await company.run("setAccount", { accountId, actor, graceMs: n * 1000 })
    await company.run("setAgent", { accountId, agentId: benId, actor: byBen, name: "Benjamin" })
    expect((await log({ agentId: adaId })).map(({ byAgent }) => byAgent)).toEqual([adaId, adaId, adaId])
    expect((await log({ kind: "agent", agentId: benId })).map(({ fields }) => fields)).toEqual([
      [{ field: "name", from: "Ben", to: "Benjamin" }],
    ])
    const seen: number[] = []
    for (let before: number | undefined; ; ) {
      const page = await company.run("listChanges", { accountId, limit: 4, ...(before && { before }) })
      seen.push(...page.changes.map(({ seq }) => seq))
      if (page.next === null) break
      before = page.next
    }
    expect(seen).toEqual((await log()).map(({ seq }) => seq))
    expect(seen.length).toBeGreaterThan(8)
  })

  test("has a new picture like anything else of a profile, and none when there was none to take away", async () => {
    const { accountId, adaId } = company
    const own = { accountId, agentId: adaId, actor: byAda }
    const { picture } = await company.run("setPicture", { ...own, picture: png() })
    const [newest] = await log()
    expect(newest).toMatchObject({
      ...{ kind: "agent", thing: adaId, byAgent: adaId },
      fields: [{ field: "picture", from: null, to: picture }],
    })
    await company.run("setPicture", { ...own, picture: null })
    const after = await log()
    expect(after[0]).toMatchObject({ fields: [{ field: "picture", from: picture, to: null }] })
    await company.run("setPicture", { ...own, picture: null })
    expect(await log()).toEqual(after)
  })

  test("never has codes or secrets in it", async () => {
    const { accountId } = company
    await company.run("askAddress", { accountId, by: "Ada", address: "info@lamps.example" })
    const code = await addressCode(company, "info@lamps.example")
    const given = { accountId, actor: byAda, by: "Ada", address: "info@lamps.example" }
    await company.run("confirmAddress", { ...given, code })
    const text = JSON.stringify(await log())
    expect(text).toContain("info@lamps.example")
    expect(text).not.toContain(code)
  })
})

test("every setting has words, in English and so in all languages", async () => {
  const store = await openDirect(actions)
  const tables = await store.run("dump", {}, 0)
  const silent = tables
    .filter(({ table }) => Object.hasOwn(NOT_LOGGED, table))
    .flatMap(({ table, columns }) => columns.filter((column) => !NOT_LOGGED[table]?.includes(column)))
    .filter((column) => !Object.hasOwn(en, `field.${column}`))
  await store.close()
  expect(silent).toEqual([])
})
