import pg from "pg"
import { inject } from "vitest"
import { connectAgent } from "../../kit/agent-socket.ts"
import { fillDisk } from "../disk.ts"
import { findFaults, newLedger, repeated } from "../ledger.ts"
import type { GuardName } from "./guards.ts"
import { AGENT, comesTo, type House, type HousePlan, queueIsEmpty } from "./house.ts"

/** A fault, once: what it is done to, and what was found to be wrong afterwards (nothing, with all guards). */
interface Fault {
  plan?: Partial<HousePlan>
  /** What is found without the guard. */
  finds: RegExp
  /** On a disk of so many megabytes. */
  disk?: number
  run(house: House): Promise<string[]>
}

/** Well above what it takes with the guard, and below what the fault would last. */
const SOON = 12_000

const lostOf = (acknowledged: readonly string[], there: readonly string[]): string[] =>
  acknowledged.filter((one) => !there.includes(one)).map((one) => `lost: ${one}`)

const twiceOf = (there: readonly string[]): string[] =>
  repeated(there).map(([one, times]) => `${times} times: ${one}`)

const messagesOf = (house: House): string[] =>
  house
    .db((db) => db.prepare<[], { text: string }>("SELECT text FROM messages").all())
    .map(({ text }) => text)

/** Mails that were taken come to the next server, within the time. */
const arrive = async (house: House, ids: readonly string[]): Promise<string[]> => {
  const missing = () => ids.filter((id) => !house.out().includes(id))
  await comesTo(() => missing().length === 0, SOON)
  return missing().map((id) => `late or lost: ${id}`)
}

const kill: Fault = {
  finds: /^lost: message/,
  run: async (house) => {
    const ledger = newLedger()
    for (let round = 0; round < 3; round += 1) {
      const box = await house.visitor()
      for (let n = 0; n < 5; n += 1) {
        const text = `message ${round} ${n}`
        ledger.sent.add(text)
        await house.write(box, text)
        ledger.acknowledged.add(text)
      }
      await house.relay.kill()
      await house.start()
    }
    const { lost, twice, strange } = findFaults(ledger, messagesOf(house))
    return [
      ...lost.map((text) => `lost: ${text}`),
      ...[...twice, ...strange].map((text) => `twice or strange: ${text}`),
    ]
  },
}

const sentAgain: Fault = {
  finds: /^2 times: Hello\?/,
  run: async (house) => {
    const box = await house.visitor()
    await house.write(box, "Hello?", "the-very-same-key")
    box.pushes.length = 0
    await house.write(box, "Hello?", "the-very-same-key")
    return twiceOf(messagesOf(house))
  },
}

const dropAfterDot: Fault = {
  finds: /^another mail/,
  run: async (house) => {
    house.sink.script.push({ kind: "drop-after-dot" })
    await house.write(await house.visitor(), "Hello?")
    const came = await comesTo(() => house.out().length === 2, SOON)
    if (!came) return ["lost: the notice"]
    return new Set(house.out()).size === 1 ? [] : [`another mail: ${house.out()[1]}`]
  },
}

const fullDisk: Fault = {
  disk: 24,
  finds: /^late or lost|^lost/,
  run: async (house) => {
    const end = fillDisk(house.folder)
    const acknowledged: string[] = []
    const mail = async (): Promise<boolean> => {
      const { id, answer } = await house.mail()
      const taken = answer.startsWith("250")
      if (taken) acknowledged.push(id)
      return taken
    }
    // what does not go out from memory must come out of the store
    house.sink.answerFor.set(AGENT, { kind: "refuse", at: "rcpt", code: 451, text: "4.3.0 later" })
    for (let n = 0; n < 40; n += 1) await mail()
    await house.relay.kill()
    house.sink.answerFor.clear()
    await end()
    await house.start()
    if (!(await comesTo(mail, SOON))) return ["not well again"]
    return arrive(house, acknowledged)
  },
}

