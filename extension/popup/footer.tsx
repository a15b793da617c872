import { useEffect, useState } from "preact/hooks"
import { timeIn } from "../../shared/i18n/formatter.ts"
import { browser, sidePanel } from "../background/browser.ts"
import { ask, type Problem } from "../background/messages.ts"
import type { PopupView } from "../rules/popup-view.ts"
import { type Speech, useSpeech } from "./context.ts"
import { ProblemNotice } from "./problem.tsx"

type Ack = Extract<PopupView, { kind: "shown" }>["ack"]

/** The ways out: to the desk, for admins to their screens, out of the session; and whether the relay has us. */
export const Footer = ({
  relay,
  ack,
  adminUrl,
}: {
  relay: string
  ack: Ack | null
  adminUrl: string | null
}) => {
  const speech = useSpeech()
  const { say } = speech
  const [leaving, setLeaving] = useState(false)
  const openSide = useSidePanel()
  const openDesk = async (): Promise<void> => {
    await ask({ type: "open-desk", conversation: null })
    window.close()
  }
  return (
    <footer>
      {leaving ? (
        <SignOut relay={relay} stay={() => setLeaving(false)} />
      ) : (
        <div class="ways">
          <button type="button" class="button primary small" onClick={() => void openDesk()}>
            {say("desk.open")}
          </button>
          <button type="button" class="button small" onClick={openSide}>
            {say("desk.panel")}
          </button>
          <button type="button" class="button quiet small" onClick={() => setLeaving(true)}>
            {say("signOut.open")}
          </button>
        </div>
      )}
      <div class="footer-line">
        {ack !== null && (
          <p class="connection small soft" role="status" data-state={ack.kind}>
            {ackWords(ack, relay, speech)}
          </p>
        )}
        <span class="links small">
          {adminUrl !== null && (
            <a href={adminUrl} target="_blank" rel="noreferrer">
              {say("admin.open")}
            </a>
          )}
          <button type="button" class="link" onClick={() => void openSettings()}>
            {say("browser.settings")}
          </button>
        </span>
      </div>
    </footer>
  )
}

const openSettings = async (): Promise<void> => {
  await browser.runtime.openOptionsPage()
  window.close()
}

const ackWords = ({ kind, at }: Ack, relay: string, { say, language }: Speech): string => {
  const time = at === null ? "" : timeIn(at, language)
  switch (kind) {
    case "live":
      return say("connection.live", { time })
    case "beating":
      return say("connection.beating", { time })
    case "connecting":
      return say("connection.connecting", { relay })
    case "lost":
      return at === null ? say("connection.lost", { relay }) : say("connection.lostSince", { relay, time })
  }
}

/** Browsers open their panel only within the click itself, so the window is known before it. */
const useSidePanel = (): (() => void) => {
  const [windowId, setWindowId] = useState<number | null>(null)
  useEffect(() => {
    void browser.windows.getCurrent().then((window) => setWindowId(window.id ?? null))
  }, [])
  return () => {
    const panel = sidePanel()
    if (panel === undefined) void browser.sidebarAction.open()
    else if (windowId !== null) void panel.open({ windowId })
    window.close()
  }
}

/** Signing out, with or without ending the light at once. When the relay cannot be told, it says so. */
const SignOut = ({ relay, stay }: { relay: string; stay: () => void }) => {
  const { say } = useSpeech()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const leave = async (unavailable: boolean): Promise<void> => {
    setBusy(true)
    const answer = await ask({ type: "sign-out", unavailable })
    setBusy(false)
    if (!answer.ok) setProblem(answer.problem)
  }
  return (
    <fieldset class="sign-out" disabled={busy}>
      <legend>{say("signOut.title")}</legend>
      <button type="button" class="button" onClick={() => void leave(false)}>
        {say("signOut.plain")}
      </button>
      <small class="soft">{say("signOut.plainHint")}</small>
      <button type="button" class="button" onClick={() => void leave(true)}>
        {say("signOut.unavailable")}
      </button>
      <small class="soft">{say("signOut.unavailableHint")}</small>
      {problem !== null && (
        <>
          <ProblemNotice problem={problem} relay={relay} />
          <button type="button" class="button danger" onClick={() => void ask({ type: "forget" })}>
            {say("signOut.anyway")}
          </button>
          <small class="soft">{say("signOut.unreached")}</small>
        </>
      )}
      <button type="button" class="button quiet" onClick={stay}>
        {say("signOut.cancel")}
      </button>
    </fieldset>
  )
}
