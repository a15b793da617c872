import type { RefusalCode } from "../words/refusals.ts"
import type { Millis } from "../words/time.ts"
import { backOff } from "./back-off.ts"
import type { Memory } from "./memory.ts"
import { knownFor, meanwhileOf, nextToSend, type PendingAnswer } from "./pending.ts"
import type { DeskPort } from "./port.ts"
import type { Problem } from "./problem.ts"
import type { DeskAction } from "./reduce.ts"
import type { DeskState } from "./state.ts"

/** Refusals that pass by themselves: the answer waits as if the relay had not been reached. */
const PASSING: readonly RefusalCode[] = ["too-many", "store-full", "store-unavailable"]

interface OutboxParts {
  port: DeskPort
  state: () => DeskState
  act: (action: DeskAction) => void
  attempt: (call: () => Promise<void>, failed: (problem: Problem) => void) => Promise<void>
  memory: () => Memory | null
  now: () => Millis
}

/**
 * Sends what was written, each conversation's answers in their order. An answer that did not reach the
 * relay is tried again with growing pauses, and at once when the connection is back.
 */
export const outbox = (parts: OutboxParts): { sendWaiting(): void; stop(): void } => {
  let tries = 0
  let pause: ReturnType<typeof setTimeout> | null = null

  const send = async (answer: PendingAnswer): Promise<void> => {
    const { key, conversationId, text, files = [] } = answer
    parts.act({ type: "answer-changed", key, state: "sending", problem: null })
    await parts.attempt(
      async () => {
        const message = await parts.port.answer(
          conversationId,
          key,
          text,
          files.map(({ id }) => id),
          knownFor(answer, parts.now()),
        )
        tries = 0
        parts.act({ type: "answer-posted", key, conversationId, message })
        parts.memory()?.dropAnswer(key)
        sendWaiting()
      },
      (problem) => {
        const meanwhile = meanwhileOf(problem)
        if (meanwhile !== null) {
          parts.act({ type: "answer-held", key, meanwhile })
          parts.memory()?.keepAnswer({ ...answer, state: "held", problem: null, meanwhile })
          return
        }
        const passing = problem.kind === "unreachable" || PASSING.includes(problem.code)
        const state = passing ? "waiting" : "refused"
        parts.act({ type: "answer-changed", key, state, problem })
        if (!passing) {
          parts.memory()?.keepAnswer({ ...answer, state, problem })
          sendWaiting()
          return
        }
        tries++
        pause ??= setTimeout(sendWaiting, backOff(tries, Math.random()))
      },
    )
  }

  const sendWaiting = (): void => {
    if (pause !== null) clearTimeout(pause)
    pause = null
    for (const answer of nextToSend(parts.state().pending)) void send(answer)
  }

  return {
    sendWaiting,
    stop: () => {
      if (pause !== null) clearTimeout(pause)
      pause = null
    },
  }
}
