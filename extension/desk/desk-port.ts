import { httpPort } from "../../shared/desk/http-port.ts"
import { type DeskPort, Unreachable } from "../../shared/desk/port.ts"
import { Refusal } from "../../shared/words/refusals.ts"
import { ask } from "../background/messages.ts"
import type { Session } from "../rules/saved.ts"

/**
 * The desk's way to the relay from a page of the extension: HTTP and a socket of its own that only reads,
 * for the background is what beats. Signing out goes through the background, which is what is signed in.
 */
export const deskPort = ({ relay, token }: Session): DeskPort => ({
  ...httpPort({ relay, token }),
  signOut: async (unavailable) => {
    const answer = await ask({ type: "sign-out", unavailable })
    if (answer.ok) return
    const { problem } = answer
    if (problem.kind === "refused") throw new Refusal(problem.code, problem.message, problem.facts)
    throw new Unreachable(problem.why, `${relay} was not reached`)
  },
})
