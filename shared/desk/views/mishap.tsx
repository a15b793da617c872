import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

/** What was tried and did not work, and why, until it is put away. */
export const Mishap = ({ state }: { state: DeskState }) => {
  const { desk, say } = useDesk()
  if (state.mishap === null) return null
  return (
    <div class="notice small desk-mishap" data-kind="bad" role="alert">
      <span>
        <strong>{say(`mishap.${state.mishap.what}`)}</strong> {tellProblem(say, state.mishap.problem)}
      </span>
      <button
        type="button"
        class="button quiet icon"
        aria-label={say("put-away")}
        onClick={() => desk.putAwayMishap()}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}
