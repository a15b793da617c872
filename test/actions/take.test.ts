import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { ConversationId } from "../../shared/words/ids.ts"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { STORES } from "../kit/stores.ts"
import { mailsTo, verify } from "./address-codes.ts"
import { type Company, openCompany } from "./company.ts"

const ADA = "ada@lamps.example"
const INFO = "info@lamps.example"

describe.each(STORES)("taking a conversation by a mail to a general inbox on %s", (kind) => {
  let company: Company
  let conversationId: ConversationId
  let visitorId: Awaited<ReturnType<Company["newVisitor"]>>["visitorId"]

  beforeEach(async () => {
    company = await openCompany(kind)
    const { accountId } = company
    await verify(company, INFO)
    await inbox({ address: INFO, mode: "along-with" })
    visitorId = (await company.newVisitor()).visitorId
    conversationId = (await company.write(visitorId, "Do you have it in blue?")).conversationId
    await company.pass(2 * MINUTE)
    expect(await mailsTo(company, INFO, "offline-notice")).toHaveLength(1)
    expect(accountId).toBe(company.accountId)
  })
  afterEach(() => company.close())

  const inbox = (redirect: { address: string; mode: "along-with" | "instead-of" } | null) =>
    company.run("setRedirect", {
      accountId: company.accountId,
      by: "Ada",
      owner: { kind: "account", id: company.accountId },
      redirect,
    })
  /** The token of the link in the newest notice to an address. */
  const linkTo = async (address: string): Promise<string> => {
    const [mail] = await mailsTo(company, address, "offline-notice")
    return (mail?.content.kind === "offline-notice" ? mail.content.takeToken : undefined) ?? ""
  }
  const token = () => linkTo(INFO)
  const read = async () => company.run("readTake", { token: await token() })
  const take = async (who: { agentId: Company["adaId"] } | { name: string }, takenAt?: number | null) =>
    company.run("takeConversation", {
      token: await token(),
      agentId: null,
      name: null,
      ...who,
      ...(takenAt === undefined ? {} : { takenAt }),
    })
  const view = () =>
    company.run("readConversation", { accountId: company.accountId, agentId: company.adaId, conversationId })
  const unchanged = async (refused: () => Promise<unknown>, expected: object) => {
    const before = await view()
    await expect(refused()).rejects.toMatchObject(expected)
    expect(await view()).toEqual(before)
  }

  test("only the mail to the inbox has the link", async () => {
    expect(await token()).toMatch(/^[a-z2-7]{26}$/)
    expect(await linkTo(ADA)).toBe("")
  })

  test("looking shows what it is about and changes nothing", async () => {
    const before = await view()
    expect(await read()).toEqual({
      account: "Lamps Ltd",
      site: "Lamps",
      language: "en",
      visitor: "",
      excerpt: "Do you have it in blue?",
      state: "unserved",
      takenBy: null,
      takenAt: null,
      agents: [
        { id: company.adaId, name: "Ada" },
        { id: company.benId, name: "Ben" },
      ],
    })
    expect(await view()).toEqual(before)
  })

  test("taken for an agent it is as if they had joined in the desk", async () => {
    expect(await take({ agentId: company.benId })).toMatchObject({
      state: "mine",
      takenBy: "Ben",
      takenAt: company.now(),
    })
    expect(await view()).toMatchObject({
      state: "mine",
      joinedBy: company.benId,
      joinedByName: "Ben",
    })
    const mine = await company.run("listConversations", {
      accountId: company.accountId,
      agentId: company.benId,
      list: "mine",
      limit: 10,
    })
    expect(mine.conversations.map(({ id }) => id)).toEqual([conversationId])
  })

  test("taken by a name, colleagues see who has it and where to find them", async () => {
    await take({ name: "Jana" })
    expect(await view()).toMatchObject({
      state: "mine",
      joinedBy: null,
      joinedByName: `Jana (${INFO})`,
    })
    expect(await read()).toMatchObject({ takenBy: `Jana (${INFO})`, takenAt: company.now() })
  })

  test.each(["an agent", "a name"])("what waits is covered by who takes it: %s", async (whose) => {
    company.jump(SECOND)
    await company.write(visitorId, "Or in green?")
    const dueBefore = (await view()).dueAt
    expect(dueBefore).not.toBeNull()
    await take(whose === "an agent" ? { agentId: company.benId } : { name: "Jana" })
    expect(await view()).toMatchObject({ batch: "none", dueAt: null })
    const { verdicts } = await company.run("why", { conversationId })
    const joined = verdicts.filter((one) => one.seq === 2 && one.kind === "offline")
    expect(joined).toHaveLength(2)
    for (const { reason } of joined)
      expect(reason).toMatchObject({
        code: "joined",
        who: whose === "an agent" ? "Ben" : `Jana (${INFO})`,
      })
    await company.pass(10 * MINUTE)
    expect(await mailsTo(company, INFO, "offline-notice")).toHaveLength(1)
  })

  test("and what is not taken is mailed again", async () => {
    company.jump(SECOND)
    await company.write(visitorId, "Or in green?")
    await company.pass(2 * MINUTE)
    expect(await mailsTo(company, INFO, "offline-notice")).toHaveLength(2)
  })

  test("of two who take it at once, the second is told, and may take it over knowing that", async () => {
    const { takenAt } = await read()
    await take({ name: "Jana" }, takenAt)
    const has = { takenBy: `Jana (${INFO})`, takenAt: company.now() }
    await unchanged(() => take({ agentId: company.benId }, takenAt), { code: "stale", facts: has })
    company.jump(SECOND)
    await take({ agentId: company.benId }, has.takenAt)
    expect(await view()).toMatchObject({ joinedByName: "Ben" })
  })

  test("who took it by name has no toolbar: when the visitor writes again it waits for those who are there", async () => {
    const ben = await company.signIn("ben@lamps.example")
    const { accountId, agentId, deviceId } = ben
    const waiting = async () => {
      const [toolbar] = await company.run("readToolbars", { accountId, who: [{ agentId, deviceId }] })
      return [
        toolbar!.waitingCount,
        toolbar!.waiting.map(({ excerpt, joinedByName }) => [excerpt, joinedByName]),
      ]
    }
    await take({ name: "Jana" })
    expect(await waiting()).toEqual([0, []])
    await company.beat(ben)
    company.jump(SECOND)
    const { message } = await company.write(visitorId, "Or in green?")
    expect(await waiting()).toEqual([1, [["Or in green?", `Jana (${INFO})`]]])
    await company.run("openConversation", { accountId, agentId, conversationId, seq: message.seq })
    expect(await waiting()).toEqual([0, []])
  })

  test("and when nobody is there it goes to the inbox, where who took it reads it", async () => {
    await take({ name: "Jana" })
    company.jump(SECOND)
    await company.write(visitorId, "Or in green?")
    await company.pass(2 * MINUTE)
    expect(await mailsTo(company, INFO, "offline-notice")).toHaveLength(2)
    expect(await view()).toMatchObject({ state: "mine", joinedByName: `Jana (${INFO})` })
  })

  test("taking it again changes nothing", async () => {
    await take({ name: "Jana" })
    const before = await view()
    company.jump(SECOND)
    await take({ name: "Jana" })
    expect(await view()).toEqual(before)
  })

  test("but what came since is covered, as when an agent joins anew", async () => {
    await take({ name: "Jana" })
    company.jump(SECOND)
    await company.write(visitorId, "Or in green?")
    const { takenAt } = await read()
    await take({ name: "Jana" })
    expect(await view()).toMatchObject({ batch: "none", dueAt: null })
    expect(await read()).toMatchObject({ takenAt })
    await company.pass(10 * MINUTE)
    expect(await mailsTo(company, INFO, "offline-notice")).toHaveLength(1)
  })

  test("an agent who joins in the desk relieves who took it by name, and can give it back", async () => {
    await take({ name: "Jana" })
    const ada = { accountId: company.accountId, agentId: company.adaId, conversationId }
    await company.run("joinConversation", ada)
    expect(await view()).toMatchObject({ joinedBy: company.adaId, joinedByName: "Ada" })
    await company.run("handBackConversation", ada)
    expect(await read()).toMatchObject({ state: "unserved", takenBy: null, takenAt: null })
  })

  test("a redirect that two agents share has the link too, an agent's own address never", async () => {
    await inbox(null)
    await verify(company, "both@lamps.example")
    for (const id of [company.adaId, company.benId])
      await company.run("setRedirect", {
        accountId: company.accountId,
        by: "Ada",
        owner: { kind: "agent", id },
        redirect: { address: "both@lamps.example", mode: "along-with" },
      })
    company.jump(SECOND)
    await company.write(visitorId, "Or in green?")
    await company.pass(2 * MINUTE)
    const shared = { token: await linkTo("both@lamps.example"), agentId: null, name: "Jana" }
    await company.run("takeConversation", shared)
    expect(await view()).toMatchObject({ joinedByName: "Jana (both@lamps.example)" })
    const [own] = await mailsTo(company, ADA, "offline-notice")
    expect(own?.content).not.toHaveProperty("takeToken")
    // The token with which an agent answers is no link to take it for others.
    const answers = own?.content.kind === "offline-notice" ? own.content.replyToken : ""
    await unchanged(() => company.run("readTake", { token: answers }), { code: "not-found" })
  })

  test("agents who are not active, or of another account, are refused", async () => {
    const { accountId, benId } = company
    await company.run("setAgent", { accountId, agentId: benId, active: false })
    expect((await read()).agents.map(({ name }) => name)).toEqual(["Ada"])
    await unchanged(() => take({ agentId: benId }), { code: "forbidden" })
    await unchanged(() => take({ agentId: "ag_aaaaaaaaaaaaaaaaaaaa" as never }), { code: "forbidden" })
  })

  test("in a group it stands for those who answer there: its members and agents in no group", async () => {
    const { accountId, siteId } = company
    const cleo = { name: "Cleo", address: "cleo@lamps.example", language: "en", zone: "UTC" } as const
    const { agentId: cleoId } = await company.run("createAgent", { accountId, role: "agent", ...cleo })
    const sales = await company.run("createGroup", { accountId, name: "Sales", members: [company.benId] })
    await company.run("createGroup", { accountId, name: "Returns", members: [cleoId] })
    await company.run("setSite", { accountId, siteId, groups: [sales.groupId] })
    const other = await company.newVisitor()
    const written = { accountId, siteId, groupId: sales.groupId, visitorId: other.visitorId, page: null }
    await company.run("takeVisitorMessage", { ...written, key: "key-of-sales", text: "How much is it?" })
    await company.pass(2 * MINUTE)
    expect((await read()).excerpt).toBe("How much is it?")
    expect((await read()).agents.map(({ name }) => name)).toEqual(["Ada", "Ben"])
    await expect(take({ agentId: cleoId })).rejects.toMatchObject({ code: "forbidden" })
  })

  test("unknown tokens and those of visitors lead nowhere, in the same words", async () => {
    const { accountId } = company
    await company.run("setContact", { accountId, visitorId, address: "vera@home.example", name: "Vera" })
    const tab = { accountId, visitorId, tabId: "tab-00001", relayId: "relay" }
    await company.run("openTab", tab)
    await company.run("closeTab", tab)
    await company.run("answerConversation", {
      accountId,
      agentId: company.adaId,
      conversationId,
      key: "key-answer-01",
      text: "Yes, we do.",
    })
    await company.pass(2 * MINUTE)
    const [answer] = await mailsTo(company, "vera@home.example", "answer")
    const visitors = answer?.content.kind === "answer" ? answer.content.replyToken : ""
    expect(visitors).not.toBe("")
    const messages: string[] = []
    for (const given of [visitors, "a".repeat(26), ""]) {
      for (const name of ["readTake", "takeConversation"] as const)
        await company.run(name, { token: given, agentId: null, name: "Mallory" }).then(
          () => expect.unreachable("should have been refused"),
          (error: Error) => messages.push(error.message),
        )
    }
    expect(new Set(messages).size).toBe(1)
    expect((await view()).joinedByName).toBe("Ada")
  })

  test("the link of an inbox leads nowhere once no mail of the account goes there, and again when it does", async () => {
    const link = await token()
    await inbox(null)
    company.jump(SECOND)
    await company.write(visitorId, "My number is 4711.")
    const taken = { token: link, agentId: company.benId, name: null }
    await unchanged(() => company.run("readTake", { token: link }), { code: "not-found" })
    await unchanged(() => company.run("takeConversation", taken), { code: "not-found" })
    await inbox({ address: INFO, mode: "instead-of" })
    expect(await company.run("readTake", { token: link })).toMatchObject({ excerpt: "My number is 4711." })
  })

  test("who takes it has to be said", async () => {
    await unchanged(async () => take({ agentId: null as never }), { code: "bad-input" })
  })
})
