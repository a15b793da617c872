import { useEffect, useState } from "preact/hooks"
import { SECOND } from "../../words/time.ts"
import type { DeskState } from "../state.ts"
import { visitorName } from "../words.ts"
import { useDesk } from "./context.ts"
import { Icon } from "./icon.tsx"

/** How long it is offered; while somebody points at it or has the focus in it, longer. */
const OFFERED = 8 * SECOND

/** What was just done, and the way back. */
export const Undo = ({ undo }: { undo: NonNullable<DeskState["undo"]> }) => {
  const { desk, say } = useDesk()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => desk.putAwayUndo(), OFFERED)
    return () => clearTimeout(timer)
  }, [desk, undo, held])
  const visitor = visitorName(say, undo.visitor)
  return (
    <div
      class="desk-undo"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <span>
        {undo.deed === "assign"
          ? say("undo.assign", { name: undo.name, visitor })
          : say(`undo.${undo.deed}`, { visitor })}
      </span>
      <button type="button" class="button small" onClick={() => desk.undo()}>
        {say("undo.do")}
      </button>
      <button
        type="button"
        class="button quiet icon"
        aria-label={say("put-away")}
        onClick={() => desk.putAwayUndo()}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}
