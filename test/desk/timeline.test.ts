import { describe, expect, it } from "vitest"
import { type TimelineItem, timelineOf } from "../../shared/desk/timeline.ts"
import type {
  ConversationView,
  DeliveryView,
  MessageMailView,
  MessageView,
  VerdictView,
} from "../../shared/protocol/views.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import type { Reason } from "../../shared/words/reasons.ts"
import { DAY } from "../../shared/words/time.ts"
import { BEN, ME, message, ONE, TWO, view } from "./samples.ts"

const verdict = (seq: number, agentId: AgentId, reason: Reason): VerdictView => ({
  seq,
  agentId,
  agentName: agentId === ME ? "Ada" : "Ben",
  kind: "offline",
  reason,
  at: 0,
  deliveryId: null,
})
const mail = (createdAt: number) => ({ id: `dl_${createdAt}`, createdAt }) as unknown as DeliveryView
const items = (change: Partial<ConversationView>, pending: Parameters<typeof timelineOf>[1] = []) =>
  timelineOf(view(ONE, change), pending, ME, (at) => String(Math.floor(at / DAY)))
const short = (item: TimelineItem): string => {
  switch (item.kind) {
    case "message":
      return `${item.leads ? "+" : ""}${item.message.seq}${item.seen ? " seen" : ""}`
    case "mail":
      return `mail ${item.delivery.createdAt}`
    default:
      return item.kind
  }
}

describe("a timeline", () => {
  it("has mails between messages, names where the author changes, a line for each day", () => {
    const messages = [message(1), message(2), message(3, { author: "agent" }), message(4, { at: DAY + 1 })]
    expect(items({ messages, deliveries: [mail(2500)], visitorSeenSeq: 3 }).map(short)).toEqual([
      "day",
      "+1",
      "2",
      "mail 2500",
      "+3 seen",
      "day",
      "+4",
    ])
  })

  it("ends with this conversation's unsent answers, but for those that are shown already", () => {
    const answer = {
      key: "k",
      conversationId: ONE,
      text: "",
      at: 0,
      state: "waiting" as const,
      problem: null,
      seen: false,
    }
    const pending = [answer, { ...answer, seen: true }, { ...answer, conversationId: TWO }]
    expect(items({}, pending).map(short)).toEqual(["day", "+1", "pending"])
  })
})

describe("verdicts", () => {
  const shown = (verdicts: VerdictView[]) =>
    items({ messages: [message(1), message(2), message(3, { author: "agent" })], verdicts }).flatMap(
      (item) => (item.kind === "message" ? [item.verdicts.map(({ agentName }) => agentName)] : []),
    )
  const waiting: Reason = { code: "waiting", dueAt: 9 }

  it("of messages that follow each other stand once when they are the same", () => {
    expect(shown([verdict(1, ME, waiting), verdict(2, ME, waiting)])).toEqual([[], ["Ada"], []])
  })

  it("stand under each message when they differ", () => {
    const opened: Reason = { code: "opened", who: "Ben", at: 1 }
    expect(shown([verdict(1, ME, opened), verdict(2, ME, waiting)])).toEqual([["Ada"], ["Ada"], []])
  })

  it("of both kinds stand under one message, the latest first; one that differs in kind only is another", () => {
    const late = { ...verdict(2, ME, waiting), kind: "missed" as const, at: 5 }
    const seen = items({ messages: [message(1), message(2)], verdicts: [verdict(2, ME, waiting), late] })
    const kinds = seen.flatMap((item) =>
      item.kind === "message" ? [item.verdicts.map(({ kind }) => kind)] : [],
    )
    expect(kinds).toEqual([[], ["missed", "offline"]])
    expect(shown([{ ...verdict(1, ME, waiting), kind: "missed" }, verdict(2, ME, waiting)])).toEqual([
      ["Ada"],
      ["Ada"],
      [],
    ])
  })

  it("have one's own first", () => {
    expect(shown([verdict(1, BEN, waiting), verdict(1, ME, waiting)])[0]).toEqual(["Ada", "Ben"])
  })
})

describe("a timeline of mails", () => {
  const byMail = (seq: number, subject: string, change: Partial<MessageMailView> = {}) =>
    message(seq, {
      channel: "mail",
      mail: {
        from: "jana@customer.example",
        subject,
        to: "inbox@x.example",
        proof: null,
        more: 0,
        ...change,
      },
    })
  const heads = (messages: MessageView[]) =>
    items({ messages, channel: "mail" }).flatMap((item) =>
      item.kind === "message" ? [[item.subject, item.sender]] : [],
    )

  it("says a subject where it is another one, however often “Re:” stands before it", () => {
    expect(
      heads([
        byMail(1, "Lamps"),
        byMail(2, "Re: Lamps"),
        byMail(3, "AW: Re[2]: Lamps"),
        byMail(4, "Candles"),
        byMail(5, "Lamps"),
      ]).map(([subject]) => subject),
    ).toEqual(["Lamps", null, null, "Candles", "Lamps"])
  })

  it("says no subject of an answer to one of ours, nor of a chat message", () => {
    expect(heads([message(1), byMail(2, "Re: Answer to: hello", { to: null })])).toEqual([
      [null, false],
      [null, true],
    ])
  })

  it("says the sender once, and again where it is another, or vouched for otherwise", () => {
    const proof = { by: "dkim", domain: "customer.example" } as const
    expect(
      heads([
        byMail(1, "Lamps"),
        byMail(2, "Lamps"),
        byMail(3, "Lamps", { from: "petr@customer.example" }),
        byMail(4, "Lamps", { from: "petr@customer.example", proof }),
        byMail(5, "Lamps", { from: "petr@customer.example", proof }),
      ]).map(([, sender]) => sender),
    ).toEqual([true, false, true, true, false])
  })

  it("has the visitor's rating where it was given", () => {
    const rating = { good: true, words: null, agent: "Ada", at: 1500 }
    expect(items({ messages: [message(1), message(2)], rating }).map(({ kind }) => kind)).toEqual([
      "day",
      "message",
      "rating",
      "message",
    ])
  })

  it("has automatic mails where they came", () => {
    const automatic = { id: "im_1", from: null, subject: "Out of office", text: "", at: 1500 }
    const automaticMails = [automatic as unknown as ConversationView["automaticMails"][number]]
    expect(items({ messages: [message(1), message(2)], automaticMails }).map(short)).toEqual([
      "day",
      "+1",
      "automatic",
      "+2",
    ])
  })
})
