import { describe, expect, test } from "vitest"
import { type InboundFacts, judgeInbound, recheckAt } from "../../relay/rules/inbound-mail.ts"
import { batchOf, foldedUntil } from "../../relay/rules/offline-notice.ts"
import { type Addressee, judgeRecipients, type RecipientFacts } from "../../relay/rules/recipients.ts"
import { answerDueAt } from "../../relay/rules/visitor-answer.ts"
import type { AgentId } from "../../shared/words/ids.ts"
import type { InboxMode } from "../../shared/words/nouns.ts"
import { HOUR, MINUTE, SECOND } from "../../shared/words/time.ts"

const agent = (name: string, change: Partial<Addressee> = {}): Addressee => ({
  id: `ag_${name}` as AgentId,
  name,
  address: `${name}@lamps.example`,
  setBy: null,
  setAt: null,
  redirect: null,
  notices: true,
  noticesAt: 7,
  ...change,
})
const ada = agent("ada")
const ben = agent("ben")
const facts = (change: Partial<RecipientFacts> = {}): RecipientFacts => ({
  audience: [ada, ben],
  admins: [ada],
  account: { notices: true, noticesAt: 3 },
  inbox: null,
  fallbacks: new Map(),
  ...change,
})
const to = (given: RecipientFacts) =>
  judgeRecipients(given).recipients.map((one) => [
    one.address,
    one.ways.map((way) => way.agent.name),
    one.inbox,
  ])
const info = (mode: InboxMode) => ({ address: "info@lamps.example", mode, setBy: "Ada", setAt: 9 })

describe("recipients", () => {
  test("each agent at their destination", () => {
    expect(to(facts())).toEqual([
      ["ada@lamps.example", ["ada"], false],
      ["ben@lamps.example", ["ben"], false],
    ])
  })

  test("a switch that is off withholds, and says whose and since when", () => {
    const judged = judgeRecipients(facts({ audience: [ada, agent("ben", { notices: false })] }))
    expect(judged.recipients.map((one) => one.address)).toEqual(["ada@lamps.example"])
    expect(judged.withheld.map((one) => one.reason)).toEqual([
      { code: "notifications-off", whose: "agent", since: 7 },
    ])
  })

  test("the account's switch withholds from everybody", () => {
    const judged = judgeRecipients(
      facts({
        account: { notices: false, noticesAt: 3 },
        inbox: info("instead-of"),
      }),
    )
    expect(judged.recipients).toEqual([])
    expect(judged.withheld.map((one) => one.reason.code)).toEqual(["notifications-off", "notifications-off"])
  })

  test("a general inbox along with the agents, or instead of them even where their switches are off", () => {
    expect(to(facts({ inbox: info("along-with") }))).toHaveLength(3)
    const off = [agent("ada", { notices: false }), ben]
    expect(to(facts({ audience: off, inbox: info("instead-of") }))).toEqual([
      ["info@lamps.example", ["ada", "ben"], true],
    ])
  })

  test("one address gets one mail, for all it stands for", () => {
    const shared = [
      agent("ada", { address: "info@lamps.example" }),
      agent("ben", { address: "info@lamps.example" }),
    ]
    expect(to(facts({ audience: shared, inbox: info("along-with") }))).toEqual([
      ["info@lamps.example", ["ada", "ben"], true],
    ])
  })

  test("agents A and B both redirect to info@: one mail, for both", () => {
    const both = [
      agent("ada", { redirect: info("instead-of") }),
      agent("ben", { redirect: info("instead-of") }),
    ]
    expect(to(facts({ audience: both }))).toEqual([["info@lamps.example", ["ada", "ben"], false]])
  })

  test("a redirect along with the destination: two mails; to another way of writing it: one", () => {
    expect(to(facts({ audience: [agent("ada", { redirect: info("along-with") })] }))).toEqual([
      ["ada@lamps.example", ["ada"], false],
      ["info@lamps.example", ["ada"], false],
    ])
    const same = { ...info("along-with"), address: "INFO@lamps.example" }
    const two = [agent("ada", { redirect: same }), agent("ben", { redirect: info("instead-of") })]
    expect(to(facts({ audience: two }))).toEqual([
      ["ada@lamps.example", ["ada"], false],
      ["INFO@lamps.example", ["ada", "ben"], false],
    ])
  })

  test("a switch that is off stops the redirect too", () => {
    const off = agent("ada", { notices: false, redirect: info("along-with") })
    expect(to(facts({ audience: [off, ben] }))).toEqual([["ben@lamps.example", ["ben"], false]])
  })

  test("an audience without an active agent: the inbox, else the admins, else nobody", () => {
    expect(to(facts({ audience: [], inbox: info("along-with") }))).toEqual([["info@lamps.example", [], true]])
    expect(to(facts({ audience: [] }))).toEqual([["ada@lamps.example", ["ada"], false]])
    expect(to(facts({ audience: [], admins: [] }))).toEqual([])
  })
})

