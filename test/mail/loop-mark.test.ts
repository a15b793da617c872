import { expect, it } from "vitest"
import { readHeader } from "../../relay/mail/header.ts"
import { hasLoopMark, loopMark } from "../../relay/mail/loop-mark.ts"

const header = (...fields: (Buffer | string)[]) =>
  readHeader(
    Buffer.concat([...fields, "From: a@b.example\r\n\r\nHello\r\n"].map((field) => Buffer.from(field))),
  )

it("is known again, for this address and this relay only", () => {
  const marked = header(loopMark("anna@relay.test", "key"))
  expect(hasLoopMark(marked, "anna@relay.test", "key")).toBe(true)
  expect(hasLoopMark(marked, "ANNA@Relay.Test", "key")).toBe(true)
  expect(hasLoopMark(marked, "bert@relay.test", "key")).toBe(false)
  expect(hasLoopMark(marked, "anna@relay.test", "other key")).toBe(false)
  expect(hasLoopMark(header(), "anna@relay.test", "key")).toBe(false)
})

it("is found among those of other addresses, and says nothing of its own", () => {
  const one = loopMark("anna@relay.test", "key")
  expect(hasLoopMark(header(loopMark("bert@relay.test", "key"), one), "anna@relay.test", "key")).toBe(true)
  expect(one.toString()).toMatch(/^Porchlight-Loop: [\w-]{22}\r\n$/)
})

it("cannot be forged: rubbish, too short, too long", () => {
  const [, value = ""] = loopMark("anna@relay.test", "key").toString().trim().split(": ")
  for (const text of ["", "x", value.slice(0, 10), `${value}AAAA`, "A".repeat(22), "=".repeat(5_000)])
    expect(hasLoopMark(header(`Porchlight-Loop: ${text}\r\n`), "anna@relay.test", "key")).toBe(false)
})