const cutOff: Fault = {
  // nothing else happens meanwhile that would have it look
  plan: { store: "postgres", wait: 600 },
  finds: /^not live/,
  run: async (house) => {
    const token = await house.token()
    const other = await house.start(true)
    const box = await house.visitor()
    await house.write(box, "The first")
    const screen = await connectAgent(other, token, { role: "screen" })
    const name = new URL(house.database ?? "").pathname.slice(1)
    const hears = (text: string) => () =>
      screen.events().some((event) => event.kind === "message" && JSON.stringify(event).includes(text))
    const found: string[] = []
    for (const text of ["Meanwhile once", "Meanwhile twice", "Meanwhile thrice"]) {
      // it hears nothing of what is said until it is connected again
      process.kill(other.pid, "SIGSTOP")
      await administer(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = '${name}' AND application_name = 'second'`,
      )
      await house.write(box, text)
      process.kill(other.pid, "SIGCONT")
      if (!(await comesTo(hears(text), 5_000))) found.push(`not live: ${text}`)
      await comesTo(async () => (await fetch(`${other.url}/health`)).ok, SOON)
    }
    await screen.close()
    return found
  },
}

const administer = async (statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: inject("postgresUrl") })
  await client.connect()
  const { rowCount } = await client.query(statement)
  await client.end()
  if (!rowCount) throw new Error("no connection was there to be cut off")
}

const twoRelays: Fault = {
  plan: { store: "postgres" },
  finds: /times: <mail-/,
  run: async (house) => {
    const relays = [house.relay, await house.start(true)]
    // they come out of the store, where either relay may take them
    house.sink.script.push(
      ...Array.from(
        { length: 10 },
        () => ({ kind: "refuse", at: "data", code: 451, text: "4.3.0 later" }) as const,
      ),
    )
    const ids: string[] = []
    for (let n = 0; n < 10; n += 1) ids.push((await house.mail(relays[n % 2])).id)
    const taken = () => house.sink.mails.filter(({ answered }) => answered === "accept")
    await comesTo(() => taken().length >= ids.length, SOON)
    await comesTo(() => queueIsEmpty(house), 5_000)
    const there = taken().map(({ raw }) => /Message-ID: (\S+)/i.exec(raw.toString())?.[1] ?? "")
    return [...lostOf(ids, there), ...twiceOf(there)]
  },
}

const killedInMidWork: Fault = {
  plan: { store: "postgres" },
  finds: /^late or lost/,
  run: async (house) => {
    const other = await house.start(true)
    house.sink.script.push({ kind: "hang" })
    const { id } = await house.mail(other)
    await house.sink.received(1)
    await other.kill()
    house.sink.mails.length = 0
    return arrive(house, [id])
  },
}

const stopped: Fault = {
  finds: /times: <mail-/,
  run: async (house) => {
    const ids: string[] = []
    const goOn = Promise.withResolvers<void>()
    for (let n = 0; n < 10; n += 1) house.sink.script.push({ kind: "accept", after: goOn.promise })
    for (let n = 0; n < 10; n += 1) ids.push((await house.mail()).id)
    await house.sink.received(10)
    // they are answered while it ends
    const ended = house.relay.stop()
    await comesTo(() => house.relay.output().includes('"ending"'), SOON)
    goOn.resolve()
    await ended
    await house.start()
    const missing = await arrive(house, ids)
    await comesTo(() => queueIsEmpty(house), SOON)
    return [...missing, ...twiceOf(house.out())]
  },
}

const clockSetBack: Fault = {
  plan: { wait: 3 },
  finds: /^late/,
  run: async (house) => {
    await house.write(await house.visitor(), "Is anybody there?")
    process.kill(house.relay.pid, "SIGUSR2")
    const came = await comesTo(() => house.sink.mails.length > 0, SOON)
    return came ? [] : ["late: the notice"]
  },
}

const notNow: Fault = {
  finds: /^late or lost/,
  run: async (house) => {
    house.sink.script.push({ kind: "refuse", at: "rcpt", code: 452, text: "4.2.2 mailbox full" })
    return arrive(house, [(await house.mail()).id])
  },
}

const never: Fault = {
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

const poison: Fault = {
  finds: /^late or lost/,
  run: async (house) => {
    house.sink.script.push({ kind: "refuse", at: "data", code: 451, text: "4.3.0 later" })
    await house.mail()
    await comesTo(() => house.sink.mails.length === 1, SOON)
    await house.relay.stop()
    house.db((db) => db.exec("UPDATE deliveries SET content = '{' WHERE state = 'queued'"))
    await house.start()
    await house.write(await house.visitor(), "And the others?")
    const came = await comesTo(
      () => house.sink.mails.some(({ raw }) => raw.includes("And the others?")),
      SOON,
    )
    return came ? [] : ["late or lost: the next mail"]
  },
}

export const FAULTS: Record<GuardName, Fault> = {
  "an answer only after the commit": kill,
  "a message is known again by its key": sentAgain,
  "a mail has one Message-ID for good": dropAfterDot,
  "what the disk does not take is not said to be stored": fullDisk,
  "who was cut off looks at what happened meanwhile": cutOff,
  "a mail that is being sent is nobody else's": twoRelays,
  "a claim ends with its lease": killedInMidWork,
  "who ends waits for what is under way": stopped,
  "the relay's clock never goes back": clockSetBack,
  "a 4xx is for now": notNow,
  "a 5xx is for good": never,
  "a mail that cannot be read stands in nobody's way": poison,
}
