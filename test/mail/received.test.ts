import { expect, it } from "vitest"
import { allOf, readHeader } from "../../relay/mail/header.ts"
import { cameFrom } from "../../relay/mail/received.ts"
import { receivedField } from "../../relay/smtp/trace.ts"

const isGateway = (address: string): boolean => address.startsWith("10.") || address === "::1"
const HELO = "mx.shop.example"

it.each([
  [
    "Postfix",
    `from ${HELO} (unknown [192.0.2.1]) by gw.example (Postfix) with ESMTPS id 4; Sat, 21 Nov 2026 10:00:00 +0000`,
  ],
  [
    "Exim",
    `from ${HELO} ([192.0.2.1]) by gw.example with esmtps (TLS1.3) (Exim 4.98) id 1; Sat, 21 Nov 2026`,
  ],
  [
    "OpenSMTPD",
    `from ${HELO} (host.shop.example [192.0.2.1]) by gw.example (OpenSMTPD) with ESMTP id 9; Sat`,
  ],
])("the client is the one that our server names: %s", (_what, field) => {
  expect(cameFrom([field], isGateway)).toEqual({ helo: HELO, remoteAddress: "192.0.2.1" })
})

it("is believed of no field but those that our servers wrote, and of no name a client gave itself", () => {
  const outer = "from [203.0.113.9] (unknown [192.0.2.1]) by gw.example with ESMTP id 1; Sat"
  const inner = "from gw.example (gw.example [10.0.0.2]) by inner.example with ESMTP id 2; Sat"
  const forged = "from bank.example (bank.example [203.0.113.9]) by gw.example with ESMTP id 3; Sat"
  expect(cameFrom([inner, outer, forged], isGateway).remoteAddress).toBe("192.0.2.1")
  expect(cameFrom([outer, forged], isGateway).remoteAddress).toBe("192.0.2.1")
})

it("is nobody where a server of ours names none: it was sent from within", () => {
  const local = "by gw.example (Postfix, from userid 0) id 5; Sat"
  const forged = "from bank.example (bank.example [203.0.113.9]) by gw.example with ESMTP id 3; Sat"
  for (const fields of [[], [local, forged], ["from a (a [10.0.0.3]) by b; Sat"], ["rubbish"]])
    expect(cameFrom(fields, isGateway)).toEqual({ helo: "", remoteAddress: "" })
})

it.each(["192.0.2.1", "2001:db8::25"])(
  "is found in the field that we write ourselves: %s",
  (remoteAddress) => {
    const envelope = { from: "a@shop.example", to: [], remoteAddress, helo: HELO, protocol: "ESMTP" }
    const field = receivedField(envelope, "relay.test", "id", 0)
    expect(cameFrom(allOf(readHeader(field), "received"), isGateway)).toEqual({ helo: HELO, remoteAddress })
  },
)
