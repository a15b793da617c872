import { expect } from "vitest"
import { api } from "../kit/api.ts"
import type { RelayProcess } from "../kit/relay-process.ts"
import type { SinkMail, SmtpSink } from "../kit/smtp-sink.ts"
import { messageIdOf, replyPartOf } from "../kit/sunk-mail.ts"
import { until } from "../kit/until.ts"
import { connectVisitor, ofType } from "../kit/visitor-socket.ts"
import { findFaults, type Ledger, newLedger, repeated } from "./ledger.ts"
import type { Scene } from "./scene.ts"
import { messageIdFor, sendBack, type Target, writeChats, writeMails, writeTo } from "./writers.ts"

const CHAT_WRITERS = 4
const MAIL_WRITERS = 4
const FORWARD_WRITERS = 3
const INBOX_WRITERS = 1

/** What is written at a relay, all at once, and what of it was acknowledged. */
export interface Load {
  /** Texts that are messages in the end, each once. */
  messages: Ledger
  /** Texts of mails to an agent's name, which go on. */
  forwards: Ledger
  /** Mails of ours that were sent back. */
  bounces: Ledger
  /** Chats, answers by mail and forwards were acknowledged since they were last marked. */
  comesIn(): boolean
  /** Forgets what came in until now, for `comesIn`. */
  mark(): void
  end(): Promise<void>
}

/** Visitors ask, and the notices that come of it give mail programs something to answer. */
const openReplies = async (
  target: Target,
  sink: SmtpSink,
  ledger: Ledger,
  run: string,
): Promise<string[]> => {
  const tokens: string[] = []
  for (let n = 0; n < MAIL_WRITERS; n++) {
    const text = `${run} question ${n}.`
    ledger.sent.add(text)
    const visitor = await connectVisitor({ url: target.url, siteKey: target.siteKey })
    visitor.send({ type: "open", language: "en", zone: "UTC" })
    await visitor.push(ofType("you"))
    visitor.send({ type: "write", key: `${run}-question-${n}`.replaceAll(" ", "-"), text, page: null })
    await visitor.push(ofType("ack"))
    ledger.acknowledged.add(text)
    await visitor.close()
    const notice = await until(`the notice of ${text}`, () =>
      sink.mails.find((mail) => mail.raw.includes(text) && replyPartOf(mail) !== ""),
    )
    tokens.push(replyPartOf(notice))
  }
  return tokens
}

/** `run` is part of every text, for several loads on one relay; `agent`: address and name of who is written to. */
export const startLoad = async (
  target: Target,
  sink: SmtpSink,
  agent: { address: string; name: string },
  run: string,
): Promise<Load> => {
  const messages = newLedger()
  const forwards = newLedger()
  const bounces = newLedger()
  const tokens = await openReplies(target, sink, messages, run)
  const ending = new AbortController()
  const { signal } = ending
  const each = (count: number, start: (n: number) => Promise<void>) =>
    Array.from({ length: count }, (_, n) => start(n))
  const writers = [
    ...each(CHAT_WRITERS, (n) => writeChats(target, `${run} chat ${n}`, messages, signal)),
    ...tokens.map((token, n) =>
      writeMails(target, token, agent.address, `${run} mail ${n}`, messages, signal),
    ),
    ...each(INBOX_WRITERS, (n) => writeTo(target, "inbox", `${run} inbox ${n}`, messages, signal)),
    ...each(FORWARD_WRITERS, (n) => writeTo(target, agent.name, `${run} forward ${n}`, forwards, signal)),
    sendBack(target, () => sink.mails.at(-1), bounces, signal),
  ]
  const counts = (): number[] => {
    const texts = [...messages.acknowledged]
    const of = (kind: string): number => texts.filter((text) => text.startsWith(`${run} ${kind}`)).length
    return [of("chat"), of("mail"), forwards.acknowledged.size]
  }
  let before = counts()
  return {
    messages,
    forwards,
    bounces,
    comesIn: () => counts().every((count, kind) => count > before[kind]!),
    mark: () => {
      before = counts()
    },
    end: async () => {
      ending.abort()
      await Promise.all(writers)
    },
  }
}

interface Health {
  queue: { mails: number }
  decisions: { oldestDueMs: number }
}

/** Everything that is due is decided and mailed. */
export const settled = (relay: RelayProcess): Promise<true> =>
  until(
    "everything due is decided and mailed",
    async () => {
      const { queue, decisions } = await api<Health>(relay, "GET", "/health")
      return queue.mails === 0 && decisions.oldestDueMs === 0
    },
    // What was under way when a relay died is claimed until its lease of 60 s ends.
    90_000,
  )

/** One mail of ours, however often it came: its envelope sender is made for it. */
const deliveryOf = ({ from, to, raw }: SinkMail): string =>
  from || `${to.join()} ${messageIdOf({ raw } as SinkMail)}`

/**
 * Compares what was acknowledged with what is there and what went out. Gives how often mails came again that had
 * come before: a mail under way when a relay dies may, as the same mail.
 */
export const compare = async (
  scene: Scene,
  loads: readonly Load[],
): Promise<{ copies: number; out: number }> => {
  const together = (pick: (load: Load) => Ledger): Ledger => ({
    sent: new Set(loads.flatMap((load) => [...pick(load).sent])),
    acknowledged: new Set(loads.flatMap((load) => [...pick(load).acknowledged])),
  })
  const nothing = { lost: [], twice: [], strange: [] }
  expect(
    findFaults(
      together((load) => load.messages),
      await scene.stored(),
    ),
  ).toEqual(nothing)

  // A client that heard no answer sends its mail again, and it goes on again: twice is the relay's only where the
  // delivery is the same.
  const { mails } = scene.sink
  const ids = new Set(mails.map(messageIdOf))
  const forwards = together((load) => load.forwards)
  expect([...forwards.acknowledged].filter((text) => !ids.has(messageIdFor(text)))).toEqual([])

  const failed = new Set(await scene.failed())
  const bounces = together((load) => load.bounces)
  expect([...bounces.acknowledged].filter((id) => !failed.has(id))).toEqual([])
  expect([...failed].filter((id) => !bounces.sent.has(id))).toEqual([])

  const again = repeated(mails.map(deliveryOf))
  const pairs = new Set(mails.map((mail) => `${deliveryOf(mail)} ${messageIdOf(mail)}`))
  expect(pairs.size, "a mail that comes again has the same Message-ID").toBe(
    new Set(mails.map(deliveryOf)).size,
  )
  const copies = again.reduce((sum, [, count]) => sum + count - 1, 0)
  return { copies, out: mails.length - copies }
}
