import { useRef } from "preact/hooks"
import type { AgentView } from "../../../protocol/views.ts"
import { tellProblem } from "../../words.ts"
import { useDesk } from "../context.ts"
import { Face } from "../face.tsx"
import { useWork } from "./work.tsx"

/** One's own picture: chosen, seen as colleagues see it, taken away again. It is kept as soon as it is chosen. */
export const Portrait = ({ me, onChanged }: { me: AgentView; onChanged: () => void }) => {
  const { desk, say } = useDesk()
  const { busy, problem, run } = useWork()
  const input = useRef<HTMLInputElement>(null)
  const choose = useRef<HTMLButtonElement>(null)

  const keep = async (file: File | null): Promise<void> => {
    if (await run(() => desk.settings.setPicture(file))) onChanged()
    // The button that was pressed may be gone.
    choose.current?.focus()
  }

  return (
    <div class="desk-portrait">
      <Face name={me.name} picture={me.picture} />
      <div>
        <div class="desk-form-deeds">
          <input
            ref={input}
            type="file"
            accept="image/*"
            hidden
            onChange={({ currentTarget: chosen }) => {
              const [file] = chosen.files ?? []
              if (file !== undefined) void keep(file)
              // The same file may be chosen once more.
              chosen.value = ""
            }}
          />
          <button
            ref={choose}
            type="button"
            class="button small"
            aria-disabled={busy}
            onClick={() => busy || input.current?.click()}
          >
            {say(me.picture ? "profile.picture.other" : "profile.picture.choose")}
          </button>
          {me.picture ? (
            <button
              type="button"
              class="button quiet small"
              aria-disabled={busy}
              onClick={() => busy || void keep(null)}
            >
              {say("profile.picture.remove")}
            </button>
          ) : null}
        </div>
        <small class="small soft">{say("profile.picture.hint")}</small>
        {problem === null ? null : (
          <p class="notice small" data-kind="bad" role="alert">
            {problem.kind === "refused" && problem.code === "wrong-kind"
              ? say("profile.picture.unfit")
              : tellProblem(say, problem)}
          </p>
        )}
      </div>
    </div>
  )
}
