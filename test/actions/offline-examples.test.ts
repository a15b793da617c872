import { afterEach, describe, expect, test } from "vitest"
import { SECOND } from "../../shared/words/time.ts"
import { openWorld, type World } from "../kit/world.ts"

/** The worked examples of the rules, one test a row; times are seconds from the start of the world. */

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const open = async (options = {}) => {
  const opened = await openWorld(options)
  world = opened
  const [ada, ben] = opened.team
  return { w: opened, ada: ada!, ben: ben ?? ada!, laptop: ada!.devices[0]!, desktop: ada!.devices[1]! }
}
const s = (seconds: number) => seconds * SECOND

describe("offline notices, worked examples", () => {
  test("laptop fading, desk PC idle: mail at +120", async () => {
    const { w, laptop, desktop } = await open()
    await w.beat(laptop, "active")
    await w.beat(desktop, "active")
    await w.pass(s(30))
    await w.beat(desktop, "idle")
    await w.quit(laptop)
    await w.pass(s(30))
    const { light } = (await w.look()).audience
    await w.write()
    await w.pass(s(300))
    expect({ light, mails: await w.mailedAt() }).toEqual({ light: 1, mails: [180, 180] })
  })

  test("light off, agent back at +119, opens nothing, stays: no mail, back-online, rests", async () => {
    const { w, ada, ben, laptop } = await open()
    await w.write()
    await w.pass(s(119))
    await w.beat(laptop, "active")
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([])
    expect(await w.verdict(ada.id)).toMatchObject({
      code: "back-online",
      afterSeconds: 119,
      device: "Ada's browser 1",
    })
    expect(await w.verdict(ben.id)).toEqual({ code: "colleague-online", who: ["Ada"], group: null })
    expect((await w.look()).conversations[0]).toMatchObject({ batch: "resting", due_at: null })
  })

  test("light off, agent back at +121: mailed at +120", async () => {
    const { w, laptop } = await open()
    await w.write()
    await w.pass(s(121))
    await w.beat(laptop, "active")
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([120, 120])
  })

  test("the same when the loop is late: what fell due before counts before who comes after", async () => {
    const { w, laptop } = await open()
    await w.write()
    await w.pass(s(121), { turns: false })
    await w.beat(laptop, "active")
    expect((await w.look()).messages[0]).toMatchObject({ covered_by: "mailed" })
  })

  test("back at +30, quits the browser at +60: mail at +180", async () => {
    const { w, laptop } = await open()
    await w.write()
    await w.pass(s(30))
    await w.beat(laptop, "active")
    await w.pass(s(30))
    await w.quit(laptop)
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([180, 180])
  })

  test("intent unavailable, browser open and active: mail at +120", async () => {
    const { w, ada, laptop } = await open()
    await w.beat(laptop, "active")
    await w.intent(ada.id, "unavailable")
    expect((await w.look()).audience.light).toBe(0)
    await w.write()
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([120, 120])
  })

  test("negative control: intent busy, browser open and active: no mail", async () => {
    const { w, ada, laptop } = await open()
    await w.beat(laptop, "active")
    await w.intent(ada.id, "busy")
    await w.write()
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([])
    expect(await w.verdict(ada.id)).toMatchObject({ code: "present-on-device", device: "Ada's browser 1" })
  })

  test("agent present, message, browser quits 10 s later unopened: mail at +130", async () => {
    const { w, laptop } = await open()
    await w.beat(laptop, "active")
    await w.write()
    await w.pass(s(10))
    await w.quit(laptop)
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([130, 130])
  })

  test("the same, silent instead of quitting: counted from when it was seen last", async () => {
    const { w, laptop } = await open()
    await w.beat(laptop, "active")
    await w.pass(s(5))
    await w.write()
    await w.pass(s(5))
    w.silence(laptop)
    await w.pass(s(600))
    // Seen last at 0, the message is younger: due at 5 + 120, mailed with the next turn of the loop.
    expect(await w.mailedAt()).toEqual([130, 130])
    expect((await w.look()).conversations[0]?.batch).toBe("none")
  })

  test("joined before, agent gone since, visitor writes again: mail 120 s after that", async () => {
    const { w, ada, laptop } = await open()
    await w.beat(laptop, "active")
    const { conversationId } = await w.write()
    await w.run("joinConversation", { accountId: w.accountId, agentId: ada.id, conversationId })
    await w.quit(laptop)
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([])
    await w.write("And now?")
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([420, 420])
    const { messages, deliveries } = await w.look()
    expect(messages.map((message) => message.covered_by)).toEqual(["joined", "mailed"])
    expect(JSON.parse(deliveries[0]!.content).messages).toEqual([{ text: "And now?", at: messages[1]!.at }])
  })

  test("opened up to message 2, message 3 comes, nobody there: mail with message 3, 120 s after it", async () => {
    const { w, ada, laptop } = await open()
    await w.beat(laptop, "active")
    const { conversationId } = await w.write("one")
    await w.write("two")
    await w.run("openConversation", { accountId: w.accountId, agentId: ada.id, conversationId, seq: 2 })
    await w.pass(s(10))
    await w.quit(laptop)
    await w.pass(s(50))
    await w.write("three")
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([180, 180])
    expect(await w.verdict(ada.id, 2)).toMatchObject({ code: "opened", who: "Ada" })
    expect(
      JSON.parse((await w.look()).deliveries[0]!.content).messages.map((m: { text: string }) => m.text),
    ).toEqual(["three"])
  })

  test("joined after the message, then handed back: mail 120 s after the hand-back", async () => {
    const { w, ada } = await open()
    const { conversationId } = await w.write()
    const by = { accountId: w.accountId, agentId: ada.id, conversationId }
    await w.pass(s(30))
    await w.run("joinConversation", by)
    await w.pass(s(100))
    await w.run("handBackConversation", by)
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([250, 250])
  })

  test("joined, more written, handed back while somebody is there: nothing says joined any more", async () => {
    const { w, ada, ben, laptop } = await open()
    await w.beat(laptop, "active")
    const { conversationId } = await w.write()
    const by = { accountId: w.accountId, agentId: ada.id, conversationId }
    await w.run("joinConversation", by)
    await w.write()
    await w.run("handBackConversation", by)
    expect(await w.verdict(ada.id, 1)).toMatchObject({ code: "present-on-device" })
    expect(await w.verdict(ben.id, 1)).toMatchObject({ code: "colleague-online" })
  })

  test("joined by somebody who is then deactivated: they read that they are, not that they have it", async () => {
    const { w, ada, ben } = await open()
    const { conversationId } = await w.write()
    const { accountId } = w
    await w.run("joinConversation", { accountId, agentId: ben.id, conversationId })
    expect(await w.verdict(ben.id)).toMatchObject({ code: "joined" })
    await w.run("setAgent", { accountId, agentId: ben.id, active: false })
    expect(await w.verdict(ben.id)).toMatchObject({ code: "inactive" })
    expect(await w.verdict(ada.id)).toMatchObject({ code: "waiting" })
  })

  test("negative control: joined and kept: no mail, everybody reads joined", async () => {
    const { w, ada, ben } = await open()
    const { conversationId } = await w.write()
    await w.run("joinConversation", { accountId: w.accountId, agentId: ada.id, conversationId })
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([])
    expect(await w.verdict(ben.id)).toMatchObject({ code: "joined", who: "Ada" })
  })

  test("what was mailed stays mailed through a hand-back", async () => {
    const { w, ada } = await open()
    const { conversationId } = await w.write()
    const by = { accountId: w.accountId, agentId: ada.id, conversationId }
    await w.pass(s(130))
    await w.run("joinConversation", by)
    await w.run("handBackConversation", by)
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([120, 120])
  })

  test("two agents with one general inbox instead of them: one mail, for both", async () => {
    const { w } = await open()
    await w.run("redirect", {
      accountId: w.accountId,
      ownerKind: "account",
      ownerId: w.accountId,
      mode: "instead-of",
    })
    await w.write()
    await w.pass(s(300))
    const { deliveries } = await w.look()
    expect(deliveries.map((mail) => mail.to_address)).toEqual(["info@lamps.example"])
    expect(JSON.parse(deliveries[0]!.content)).toMatchObject({ forWhom: ["Ada", "Ben"], inbox: true })
  })

  test("switches off: verdicts say whose, and what nobody gets is withheld for good", async () => {
    const { w, ada } = await open()
    await w.run("patch", { table: "agents", set: { offline_notices: 0 } })
    await w.write()
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([])
    expect(await w.verdict(ada.id)).toMatchObject({ code: "notifications-off", whose: "agent" })
    await w.run("patch", { table: "agents", set: { offline_notices: 1 } })
    await w.pass(s(600))
    expect(await w.mailedAt()).toEqual([])
    expect((await w.look()).messages[0]?.covered_by).toBe("withheld")
  })

  test("a batch is one mail an address, with at most 10 messages and how many more", async () => {
    const { w } = await open({ agents: 1 })
    for (let n = 1; n <= 13; n++) await w.write(`message ${n}`)
    await w.pass(s(300))
    const { deliveries } = await w.look()
    expect(deliveries).toHaveLength(1)
    const content = JSON.parse(deliveries[0]!.content)
    expect({ shown: content.messages.length, more: content.more, first: content.first }).toEqual({
      shown: 10,
      more: 3,
      first: true,
    })
  })

  test("at most 6 mails an hour for a conversation and address, then folded until the hour allows", async () => {
    const { w, ada } = await open({ agents: 1 })
    for (let n = 0; n < 7; n++) {
      await w.write(`batch ${n}`)
      await w.pass(s(130))
    }
    expect(await w.mailedAt()).toHaveLength(6)
    expect(await w.verdict(ada.id, 7)).toMatchObject({ code: "folded", untilAt: w.start + s(120 + 3600) })
    await w.pass(s(3600))
    expect((await w.mailedAt()).at(-1)).toBe(120 + 3600)
    const { deliveries } = await w.look()
    expect(deliveries.map((mail) => JSON.parse(mail.content).threadId)).toEqual(
      deliveries.map(() => deliveries[0]!.message_id),
    )
  })

  test("quit, and back within 45 s: that was no absence", async () => {
    const { w, ada, laptop } = await open()
    await w.beat(laptop, "active")
    await w.pass(s(10))
    await w.write()
    await w.quit(laptop)
    await w.pass(s(40))
    await w.beat(laptop, "active")
    await w.pass(s(20))
    expect(await w.verdict(ada.id)).toMatchObject({ code: "present-on-device" })
  })

  test("a relay down for 10 min: who was there is held, nothing is mailed early, and coming back is no coming back", async () => {
    const { w, ada, laptop } = await open()
    await w.beat(laptop, "active")
    await w.pass(s(20))
    await w.write()
    await w.pass(s(10))
    w.relayDown()
    await w.pass(s(600))
    await w.relayBack()
    expect((await w.look()).audience).toMatchObject({ there: 0, light: 1 })
    await w.tick()
    expect(await w.mailedAt()).toEqual([])
    await w.beat(laptop, "active")
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([])
    expect(await w.verdict(ada.id)).toMatchObject({ code: "present-on-device" })
  })

  test("the same when nobody comes back: mailed when the held time ends", async () => {
    const { w, laptop } = await open()
    await w.beat(laptop, "active")
    await w.pass(s(20))
    await w.write()
    w.silence(laptop)
    await w.pass(s(10))
    w.relayDown()
    await w.pass(s(600))
    await w.relayBack()
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([750, 750])
    expect((await w.look()).audience.light).toBe(0)
  })

  test("negative control: a relay down for 40 s only changes nothing", async () => {
    const { w } = await open()
    await w.write()
    await w.pass(s(20))
    w.relayDown()
    await w.pass(s(40))
    await w.relayBack()
    await w.pass(s(120))
    expect(await w.mailedAt()).toEqual([120, 120])
  })

  test("a mail from the visitor counts whoever is there", async () => {
    const { w, ada, laptop } = await open({ agents: 1 })
    const { conversationId } = await w.write()
    await w.beat(laptop, "active")
    await w.run("answerConversation", {
      accountId: w.accountId,
      agentId: ada.id,
      conversationId,
      key: "answer-0001",
      text: "Yes",
    })
    await w.run("setContact", {
      accountId: w.accountId,
      visitorId: w.visitorId,
      address: "vera@visitor.example",
      name: null,
    })
    await w.run("openTab", {
      accountId: w.accountId,
      visitorId: w.visitorId,
      tabId: "tab-00001",
      relayId: "relay",
    })
    await w.run("closeTab", {
      accountId: w.accountId,
      visitorId: w.visitorId,
      tabId: "tab-00001",
      relayId: "relay",
    })
    await w.pass(s(60))
    const mail = (await w.look()).deliveries.find((one) => one.kind === "answer")!
    expect(mail).toMatchObject({ to_address: "vera@visitor.example", created_at: w.start + s(60) })
    const { replyToken } = JSON.parse(mail.content)
    const outcome = await w.run("takeReply", {
      token: replyToken,
      envelopeFrom: "vera@visitor.example",
      raw: Buffer.from("x"),
      auth: null,
      mail: {
        from: "vera@visitor.example",
        subject: "Re",
        messageId: "<1@visitor.example>",
        text: "Thanks, and one more thing",
        automatic: false,
      },
    })
    expect(outcome).toEqual({ outcome: "posted" })
    await w.pass(s(300))
    expect(await w.mailedAt()).toEqual([180])
  })
})
