import { Writable } from "node:stream"
import { expect, test } from "vitest"
import { createLog, pathOf, withoutSecret } from "../../relay/log.ts"

const lines = () => {
  let text = ""
  const to = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk)
      done()
    },
  })
  return { to, text: () => text }
}

test.each(["json", "pretty"] as const)("%s: secrets are blacked out, what went wrong is not", (format) => {
  const { to, text } = lines()
  const error = Object.assign(new Error("no line"), { code: "ECONNREFUSED" })
  createLog(format, to).info(
    {
      err: error,
      headers: { authorization: "Bearer s3cret-1" },
      token: "s3cret-2",
      body: { key: "s3cret-3", code: "123456" },
      visitor: "vi_x.s3cret-4",
      conversation: "co_y",
    },
    "asked",
  )
  expect(text()).not.toMatch(/s3cret|123456/)
  for (const kept of ["ECONNREFUSED", "co_y", "asked"]) expect(text()).toContain(kept)
})

test("addresses are logged without query, servers without password", () => {
  expect(pathOf("http://relay/api/mailbox?key=s3cret#x")).toBe("http://relay/api/mailbox")
  expect(withoutSecret("smtp://me:p@ss@host:25")).toBe("smtp://me:***@host:25")
  expect(withoutSecret("smtp://host:25")).toBe("smtp://host:25")
})

test("what a log is given stays as it was, secrets two levels down and within errors are blacked out too", () => {
  const { to, text } = lines()
  const given = { request: { headers: { authorization: "Bearer s3cret-1" }, id: "kept-1" }, list: ["kept-2"] }
  const error = Object.assign(new Error("refused"), { token: "s3cret-2", facts: { pass: "s3cret-3" } })
  createLog("json", to).warn({
    ...given,
    err: error,
    input: { code: "s3cret-4" },
    answer: { code: "kept-3" },
  })
  expect(text()).not.toContain("s3cret")
  for (const kept of ["kept-1", "kept-2", "kept-3", "refused"]) expect(text()).toContain(kept)
  expect(given.request.headers.authorization).toBe("Bearer s3cret-1")
})
