import { describe, expect, it } from "vitest"
import { tellKind, tellLight, tellReason, tellVerdict } from "../../shared/i18n/reasons/tell.ts"
import type { Told } from "../../shared/i18n/reasons/told.ts"
import { tellVisitorMail } from "../../shared/i18n/reasons/visitor-mail.ts"
import { CHANNELS, LANGUAGES, NOTICE_KINDS } from "../../shared/words/nouns.ts"
import { DELIVERY_OUTCOMES } from "../../shared/words/outcomes.ts"
import {
  type LightReason,
  type MailFacts,
  REASON_CODES,
  type Reason,
  type ReasonCode,
  type Route,
  routeOf,
} from "../../shared/words/reasons.ts"

const AT = Date.UTC(2026, 10, 21, 17, 40)
const ADDRESS = "ada@example.com"
const ANSWER = "550 5.1.1\n  no such user"

const MAIL: MailFacts = {
  sender: "Jana · Lumen Lamps",
  from: "r-abcdefgh@chat.example.com",
  subject: "Do you deliver to Brno?",
  messageId: "<dl.abc@chat.example.com>",
  envelopeFrom: "b-abc@chat.example.com",
  domain: "chat.example.com",
}
const ROUTE: Route = { forWhom: ["Ada"], via: "destination", setBy: null, setAt: null }
const MANY: Route = { forWhom: ["Ada", "Ben"], via: "inbox", setBy: "Olga", setAt: AT }

const SAMPLES: { [Code in ReasonCode]: Extract<Reason, { code: Code }>[] } = {
  waiting: [{ code: "waiting", dueAt: AT }],
  "present-on-device": [
    { code: "present-on-device", device: "Chrome on laptop", kind: "extension", lastBeatAt: AT },
    { code: "present-on-device", device: "Pixel 9", kind: "phone", lastBeatAt: AT },
    { code: "present-on-device", device: "", kind: "phone", lastBeatAt: AT },
    { code: "present-on-device", device: "", kind: "", lastBeatAt: AT },
  ],
  "back-online": [
    { code: "back-online", device: "Chrome on laptop", afterSeconds: 119 },
    { code: "back-online", device: "Chrome on laptop", afterSeconds: 2467 },
  ],
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
    { code: "sent-to", address: ADDRESS, at: AT, ...ROUTE },
    { code: "sent-to", address: ADDRESS, at: AT, ...ROUTE, setBy: "Olga", setAt: AT },
    { code: "sent-to", address: ADDRESS, at: AT, ...MANY },
    { code: "sent-to", address: ADDRESS, at: AT, ...MANY, via: "redirect" },
    { code: "sent-to", address: ADDRESS, at: AT, ...MANY, setBy: "" },
    { code: "sent-to", address: ADDRESS, at: AT, ...ROUTE, via: "redirect" },
    { code: "sent-to", address: ADDRESS, at: AT, ...ROUTE, forWhom: [] },
    { code: "sent-to", address: ADDRESS, at: AT, ...ROUTE, via: "fallback", setBy: "Olga", setAt: AT },
    { code: "sent-to", address: ADDRESS, at: AT, ...ROUTE, via: "fallback" },
  ],
  delivered: [
    { code: "delivered", address: ADDRESS, server: "mx.example.com", answer: "250 2.0.0 OK 1a2b", at: AT },
    {
      code: "delivered",
      address: ADDRESS,
      server: "gmail-smtp-in.l.google.com",
      answer: "250 2.0.0 OK  1763746800 5b1f17b1804b1-42b2a - gsmtp",
      at: AT,
      mail: MAIL,
      route: MANY,
    },
    {
      code: "delivered",
      address: ADDRESS,
      server: "lumen.mail.protection.outlook.com",
      answer: "250 2.6.0 <x> [InternalId=123, Hostname=A.prod.outlook.com] Queued mail for delivery",
      at: AT,
      mail: MAIL,
      route: ROUTE,
    },
  ],
  captured: [{ code: "captured", address: ADDRESS, at: AT, mail: MAIL, route: ROUTE }],
  deferred: [
    { code: "deferred", address: ADDRESS, answer: "451 try later", nextAt: AT, givesUpAt: AT },
    {
      code: "deferred",
      address: ADDRESS,
      answer: "451 Greylisted",
      nextAt: AT,
      givesUpAt: AT,
      why: "greylisted",
    },
    {
      code: "deferred",
      address: ADDRESS,
      answer: "452 slow",
      nextAt: AT,
      givesUpAt: AT,
      why: "rate-limited",
    },
    { code: "deferred", address: ADDRESS, answer: "refused", nextAt: AT, givesUpAt: AT, why: "connection" },
  ],
  "mailbox-full": [
    { code: "mailbox-full", address: ADDRESS, answer: ANSWER, nextAt: AT, at: AT },
    { code: "mailbox-full", address: ADDRESS, answer: ANSWER, nextAt: null },
    { code: "mailbox-full", address: ADDRESS, answer: ANSWER, nextAt: null, at: AT, bounced: true },
  ],
  "address-wrong": [
    { code: "address-wrong", address: ADDRESS, answer: ANSWER, at: AT },
    { code: "address-wrong", address: ADDRESS, answer: ANSWER, route: MANY },
  ],
  "domain-blocked": [
    { code: "domain-blocked", address: ADDRESS, answer: ANSWER },
    { code: "domain-blocked", address: ADDRESS, answer: ANSWER, at: AT, mail: MAIL, server: "mx.google.com" },
    { code: "domain-blocked", address: "ada@hotmail.com", answer: ANSWER, mail: MAIL },
    { code: "domain-blocked", address: ADDRESS, answer: "550 203.0.113.7 listed by Spamhaus", mail: MAIL },
  ],
  refused: [
    { code: "refused", address: ADDRESS, answer: ANSWER, kind: "too-large", at: AT, mail: MAIL },
    { code: "refused", address: ADDRESS, answer: ANSWER, kind: "policy" },
    { code: "refused", address: ADDRESS, answer: ANSWER, kind: "unknown" },
    {
      code: "refused",
      address: ADDRESS,
      answer: "connect: timed out",
      kind: "unreachable",
      at: AT,
      mail: MAIL,
    },
  ],
  folded: [
    { code: "folded", untilAt: AT },
    { code: "folded", untilAt: AT, address: ADDRESS },
  ],
  "other-group": [{ code: "other-group", group: "Returns" }],
  inactive: [{ code: "inactive", since: AT }],
  "no-destination": [{ code: "no-destination" }],
  dropped: [
    { code: "dropped", address: ADDRESS, by: "Olga", at: AT, mail: MAIL },
    { code: "dropped", address: ADDRESS, by: "Olga", note: "sent twice", at: AT, mail: MAIL },
  ],
  held: [{ code: "held", address: ADDRESS, by: "Olga", note: "sent twice", at: AT, mail: MAIL }],
  "nobody-online": [
    { code: "nobody-online", at: AT, dueAt: AT },
    { code: "nobody-online", at: AT, dueAt: null },
  ],
  "visitor-returned": [{ code: "visitor-returned", at: AT }],
  plan: [{ code: "plan", plan: "free", needed: "standard" }],
}

