import { describe, expect, it } from "vitest"
import { noticesOf } from "../../extension/rules/notices.ts"
import type { ConversationSummary } from "../../shared/protocol/views.ts"
import type { Intent } from "../../shared/words/nouns.ts"
import { aConversation } from "./fixtures.ts"

const withWaiting = (waiting: ConversationSummary[], intent: Intent = "available") => ({
  waiting,
  me: { intent },
})
const one = aConversation("one")
const two = aConversation("two", { lastSeq: 4 })

describe("desktop notifications", () => {
  it("tell nothing of what waited already when somebody signs in", () => {
    const first = noticesOf(withWaiting([one]), null)
    expect(first).toEqual({ show: [], clear: [], notified: { [one.id]: 1 } })
    expect(noticesOf(withWaiting([one]), first.notified).show).toEqual([])
  })

  it("tell each message once", () => {
    const first = noticesOf(withWaiting([one]), {})
    expect(first.show).toEqual([one])
    expect(noticesOf(withWaiting([one]), first.notified).show).toEqual([])
    const more = aConversation("one", { lastSeq: 2, unopened: 2 })
    expect(noticesOf(withWaiting([more, two]), first.notified).show).toEqual([more, two])
  })

  it("go when the conversation is opened, and when it is gone", () => {
    const notified = { [one.id]: 1, [two.id]: 4 }
    const opened = aConversation("one", { unopened: 0 })
    expect(noticesOf(withWaiting([opened]), notified)).toEqual({
      show: [],
      clear: [one.id, two.id],
      notified: {},
    })
  })

  it("do not come for what an agent or the bot wrote", () => {
    expect(
      noticesOf(withWaiting([aConversation("one", { lastAuthor: "bot", lastSeq: 2 })]), { [one.id]: 1 }).show,
    ).toEqual([])
  })

  it("leave in peace whoever chose unavailable, and tell them when they are back", () => {
    const quiet = noticesOf(withWaiting([one], "unavailable"), {})
    expect(quiet.show).toEqual([])
    expect(noticesOf(withWaiting([one]), quiet.notified).show).toEqual([one])
  })
})
