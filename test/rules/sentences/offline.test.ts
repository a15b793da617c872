import { expect, test } from "vitest"
import { daily, openHouse, s } from "./kit.ts"

/** rules.md, "Offline notice": what is not shown by a test elsewhere; list.ts says where each sentence is. */

test.each(["opened", "joined", "answered", "closed"] as const)(
  "a message that anyone of the account %s after it is covered",
  async (how) => {
    const { w, ada, open, join, answer, close, write, sent, covered } = await openHouse()
    const seq = await write()
    await w.pass(s(60))
    if (how === "opened") await open(ada, seq)
    else if (how === "joined") await join(ada)
    else if (how === "answered") await answer(ada)
    else await close(ada)
    await w.pass(s(600))
    expect(await sent()).toEqual([])
    expect(await covered()).toEqual([how === "opened" ? "opened" : "joined"])
  },
)

test("negative control: opened up to the message before, it is not covered", async () => {
  const { w, ada, open, write, sent } = await openHouse({ agents: 1 })
  const first = await write("one")
  await write("two")
  await open(ada, first)
  await w.pass(s(600))
  expect(await sent()).toEqual([["offline-notice", 120, "ada@lamps.example"]])
})

test("handing a conversation back uncovers what followed the last answer, and nothing before it", async () => {
  const { w, ada, join, answer, handBack, write, covered, batch } = await openHouse()
  await write("answered")
  await join(ada)
  await answer(ada)
  await w.pass(s(10))
  await write("not answered")
  await join(ada)
  await w.pass(s(10))
  await handBack(ada)
  expect(await covered()).toEqual(["joined", null])
  expect(await batch()).toEqual({ kind: "counting", due: 140 })
})

test("handing back does not uncover what was withheld", async () => {
  const { w, ada, agent, ben, join, handBack, write, covered, batch } = await openHouse()
  await agent(ada, { offlineNotices: false })
  await agent(ben, { offlineNotices: false })
  await write()
  await w.pass(s(130))
  await join(ada)
  await handBack(ada)
  expect(await covered()).toEqual(["withheld"])
  expect(await batch()).toMatchObject({ kind: "none" })
})

test("later messages join the batch without moving its due time", async () => {
  const { w, write, batch, sent } = await openHouse({ agents: 1 })
  await write("one")
  await w.pass(s(100))
  await write("two")
  expect(await batch()).toEqual({ kind: "counting", due: 120 })
  await w.pass(s(300))
  expect(await sent()).toEqual([["offline-notice", 120, "ada@lamps.example"]])
  const [mail] = (await w.look()).deliveries
  expect(JSON.parse(mail!.content).messages).toHaveLength(2)
})

test("when the oldest message is covered, t0 is taken anew from the next", async () => {
  const { w, ada, open, write, batch } = await openHouse({ agents: 1 })
  const first = await write("one")
  await w.pass(s(50))
  await write("two")
  await open(ada, first)
  expect(await batch()).toEqual({ kind: "counting", due: 170 })
})

test("coming back delays a notice, by opening cancels it, and never loses it", async () => {
  for (const opens of [true, false]) {
    const { w, ada, here, quit, open, write, sent, batch } = await openHouse({ agents: 1 })
    const seq = await write()
    await w.pass(s(100))
    await here(ada)
    expect(await batch()).toMatchObject({ kind: "resting" })
    await w.pass(s(100))
    if (opens) await open(ada, seq)
    await quit(ada)
    await w.pass(s(600))
    expect(await sent()).toEqual(opens ? [] : [["offline-notice", 320, "ada@lamps.example"]])
  }
})

test("at due, switches and addresses are those of that moment, not of the message's", async () => {
  const { w, ada, ben, agent, write, sent, reason } = await openHouse()
  await agent(ben, { offlineNotices: false })
  await write()
  await w.pass(s(60))
  await agent(ada, { offlineNotices: false })
  await agent(ben, { offlineNotices: true })
  await w.run("redirect", { accountId: w.accountId, ownerKind: "agent", ownerId: ben.id, mode: "instead-of" })
  await w.pass(s(120))
  expect(await sent()).toEqual([["offline-notice", 120, "info@lamps.example"]])
  expect(await reason(ada)).toMatchObject({ code: "notifications-off", whose: "agent" })
  expect(await reason(ben)).toMatchObject({ code: "sent-to", via: "redirect", setBy: "Ada" })
})

test("at due, the audience is that of that moment", async () => {
  const { w, ada, ben, group, write, sent } = await openHouse()
  const returns = await group("Returns", [ada])
  await group("Sales", [ada, ben])
  await write("Where is my parcel?", returns)
  await w.run("setGroup", { accountId: w.accountId, groupId: returns, members: [ben.id] })
  await w.pass(s(300))
  expect((await sent()).map(([, , to]) => to)).toEqual(["ben@lamps.example"])
})

test("while it rests each agent's verdict says which of three it is, and while it counts that it waits", async () => {
  const { w, ada, ben, cleo, here, quit, write, reason } = await openHouse({ agents: 3 })
  await here(ada)
  await w.pass(s(10))
  await write()
  await w.pass(s(20))
  await here(ben)
  expect(await reason(ada)).toMatchObject({ code: "present-on-device" })
  expect(await reason(ben)).toMatchObject({ code: "back-online", afterSeconds: 20 })
  expect(await reason(cleo)).toMatchObject({ code: "colleague-online" })
  await quit(ada)
  await quit(ben)
  for (const agent of [ada, ben, cleo]) {
    expect(await reason(agent)).toEqual({ code: "waiting", dueAt: w.start + s(30) + s(120) })
  }
})

