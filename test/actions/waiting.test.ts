import { expect, test } from "vitest"
import { SECOND } from "../../shared/words/time.ts"
import { openWorld } from "../kit/world.ts"

test("a visitor who writes again in an agent's own conversation waits for that agent, until it is opened", async () => {
  const w = await openWorld({ agents: 2 })
  try {
    const [ada, ben] = w.team
    const { conversationId } = await w.write("first")
    const by = { accountId: w.accountId, agentId: ada!.id, conversationId }
    await w.run("joinConversation", by)
    await w.run("answerConversation", { ...by, key: "answer-0001", text: "Yes?" })
    const waiting = async (agentId: typeof by.agentId) => {
      const who = [{ agentId, deviceId: ada!.devices[0]! }]
      const [toolbar] = await w.run("readToolbars", { accountId: w.accountId, who })
      return {
        count: toolbar!.waitingCount,
        words: toolbar!.waiting.map((one) => `${one.state}: ${one.excerpt}`),
      }
    }
    expect(await waiting(ada!.id)).toEqual({ count: 0, words: [] })
    await w.pass(5 * SECOND)
    const { seq } = await w.write("and again")
    expect(await waiting(ada!.id)).toEqual({ count: 1, words: ["mine: and again"] })
    expect(await waiting(ben!.id)).toEqual({ count: 0, words: [] })
    await w.run("openConversation", { ...by, seq })
    expect(await waiting(ada!.id)).toEqual({ count: 0, words: [] })
  } finally {
    await w.close()
  }
})

test("whoever of the account opens what waits, everybody's devices hear of it; until the visitor writes again", async () => {
  const w = await openWorld({ agents: 2 })
  try {
    const [ada, ben] = w.team
    const { conversationId } = await w.write("first")
    const isOpened = async (): Promise<boolean[]> => {
      const who = [ada!, ben!].map(({ id, devices }) => ({ agentId: id, deviceId: devices[0]! }))
      const toolbars = await w.run("readToolbars", { accountId: w.accountId, who })
      return toolbars.map(({ waiting }) => waiting[0]!.opened)
    }
    expect(await isOpened()).toEqual([false, false])
    await w.run("openConversation", { accountId: w.accountId, agentId: ada!.id, conversationId, seq: 1 })
    expect(await isOpened()).toEqual([true, true])
    await w.write("and again")
    expect(await isOpened()).toEqual([false, false])
  } finally {
    await w.close()
  }
})
