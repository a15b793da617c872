import { useState } from "preact/hooks"
import type { Problem } from "../background/messages.ts"
import { permit } from "../background/permission.ts"
import type { ToolbarSay } from "../background/words.ts"
import { permissionFor } from "../rules/relay-url.ts"
import { useSpeech } from "./context.ts"

/** A problem as a person reads it: what happened, with which value, what to do. */
const problemWords = (problem: Problem, relay: string, say: ToolbarSay): string => {
  if (problem.kind === "unreachable") {
    switch (problem.why) {
      case "network":
        return say("problem.network", { relay })
      case "timeout":
        return say("problem.timeout", { relay })
      case "broken":
        return say("problem.broken", { relay })
      case "not-a-relay":
        return say("problem.notARelay", { relay })
    }
  }
  switch (problem.code) {
    case "code-wrong":
      return say("problem.codeWrong")
    case "code-expired":
      return say("problem.codeExpired")
    case "too-many":
      return say("problem.tooMany")
    case "stale":
      return say("intent.stale")
    default:
      return say("problem.refused", { message: problem.message })
  }
}

/** The problem, in a live region; where a permission could help, with the way to give it. */
export const ProblemNotice = ({ problem, relay }: { problem: Problem; relay: string }) => {
  const { say } = useSpeech()
  const [permitted, setPermitted] = useState(false)
  const permission = problem.kind === "unreachable" && problem.why === "network" ? permissionFor(relay) : null
  return (
    <div
      class="notice"
      data-kind={problem.kind === "refused" && problem.code === "stale" ? "warn" : "bad"}
      role="alert"
    >
      {problemWords(problem, relay, say)}
      {permission !== null && !permitted && (
        <button type="button" class="button small" onClick={() => void permit(permission).then(setPermitted)}>
          {say("problem.permit", { relay: new URL(relay).host })}
        </button>
      )}
    </div>
  )
}
