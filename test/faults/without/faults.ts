import { findFaults, newLedger } from "../ledger.ts"
import { agentIsThere, mailIsDue, setBack } from "./clocks.ts"
import { cutOff, databaseStopped, lineCut } from "./databases.ts"
import { failingSyncs, fileLimit, fullDisk, operatorsFile } from "./disks.ts"
import { arrive, type Fault, lostOf, SOON, twiceOf } from "./fault.ts"
import type { GuardName } from "./guards.ts"
import { AGENT, comesTo, type House, queueIsEmpty } from "./house.ts"
import { dropAfterDot, hang, never, notNow, someRecipients } from "./next-server.ts"

const messagesOf = (house: House): string[] =>
  house
    .db((db) => db.prepare<[], { text: string }>("SELECT text FROM messages").all())
    .map(({ text }) => text)

const kill: Fault = {
  row: "kill -9",
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
  row: "kill -9",
  finds: /^2 times: Hello\?/,
  run: async (house) => {
    const box = await house.visitor()
    await house.write(box, "Hello?", "the-very-same-key")
    box.pushes.length = 0
    await house.write(box, "Hello?", "the-very-same-key")
    return twiceOf(messagesOf(house))
  },
}

const twoRelays: Fault = {
  row: "one of two relays",
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
    await comesTo(() => house.taken().length >= ids.length, SOON)
    await comesTo(() => queueIsEmpty(house), 5_000)
    return [...lostOf(ids, house.taken()), ...twiceOf(house.taken())]
  },
}

const killedInMidWork: Fault = {
  row: "one of two relays killed in mid-work",
  plan: { store: "postgres" },
  finds: /^late or lost/,
  run: async (house) => {
    const other = await house.start(true)
    house.sink.script.push({ kind: "hang" })
    const { id } = await house.mail(other)
    await house.sink.received(1)
    await other.kill()
    return arrive(house, [id])
  },
}

const stopped: Fault = {
  row: "SIGTERM under load",
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
    return [...missing, ...twiceOf(house.taken())]
  },
}

const poison: Fault = {
  row: "a poison message",
  finds: /^late or lost/,
  run: async (house) => {
    house.sink.answerFor.set(AGENT, { kind: "refuse", at: "data", code: 451, text: "4.3.0 later" })
    await house.mail()
    await comesTo(() => house.sink.mails.length > 0, SOON)
    await house.relay.stop()
    house.sink.answerFor.clear()
    // due before whatever comes after it
    const { changes } = house.db((db) =>
      db.prepare("UPDATE deliveries SET content = '{', next_at = 0 WHERE state = 'queued'").run(),
    )
    if (changes !== 1) throw new Error(`${changes} mails were there to be spoilt`)
    await house.start()
    await house.write(await house.visitor(), "And the others?")
    const came = await comesTo(
      () => house.sink.mails.some(({ raw }) => raw.includes("And the others?")),
      SOON,
    )
    return came ? [] : ["late or lost: the next mail"]
  },
}

/** What each guard is against: every fault is done to a relay that has it, and to one that has not. */
export const FAULTS: Record<GuardName, readonly Fault[]> = {
  "an answer only after the commit": [kill, databaseStopped],
  "a message is known again by its key": [sentAgain],
  "a mail has one Message-ID for good": [dropAfterDot],
  "what the disk does not take is not said to be stored": [fullDisk, fileLimit],
  "a mail to the operator is answered when its file is whole": [operatorsFile],
  "a commit is written through when it is answered": [failingSyncs],
  "who was cut off looks at what happened meanwhile": [cutOff],
  "a line that says nothing is given up": [lineCut],
  "what was at the other end of a dead line is ended": [lineCut],
  "a mail that is being sent is nobody else's": [twoRelays],
  "a claim ends with its lease": [killedInMidWork],
  "who ends waits for what is under way": [stopped],
  "the relay's clock never goes back": [setBack],
  "after a gap nothing is decided before it is made good for": [mailIsDue],
  "who was there before a gap is held": [agentIsThere],
  "what fell due in a gap waits for who comes back": [mailIsDue],
  "a 4xx is for now": [notNow],
  "a 5xx is for good": [never],
  "a server that says nothing is given up on": [hang],
  "each recipient of a mail is settled alone": [someRecipients],
  "a mail that cannot be read stands in nobody's way": [poison],
}
