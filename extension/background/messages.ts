import type { IntentWish, Unreachable } from "../../shared/desk/port.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import type { RefusalCode } from "../../shared/words/refusals.ts"
import { browser } from "./browser.ts"

/** What pages of the extension ask of the background, and what it answers. */
export type Ask =
  /** Somebody looks: make sure that we are connected, and beat. */
  | { type: "look" }
  | { type: "ask-code"; relay: string; address: string }
  | { type: "sign-in"; relay: string; address: string; code: string }
  | { type: "set-intent"; wish: IntentWish }
  /** Stays open while office hours are closed, until they open next; or no longer. */
  | { type: "set-override"; on: boolean }
  | { type: "set-idle-after"; minutes: number }
  /** There was input in the page that asks. */
  | { type: "used" }
  | { type: "sign-out"; unavailable: boolean }
  /** Signs out here only, when the relay cannot be told. */
  | { type: "forget" }
  | { type: "open-desk"; conversation: ConversationId | null }

export type Problem =
  | { kind: "refused"; code: RefusalCode; message: string; facts: Record<string, unknown> }
  | { kind: "unreachable"; why: Unreachable["why"] }

export type Answer = { ok: true } | { ok: false; problem: Problem }

/** What the background asks of the open desk tabs. */
export interface DeskCall {
  type: "desk-here"
}
export interface DeskHere {
  tabId: number
  windowId: number
}

/** Asks the background, waking it if need be. */
export const ask = (message: Ask): Promise<Answer> => browser.runtime.sendMessage(message)

const ASKS: Record<Ask["type"], true> = {
  look: true,
  "ask-code": true,
  "sign-in": true,
  "set-intent": true,
  "set-override": true,
  "set-idle-after": true,
  used: true,
  "sign-out": true,
  forget: true,
  "open-desk": true,
}

/** Answers what our own pages ask; to be called synchronously at start. Nobody else can send to us. */
export const onAsk = (answer: (message: Ask) => Promise<Answer>): void =>
  browser.runtime.onMessage.addListener((message: unknown) => {
    const type = (message as { type?: unknown } | null)?.type
    return typeof type === "string" && type in ASKS ? answer(message as Ask) : undefined
  })
