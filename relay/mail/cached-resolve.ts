import { type Millis, SECOND } from "../../shared/words/time.ts"
import { isNothing, type Resolve } from "./resolver.ts"

/** How long an answer is used again: shorter than any TTL that somebody means to be waited for. */
const KEPT: Millis = 30 * SECOND

/** Answers kept at a time. */
const MOST = 5_000

/**
 * A resolver that asks the same question once in half a minute: mails come in swarms, with the same keys and
 * policies. That there is nothing is an answer too; that nobody answered is not, and is asked again.
 */
export const cachedResolve = (resolve: Resolve, now: () => Millis): Resolve => {
  const known = new Map<string, { answer: Promise<unknown>; until: Millis }>()
  return ((name, type) => {
    const question = `${type} ${name.toLowerCase()}`
    const found = known.get(question)
    if (found && found.until > now()) return found.answer
    const answer = resolve(name, type)
    known.delete(question)
    known.set(question, { answer, until: now() + KEPT })
    answer.catch((error) => {
      if (!isNothing(error) && known.get(question)?.answer === answer) known.delete(question)
    })
    for (const oldest of known.keys()) {
      if (known.size <= MOST) break
      known.delete(oldest)
    }
    return answer
  }) as Resolve
}
