import { createECDH, randomBytes } from "node:crypto"
import { describe, expect, it } from "vitest"
import type { ClaimedPush } from "../../relay/actions/claim-pushes.ts"
import { makePushKeys, pushSubject, readPushKeys, resultOf } from "../../relay/work/push.ts"
import { headersFor, payloadOf } from "../../relay/work/push-request.ts"
import { MINUTE } from "../../shared/words/time.ts"

const NOW = 1_000_000
const message = { kind: "message", visitor: "Eve", site: "Lamps", text: "Hello", at: NOW } as const

const claim = (change: Partial<ClaimedPush> = {}): ClaimedPush => ({
  accountId: "ac_a" as never,
  conversationId: "co_abcdefghijklmnopqrst" as never,
  deviceId: "de_a" as never,
  agentId: "ag_a" as never,
  attempt: 1,
  subscription: {
    endpoint: "https://push.example/x",
    keys: {
      p256dh: createECDH("prime256v1").generateKeys("base64url"),
      auth: randomBytes(16).toString("base64url"),
    },
  },
  language: "cs",
  givesUpAt: NOW + MINUTE,
  what: message,
  ...change,
})

describe("what a push service's answer means", () => {
  it.each([
    [201, "sent"],
    [200, "sent"],
    [404, "gone"],
    [410, "gone"],
    [400, "refused"],
    [403, "refused"],
    [413, "refused"],
    [301, "refused"],
    [429, "refused, later"],
    [500, "refused, later"],
    [503, "refused, later"],
  ])("%i: %s", (status, meaning) => {
    const result = resultOf({ status, text: " why \n so " })
    const said = result.kind === "sent" ? "sent" : `${result.failure}${result.later ? ", later" : ""}`
    expect(said).toBe(meaning)
    if (result.kind === "failed") expect(result.answer).toBe(`${status} why so`)
  })
})

describe("a push", () => {
  it("names visitor and site in the agent's language, and says few words", () => {
    expect(payloadOf(claim())).toEqual({
      type: "message",
      lang: "cs",
      conversation: "co_abcdefghijklmnopqrst",
      title: "Eve · Lamps",
      text: "Hello",
      at: NOW,
    })
    const unnamed = payloadOf(claim({ what: { ...message, visitor: "", text: "🏮".repeat(300) } }))
    expect(unnamed).toMatchObject({ title: "Návštěvník · Lamps", text: `${"🏮".repeat(159)}…` })
  })

  it("has an end, an urgency and the conversation's topic; a test has none", () => {
    const keys = { ...readPushKeys(makePushKeys()), subject: "mailto:a@b.example" }
    const read = (of: ClaimedPush) => headersFor(of, payloadOf(of), keys, NOW).headers
    expect(read(claim())).toMatchObject({
      TTL: "60",
      Urgency: "high",
      Topic: "co_abcdefghijklmnopqrst",
      "Content-Encoding": "aes128gcm",
    })
    expect(read(claim({ what: { kind: "close" } })).Urgency).toBe("normal")
    const test = read(claim({ conversationId: "", what: { kind: "test", account: "Lamps" }, givesUpAt: 0 }))
    expect(test).toMatchObject({ TTL: "0" })
    expect(test.Topic).toBeUndefined()
  })

  it("says whom a push service can turn to", () => {
    expect(pushSubject("https://chat.example.com", "chat.example")).toBe("https://chat.example.com")
    expect(pushSubject("http://127.0.0.1:8420", "chat.example")).toBe("mailto:postmaster@chat.example")
  })
})
