import type { en } from "../../i18n/desk/en.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"

/** Every key of the desk (shared/desk/keys.ts acts on them), with the words of what it does. */
const LINES: readonly (readonly [keys: readonly string[], does: readonly (keyof typeof en)[]])[] = [
  [["j", "k"], ["nothing.move"]],
  [["Enter"], ["nothing.open"]],
  [["r"], ["nothing.answer"]],
  [["Esc"], ["nothing.back"]],
  [
    ["1", "2", "3"],
    ["list.unserved", "list.mine", "list.all"],
  ],
  [["t"], ["join"]],
  [["a"], ["assign.open"]],
  [["h"], ["hand-back"]],
  [["e"], ["close"]],
  [["z"], ["undo.do"]],
  [["/", "Ctrl+K"], ["search.title"]],
  [["g"], ["canned.title"]],
  [["?"], ["keys.title"]],
]

const IN_ANSWER: typeof LINES = [
  [["/"], ["canned.insert"]],
  [["Enter", "Ctrl+Enter"], ["composer.send"]],
]

/** What can be done by keys alone: all of it. */
export const Keys = ({ onClose }: { onClose: () => void }) => {
  const { say } = useDesk()
  const table = (lines: typeof LINES) => (
    <dl class="desk-keys">
      {lines.map(([keys, does]) => (
        <div key={keys.join()}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{does.map((one) => say(one as "join")).join(" · ")}</dd>
        </div>
      ))}
    </dl>
  )
  return (
    <Dialog id="desk-keys" title={say("keys.title")} onClose={onClose}>
      {table(LINES)}
      <h3>{say("keys.in-answer")}</h3>
      {table(IN_ANSWER)}
    </Dialog>
  )
}
