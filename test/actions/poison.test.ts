import { describe, expect, test } from "vitest"
import { MINUTE, SECOND } from "../../shared/words/time.ts"
import { openWorld } from "../kit/world.ts"

test("a mail whose row cannot be read is set aside with its reason, and the others go on", async () => {
  const w = await openWorld({ agents: 2 })
  try {
    await w.write()
    await w.pass(2 * MINUTE)
    const before = (await w.look()).deliveries
    await w.run("patch", { table: "deliveries", set: { content: "{" } })
    await w.write("and again")
    await w.pass(2 * MINUTE)
    const claim = { relayId: "relay", limit: 10, leaseMs: 60 * SECOND }
    const { claims } = await w.run("claimDeliveries", claim)
    expect(claims.map((one) => one.toAddress).sort()).toEqual(["ada@lamps.example", "ben@lamps.example"])
    const { deliveries } = await w.look()
    const aside = deliveries.filter((mail) => before.some((one) => one.id === mail.id))
    expect(aside.map((mail) => [mail.state, mail.answer])).toEqual(
      aside.map(() => ["failed", "what the queue holds for this mail cannot be read"]),
    )
    expect(await w.verdict(w.team[0]!.id)).toMatchObject({ code: "refused", kind: "unknown" })
  } finally {
    await w.close()
  }
})

describe("a forwarded mail whose row cannot be read", () => {
  const opened = async () => {
    const w = await openWorld({ agents: 2 })
    const { accountId } = w
    const to = w.team.map(({ id }, n) => ({ accountId, agentId: id, address: `agent-${n}@relay.test` }))
    const mail = {
      ...{ envelopeFrom: "jana@customer.example", from: "jana@customer.example", subject: "Lamps" },
      ...{ messageId: "<1@customer.example>", automatic: false, auth: null, raw: new Uint8Array([1, 2, 3]) },
    }
    return { w, accept: () => w.run("acceptForward", { mail, to }), accountId }
  }
  const claim = { relayId: "relay", limit: 10, leaseMs: 60 * SECOND }

  test("is set aside with its reason, and the others go on", async () => {
    const { w, accept } = await opened()
    try {
      await accept()
      await w.run("patch", { table: "deliveries", set: { content: "{" } })
      await accept()
      expect((await w.run("claimDeliveries", claim)).claims).toHaveLength(2)
      const states = (await w.look()).deliveries.map(({ state, answer }) => [state, answer])
      const aside = ["failed", "what the queue holds for this mail cannot be read"]
      expect(states.sort()).toEqual([aside, aside, ["sending", null], ["sending", null]])
    } finally {
      await w.close()
    }
  })

  test("is settled all the same when the next server refuses it: it must not go out again and again", async () => {
    const { w, accept, accountId } = await opened()
    try {
      await accept()
      const { claims } = await w.run("claimDeliveries", claim)
      await w.run("patch", { table: "deliveries", set: { content: "{" } })
      const refused = {
        kind: "failed",
        outcome: "address-wrong",
        server: "mx",
        answer: "550 5.1.1 no",
      } as const
      for (const { id, attempts: attempt } of claims) {
        const settle = { accountId, id, claimedBy: "relay", attempt, result: refused }
        expect(await w.run("settleDelivery", settle)).toMatchObject({ settled: true })
      }
      expect((await w.look()).deliveries.map(({ state }) => state)).toEqual(["failed", "failed"])
    } finally {
      await w.close()
    }
  })
})
