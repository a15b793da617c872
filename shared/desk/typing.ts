import type { TypingPush } from "../protocol/live.ts"
import type { ConversationId } from "../words/ids.ts"
import { TYPING } from "../words/typing.ts"
import type { DeskPort } from "./port.ts"
import type { DeskAction } from "./reduce.ts"
import type { DeskState } from "./state.ts"

/** Somebody who is writing in a conversation: its visitor (`from` is "visitor"), or a colleague by their id. */
export interface Typist {
  conversationId: ConversationId
  from: string
  /** Of a colleague. */
  name: string | null
}

/** Who is writing after somebody began (`on`) or stopped. */
export const withTypist = (all: readonly Typist[], typist: Typist, on: boolean): readonly Typist[] => {
  const others = all.filter(
    ({ conversationId, from }) => conversationId !== typist.conversationId || from !== typist.from,
  )
  if (on) return [...others, typist]
  return others.length === all.length ? all : others
}

/** Says that one is writing, and hears who else is. Nothing of it is kept anywhere. */
export const typingLine = (parts: {
  port: DeskPort
  state: () => DeskState
  act: (action: DeskAction) => void
}) => {
  const { port, state, act } = parts
  const ends = new Map<string, ReturnType<typeof setTimeout>>()
  let said: { id: ConversationId; at: number } | null = null
  let pause: ReturnType<typeof setTimeout> | undefined

  const quiet = (): void => {
    clearTimeout(pause)
    if (said !== null) port.typing(said.id, false)
    said = null
  }

  return {
    /** Something was written into the answer; an empty one is none. Told only to somebody who can see it. */
    wrote: (id: ConversationId, text: string): void => {
      if (text.trim() === "" || (said !== null && said.id !== id)) quiet()
      if (text.trim() === "") return
      const now = Date.now()
      if (said === null || now - said.at >= TYPING.again) {
        said = { id, at: now }
        port.typing(id, true)
      }
      clearTimeout(pause)
      pause = setTimeout(quiet, TYPING.pause)
    },
    quiet,
    hear: ({ conversationId, agentId, name, on }: TypingPush): void => {
      if (agentId !== null && agentId === state().toolbar?.me.id) return
      const from = agentId ?? "visitor"
      const key = `${conversationId} ${from}`
      const typist = { conversationId, from, name }
      clearTimeout(ends.get(key))
      ends.delete(key)
      act({ type: "typing", typist, on })
      if (on)
        ends.set(
          key,
          setTimeout(() => act({ type: "typing", typist, on: false }), TYPING.ends),
        )
    },
    stop: (): void => {
      clearTimeout(pause)
      for (const end of ends.values()) clearTimeout(end)
    },
  }
}
