import { useState } from "preact/hooks"
import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"

/** Two ways out: the light fades as when one leaves, or goes at once. Says what would be lost. */
export const SignOut = ({ state, onClose }: { state: DeskState; onClose: () => void }) => {
  const { desk, say } = useDesk()
  const [leaving, setLeaving] = useState(false)
  const unsent = state.pending.length
  const leave = async (unavailable: boolean): Promise<void> => {
    setLeaving(true)
    await desk.signOut(unavailable)
    setLeaving(false)
  }
  return (
    <Dialog id="desk-sign-out" title={say("sign-out.title")} onClose={onClose}>
      {unsent === 0 ? null : (
        <p class="notice small" data-kind="warn">
          {say("sign-out.unsent", { count: unsent })}
        </p>
      )}
      {state.mishap?.what === "sign-out" ? (
        <p class="notice small" data-kind="bad" role="alert">
          {tellProblem(say, state.mishap.problem)}
        </p>
      ) : null}
      <div class="desk-ways-out">
        <button type="button" class="button" disabled={leaving} onClick={() => leave(false)}>
          <strong>{say("sign-out.plain")}</strong>
          <small>{say("sign-out.plain.hint")}</small>
        </button>
        <button type="button" class="button" disabled={leaving} onClick={() => leave(true)}>
          <strong>{say("sign-out.unavailable")}</strong>
          <small>{say("sign-out.unavailable.hint")}</small>
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {say("sign-out.stay")}
        </button>
      </div>
    </Dialog>
  )
}
