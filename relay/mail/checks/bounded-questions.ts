import type { Millis } from "../../../shared/words/time.ts"
import { type DnsType, isNothing, type Resolve } from "../resolver.ts"

/** The DNS as one mail may use it: each question once, no more than so many, no longer than so long. */
export interface BoundedQuestions {
  resolve: Resolve
  /** Names that gave no answer for now: trouble of servers, or of time. What there is not is an answer. */
  unanswered: ReadonlySet<string>
  /** Ends the deadline's timer; questions still open are let go. */
  close(): void
}

/**
 * `limit`: questions; those above it are refused (`EREFUSED`) and count as answered, since asking again would be
 * no different. `deadline`: ms after which everything open or asked later is `ETIMEOUT`.
 */
export const boundQuestions = (resolve: Resolve, limit: number, deadline: Millis): BoundedQuestions => {
  const asked = new Map<string, Promise<unknown>>()
  const unanswered = new Set<string>()
  const late = Promise.withResolvers<never>()
  // nobody may be waiting when it comes
  late.promise.catch(() => undefined)
  const timer = setTimeout(() => late.reject(dnsError("ETIMEOUT", "no answer in time")), deadline)

  const ask = async (name: string, type: DnsType): Promise<unknown> => {
    try {
      return await Promise.race([late.promise, resolve(name, type)])
    } catch (error) {
      if (!isNothing(error) && !isBadName(error)) unanswered.add(name.toLowerCase())
      throw error
    }
  }

  return {
    resolve: <T extends DnsType>(name: string, type: T) => {
      const question = `${type} ${name.toLowerCase()}`
      const known = asked.get(question)
      if (known) return known as Promise<never>
      if (asked.size >= limit) return Promise.reject(dnsError("EREFUSED", `more than ${limit} questions`))
      const answer = ask(name, type)
      asked.set(question, answer)
      return answer as Promise<never>
    },
    unanswered,
    close: () => clearTimeout(timer),
  }
}

/** What cannot be a name has no record, today and tomorrow. */
const isBadName = (error: unknown): boolean => (error as { code?: string }).code === "EBADNAME"

const dnsError = (code: string, text: string): Error => Object.assign(new Error(text), { code })