/** An answer that a server had taken, and that came back. */
const UNREACHED = { to: "jana@customer.example", answer: ANSWER, bouncedAt: AT, settledAt: AT, createdAt: AT }

const all = (told: Told): string => [told.text, told.todo ?? "", told.handOver ?? ""].join("\n")

describe.each(LANGUAGES)("reasons in %s", (language) => {
  it.each(REASON_CODES)("words %s and what to do about it", (code) => {
    for (const kind of NOTICE_KINDS) {
      for (const reason of SAMPLES[code]) {
        const told = tellReason(reason, language, "Europe/Prague", undefined, kind)
        expect(told.text).toMatch(/\.$|[”“»] ?\.?$/)
        expect(told.todo).toMatch(/[.?]$/)
        for (const value of [
          "who" in reason ? reason.who : [],
          "address" in reason ? (reason.address ?? []) : [],
          routeOf(reason)?.setBy ?? [],
        ].flat()) {
          expect(told.text).toContain(value)
        }
        expect(`${told.text}${told.todo}`).not.toMatch(/\n/)
        expect(all(told)).not.toMatch(/undefined|\bnull\b|[{}]/)
      }
    }
  })

  it("words a mail that did not reach its visitor, and no advice about one's own mailbox", () => {
    const own = Object.values(SAMPLES).flatMap((reasons) =>
      reasons.map((reason) => tellReason(reason, language, "UTC").todo),
    )
    const told = CHANNELS.flatMap((channel) =>
      DELIVERY_OUTCOMES.map((outcome) =>
        tellVisitorMail({ ...UNREACHED, outcome }, channel, language, "UTC"),
      ),
    )
    for (const { text, todo } of told) {
      expect(text).toContain(UNREACHED.to)
      expect(text).toContain("550 5.1.1 no such user")
      expect(todo).toMatch(/\.$/)
      expect(own).not.toContain(todo)
      expect(`${text}${todo}`).not.toMatch(/\n|undefined|\bnull\b|[{}]/)
    }
    // Each says something of its own; what a chat says of its box, a mail does not.
    expect(new Set(told.map(({ todo }) => todo)).size).toBe(2 * 4)
    for (const other of LANGUAGES) {
      if (other === language) continue
      const [{ todo }] = [tellVisitorMail({ ...UNREACHED, outcome: "policy" }, "chat", other, "UTC")]
      expect(told.map((one) => one.todo)).not.toContain(todo)
    }
  })

  it("says it in no other language's words", () => {
    for (const code of REASON_CODES)
      for (const reason of SAMPLES[code])
        for (const other of LANGUAGES) {
          if (other === language) continue
          const [own, theirs] = [tellReason(reason, language, "UTC"), tellReason(reason, other, "UTC")]
          expect(own.text).not.toBe(theirs.text)
          expect(own.todo).not.toBe(theirs.todo)
          if (own.handOver !== null) expect(own.handOver).not.toBe(theirs.handOver)
        }
  })
})

