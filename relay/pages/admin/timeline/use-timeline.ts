import { useCallback, useEffect, useRef, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import type { TimelineView } from "../../../../shared/protocol/views.ts"
import type { AgentId } from "../../../../shared/words/ids.ts"
import { type Millis, SECOND } from "../../../../shared/words/time.ts"
import type { AdminApi } from "../api.ts"
import { covers, rangeFor, type Window } from "./geometry.ts"

/** A picture is moved and zoomed in many small steps: only where it comes to rest is read. */
const REST: Millis = 150

/** While now is seen, what happens is read this often. */
const FRESH: Millis = 15 * SECOND

interface Read {
  view: TimelineView
  agentId: AgentId | null
  /** What was asked for; the view may end earlier. */
  range: Window
}

/** The timeline around a window, read anew as the window leaves what was read, and while now is in it. */
export const useTimeline = (api: AdminApi, window: Window, agentId: AgentId | null) => {
  const [read, setRead] = useState<Read | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  const answered = useRef(0)
  const current = useRef(read)
  current.current = read
  const again = useCallback(() => setTurn((before) => before + 1), [])

  useEffect(() => {
    const known = current.current
    const now = Date.now()
    const enough = known !== null && known.agentId === agentId && covers(known.range, window, now)
    const seesNow = window.to > now
    const away = new AbortController()
    const ask = (): void => {
      answered.current = turn
      const range = rangeFor(window, Date.now())
      api.timeline({ ...range, ...(agentId && { agentId }) }, away.signal).then(
        (view) => {
          setRead({ view, agentId, range })
          setProblem(null)
        },
        (error: unknown) => {
          if (!away.signal.aborted) setProblem(problemOf(error))
        },
      )
    }
    const first = enough && turn === answered.current ? undefined : setTimeout(ask, known === null ? 0 : REST)
    const often = seesNow ? setInterval(ask, FRESH) : undefined
    return () => {
      away.abort()
      clearTimeout(first)
      clearInterval(often)
    }
  }, [api, window.from, window.to, agentId, turn])

  return { view: read?.view ?? null, problem, again }
}
