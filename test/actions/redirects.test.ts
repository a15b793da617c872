import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { InboxMode } from "../../shared/words/nouns.ts"
import { HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { addressCode, mailsTo, move, otherThan, settingsOf, verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const BEN = "ben@lamps.example"
const INFO = "info@lamps.example"

describe.each(STORES)("redirects on %s", (kind) => {
  let company: Company

  beforeEach(async () => {
    company = await openCompany(kind)
  })
  afterEach(() => company.close())

  type Owner = { kind: "agent" | "group" | "account"; id: string }
  const ada = (): Owner => ({ kind: "agent", id: company.adaId })
  const ben = (): Owner => ({ kind: "agent", id: company.benId })
  const all = (): Owner => ({ kind: "account", id: company.accountId })
  const set = (owner: Owner, address: string, mode: InboxMode = "along-with") =>
    company.run("setRedirect", {
      accountId: company.accountId,
      by: "Ada",
      owner,
      redirect: { address, mode },
    })
  const off = (owner: Owner) =>
    company.run("setRedirect", { accountId: company.accountId, by: "Ada", owner, redirect: null })
  const unchanged = async (refused: () => Promise<unknown>, expected: object) => {
    const before = await settingsOf(company)
    await expect(refused()).rejects.toMatchObject(expected)
    expect(await settingsOf(company)).toEqual(before)
  }
  /** To whom a notice goes now, sorted. */
  const notified = async (): Promise<string[]> => {
    const { visitorId } = await company.newVisitor()
    const { conversationId } = await company.write(visitorId, "Is anybody there?")
    await company.pass(2 * MINUTE)
    const { deliveries } = await company.run("why", { conversationId })
    return deliveries.map((mail) => mail.to).sort()
  }

  test("nothing is sent on to the address of somebody who was removed", async () => {
    await verify(company, BEN)
    await verify(company, INFO)
    await set(ada(), BEN)
    await set(all(), BEN)
    expect(await notified()).toEqual([ADA, BEN])
    await company.run("removeAgent", { accountId: company.accountId, agentId: company.benId })
    expect(await notified()).toEqual([ADA])
    await unchanged(() => set(ada(), BEN), { code: "unverified" })
    await set(ada(), INFO)
  })

  test("an address nobody has shown to read is refused, and asked for by a code in the account's language", async () => {
    await unchanged(() => set(ada(), INFO), { code: "unverified", facts: { address: INFO } })
    const { expiresAt } = await company.run("askAddress", {
      accountId: company.accountId,
      by: "Ben",
      address: INFO,
    })
    expect(expiresAt).toBe(company.now() + 10 * MINUTE)
    await unchanged(() => set(ada(), INFO), { code: "unverified" })
    const [mail, ...more] = await mailsTo(company, INFO)
    expect(more).toEqual([])
    expect(mail?.content).toMatchObject({ purpose: "redirect", by: "Ben", account: "Lamps Ltd" })
    const code = await addressCode(company, INFO)
    const confirm = (given: string) =>
      company.run("confirmAddress", {
        accountId: company.accountId,
        by: "Ben",
        address: INFO,
        code: given,
      })
    expect(await confirm(otherThan(code))).toEqual({ refused: "code-wrong" })
    await unchanged(() => set(ada(), INFO), { code: "unverified" })
    expect(await confirm(code)).toEqual({ address: INFO })
    await set(ada(), INFO)
    const { redirects, verified } = await company.run("listRedirects", { accountId: company.accountId })
    expect(redirects).toEqual([
      { owner: ada(), address: INFO, mode: "along-with", setBy: "Ada", setAt: company.now() },
    ])
    expect(verified).toEqual([INFO])
  })

  test("five tries, ten minutes, and ten codes an hour for an address", async () => {
    const ask = () => company.run("askAddress", { accountId: company.accountId, by: "Ada", address: INFO })
    const confirm = (code: string) =>
      company.run("confirmAddress", { accountId: company.accountId, by: "Ada", address: INFO, code })
    await ask()
    const code = await addressCode(company, INFO)
    for (let tries = 0; tries < 5; tries += 1) await confirm(otherThan(code))
    expect(await confirm(code)).toEqual({ refused: "code-wrong" })
    company.jump(SECOND)
    await ask()
    company.jump(10 * MINUTE)
    expect(await confirm(await addressCode(company, INFO))).toEqual({ refused: "code-wrong" })
    for (let times = 2; times < 10; times += 1) {
      company.jump(SECOND)
      await ask()
    }
    company.jump(SECOND)
    await unchanged(ask, { code: "too-many" })
    company.jump(HOUR)
    await ask()
    expect(await confirm(await addressCode(company, INFO))).toEqual({ address: INFO })
  })

  test("an account is sent fifty codes an hour, whatever the addresses", async () => {
    const ask = (n: number) =>
      company.run("askAddress", {
        accountId: company.accountId,
        by: "Ada",
        address: `someone${n}@elsewhere.example`,
      })
    for (let n = 0; n < 50; n += 1) await ask(n)
    await unchanged(() => ask(50), { code: "too-many" })
  })

  test("along with: the destination and the redirect; instead of: the redirect alone", async () => {
    await verify(company, INFO)
    expect(await notified()).toEqual([ADA, BEN])
    await set(ada(), INFO)
    expect(await notified()).toEqual([ADA, BEN, INFO])
    await set(ada(), INFO, "instead-of")
    expect(await notified()).toEqual([BEN, INFO])
    await off(ada())
    expect(await notified()).toEqual([ADA, BEN])
  })

  test("two agents with one redirect are one mail, which says for whom it stands", async () => {
    await verify(company, INFO)
    await set(ada(), INFO, "instead-of")
    await set(ben(), INFO, "instead-of")
    expect(await notified()).toEqual([INFO])
    const [mail] = await mailsTo(company, INFO, "offline-notice")
    expect(mail?.content).toMatchObject({ forWhom: ["Ada", "Ben"], inbox: false })
  })

  test("the account's inbox goes along with the agents or instead of them, even where they switched off", async () => {
    await verify(company, INFO)
    await set(all(), INFO)
    expect(await notified()).toEqual([ADA, BEN, INFO])
    await set(all(), INFO, "instead-of")
    const { accountId } = company
    for (const agentId of [company.adaId, company.benId])
      await company.run("setAgent", { accountId, agentId, offlineNotices: false })
    expect(await notified()).toEqual([INFO])
  })

  test("a confirmed address is taken back while nothing goes there, and needs a new code then", async () => {
    const { accountId } = company
    const forget = (address: string) => company.run("forgetAddress", { accountId, address })
    await verify(company, INFO)
    await set(all(), INFO)
    await unchanged(() => forget(INFO), { code: "bad-input", facts: { used: 1 } })
    await unchanged(() => forget("sales@lamps.example"), { code: "not-found" })
    await off(all())
    const { version } = await company.run("readSettings", { accountId })
    expect(await forget(INFO)).toEqual({ version: version + 1 })
    await unchanged(() => set(all(), INFO), { code: "unverified" })
    await unchanged(() => forget(INFO), { code: "not-found" })
    await company.pass(MINUTE)
    await verify(company, INFO)
    await set(all(), INFO)
  })

  test("a colleague's destination that they signed in with needs no code; another one does", async () => {
    await unchanged(() => set(ada(), BEN), { code: "unverified" })
    await company.signIn(BEN)
    await set(ada(), BEN, "instead-of")
    expect(await notified()).toEqual([BEN])
  })

  test("a redirect stays when the colleague whose destination it goes to moves away", async () => {
    await company.signIn(BEN)
    await set(ada(), BEN, "instead-of")
    await move(company, { accountId: company.accountId, agentId: company.benId }, "ben@home.example")
    expect(await notified()).toEqual(["ben@home.example", BEN])
  })

  test("an inactive colleague's destination is not verified by that", async () => {
    await company.signIn(BEN)
    await company.run("setAgent", { accountId: company.accountId, agentId: company.benId, active: false })
    await unchanged(() => set(ada(), BEN), { code: "unverified" })
  })

  test("the relay's own addresses are refused, as target and for a code", async () => {
    await unchanged(() => set(all(), "inbox@relay.test"), { code: "bad-input" })
    await unchanged(
      () =>
        company.run("askAddress", {
          accountId: company.accountId,
          by: "Ada",
          address: "r-abcdefgh@relay.test",
        }),
      { code: "bad-input" },
    )
  })

  test("loops are refused, with the way they would go", async () => {
    await company.signIn(ADA)
    await company.signIn(BEN)
    await unchanged(() => set(ada(), ADA), { code: "redirect-loop", facts: { loop: ["Ada", "Ada"] } })
    await set(ben(), ADA)
    await unchanged(() => set(ada(), BEN), {
      code: "redirect-loop",
      message: expect.stringContaining("Ada → Ben → Ada"),
    })
    await off(ben())
    await set(ada(), BEN)
    // An inbox has no mail of its own that could come back.
    await set(all(), ADA)
  })

  test("owners of another account, and none at all, are refused", async () => {
    await verify(company, INFO)
    const times = { graceMs: MINUTE, waitMs: MINUTE }
    const other = await company.run("createAccount", { name: "Other", language: "en", zone: "UTC", ...times })
    await unchanged(() => set({ kind: "account", id: other.accountId }, INFO), { code: "not-found" })
    await unchanged(() => set({ kind: "agent", id: "ag_aaaaaaaaaaaaaaaaaaaa" }, INFO), { code: "not-found" })
    await unchanged(() => set({ kind: "group", id: "gr_aaaaaaaaaaaaaaaaaaaa" }, INFO), { code: "not-found" })
    await unchanged(
      () =>
        company.run("setRedirect", {
          accountId: other.accountId,
          by: "Eve",
          owner: ada(),
          redirect: { address: INFO, mode: "along-with" },
        }),
      { code: "not-found" },
    )
    // What one account has shown to read is nothing to another.
    await expect(
      company.run("setRedirect", {
        accountId: other.accountId,
        by: "Eve",
        owner: { kind: "account", id: other.accountId },
        redirect: { address: INFO, mode: "along-with" },
      }),
    ).rejects.toMatchObject({ code: "unverified" })
  })

  test("a change grows the settings' version and is told; the same again does neither", async () => {
    await verify(company, INFO)
    const first = await set(all(), INFO)
    const { cursor } = await company.run("readEvents", {
      accountId: company.accountId,
      after: 0,
      limit: 1000,
    })
    expect(await set(all(), INFO)).toEqual(first)
    const since = async () =>
      (await company.run("readEvents", { accountId: company.accountId, after: cursor, limit: 1000 })).events
    expect(await since()).toEqual([])
    const { version } = await off(all())
    expect(version).toBe(first.version + 1)
    expect(await since()).toEqual([expect.objectContaining({ kind: "settings", version })])
    expect(await off(all())).toEqual({ version })
  })

  test("switching off is always possible, and says when nobody would remain", async () => {
    const { accountId } = company
    const profile = async () =>
      (await company.run("readProfile", { accountId, agentId: company.adaId })).unreached
    await verify(company, INFO)
    await set(all(), INFO)
    for (const agentId of [company.adaId, company.benId])
      await company.run("setAgent", { accountId, agentId, offlineNotices: false })
    expect(await profile()).toEqual([])
    await off(all())
    expect(await profile()).toEqual([{ groupId: null, group: null, kind: "offline" }])
    expect(await notified()).toEqual([])
    await company.run("setAgent", { accountId, agentId: company.benId, offlineNotices: true })
    expect(await profile()).toEqual([])
  })

  test("a group's inbox is its own, the account's is for the others; who would remain is said of each", async () => {
    const { accountId, adaId, benId } = company
    const sales = await company.run("createGroup", { accountId, name: "Sales", members: [adaId] })
    const returns = await company.run("createGroup", { accountId, name: "Returns", members: [benId] })
    for (const agentId of [adaId, benId])
      await company.run("setAgent", { accountId, agentId, offlineNotices: false })
    const unreached = async () =>
      (await company.run("listRedirects", { accountId })).unreached
        .filter(({ kind }) => kind === "offline")
        .map(({ group }) => group)
        .sort()
    expect(await unreached()).toEqual(["Returns", "Sales", null].sort())
    await verify(company, INFO)
    await set({ kind: "group", id: sales.groupId }, INFO)
    expect(await unreached()).toEqual(["Returns", null].sort())
    const profile = await company.run("readProfile", { accountId, agentId: adaId })
    // Of one's own audiences only: Returns is nothing to Ada.
    expect(profile.unreached.filter(({ kind }) => kind === "offline")).toEqual([
      { groupId: null, group: null, kind: "offline" },
    ])
    expect(profile.groups).toEqual([{ id: sales.groupId, name: "Sales" }])
    await set(all(), INFO)
    expect(await unreached()).toEqual([])
    await off(all())
    await company.run("setAccount", { accountId, plan: "free" })
    // One light, no groups and no missed notices: one audience, one kind.
    expect((await company.run("listRedirects", { accountId })).unreached).toEqual([
      { groupId: null, group: null, kind: "offline" },
    ])
    await company.run("deleteGroup", { accountId, groupId: returns.groupId })
    await company.run("deleteGroup", { accountId, groupId: sales.groupId })
    expect((await company.run("listRedirects", { accountId })).redirects).toEqual([])
    await unchanged(() => set({ kind: "group", id: sales.groupId }, INFO), { code: "not-found" })
  })
})
