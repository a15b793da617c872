import { api } from "../../kit/api.ts"
import { messageIdOf } from "../../kit/sunk-mail.ts"
import { arrive, type Fault, lostOf, SOON, twiceOf } from "./fault.ts"
import { AGENT, comesTo, type House } from "./house.ts"

/** What the next server does to mails, other than to take them. */

export const dropAfterDot: Fault = {
  row: "next server: drop after dot",
  finds: /^another mail/,
  run: async (house) => {
    house.sink.script.push({ kind: "drop-after-dot" })
    await house.write(await house.visitor(), "Hello?")
    const came = await comesTo(() => house.out().length === 2, SOON)
    if (!came) return ["lost: the notice"]
    return new Set(house.out()).size === 1 ? [] : [`another mail: ${house.out()[1]}`]
  },
}

export const notNow: Fault = {
  row: "next server: 4xx, greylisting",
  finds: /^late or lost/,
  run: async (house) => {
    house.sink.script.push({ kind: "refuse", at: "rcpt", code: 452, text: "4.2.2 mailbox full" })
    return arrive(house, [(await house.mail()).id])
  },
}

export const never: Fault = {
  row: "next server: 5xx",
  finds: /^tried again/,
  run: async (house) => {
    let asked = 0
    house.sink.answerFor.set(AGENT, {
      kind: "refuse",
      at: "rcpt",
      code: 550,
      get text() {
        asked += 1
        return "5.1.1 no such user"
      },
    })
    await house.mail()
    await comesTo(() => asked > 0, SOON)
    const again = await comesTo(() => asked > 1, 4_000)
    return again ? ["tried again: what was refused for good"] : []
  },
}

/** It has the whole mail and says nothing: given up on after eight seconds here, and tried again. */
export const hang: Fault = {
  row: "next server: hang",
  finds: /^late or lost/,
  run: async (house) => {
    house.sink.script.push({ kind: "hang" })
    const { id } = await house.mail()
    await house.sink.received(1)
    const missing = await arrive(house, [id], 2 * SOON)
    return [...missing, ...twiceOf(house.taken())]
  },
}

const LATER = "ben@agents.example"
const NOBODY = "eva@agents.example"

/** What became of the mails that were passed on, by recipient. */
const statesOf = (house: House): Map<string, { state: string; outcome: string | null }> =>
  house.db((db) => {
    const rows = db
      .prepare<[], { address: string; state: string; outcome: string | null }>(
        "SELECT to_address AS address, state, outcome FROM deliveries WHERE kind = 'forward'",
      )
      .all()
    return new Map(rows.map(({ address, ...facts }) => [address, facts]))
  })

/** Of three recipients one is taken, one is put off and one is unknown. */
export const someRecipients: Fault = {
  row: "next server: partial recipients",
  finds: /^lost: ben|^not failed: eva/,
  run: async (house) => {
    const admin = { url: house.relay.url, token: await house.token() }
    const before = house.sink.mails.length
    await api(admin, "POST", "/api/team", { name: "Ben", address: LATER })
    await api(admin, "POST", "/api/team", { name: "Eva", address: NOBODY })
    // they are invited by mail
    await house.sink.received(before + 2)

    const goOn = Promise.withResolvers<void>()
    const no = { kind: "refuse", at: "rcpt" } as const
    house.sink.answerFor.set(AGENT, { kind: "accept", after: goOn.promise })
    house.sink.answerFor.set(LATER, { ...no, code: 451, text: "4.3.0 later" })
    house.sink.answerFor.set(NOBODY, { ...no, code: 550, text: "5.1.1 no such user" })
    const { id } = await house.mail(house.relay, ["anna", "ben", "eva"])
    const isJudged = (address: string): boolean => (statesOf(house).get(address)?.outcome ?? null) !== null
    await comesTo(() => isJudged(LATER) && isJudged(NOBODY), SOON)
    goOn.resolve()
    await comesTo(() => statesOf(house).get(AGENT)?.state === "delivered", SOON)
    house.sink.answerFor.clear()

    const there = (): string[] =>
      house.sink.mails
        .filter((mail) => mail.answered === "accept" && messageIdOf(mail) === id)
        .flatMap(({ to }) => to)
    await comesTo(() => there().includes(LATER), SOON)
    const failed = [...statesOf(house)].filter(([, { state }]) => state === "failed").map(([name]) => name)
    return [
      ...lostOf([AGENT, LATER], there()),
      ...twiceOf(there()),
      ...(failed.join() === NOBODY ? [] : [`not failed: ${NOBODY} (but: ${failed.join() || "nobody"})`]),
    ]
  },
}
