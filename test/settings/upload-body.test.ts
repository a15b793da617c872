import { describe, expect, test } from "vitest"
import { isUpload, readUpload, uploadGate } from "../../relay/http/upload-body.ts"
import { MOST_BYTES } from "../../shared/words/files.ts"

const PACE = { within: 60_000, every: 20, least: 10 }

/** A request whose bytes come as they are pushed. */
const slowly = (headers: Record<string, string> = {}) => {
  let push: (bytes: Uint8Array | null) => void = () => {}
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      push = (bytes) => (bytes === null ? controller.close() : controller.enqueue(bytes))
    },
    cancel: () => {
      cancelled = true
    },
  })
  const init = { method: "POST", body, headers, duplex: "half" } as RequestInit
  const request = new Request("http://relay.test/api/box/uploads", init)
  return { request, push: (bytes: Uint8Array | null) => push(bytes), cancelled: () => cancelled }
}

describe("the bytes of a file", () => {
  test("are put together in their order", async () => {
    const { request, push } = slowly()
    const read = readUpload(request, { ...PACE, every: 60_000 })
    push(Buffer.from("one "))
    push(Buffer.from("two"))
    push(null)
    expect(Buffer.from(await read).toString()).toBe("one two")
  })

  test("byte by byte they are given up, and their sender is let go", async () => {
    const { request, push, cancelled } = slowly()
    const drip = setInterval(() => push(new Uint8Array(1)), 5)
    await expect(readUpload(request, PACE)).rejects.toMatchObject({ code: "bad-input" })
    clearInterval(drip)
    expect(cancelled()).toBe(true)
  })

  test("so are those that take too long in all, however steadily they come", async () => {
    const { request, push } = slowly()
    const drip = setInterval(() => push(new Uint8Array(100)), 5)
    await expect(readUpload(request, { ...PACE, within: 60 })).rejects.toMatchObject({ code: "bad-input" })
    clearInterval(drip)
  })

  test("more than may be is refused at the first byte too many, or before the first if it says so", async () => {
    const said = slowly({ "Content-Length": String(MOST_BYTES + 1) })
    await expect(readUpload(said.request)).rejects.toMatchObject({
      code: "too-large",
      facts: { most: MOST_BYTES },
    })
    const { request, push } = slowly()
    const read = readUpload(request)
    push(new Uint8Array(MOST_BYTES))
    push(new Uint8Array(1))
    await expect(read).rejects.toMatchObject({ code: "too-large" })
  })
})

test("so many at a time, and so many of one; who leaves makes room", () => {
  const gate = uploadGate(3, 2)
  const leave = gate.enter("a")
  gate.enter("a")
  expect(() => gate.enter("a")).toThrow(expect.objectContaining({ code: "too-many" }))
  gate.enter("b")
  expect(() => gate.enter("c")).toThrow(expect.objectContaining({ code: "too-many" }))
  leave()
  gate.enter("a")
})

test("which requests carry files", () => {
  expect(isUpload("/api/box/uploads?site=x&key=y")).toBe(true)
  expect(isUpload("/api/conversations/co_x/uploads")).toBe(true)
  expect(isUpload("/api/uploads/at_x/remove")).toBe(false)
  expect(isUpload("/api/setup?next=/api/box/uploads")).toBe(false)
})
