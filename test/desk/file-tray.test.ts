import { describe, expect, test } from "vitest"
import { draftFilesMemory, mayRetry, wrongWith } from "../../shared/desk/draft-files.ts"
import { fileTray } from "../../shared/desk/file-tray.ts"
import { type DeskPort, Unreachable } from "../../shared/desk/port.ts"
import { isAbort, problemOf } from "../../shared/desk/problem.ts"
import { reduce } from "../../shared/desk/reduce.ts"
import { initialState } from "../../shared/desk/state.ts"
import type { AttachmentView } from "../../shared/protocol/views.ts"
import { MOST_BYTES, MOST_FILES } from "../../shared/words/files.ts"
import type { AttachmentId } from "../../shared/words/ids.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { ME, message, ONE, TWO, view } from "./samples.ts"

/** A browser's storage. */
const storage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size
    },
    clear: () => kept.clear(),
  }
}

const sheet = (name: string): AttachmentView => ({
  id: `at_${name}` as AttachmentId,
  name,
  type: "text/plain",
  size: 3,
})

/** A tray over a port whose uploads end as the test says. */
const open = (kept = storage()) => {
  let state = initialState()
  const asked: {
    name: string
    done: PromiseWithResolvers<AttachmentView>
    share: (share: number) => void
  }[] = []
  const removed: string[] = []
  const port = {
    upload: (_id, { name }, share, signal) => {
      const done = Promise.withResolvers<AttachmentView>()
      signal.addEventListener("abort", () => done.reject(signal.reason))
      asked.push({ name, done, share })
      return done.promise
    },
    removeUpload: async (id) => void removed.push(id),
  } as Pick<DeskPort, "upload" | "removeUpload"> as DeskPort
  const tray = fileTray({
    port,
    storage: kept,
    state: () => state,
    act: (action) => {
      state = reduce(state, action)
    },
    attempt: async (call, failed) => {
      try {
        await call()
      } catch (error) {
        if (!isAbort(error)) failed(problemOf(error))
      }
    },
  })
  tray.recall(ME)
  return { tray, asked, removed, files: () => state.files[ONE] ?? [], all: () => state.files }
}

const file = (name: string, size = 3): File => new File([new Uint8Array(size)], name)
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe("the files of a draft", () => {
  test("are sent three at a time, tell how far they are, and go with the answer in their order", async () => {
    const { tray, asked, files } = open()
    tray.add(ONE, [file("a"), file("b"), file("c"), file("d")])
    expect(asked.map(({ name }) => name)).toEqual(["a", "b", "c"])
    asked[1]?.share(0.5)
    expect(files().map(({ share }) => share)).toEqual([0, 0.5, 0, 0])
    asked[2]?.done.resolve(sheet("c"))
    await settled()
    expect(asked.map(({ name }) => name)).toEqual(["a", "b", "c", "d"])
    for (const { name, done } of asked) done.resolve(sheet(name))
    await settled()
    expect(files().every(({ state }) => state === "sent")).toBe(true)
    expect(tray.take(ONE).map(({ name }) => name)).toEqual(["a", "b", "c", "d"])
    expect(files()).toEqual([])
  })

  test("one that was not reached can be tried again with the same key, one of a wrong kind cannot", async () => {
    const { tray, asked, files } = open()
    tray.add(ONE, [file("a"), file("b")])
    const key = files()[0]?.key ?? ""
    asked[0]?.done.reject(new Unreachable("network", "gone"))
    asked[1]?.done.reject(new Refusal("wrong-kind", "no"))
    await settled()
    expect(files().map((one) => [one.state, mayRetry(one)])).toEqual([
      ["failed", true],
      ["failed", false],
    ])
    tray.retry(ONE, key)
    expect(files()[0]).toMatchObject({ key, state: "sending", problem: null })
    asked[2]?.done.resolve(sheet("a"))
    await settled()
    expect(files()[0]).toMatchObject({ key, state: "sent" })
  })

  test("one that is taken away is given up on its way, and taken back from the relay if it has it", async () => {
    const { tray, asked, removed, files } = open()
    tray.add(ONE, [file("a"), file("b")])
    asked[1]?.done.resolve(sheet("b"))
    await settled()
    for (const { key } of files()) tray.remove(ONE, key)
    await settled()
    expect([files(), removed]).toEqual([[], ["at_b"]])
    await expect(asked[0]?.done.promise).rejects.toThrow(/abort/i)
  })

  test("what is too large, empty or too many is not sent at all", () => {
    expect(wrongWith(MOST_BYTES, 0)).toBeNull()
    expect(wrongWith(MOST_BYTES + 1, 0)).toMatchObject({ why: "too-large" })
    expect(wrongWith(0, 0)).toMatchObject({ why: "empty" })
    const { tray, asked, files } = open()
    tray.add(
      ONE,
      Array.from({ length: MOST_FILES + 1 }, (_, n) => file(`${n}`)),
    )
    expect(files().at(-1)?.problem).toMatchObject({ why: "too-many" })
    expect(asked.map(({ name }) => name)).not.toContain(`${MOST_FILES}`)
  })

  test("that the relay has are there again after a reload, by conversation; those under way are not", async () => {
    const kept = storage()
    const before = open(kept)
    before.tray.add(ONE, [file("a"), file("b")])
    before.asked[0]?.done.resolve(sheet("a"))
    await settled()
    before.tray.stop()
    const after = open(kept)
    expect(after.files().map(({ name, state }) => [name, state])).toEqual([["a", "sent"]])
    expect(after.all()[TWO]).toBeUndefined()
    expect(after.tray.take(ONE)).toEqual([sheet("a")])
    expect(draftFilesMemory(kept, ME).recall()).toEqual({})
    after.tray.putBack(ONE, [sheet("a")])
    expect(open(kept).files()).toHaveLength(1)
  })
})

describe("who is writing", () => {
  const start = () => {
    const opened = reduce(initialState(), { type: "opened", id: ONE })
    return reduce(opened, { type: "conversation-read", view: view(ONE) })
  }
  const visitor = { conversationId: ONE, from: "visitor", name: null }
  const ben = { conversationId: ONE, from: "ag_ben", name: "Ben" }

  test("is there once, until they stop or have written", () => {
    let state = start()
    for (const typist of [visitor, ben, visitor]) state = reduce(state, { type: "typing", typist, on: true })
    expect(state.typists).toHaveLength(2)
    state = reduce(state, { type: "typing", typist: ben, on: false })
    expect(state.typists).toEqual([visitor])
    const event = { cursor: 2, at: 5, kind: "message", conversationId: ONE } as const
    expect(reduce(state, { type: "event", event: { ...event, message: message(2) } }).typists).toEqual([])
    const answer = message(2, { author: "agent", name: "Ben" })
    expect(reduce(state, { type: "event", event: { ...event, message: answer } }).typists).toEqual([visitor])
  })
})

test("when an answer was seen is known from the event that says so", () => {
  let state = reduce(initialState(), { type: "opened", id: ONE })
  state = reduce(state, { type: "conversation-read", view: view(ONE) })
  const seen = (seenSeq: number, at: number) => {
    const event = { cursor: 1, at, kind: "visitor", conversationId: ONE, here: true, seenSeq } as const
    state = reduce(state, { type: "event", event })
    return state.open?.view?.visitorSeenAt
  }
  expect(seen(0, 10)).toBeNull()
  expect(seen(1, 20)).toBe(20)
  expect(seen(1, 30)).toBe(20)
})
