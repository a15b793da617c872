import { DAY, HOUR, type Millis, SECOND } from "../../../shared/words/time.ts"
import { connectAgent, ofType } from "../../kit/agent-socket.ts"
import { until } from "../../kit/until.ts"
import { type Fault, SOON } from "./fault.ts"
import { HELD_SECONDS } from "./guards.ts"
import { comesTo, type House } from "./house.ts"

/** Somebody sets the machine's clock while a relay runs. */

/** Resolves when the relay goes by it. */
const setClock = async ({ relay }: House): Promise<void> => {
  process.kill(relay.pid, "SIGUSR2")
  await until("the clock is set", () => relay.output().includes("the machine's clock was set"))
}

/** The relay has given a sign of life by the clock that was set forward, and knows of the gap. */
const signOfLife = (house: House, by: Millis): Promise<boolean> =>
  until("a sign of life by the new time", () => {
    const row = house.db((db) =>
      db.prepare<[], { at: Millis }>("SELECT max(seen_at) AS at FROM relays").get(),
    )
    return row !== undefined && row.at > Date.now() + by / 2
  })

export const setBack: Fault = {
  row: "clock jumps back",
  plan: { wait: 3, clockMoves: -HOUR },
  finds: /^late/,
  run: async (house) => {
    await house.write(await house.visitor(), "Is anybody there?")
    await setClock(house)
    const came = await comesTo(() => house.sink.mails.length > 0, SOON)
    return came ? [] : ["late: the notice"]
  },
}

/** An agent is there as the clock is set forward: the silence of an hour that never was does not turn the light off. */
export const agentIsThere: Fault = {
  row: "clock jumps forward: no mass offline",
  plan: { clockMoves: HOUR },
  finds: /^offline/,
  run: async (house) => {
    const device = await connectAgent(house.relay, await house.token())
    device.beat()
    await device.push(ofType("ack"))
    await setClock(house)
    await signOfLife(house, HOUR)
    // what it decided with that sign is there with it
    const lights = house
      .db((db) =>
        db.prepare<[], { body: string }>("SELECT body FROM events WHERE kind = 'light' ORDER BY seq").all(),
      )
      .map(({ body }) => (JSON.parse(body) as { on: boolean }).on)
    await device.close()
    if (lights.length === 0) return ["never on: the light"]
    return lights.every((on) => on) ? [] : ["offline: the agent who was there"]
  },
}

/**
 * A notice is to be mailed in half a minute, and the clock is set forward by a day: it waits for who may come back,
 * whatever others do before the relay has made good for that day and after, and is mailed then.
 */
export const mailIsDue: Fault = {
  row: "clock jumps forward: no early mail",
  plan: { wait: 30, clockMoves: DAY },
  finds: /^early/,
  run: async (house) => {
    await house.write(await house.visitor(), "The first of them")
    const from = Date.now() + DAY
    await setClock(house)
    await house.write(await house.visitor(), "Somebody else, right after")
    await signOfLife(house, DAY)
    await house.write(await house.visitor(), "A third, when the relay knows")
    const isHere = () => house.sink.mails.some(({ raw }) => raw.includes("The first of them"))
    if (!(await comesTo(isHere, 3 * SOON))) return ["late or lost: the notice"]
    const mailed = house.db((db) =>
      db
        .prepare<[], { at: Millis }>(
          "SELECT min(created_at) AS at FROM deliveries WHERE kind = 'offline-notice'",
        )
        .get(),
    )
    const after = (mailed?.at ?? 0) - from
    return after < HELD_SECONDS * SECOND ? [`early: the notice, ${after} ms after the clock was set`] : []
  },
}