it("says who, when and where, in the reader's zone", () => {
  const said = (reason: Reason) => tellReason(reason, "en", "Europe/Prague").text
  expect(said(SAMPLES["present-on-device"][0]!)).toBe(
    "You were there when it came: Chrome on laptop was in use (last sign at 21 Nov, 18:40).",
  )
  expect(said(SAMPLES["present-on-device"][1]!)).toContain("the phone Pixel 9 was in use")
  expect(said(SAMPLES["present-on-device"][2]!)).toContain("a phone was in use")
  expect(said(SAMPLES["present-on-device"][3]!)).toContain("a device was in use")
  expect(said(SAMPLES["colleague-online"][1]!)).toBe(
    "Ben and Cleo were there to answer it, in the group Returns.",
  )
  expect(said(SAMPLES["address-wrong"][0]!)).toBe(
    "The address ada@example.com does not exist; the server said: “550 5.1.1 no such user”. That was at 21 Nov, 18:40.",
  )
})

it("says where the mail went, for whom, and who set that", () => {
  const said = (reason: Reason) => tellReason(reason, "en", "UTC").text
  expect(said(SAMPLES["sent-to"][0]!)).toBe(
    "A mail about it went into the queue to ada@example.com (21 Nov, 17:40).",
  )
  expect(said(SAMPLES["sent-to"][2]!)).toMatch(
    /It is one mail for Ada and Ben\. That is the general inbox, set by Olga \(21 Nov, 17:40\)\.$/,
  )
  // Kept through what becomes of it: the address of that time, whatever the settings say now.
  expect(said(SAMPLES.delivered[1]!)).toMatch(
    /It is one mail for Ada and Ben\. That is the general inbox, set by Olga/,
  )
})

it("says that a report came after the server had taken it", () => {
  const said = (reason: Reason) => tellReason(reason, "en", "UTC").text
  expect(said(SAMPLES["mailbox-full"][2]!)).toMatch(
    /no such user”\. The server took it at first; the report that it was not delivered came back at 21 Nov, 17:40\.$/,
  )
  expect(said(SAMPLES["mailbox-full"][0]!)).not.toContain("at first")
})

it("says of an answer that came back whose address that is, and where the answer is", () => {
  const mail = { ...UNREACHED, outcome: "address-wrong" } as const
  expect(tellVisitorMail(mail, "chat", "en", "UTC")).toEqual({
    text: "The address jana@customer.example does not exist; the server said: “550 5.1.1 no such user”. The server took it at first; the report that it was not delivered came back at 21 Nov, 17:40.",
    todo: "That is the visitor’s address. What you wrote is in their chat box: when they are back, ask for another address. It may be mistyped.",
  })
  const full = { ...UNREACHED, outcome: "mailbox-full", bouncedAt: null } as const
  expect(tellVisitorMail(full, "mail", "en", "UTC")).toEqual({
    text: "The mailbox jana@customer.example is full; the server said: “550 5.1.1 no such user”. That was at 21 Nov, 17:40.",
    todo: "That is the visitor’s address, and they know of no answer: reach them some other way, or wait for them to write again. An admin can try it again under “Mail queue”.",
  })
})