test("who joins has opened it too: joined stands before opened, whoever opens it afterwards", async () => {
  const { w, ada, ben, open, join, write, reason } = await openHouse()
  const seq = await write()
  await join(ben)
  expect(await reason(ada)).toMatchObject({ code: "joined", who: "Ben" })
  await w.pass(s(10))
  await open(ada, seq)
  expect(await reason(ada)).toMatchObject({ code: "joined", who: "Ben" })
  // Negative control: opened alone is opened.
  const next = await write("two")
  await open(ada, next)
  expect(await reason(ben, next)).toMatchObject({ code: "opened", who: "Ada" })
})

test("the group's general inbox, else the account's", async () => {
  for (const own of [true, false]) {
    const { w, ada, group, write, sent } = await openHouse({ agents: 1 })
    const returns = await group("Returns", [ada])
    const inbox = { accountId: w.accountId, mode: "instead-of" } as const
    await w.run("redirect", { ...inbox, ownerKind: "account", ownerId: w.accountId })
    if (own)
      await w.run("setRedirect", {
        accountId: w.accountId,
        by: "Ada",
        owner: { kind: "group", id: returns },
        redirect: { address: "ada@lamps.example", mode: "instead-of" },
      })
    await write("Where is my parcel?", returns)
    await w.pass(s(300))
    expect((await sent()).map(([, , to]) => to)).toEqual([own ? "ada@lamps.example" : "info@lamps.example"])
  }
})

test("an audience with no active agent: the admins", async () => {
  const { ada, ben, w, agent, group, write, sent } = await openHouse()
  await group("Sales", [ada])
  const returns = await group("Returns", [ben])
  await agent(ben, { active: false })
  await write("Where is my parcel?", returns)
  await w.pass(s(300))
  expect((await sent()).map(([, , to]) => to)).toEqual(["ada@lamps.example"])
})

test("joined after the message, then removed from the account: mail 120 s after the hand-back", async () => {
  const { w, ben, join, write, sent } = await openHouse()
  await write()
  await w.pass(s(60))
  await join(ben)
  await w.pass(s(40))
  await w.run("removeAgent", { accountId: w.accountId, agentId: ben.id })
  await w.pass(s(600))
  expect(await sent()).toEqual([["offline-notice", 220, "ada@lamps.example"]])
})

test("any visitor message reopens a closed conversation as unserved", async () => {
  const { w, ada, close, write, batch } = await openHouse({ agents: 1 })
  await write("one")
  await close(ada)
  expect((await w.look()).conversations[0]).toMatchObject({ state: "closed" })
  await w.pass(s(10))
  await write("two")
  expect((await w.look()).conversations).toHaveLength(1)
  expect((await w.look()).conversations[0]).toMatchObject({ state: "unserved", joined_by: null })
  expect(await batch()).toEqual({ kind: "counting", due: 130 })
})

test("a deleted group counts as none: everybody gets what was written to it", async () => {
  const { w, ada, ben, group, write, sent } = await openHouse()
  await group("Sales", [ada])
  const returns = await group("Returns", [ben])
  await write("Where is my parcel?", returns)
  await w.run("deleteGroup", { accountId: w.accountId, groupId: returns })
  await w.pass(s(300))
  expect((await sent()).map(([, , to]) => to)).toEqual(["ada@lamps.example", "ben@lamps.example"])
})

/** The visitor answers a mail with an agent's answer. */
const byMail = async (house: Awaited<ReturnType<typeof openHouse>>) => {
  const { w, ada, answer, write, tab } = house
  const { accountId, visitorId } = w
  await w.run("setContact", { accountId, visitorId, address: "jana@visitor.example", name: "Jana" })
  await tab(true)
  await write("by chat")
  await tab(false)
  await answer(ada)
  await w.pass(s(70))
  const mail = (await w.look()).deliveries.find((one) => one.kind === "answer")
  const { replyToken } = JSON.parse(mail!.content)
  const from = "jana@visitor.example"
  await w.run("takeReply", {
    token: replyToken,
    envelopeFrom: from,
    raw: Buffer.from("x"),
    auth: null,
    mail: { from, subject: "Re", messageId: "<1@visitor.example>", text: "by mail", automatic: false },
  })
  return (await w.look()).messages.find((one) => one.text === "by mail")!
}

test("of a message that comes by e-mail, presence and hours withhold nothing", async () => {
  const house = await openHouse({ agents: 1 })
  const { w, ada, here, account, sent } = house
  await here(ada)
  await account({ hours: daily("08:00", "20:00") })
  const { at } = await byMail(house)
  await w.pass(s(600))
  const due = (at - w.start) / 1000 + 120
  expect((await sent()).filter(([kind]) => kind !== "answer")).toEqual([
    ["offline-notice", due, "ada@lamps.example"],
  ])
})

test.each(["opened", "joined", "switch"] as const)(
  "of a message that comes by e-mail, %s withholds",
  async (how) => {
    const house = await openHouse({ agents: 1 })
    const { w, ada, open, join, agent, sent } = house
    const { seq } = await byMail(house)
    if (how === "opened") await open(ada, seq)
    else if (how === "joined") await join(ada)
    else await agent(ada, { offlineNotices: false })
    await w.pass(s(600))
    expect((await sent()).filter(([kind]) => kind !== "answer")).toEqual([])
  },
)
