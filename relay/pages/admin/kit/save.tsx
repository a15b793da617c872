import { useAdmin } from "../context.ts"
import type { Trouble } from "../trouble.ts"
import type { Form } from "../use-form.ts"
import { tellProblem } from "../words.ts"

/** What went wrong with a call, where no single field can say it. */
export const TroubleLine = ({ trouble }: { trouble: Trouble | null }) => {
  const { say } = useAdmin()
  return trouble === null ? null : (
    <p class="notice small" data-kind="bad" role="alert">
      {tellProblem(say, trouble.problem)}
    </p>
  )
}

/**
 * The end of a form: what went wrong, whether somebody else was faster, and the buttons. `said`: the trouble
 * stands beside its fields already.
 */
export const SaveBar = <T extends object>({
  form,
  said = false,
  onSave,
}: {
  form: Form<T>
  said?: boolean
  onSave: (over: boolean) => void
}) => {
  const { say } = useAdmin()
  const { dirty, busy, saved, overtaken } = form
  const stale = form.trouble?.problem.kind === "refused" && form.trouble.problem.code === "stale"
  return (
    <>
      {said || stale ? null : <TroubleLine trouble={form.trouble} />}
      {overtaken ? (
        <div class="notice small admin-ask" data-kind="warn" role="alert">
          <span>{say(stale ? "overtaken.refused" : "overtaken")}</span>
          <button type="button" class="button small" onClick={form.loadAnew}>
            {say("overtaken.anew")}
          </button>
          <button type="button" class="button small" disabled={busy} onClick={() => onSave(true)}>
            {say("overtaken.mine")}
          </button>
        </div>
      ) : null}
      <div class="admin-deeds">
        <button type="submit" class="button primary" aria-disabled={!dirty || busy}>
          {say(busy ? "saving" : "save")}
        </button>
        {dirty ? (
          <button type="button" class="button quiet" disabled={busy} onClick={form.loadAnew}>
            {say("undo")}
          </button>
        ) : null}
        <span class="small soft" role="status">
          {saved && !dirty ? say("saved") : dirty ? say("unsaved") : ""}
        </span>
      </div>
    </>
  )
}