it("links to where it is changed, for whose it is", () => {
  const link = (reason: Reason) => tellReason(reason, "en").link
  expect(SAMPLES["notifications-off"].map(link)).toEqual(["profile", "admin-notices"])
  expect(link(SAMPLES["sent-to"][0]!)).toBe("profile")
  expect(link(SAMPLES["sent-to"][2]!)).toBe("admin-notices")
  expect(link(SAMPLES.plan[0]!)).toBe("admin-plan")
  expect(link(SAMPLES["domain-blocked"][0]!)).toBe("allow")
  expect(SAMPLES.refused.map(link)).toEqual([null, "allow", null, null])
  expect(link(SAMPLES.waiting[0]!)).toBeNull()
})

it("speaks of the notices of missed conversations where they have their own switch", () => {
  const [reason] = SAMPLES["notifications-off"]
  expect(tellVerdict({ reason: reason!, agentName: "Ada", kind: "missed" }, "en", "UTC").text).toBe(
    "Your own notices of missed conversations have been off since 21 Nov, 17:40.",
  )
  expect(tellVerdict({ reason: reason!, agentName: "Ada", kind: "offline" }, "en", "UTC").text).toBe(
    "Your own notices have been off since 21 Nov, 17:40.",
  )
  expect(NOTICE_KINDS.map((kind) => tellKind(kind, "en"))).toEqual(["offline notice", "missed conversation"])
})

describe("the text for a mail admin", () => {
  const text = (reason: Reason) => tellReason(reason, "en", "Europe/Prague").handOver ?? ""

  it("has by what a delivered mail is found in a log", () => {
    expect(text(SAMPLES.delivered[1]!).split("\n")).toEqual([
      "A mail to ada@example.com was accepted by the mail server, and is in no folder there.",
      "",
      "When: 21 Nov, 18:40 (Europe/Prague)",
      "Mail server: gmail-smtp-in.l.google.com",
      "Its answer: 250 2.0.0 OK 1763746800 5b1f17b1804b1-42b2a - gsmtp",
      "Its number for the mail: 5b1f17b1804b1-42b2a",
      "From: Jana · Lumen Lamps <r-abcdefgh@chat.example.com>",
      "Envelope sender: b-abc@chat.example.com",
      "Subject: Do you deliver to Brno?",
      "Message-ID: <dl.abc@chat.example.com>",
      "Signed by (DKIM): d=chat.example.com",
    ])
  })

  it("says what to allow, on that kind of server", () => {
    const [plain, google, microsoft, listed] = SAMPLES["domain-blocked"].map(text)
    expect(google).toContain("Please allow mail from the domain chat.example.com")
    expect(google).toContain("Google Workspace: Admin console")
    expect(microsoft).toContain("security.microsoft.com")
    expect(listed).toContain("203.0.113.7")
    expect(listed).toContain("block list Spamhaus")
    expect(listed).toContain("on other servers: put chat.example.com")
    // An old verdict does not know the domain: it names none.
    expect(plain).not.toContain("Please allow")
  })

  it("is not there where nobody has anything to look up", () => {
    for (const code of ["waiting", "opened", "captured", "deferred", "address-wrong", "plan"] as const)
      expect(SAMPLES[code].map((reason) => tellReason(reason, "en").handOver)).toEqual(
        SAMPLES[code].map(() => null),
      )
  })
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
          { name: "Ada", why: "unavailable", since: AT, until: null },
          { name: "Ben", why: "gone", since: null, until: null },
        ],
      }),
    ).toBe("Light off: Ada has been set to unavailable since 21 Nov, 17:40; Ben is away")
    expect(
      said({
        code: "nobody-online",
        agents: [
          { name: "Ada", why: "unavailable", since: AT, until: AT },
          { name: "Ben", why: "hours-closed", since: null, until: AT },
          { name: "Cleo", why: "hours-closed", since: null, until: null },
        ],
      }),
    ).toBe(
      "Light off: Ada is set to unavailable until 21 Nov, 17:40; " +
        "Ben is outside office hours, which open again at 21 Nov, 17:40; Cleo is outside office hours",
    )
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
