import { useEffect, useState } from "preact/hooks"
import type { AgentView } from "../../shared/protocol/views.ts"
import { INTENTS, type Intent } from "../../shared/words/nouns.ts"
import { ask, type Problem } from "../background/messages.ts"
import { useSpeech } from "./context.ts"
import { ProblemNotice } from "./problem.tsx"

/**
 * The status switch: radio buttons, so arrow keys move and choose. What was pressed shows at once as
 * `pending`; it counts when the relay has it, and falls back to what the relay says when it refuses.
 */
export const Status = ({ me, relay }: { me: AgentView; relay: string }) => {
  const { say } = useSpeech()
  const [pending, setPending] = useState<Intent | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const chosen = pending ?? me.intent

  // Whatever sets it anew, here or on another device, ends what was pending.
  useEffect(() => setPending(null), [me.intentVersion])

  const choose = async (intent: Intent): Promise<void> => {
    setPending(intent)
    setProblem(null)
    const answer = await ask({ type: "set-intent", intent })
    setPending((now) => (now === intent ? null : now))
    if (!answer.ok) setProblem(answer.problem)
  }

  return (
    <section>
      <fieldset class="switch status" aria-busy={pending !== null}>
        <legend class="hidden">{say("intent.legend")}</legend>
        {INTENTS.map((intent) => (
          <label key={intent} data-intent={intent}>
            <input
              type="radio"
              name="intent"
              value={intent}
              checked={chosen === intent}
              onChange={() => void choose(intent)}
            />
            <span>{say(`intent.${intent}`)}</span>
          </label>
        ))}
      </fieldset>
      {problem !== null && !isOver(problem, me) && <ProblemNotice problem={problem} relay={relay} />}
    </section>
  )
}

/** A stale write is told of until the status changes again. */
const isOver = (problem: Problem, me: AgentView): boolean =>
  problem.kind === "refused" && problem.code === "stale" && me.intentVersion > Number(problem.facts.version)
