import { expect, test } from "vitest"
import { openHouse, s } from "./kit.ts"

/** rules.md, "Missed conversation": what is not shown by a test elsewhere; list.ts says where each sentence is. */

/** Ada is there, the visitor has written and has one tab open. */
const begin = async (agents = 1) => {
  const house = await openHouse({ agents })
  await house.here(house.ada)
  await house.tab(true)
  const seq = await house.write()
  return { ...house, seq }
}

test("another tab is no leaving", async () => {
  const { w, tab, sent } = await begin()
  await tab(true, "tab-00002")
  await tab(false)
  await w.pass(s(600))
  expect(await sent()).toEqual([])
  // Negative control: the last one is.
  await tab(false, "tab-00002")
  await w.pass(s(100))
  expect(await sent()).toEqual([["missed-notice", 660, "ada@lamps.example"]])
})

test("it is due the wait after the first unjoined message, and not before the visitor has left for a minute", async () => {
  for (const [closesAt, dueAt] of [
    [10, 120],
    [200, 260],
  ] as const) {
    const { w, tab, sent } = await begin()
    await w.pass(s(closesAt))
    await tab(false)
    await w.pass(s(600))
    expect(await sent()).toEqual([["missed-notice", dueAt, "ada@lamps.example"]])
  }
})

test("opened is not enough; joined is", async () => {
  for (const joins of [false, true]) {
    const { w, ada, tab, open, join, seq, sent } = await begin()
    await open(ada, seq)
    if (joins) await join(ada)
    await tab(false)
    await w.pass(s(600))
    expect(await sent()).toEqual(joins ? [] : [["missed-notice", 120, "ada@lamps.example"]])
  }
})

test("never two mails for one message: what an offline notice has mailed is not missed", async () => {
  const { w, ada, here, tab, write, sent } = await openHouse({ agents: 1 })
  await tab(true)
  await write()
  await w.pass(s(130))
  await here(ada)
  await tab(false)
  await w.pass(s(600))
  expect(await sent()).toEqual([["offline-notice", 120, "ada@lamps.example"]])
})

test("never two mails for one message: what a missed notice has mailed is not mailed again when nobody is there", async () => {
  const { w, ada, quit, tab, sent } = await begin()
  await tab(false)
  await w.pass(s(130))
  await quit(ada)
  await w.pass(s(600))
  expect(await sent()).toEqual([["missed-notice", 120, "ada@lamps.example"]])
})

test("recipients go by the missed switch, and not by that of offline notices", async () => {
  const { w, ada, ben, agent, tab, sent, reason, seq } = await begin(2)
  await agent(ada, { missedNotices: false })
  await agent(ben, { offlineNotices: false })
  await tab(false)
  await w.pass(s(600))
  expect(await sent()).toEqual([["missed-notice", 120, "ben@lamps.example"]])
  expect(await reason(ada, seq, "missed")).toMatchObject({ code: "notifications-off", whose: "agent" })
})

test("negative control: of an offline notice it is the other way round", async () => {
  const { w, ada, ben, agent, write, sent } = await openHouse()
  await agent(ada, { missedNotices: false })
  await agent(ben, { offlineNotices: false })
  await write()
  await w.pass(s(600))
  expect(await sent()).toEqual([["offline-notice", 120, "ada@lamps.example"]])
})

test("both switches start on, at the account and at each agent", async () => {
  const { w, account } = await openHouse()
  const given = { name: "Candles", language: "en", zone: "UTC", graceMs: 0, waitMs: 0 } as const
  const { accountId } = await w.run("createAccount", given)
  await w.run("createAgent", {
    accountId,
    name: "Zoe",
    address: "zoe@candles.example",
    role: "agent",
    language: "en",
    zone: "UTC",
  })
  const settings = await w.run("readSettings", { accountId })
  expect(settings.account).toMatchObject({ offlineNotices: true, missedNotices: true })
  expect(settings.team[0]).toMatchObject({ offlineNotices: true, missedNotices: true })
  await account({ missedNotices: false })
  expect((await w.run("readSettings", { accountId: w.accountId })).account.missedNotices).toBe(false)
})

test("messages that come by e-mail are never missed", async () => {
  const { w, ada, here, tab, answer, write, join, handBack, sent } = await openHouse({ agents: 1 })
  const { accountId, visitorId } = w
  await here(ada)
  await w.run("setContact", { accountId, visitorId, address: "jana@visitor.example", name: "Jana" })
  await tab(true)
  await write("by chat")
  await join(ada)
  await answer(ada)
  await tab(false)
  await w.pass(s(70))
  const mail = (await w.look()).deliveries.find((one) => one.kind === "answer")
  const from = "jana@visitor.example"
  await w.run("takeReply", {
    token: JSON.parse(mail!.content).replyToken,
    envelopeFrom: from,
    raw: Buffer.from("x"),
    auth: null,
    mail: { from, subject: "Re", messageId: "<1@visitor.example>", text: "by mail", automatic: false },
  })
  await handBack(ada).catch((refused: Error) => expect(refused.message).toContain("nobody has joined"))
  await w.pass(s(600))
  expect((await sent()).map(([kind]) => kind)).not.toContain("missed-notice")
  expect((await sent()).map(([kind]) => kind)).toContain("offline-notice")
})
