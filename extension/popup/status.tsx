import { useState } from "preact/hooks"
import type { IntentWish } from "../../shared/desk/port.ts"
import { Hours } from "../../shared/desk/status/hours.tsx"
import { Until } from "../../shared/desk/status/until.tsx"
import type { AgentView } from "../../shared/protocol/views.ts"
import { INTENTS } from "../../shared/words/nouns.ts"
import { type Answer, type Ask, ask, type Problem } from "../background/messages.ts"
import type { PopupView } from "../rules/popup-view.ts"
import { useSpeech } from "./context.ts"
import { ProblemNotice } from "./problem.tsx"

/**
 * The status switch: radio buttons, so arrow keys move and choose; with until when, and office hours while they
 * are closed. What was pressed shows at once as `pending`; it counts when the relay has it, and falls back to
 * what the relay says when it refuses.
 */
export const Status = ({ view: { toolbar, relay } }: { view: Extract<PopupView, { kind: "shown" }> }) => {
  const { say, language } = useSpeech()
  const { me } = toolbar
  const [pending, setPending] = useState<IntentWish | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const intent = pending?.intent ?? me.intent
  // Days are told apart by it, which a clock that is some minutes off does not mix up.
  const now = Date.now()

  const tell = async (message: Ask): Promise<Answer> => {
    setProblem(null)
    const answer = await ask(message)
    if (!answer.ok) setProblem(answer.problem)
    return answer
  }
  const choose = async (wish: IntentWish): Promise<void> => {
    setPending(wish)
    await tell({ type: "set-intent", wish })
    // The answer to an earlier choice says nothing about what was chosen since.
    setPending((shown) => (shown === wish ? null : shown))
  }

  return (
    <section>
      <fieldset class="switch status" aria-busy={pending !== null}>
        <legend class="hidden">{say("intent.legend")}</legend>
        {INTENTS.map((one) => (
          <label key={one} data-intent={one}>
            <input
              type="radio"
              name="intent"
              value={one}
              checked={intent === one}
              onChange={() => void choose({ intent: one, until: null })}
            />
            <span>{say(`intent.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <Until
        me={me}
        wish={pending}
        now={now}
        language={language}
        onChoose={(until) => void choose({ intent, until })}
      />
      <Hours
        hours={toolbar.hours}
        now={now}
        language={language}
        onOverride={(on) => tell({ type: "set-override", on })}
      />
      {problem !== null && !isOver(problem, me) && <ProblemNotice problem={problem} relay={relay} />}
    </section>
  )
}

/** A stale write is told of until the status changes again. */
const isOver = (problem: Problem, me: AgentView): boolean =>
  problem.kind === "refused" && problem.code === "stale" && me.intentVersion > Number(problem.facts.version)
