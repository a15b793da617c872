import { useCallback, useEffect, useRef, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../../shared/desk/problem.ts"
import type { ChangesView } from "../../../../shared/protocol/record-views.ts"
import type { AdminApi } from "../api.ts"
import type { ChangesFilter } from "../api-record.ts"
import { kinds, useNews } from "../kit/use-news.ts"

/** Events after which the log has another line. */
const CHANGING = kinds("settings", "team")

/** The log as far as it was read: the newest page follows what happens, older ones are read when asked for. */
export const useChanges = (api: AdminApi, { agentId, kind }: ChangesFilter) => {
  const [log, setLog] = useState<ChangesView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [turn, setTurn] = useState(0)
  const turns = useRef(0)
  const look = useCallback(() => setTurn((before) => before + 1), [])

  // `turn` is not read: with another it is to be asked anew.
  useEffect(() => {
    const away = new AbortController()
    turns.current += 1
    api.changes({ agentId, kind }, away.signal).then(
      (read) => {
        setLog(read)
        setProblem(null)
      },
      (error: unknown) => {
        if (!away.signal.aborted) setProblem(problemOf(error))
      },
    )
    return () => away.abort()
  }, [api, agentId, kind, turn])

  useNews(api, CHANGING, look)

  const more = useCallback(async (): Promise<void> => {
    const at = turns.current
    if (log === null || log.next === null) return
    try {
      const older = await api.changes({ agentId, kind, before: log.next })
      // Asked for another list meanwhile.
      if (at !== turns.current) return
      const changes = [...log.changes, ...older.changes]
      setLog({ changes, names: { ...log.names, ...older.names }, next: older.next })
    } catch (error) {
      setProblem(problemOf(error))
    }
  }, [api, agentId, kind, log])

  return { log, problem, more }
}
