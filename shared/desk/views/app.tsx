import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks"
import { momentIn } from "../../i18n/formatter.ts"
import { MINUTE, SECOND } from "../../words/time.ts"
import type { DeskState } from "../state.ts"
import { Hours } from "../status/hours.tsx"
import { Assign } from "./assign.tsx"
import { Canned } from "./canned.tsx"
import { DeviceContext, DialogContext, type DialogName, useDesk, useNow } from "./context.ts"
import { Conversation } from "./conversation.tsx"
import { Header } from "./header.tsx"
import { Icon } from "./icon.tsx"
import { Keys } from "./keys.tsx"
import { List } from "./list.tsx"
import { Mishap } from "./mishap.tsx"
import { Profile } from "./profile/profile.tsx"
import { NOT_SEARCHED, Search } from "./search.tsx"
import { SignOut } from "./sign-out.tsx"
import { Undo } from "./undo.tsx"
import { useKeys } from "./use-keys.ts"

/** The whole desk: head, list and conversation; beside each other where there is room, else one of them. */
export const App = ({ state }: { state: DeskState }) => {
  const { say } = useDesk()
  const device = useContext(DeviceContext)
  const [dialog, setDialog] = useState<DialogName | null>(null)
  /** A dialog tells of its end a moment later: another one may be open by then. */
  const close = (name: DialogName) => (): void => setDialog((now) => (now === name ? null : now))
  const [searched, setSearched] = useState(NOT_SEARCHED)
  useKeys(state, setDialog)
  useFocusBack(state)
  return (
    <DialogContext.Provider value={setDialog}>
      <div class="desk" data-pane={state.open === null ? "list" : "conversation"}>
        <Header state={state} />
        <div class="desk-bars">
          <ConnectionBar state={state} />
          <HoursBar state={state} />
          {device === null ? null : <device.Bar state={state} />}
        </div>
        <main class="desk-panes">
          <List state={state} />
          {state.open === null ? (
            <div class="desk-nothing">
              {state.mishap === null ? null : <Mishap state={state} />}
              <Icon name="chat" size={40} />
              <h2>{say("nothing.title")}</h2>
              <p class="soft small">
                <kbd>j</kbd> <kbd>k</kbd> {say("nothing.move")} · <kbd>Enter</kbd> {say("nothing.open")} ·{" "}
                <kbd>/</kbd> {say("search.title")} · <kbd>?</kbd> {say("keys.title")}
              </p>
            </div>
          ) : (
            <Conversation state={state} open={state.open} />
          )}
        </main>
        {dialog === "profile" ? <Profile clockOffset={state.clockOffset} onClose={close("profile")} /> : null}
        {dialog === "search" ? (
          <Search searched={searched} onSearched={setSearched} onClose={close("search")} />
        ) : null}
        {dialog === "assign" && state.open?.view ? (
          <Assign state={state} view={state.open.view} onClose={close("assign")} />
        ) : null}
        {dialog === "canned" ? <Canned state={state} onClose={close("canned")} /> : null}
        {dialog === "keys" ? <Keys onClose={close("keys")} /> : null}
        {state.undo === null ? null : <Undo undo={state.undo} />}
        {dialog === "sign-out" ? <SignOut state={state} onClose={close("sign-out")} /> : null}
      </div>
    </DialogContext.Provider>
  )
}

/** Says so when what is shown may be old, and from when it is; nothing while all is well. */
const ConnectionBar = ({ state }: { state: DeskState }) => {
  const { say, language, keptFrom } = useDesk()
  const { connection } = state
  const now = useNow(SECOND)
  const ever = useRef(false)
  if (connection.state === "connected") ever.current = true
  const from = keptFrom()
  // A first connection takes a moment: that is no news.
  if (
    connection.state === "connected" ||
    (connection.state === "connecting" && !ever.current && from === null)
  )
    return null
  const seconds = connection.state === "waiting" ? Math.ceil((connection.retryAt - now) / SECOND) : 0
  return (
    <p class="desk-connection" role="status">
      <span class="desk-connection-dot" aria-hidden="true" />
      {from === null ? say("connection.lost") : say("connection.kept", { when: momentIn(from, language) })}{" "}
      <span aria-hidden="true">
        {seconds > 0 ? say("connection.retry", { count: seconds }) : say("connection.trying")}
      </span>
    </p>
  )
}

/** Office hours while they are closed; nothing while they are open, or none are set. */
const HoursBar = ({ state }: { state: DeskState }) => {
  const { desk, language } = useDesk()
  const now = useNow(MINUTE) + state.clockOffset
  return state.toolbar === null ? null : (
    <Hours hours={state.toolbar.hours} now={now} language={language} onOverride={desk.setOverride} />
  )
}

/** Back from a conversation, the focus is where it came from: on its row in the list. */
const useFocusBack = (state: DeskState): void => {
  const open = state.open?.id ?? null
  const before = useRef(open)
  useLayoutEffect(() => {
    const left = before.current
    before.current = open
    if (open !== null || left === null) return
    const row = document.querySelector<HTMLElement>(`[data-conversation="${left}"]`)
    const rows = document.querySelector<HTMLElement>(".desk-rows a, .desk-tabs [aria-selected=true]")
    ;(row ?? rows)?.focus()
  }, [open])
}
