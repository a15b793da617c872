import { useState } from "preact/hooks"
import type { CannedAnswerView } from "../../protocol/views.ts"
import { type Problem, problemOf } from "../problem.ts"
import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { useCanned } from "./canned-picker.tsx"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"

/** As shared/protocol/fields.ts has them. */
const LONGEST_NAME = 80
const LONGEST_TEXT = 10_000

/** The canned answers: everybody's, which admins write, and one's own. */
export const Canned = ({ state, onClose }: { state: DeskState; onClose: () => void }) => {
  const { say } = useDesk()
  const { answers, problem, read } = useCanned(true)
  const [edited, setEdited] = useState<CannedAnswerView | "new" | null>(null)
  const admin = state.toolbar?.me.role === "admin"
  const done = (): void => {
    setEdited(null)
    void read()
  }
  return (
    <Dialog id="desk-canned-title" title={say("canned.title")} wide onClose={onClose}>
      <p class="small soft">{say("canned.hint", { visitor: "{visitor}", agent: "{agent}" })}</p>
      {problem === null ? null : (
        <p class="notice small" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
      {answers?.length === 0 && edited === null ? <p class="soft">{say("canned.none")}</p> : null}
      <ul class="list desk-canned-list">
        {(answers ?? []).map((one) => (
          <li key={one.id}>
            {edited !== "new" && edited?.id === one.id ? (
              <CannedForm canned={one} admin={admin} onDone={done} onCancel={() => setEdited(null)} />
            ) : (
              <CannedLine
                canned={one}
                changeable={admin || !one.shared}
                onEdit={() => setEdited(one)}
                onDone={done}
              />
            )}
          </li>
        ))}
      </ul>
      {edited === "new" ? (
        <CannedForm canned={null} admin={admin} onDone={done} onCancel={() => setEdited(null)} />
      ) : (
        <button type="button" class="button" onClick={() => setEdited("new")}>
          {say("canned.add")}
        </button>
      )}
    </Dialog>
  )
}

const CannedLine = ({
  canned,
  changeable,
  onEdit,
  onDone,
}: {
  canned: CannedAnswerView
  changeable: boolean
  onEdit: () => void
  onDone: () => void
}) => {
  const { desk, say } = useDesk()
  const [problem, setProblem] = useState<Problem | null>(null)
  const remove = async (): Promise<void> => {
    try {
      await desk.canned.remove(canned.id)
      onDone()
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return (
    <div class="desk-canned-line">
      <div class="desk-canned-words">
        <strong dir="auto">{canned.name}</strong>{" "}
        <span class="pill">{say(canned.shared ? "canned.shared" : "canned.own")}</span>
        <p class="small soft" dir="auto">
          {canned.text}
        </p>
        {problem === null ? null : <p class="small field-error">{tellProblem(say, problem)}</p>}
      </div>
      {changeable ? (
        <div class="desk-canned-deeds">
          <button
            type="button"
            class="button small"
            aria-label={say("canned.edit.of", { name: canned.name })}
            onClick={onEdit}
          >
            {say("canned.edit")}
          </button>
          <button
            type="button"
            class="button small"
            aria-label={say("canned.remove.of", { name: canned.name })}
            onClick={remove}
          >
            {say("canned.remove")}
          </button>
        </div>
      ) : null}
    </div>
  )
}

const CannedForm = ({
  canned,
  admin,
  onDone,
  onCancel,
}: {
  canned: CannedAnswerView | null
  admin: boolean
  onDone: () => void
  onCancel: () => void
}) => {
  const { desk, say } = useDesk()
  const [name, setName] = useState(canned?.name ?? "")
  const [text, setText] = useState(canned?.text ?? "")
  const [shared, setShared] = useState(canned?.shared ?? admin)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setSaving(true)
    try {
      await desk.canned.save(canned?.id ?? null, { name, text, shared })
      onDone()
    } catch (error) {
      setProblem(problemOf(error))
      setSaving(false)
    }
  }
  return (
    <form class="desk-canned-form" onSubmit={save}>
      <label>
        {say("canned.name")}
        <input
          class="field"
          required
          maxLength={LONGEST_NAME}
          value={name}
          autofocus
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        {say("canned.text")}
        <textarea
          class="field"
          required
          rows={4}
          dir="auto"
          maxLength={LONGEST_TEXT}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {admin && canned === null ? (
        <label class="desk-canned-shared">
          <input
            type="checkbox"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />{" "}
          {say("canned.for-all")}
        </label>
      ) : null}
      {problem === null ? null : (
        <p class="notice small" data-kind="bad" role="alert">
          {tellProblem(say, problem)}
        </p>
      )}
      <div class="desk-canned-deeds">
        <button type="submit" class="button primary" disabled={saving}>
          {say("canned.save")}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {say("cancel")}
        </button>
      </div>
    </form>
  )
}
