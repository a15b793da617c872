import { useCallback, useEffect, useRef, useState } from "preact/hooks"
import { type Problem, problemOf } from "../../../shared/desk/problem.ts"
import type { SettingsView, ToolbarState } from "../../../shared/protocol/views.ts"
import type { AdminApi } from "./api.ts"

/** The account as it is now. */
export interface Account {
  toolbar: ToolbarState | null
  /** Null until they are read, and for who is no admin. */
  settings: SettingsView | null
  /** Why they could not be read. */
  problem: Problem | null
  connected: boolean
  reload(): Promise<SettingsView>
}

/** Events after which the settings read differently. */
const TOUCHING = new Set(["settings", "light", "team"])

/** Follows account and settings live. `onEnded`: the relay no longer knows this device. */
export const useAccount = (api: AdminApi, onEnded: () => void): Account => {
  const [toolbar, setToolbar] = useState<ToolbarState | null>(null)
  const [settings, setSettings] = useState<SettingsView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [connected, setConnected] = useState(true)
  const newest = useRef(0)

  const reload = useCallback(async () => {
    const turn = ++newest.current
    try {
      const read = await api.settings()
      // Answers may overtake one another: what was asked for last is the newest.
      if (turn === newest.current) {
        setSettings(read)
        setProblem(null)
      }
      return read
    } catch (error) {
      if (turn === newest.current) setProblem(problemOf(error))
      throw error
    }
  }, [api])

  useEffect(() => {
    let reading = false
    let again = false
    /** Several events of one moment are read once; what comes while reading, once more afterwards. */
    const read = async (): Promise<void> => {
      if (reading) {
        again = true
        return
      }
      reading = true
      do {
        again = false
        // Why not is shown as `problem`; the next event or connection reads again.
        await reload().catch(() => undefined)
      } while (again)
      reading = false
    }
    return api.live((news) => {
      if (news.type === "toolbar") setToolbar(news.toolbar)
      else if (news.type === "signed-out") onEnded()
      else if (news.type === "event" && TOUCHING.has(news.event.kind)) void read()
      else if (news.type === "connection") {
        setConnected(news.connection.state === "connected")
        if (news.connection.state === "connected") void read()
      }
    })
  }, [api, reload, onEnded])

  return { toolbar, settings, problem, connected, reload }
}
