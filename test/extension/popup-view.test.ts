import { describe, expect, it } from "vitest"
import { NO_CONNECTION } from "../../extension/rules/connection.ts"
import { type PopupFacts, popupView } from "../../extension/rules/popup-view.ts"
import type { Session } from "../../extension/rules/saved.ts"
import { aConversation, aDevice, aTeammate, aToolbar } from "./fixtures.ts"

const session = { relay: "https://chat.example.com" } as Session

const facts = (change: Partial<PopupFacts> = {}): PopupFacts => ({
  session,
  toolbar: aToolbar(),
  connection: { state: "live", ackAt: 1 },
  ended: false,
  draft: null,
  ...change,
})

const shown = (change: Partial<PopupFacts> = {}) => {
  const view = popupView(facts(change))
  if (view.kind !== "shown") throw new Error(`shows ${view.kind}`)
  return view
}

describe("what the popup shows", () => {
  it("asks to sign in, and goes on where a sign-in was begun", () => {
    const draft = { relay: "https://chat.example.com", address: "ada@example.com" }
    expect(popupView(facts({ session: null, draft }))).toEqual({ kind: "sign-in", ended: false, draft })
  })

  it("says that the session was ended elsewhere", () => {
    expect(popupView(facts({ session: null, toolbar: null, ended: true }))).toMatchObject({ ended: true })
  })

  it("has a word for the moment before the relay has said anything, and when it never does", () => {
    expect(popupView(facts({ toolbar: null, connection: NO_CONNECTION }))).toMatchObject({
      reached: "trying",
    })
    expect(popupView(facts({ toolbar: null, connection: { state: "lost", ackAt: null } }))).toMatchObject({
      kind: "first",
      reached: "lost",
    })
  })

  it("is painted from what was saved, and marked as old until the relay has answered", () => {
    expect(shown({ connection: NO_CONNECTION }).known).toBe("old")
    expect(shown({ connection: { state: "lost", ackAt: 5 } })).toMatchObject({
      known: "old",
      ack: { kind: "lost", at: 5 },
    })
    expect(shown({ connection: { state: "beating", ackAt: 5 } }).known).toBe("now")
  })

  it("leads admins to their screens, and nobody else", () => {
    const as = (role: "admin" | "agent") => {
      const toolbar = aToolbar()
      return shown({ toolbar: { ...toolbar, me: { ...toolbar.me, role } } }).adminUrl
    }
    expect(as("admin")).toBe("https://chat.example.com/admin")
    expect(as("agent")).toBeNull()
  })

  it("lists this device first, then those that hold the light, the latest seen before the others", () => {
    const devices = [
      aDevice("long gone", { presence: "gone", seenAt: 1 }),
      aDevice("just gone", { presence: "gone", seenAt: 9 }),
      aDevice("phone", { presence: "reachable" }),
      aDevice("here", { presence: "gone", own: true }),
      aDevice("fading", { presence: "fading" }),
      aDevice("there", { presence: "present" }),
    ]
    expect(shown({ toolbar: aToolbar({ devices }) }).devices.map(({ label }) => label)).toEqual([
      "here",
      "there",
      "phone",
      "fading",
      "just gone",
      "long gone",
    ])
  })

  it("lists the team without oneself, those online first", () => {
    const team = [aTeammate("Zoe"), aTeammate("Ben", { online: false }), aTeammate("Ada"), aTeammate("Cleo")]
    expect(shown({ toolbar: aToolbar({ team }) }).team.map(({ name }) => name)).toEqual([
      "Cleo",
      "Zoe",
      "Ben",
    ])
  })

  it("says how many wait beyond those it lists", () => {
    const waiting = [aConversation("one"), aConversation("two")]
    expect(shown({ toolbar: aToolbar({ waiting, waitingCount: 7 }) }).more).toBe(5)
    expect(shown({ toolbar: aToolbar({ waiting, waitingCount: 2 }) }).more).toBe(0)
  })
})
