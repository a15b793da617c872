import { expect, test } from "vitest"
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
