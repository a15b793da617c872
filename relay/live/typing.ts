import type { TypingPush } from "../../shared/protocol/live.ts"
import type { AccountId, ConversationId } from "../../shared/words/ids.ts"
import type { Millis } from "../../shared/words/time.ts"
import { TYPING } from "../../shared/words/typing.ts"
import type { House } from "../house.ts"

/** That somebody writes in a conversation, as relays whisper it to each other. Nothing of it is stored. */
export type Typed = Omit<TypingPush, "type">

/** Whoever looks at a conversation now and is told who writes in it. */
export interface TypingLine {
  /** Says that somebody writes, or has stopped, to all who look at the conversation, on any relay. */
  say(accountId: AccountId, typed: Typed): void
  /** From now on `tell` hears of this conversation. Returns how to end it. */
  look(accountId: AccountId, conversationId: ConversationId, tell: (typed: Typed) => void): () => void
  stop(): void
}

export const createTypingLine = ({ store, log }: Pick<House, "store" | "log">): TypingLine => {
  const lookers = new Map<string, Set<(typed: Typed) => void>>()
  const keyOf = (accountId: AccountId, conversationId: ConversationId): string =>
    `${accountId} ${conversationId}`

  const stop = store.whispers.listen((text) => {
    if (!text.startsWith('{"kind":"typing"')) return
    const whispered = read(text)
    if (whispered === null) return log.warn({ text: text.slice(0, 200) }, "a whisper could not be read")
    const { accountId, typed } = whispered
    for (const tell of lookers.get(keyOf(accountId, typed.conversationId)) ?? []) tell(typed)
  })

  return {
    say: (accountId, typed) => store.whispers.say(JSON.stringify({ kind: "typing", accountId, typed })),
    look: (accountId, conversationId, tell) => {
      const key = keyOf(accountId, conversationId)
      const own = lookers.get(key) ?? new Set()
      lookers.set(key, own.add(tell))
      return () => {
        own.delete(tell)
        if (own.size === 0 && lookers.get(key) === own) lookers.delete(key)
      }
    },
    stop,
  }
}

/** Null: no whisper of this version. */
const read = (text: string): { accountId: AccountId; typed: Typed } | null => {
  try {
    const said = JSON.parse(text) as { kind?: string; accountId: AccountId; typed: Typed }
    return said.kind === "typing" ? said : null
  } catch {
    return null
  }
}

/** That somebody began is told at most so often within the time after which it is said again. */
const BURST = 4

/**
 * Lets through what is worth telling of one socket: that they stopped only after that they began, and both only so
 * often. `performance.now()`: it is about the line.
 */
export const typingGate = (): ((on: boolean) => boolean) => {
  let on = false
  let told: Millis[] = []
  return (now) => {
    const at = performance.now()
    told = told.filter((moment) => at - moment < TYPING.again)
    if (now ? told.length >= BURST : !on) return false
    if (now) told.push(at)
    on = now
    return true
  }
}