describe("the batch", () => {
  const base = {
    uncoveredAt: 100,
    uncoveredMailAt: null,
    handedBackAt: null,
    there: false,
    thereUntil: null,
    notBefore: null,
    wait: 120,
  }
  test.each([
    ["all covered", { uncoveredAt: null }, { kind: "none" }],
    ["somebody there", { there: true }, { kind: "resting" }],
    ["nobody there", {}, { kind: "counting", t0: 100, dueAt: 220 }],
    ["somebody was there until later", { thereUntil: 150 }, { kind: "counting", t0: 150, dueAt: 270 }],
    ["handed back later", { thereUntil: 150, handedBackAt: 160 }, { kind: "counting", t0: 160, dueAt: 280 }],
    ["not before", { notBefore: 500 }, { kind: "counting", t0: 100, dueAt: 500 }],
    [
      "by mail, somebody there",
      { there: true, uncoveredMailAt: 110 },
      { kind: "counting", t0: 110, dueAt: 230 },
    ],
    [
      "by mail and chat, nobody there",
      { thereUntil: 90, uncoveredMailAt: 110 },
      { kind: "counting", t0: 100, dueAt: 220 },
    ],
  ])("%s", (_, change, batch) => expect(batchOf({ ...base, ...change })).toEqual(batch))

  test("the seventh mail of an hour waits until the first of the six is an hour old", () => {
    const sent = [0, 5, 10, 15, 20, 25].map((minutes) => minutes * MINUTE)
    expect(foldedUntil(sent, 30 * MINUTE)).toBe(HOUR)
    expect(foldedUntil(sent.slice(1), 30 * MINUTE)).toBeNull()
    expect(foldedUntil(sent, HOUR + 1)).toBeNull()
  })
})

describe("answers", () => {
  test("to a visitor by mail 60 s after the last tab closed, or after an answer that came later", () => {
    const facts = { oldestUnseenAt: 100 * SECOND, closedAt: 50 * SECOND, hasAddress: true }
    expect(answerDueAt(facts)).toBe(160 * SECOND)
    expect(answerDueAt({ ...facts, closedAt: 130 * SECOND })).toBe(190 * SECOND)
    expect(answerDueAt({ ...facts, closedAt: null })).toBeNull()
    expect(answerDueAt({ ...facts, hasAddress: false })).toBeNull()
    expect(answerDueAt({ ...facts, oldestUnseenAt: null })).toBeNull()
  })

  const mail: InboundFacts = {
    automatic: false,
    from: "ada@x.example",
    proof: { by: "dkim", domain: "x.example" },
    holder: "agent",
    tokenAddress: "ada@x.example",
    holderAddress: "ada@x.example",
  }
  test.each([
    ["from the holder", {}, "post"],
    ["from the holder, by their server", { proof: { by: "spf", domain: "x.example" } }, "post"],
    ["from the holder, where nobody looks", { proof: null }, "post"],
    ["automatic", { automatic: true }, "automatic"],
    ["automatic and forged", { automatic: true, proof: { by: "nothing" } }, "automatic"],
    ["from somebody else", { from: "eve@x.example" }, "other-sender"],
    ["from nobody, or several", { from: null }, "no-sender"],
    ["from an address the holder has no more", { holderAddress: "new@x.example" }, "former-address"],
    ["from a holder who is gone", { holderAddress: null }, "former-address"],
    ["with a forged From", { proof: { by: "nothing" } }, "not-proven"],
    ["with a From that nobody could check", { proof: { by: "open" } }, "not-proven-yet"],
    ["with the forged From of a shared inbox", { holder: "inbox", proof: { by: "nothing" } }, "not-proven"],
    ["from a visitor nobody vouches for", { holder: "visitor", proof: { by: "nothing" } }, "post"],
    ["from a visitor nobody could check", { holder: "visitor", proof: { by: "open" } }, "post"],
    ["from somebody else to a visitor's token", { holder: "visitor", from: "eve@x.example" }, "other-sender"],
  ] as [string, Partial<InboundFacts>, string][])("by mail, %s", (_, change, expected) => {
    const judgement = judgeInbound({ ...mail, ...change })
    expect(judgement.kind === "unconfirmed" ? judgement.why : judgement.kind).toBe(expected)
  })

  test("a sender that nobody could check is looked at again, ever more seldom, for a day", () => {
    const looks: number[] = []
    for (let now: number | null = 0; now !== null; now = recheckAt(0, now)) looks.push(now / MINUTE)
    expect(looks).toEqual([0, 2, 10, 60, 360, 1440])
    // a relay that was away meanwhile looks once, and goes on where it is
    expect(recheckAt(0, 30 * MINUTE)).toBe(60 * MINUTE)
  })
})
