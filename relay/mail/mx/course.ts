import { type NotSent, notReached } from "../send-result.ts"

/** One mail's way from server to server: how far it may go, and what comes of it if none takes it. */
export interface Course {
  /** Time is over, or enough was tried for now. */
  isOver(): boolean
  /** What came of a try, or of a server that was not tried. `talked`: it was there and said no. */
  met(result: NotSent, talked?: boolean): void
  /** A host without an address to try. `gone`: it will have none later either. */
  noAddress(why: string, gone: boolean): void
  outcome(domain: string): NotSent
}

/** Tries for one mail: as many as it takes to get past what is dead, without asking half the world. */
const MOST_ADDRESSES = 5
const MOST_SESSIONS = 2

export const openCourse = (isLate: () => boolean): Course => {
  let met = 0
  let sessions = 0
  const told: NotSent[] = []
  let gone: string | null = null

  const isOver = (): boolean => isLate() || met >= MOST_ADDRESSES || sessions >= MOST_SESSIONS

  return {
    isOver,
    met: (result, talked = false) => {
      told.push(result)
      met += 1
      if (talked) sessions += 1
    },
    noAddress: (why, isGone) => {
      if (isGone) gone ??= why
      else told.push(notReached(why))
    },
    outcome: (domain) => {
      const later = told.filter(({ kind }) => kind === "deferred")
      // what a server said tells more than that another did not answer; one no is not the no of all
      const most = later.findLast(({ server }) => server !== null) ?? later.at(-1) ?? told.at(-1)
      if (most) return most
      if (gone === null) return notReached(`no server of ${domain} was reached in time`)
      return { kind: "failed", outcome: "address-wrong", server: null, answer: `5.4.4 ${gone}` }
    },
  }
}
