import { expect, it } from "vitest"
import { blockListIn, namedIp, providerOf, queueIdOf } from "../../shared/i18n/reasons/mail-server.ts"

it.each([
  ["250 2.0.0 Ok: queued as 4ZxYkQ1b2czJ", "4ZxYkQ1b2czJ"],
  ["250 OK id=1rKq2W-0001ab-Cd", "1rKq2W-0001ab-Cd"],
  ["250 2.0.0 OK  1763746800 5b1f17b1804b1-42b2a7 - gsmtp", "5b1f17b1804b1-42b2a7"],
  ["250 2.6.0 <x@y> [InternalId=8950011, Hostname=A.prod.outlook.com] Queued mail for delivery", "8950011"],
  ["250 2.0.0 4ABC123x012345 Message accepted for delivery", null],
  ["250 Ok", null],
])("the number in “%s” is %s", (answer, id) => {
  expect(queueIdOf(answer)).toBe(id)
})

it.each([
  ["gmail-smtp-in.l.google.com", "250 ok", "ada@lamps.example", "google"],
  [null, "250 2.0.0 OK - gsmtp", "ada@lamps.example", "google"],
  ["127.0.0.1", "250 ok", "ada@gmail.com", "google"],
  ["lamps.mail.protection.outlook.com", "250 ok", "ada@lamps.example", "microsoft"],
  ["127.0.0.1", "250 ok", "ada@hotmail.co.uk", "microsoft"],
  ["mx.lamps.example", "250 ok", "ada@lamps.example", "other"],
  ["mx.lamps.example", "250 ok", "google@lamps.example", "other"],
] as const)("%s saying “%s” for %s is a server of %s", (server, answer, address, provider) => {
  expect(providerOf({ server, answer, address })).toBe(provider)
})

it("the address we sent from is what a refusal names", () => {
  expect(namedIp("550 5.7.1 [203.0.113.7] is blocked")).toBe("203.0.113.7")
  expect(namedIp("550 5.7.1 Our system has detected 2001:db8::7 as")).toBe("2001:db8::7")
  expect(namedIp("550 5.7.1 Message rejected at 18:40:00")).toBeNull()
  expect(namedIp("550 5.7.606 Access denied")).toBeNull()
})

it("the block list that an answer names", () => {
  expect(
    blockListIn("550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.spamhaus.org"),
  ).toBe("Spamhaus")
  expect(blockListIn("550 5.7.1 refused")).toBeNull()
})
