import { useState } from "preact/hooks"
import type { TakeView } from "../../../shared/protocol/views.ts"
import type { AgentId } from "../../../shared/words/ids.ts"
import { useWords } from "../kit/words.ts"

/** Who takes it: an agent the mail stands for, or somebody else by name. */
export type Taker = { agentId: AgentId; name: null } | { agentId: null; name: string }

const OTHER = "other"

export const TakeForm = ({
  agents,
  over,
  busy,
  onTake,
}: {
  agents: TakeView["agents"]
  /** Somebody has it, who would be relieved of it. */
  over: boolean
  busy: boolean
  onTake: (taker: Taker) => Promise<void>
}) => {
  const { say } = useWords()
  const [chosen, setChosen] = useState<AgentId | typeof OTHER | null>(agents.length === 0 ? OTHER : null)
  const [name, setName] = useState("")
  return (
    <form
      class="page-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen === OTHER) void onTake({ agentId: null, name: name.trim() })
        else if (chosen !== null) void onTake({ agentId: chosen, name: null })
      }}
    >
      <fieldset class="take-who">
        <legend>{say("take.who")}</legend>
        {agents.map((agent) => (
          <label key={agent.id} class="take-choice">
            <input
              type="radio"
              name="who"
              required
              checked={chosen === agent.id}
              onChange={() => setChosen(agent.id)}
            />
            <bdi>{agent.name}</bdi>
          </label>
        ))}
        <label class="take-choice">
          <input
            type="radio"
            name="who"
            required
            checked={chosen === OTHER}
            onChange={() => setChosen(OTHER)}
          />
          <span>{say("take.other")}</span>
        </label>
        {chosen === OTHER ? (
          <label class="field take-name">
            <span>{say("take.name")}</span>
            <input
              required
              autocomplete="name"
              maxLength={80}
              pattern=".*\S.*"
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <small>{say("take.name.hint")}</small>
          </label>
        ) : null}
      </fieldset>
      <button type="submit" class="button primary" disabled={busy}>
        {say(busy ? "take.taking" : over ? "take.over" : "take.go")}
      </button>
    </form>
  )
}
