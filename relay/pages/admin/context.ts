import { createContext } from "preact"
import { useContext, useEffect, useId } from "preact/hooks"
import type { AgentView, SettingsView } from "../../../shared/protocol/views.ts"
import type { Language } from "../../../shared/words/nouns.ts"
import type { AdminApi } from "./api.ts"
import type { SayAdmin } from "./words.ts"

/** What every screen needs. */
export interface AdminTools {
  api: AdminApi
  settings: SettingsView
  /** Reads the settings anew, shows them, and gives them back; rejects as calls do. */
  reload(): Promise<SettingsView>
  me: AgentView
  say: SayAdmin
  language: Language
}

export const AdminContext = createContext<AdminTools | null>(null)

export const useAdmin = (): AdminTools => {
  const tools = useContext(AdminContext)
  if (tools === null) throw new Error("an admin screen stands outside of the page")
  return tools
}

/** Tells the shell that a part of this screen has, or no longer has, something unsaved. */
export const UnsavedContext = createContext<(part: string, unsaved: boolean) => void>(() => undefined)

export const useUnsaved = (unsaved: boolean): void => {
  const tell = useContext(UnsavedContext)
  const part = useId()
  useEffect(() => {
    tell(part, unsaved)
    return () => tell(part, false)
  }, [tell, part, unsaved])
}
