import { describe, expect, it } from "vitest"
import { tellLight, tellReason } from "../../shared/i18n/reasons/tell.ts"
import { LANGUAGES } from "../../shared/words/nouns.ts"
import { type LightReason, REASON_CODES, type Reason, type ReasonCode } from "../../shared/words/reasons.ts"

const AT = Date.UTC(2026, 10, 21, 17, 40)
const ADDRESS = "ada@example.com"
const ANSWER = "550 5.1.1\n  no such user"

const SAMPLES: { [Code in ReasonCode]: Extract<Reason, { code: Code }>[] } = {
  waiting: [{ code: "waiting", dueAt: AT }],
  "present-on-device": [
    { code: "present-on-device", device: "Chrome on laptop", kind: "extension", lastBeatAt: AT },
    { code: "present-on-device", device: "", kind: "", lastBeatAt: AT },
  ],
  "back-online": [{ code: "back-online", device: "Chrome on laptop", afterSeconds: 119 }],
  "colleague-online": [
    { code: "colleague-online", who: ["Ben"], group: null },
    { code: "colleague-online", who: ["Ben", "Cleo"], group: "Returns" },
  ],
  opened: [{ code: "opened", who: "Ben", at: AT }],
  joined: [{ code: "joined", who: "Ben", at: AT }],
  "notifications-off": [
    { code: "notifications-off", whose: "agent", since: AT },
    { code: "notifications-off", whose: "account", since: AT },
  ],
  "sent-to": [
    { code: "sent-to", address: ADDRESS, forWhom: ["Ada"], at: AT },
    { code: "sent-to", address: ADDRESS, forWhom: ["Ada", "Ben"], at: AT },
    { code: "sent-to", address: ADDRESS, forWhom: [], at: AT },
  ],
  delivered: [
    { code: "delivered", address: ADDRESS, server: "mx.example.com", answer: "250 2.0.0 OK 1a2b", at: AT },
  ],
  captured: [{ code: "captured", address: ADDRESS, at: AT }],
  deferred: [{ code: "deferred", address: ADDRESS, answer: "451 try later", nextAt: AT, givesUpAt: AT }],
  "mailbox-full": [
    { code: "mailbox-full", address: ADDRESS, answer: ANSWER, nextAt: AT },
    { code: "mailbox-full", address: ADDRESS, answer: ANSWER, nextAt: null },
  ],
  "address-wrong": [{ code: "address-wrong", address: ADDRESS, answer: ANSWER }],
  "domain-blocked": [{ code: "domain-blocked", address: ADDRESS, answer: ANSWER }],
  refused: [
    { code: "refused", address: ADDRESS, answer: ANSWER, kind: "too-large" },
    { code: "refused", address: ADDRESS, answer: ANSWER, kind: "policy" },
    { code: "refused", address: ADDRESS, answer: ANSWER, kind: "unknown" },
  ],
  folded: [{ code: "folded", untilAt: AT }],
  "other-group": [{ code: "other-group", group: "Returns" }],
  inactive: [{ code: "inactive", since: AT }],
  "no-destination": [{ code: "no-destination" }],
  dropped: [{ code: "dropped", address: ADDRESS, by: "Olga" }],
}

describe.each(LANGUAGES)("reasons in %s", (language) => {
  it.each(REASON_CODES)("words %s and what to do about it", (code) => {
    for (const reason of SAMPLES[code]) {
      const { text, todo } = tellReason(reason, language, "Europe/Prague")
      expect(text).toMatch(/\.$|[”“»] ?\.?$/)
      expect(todo).toMatch(/[.?]$/)
      for (const value of [
        "who" in reason ? reason.who : [],
        "address" in reason ? reason.address : [],
      ].flat()) {
        expect(text).toContain(value)
      }
      expect(`${text}${todo}`).not.toMatch(/undefined|null|\n|[{}]/)
    }
  })
})

it("says who, when and where, in the reader's zone", () => {
  const said = (reason: Reason) => tellReason(reason, "en", "Europe/Prague").text
  expect(said(SAMPLES["present-on-device"][0]!)).toBe(
    "You were there when it came: Chrome on laptop was in use (last sign at 21 Nov, 18:40).",
  )
  expect(said(SAMPLES["present-on-device"][1]!)).toContain("a device was in use")
  expect(said(SAMPLES["colleague-online"][1]!)).toBe(
    "Ben and Cleo were there to answer it, in the group Returns.",
  )
  expect(said(SAMPLES["address-wrong"][0]!)).toBe(
    "The address ada@example.com does not exist; the server said: “550 5.1.1 no such user”.",
  )
})

describe("the light", () => {
  const held = (
    agents: Partial<Extract<LightReason, { code: "held-by" }>["agents"][number]>[],
  ): LightReason => ({
    code: "held-by",
    agents: agents.map((agent) => ({
      name: "Ada",
      device: "Chrome on laptop",
      presence: "present",
      until: null,
      busy: false,
      ...agent,
    })),
  })
  const said = (reason: LightReason) => tellLight(reason, "en", "UTC")

  it("names who holds it, with which device", () => {
    expect(said(held([{}]))).toBe("Light on: Ada, by Chrome on laptop")
    expect(said(held([{ presence: "fading", until: AT }]))).toBe(
      "Light on: Ada, by Chrome on laptop (just left; counts until 17:40)",
    )
    expect(said(held([{ presence: "reachable", device: "Pixel", busy: true }]))).toBe(
      "Light on: Ada, by Pixel (phone within reach), busy",
    )
    expect(said(held([{}, { name: "Ben" }, { name: "Cleo" }, { name: "Dan" }, { name: "Eve" }]))).toMatch(
      /; Cleo, by Chrome on laptop; and 2 more$/,
    )
  })

  it("says what is missing while it is off", () => {
    expect(said({ code: "nobody-online", agents: [] })).toBe("Light off: nobody is online")
    expect(
      said({
        code: "nobody-online",
        agents: [
          { name: "Ada", why: "unavailable", since: AT },
          { name: "Ben", why: "gone", since: null },
        ],
      }),
    ).toBe("Light off: Ada has been set to unavailable since 21 Nov, 17:40; Ben is away")
    expect(said({ code: "no-agents" })).toMatch(/no active agent/)
  })

  it.each(LANGUAGES)("is worded in %s", (language) => {
    for (const reason of [
      held([{}, { presence: "fading", until: AT }, { presence: "reachable", busy: true }]),
    ]) {
      expect(tellLight(reason, language, "UTC")).toContain("Ada")
    }
    expect(tellLight({ code: "no-agents" }, language)).not.toBe("")
  })
})

it.each(["en", "cs", "de", "es", "fr"] as const)(
  "who did it themselves is told so, in %s, and not sent to ask",
  (language) => {
    for (const code of ["opened", "joined"] as const) {
      const reason = { code, who: "Ada", at: 0 }
      const own = tellReason(reason, language, "UTC", "Ada")
      expect(own.text).not.toContain("Ada")
      expect(own.todo).toBeNull()
      expect(tellReason(reason, language, "UTC", "Ben").text).toContain("Ada")
    }
  },
)
