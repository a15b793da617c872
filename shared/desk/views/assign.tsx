import { useEffect, useState } from "preact/hooks"
import type { ConversationView, HeirsView } from "../../protocol/views.ts"
import { hasWanted, wantedOf } from "../../words/search-words.ts"
import type { Heir } from "../port.ts"
import { type Problem, problemOf } from "../problem.ts"
import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"
import { Face } from "./face.tsx"

/** More names than this are looked for by typing. */
const AT_A_GLANCE = 7

/** Who is to have the conversation from now on: a colleague, a group, or everybody. */
export const Assign = ({
  state,
  view,
  onClose,
}: {
  state: DeskState
  view: ConversationView
  onClose: () => void
}) => {
  const { desk, say } = useDesk()
  const { groups, problem } = useHeirs()
  const [typed, setTyped] = useState("")
  const wanted = wantedOf(typed)
  const fits = (name: string): boolean => wanted === null || hasWanted(wanted, name)
  const team = (state.toolbar?.team ?? []).filter(({ id }) => id !== view.joinedBy)
  const mates = team.filter(({ name }) => fits(name))
  const others = (groups ?? []).filter(
    ({ name }) => fits(name) && (name !== view.group || view.state !== "unserved"),
  )
  const many = team.length + (groups?.length ?? 0) > AT_A_GLANCE

  const give = (to: Heir, name: string): void => {
    onClose()
    void desk.assign(view.id, to, name)
  }

  return (
    <Dialog id="desk-assign" title={say("assign.title")} onClose={onClose}>
      <div class="desk-assign">
        {many ? (
          <input
            class="field"
            autofocus
            type="search"
            aria-label={say("assign.find")}
            placeholder={say("assign.find")}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
        {problem === null ? null : (
          <p class="notice small" data-kind="bad" role="alert">
            {tellProblem(say, problem)}
          </p>
        )}
        <h3>{say("assign.mates")}</h3>
        {mates.length === 0 ? <p class="small soft">{say("assign.nobody")}</p> : null}
        <ul class="list">
          {mates.map((mate, i) => (
            <li key={mate.id}>
              <button
                type="button"
                class="row"
                autofocus={i === 0 && !many}
                onClick={() => give({ agentId: mate.id }, mate.name)}
              >
                <Face name={mate.name} picture={mate.picture} />
                <bdi class="desk-assign-name">{mate.name}</bdi>
                <span class="small soft desk-presence" data-presence={mate.online ? mate.presence : "gone"}>
                  {say(mate.online || mate.intent === "unavailable" ? `team.${mate.intent}` : "team.away")}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {groups === null || groups.length === 0 ? null : (
          <>
            <h3>{say("assign.groups")}</h3>
            <ul class="list">
              {others.map((group) => (
                <li key={group.id}>
                  <button type="button" class="row" onClick={() => give({ groupId: group.id }, group.name)}>
                    <span class="lamp" data-on={group.on} />
                    <bdi class="desk-assign-name">{group.name}</bdi>
                    <span class="small soft">{say(group.on ? "lights.on" : "lights.off")}</span>
                  </button>
                </li>
              ))}
              {view.group === null || !fits(say("assign.all")) ? null : (
                <li>
                  <button
                    type="button"
                    class="row"
                    onClick={() => give({ groupId: null }, say("assign.all"))}
                  >
                    <span class="desk-assign-name">{say("assign.all")}</span>
                  </button>
                </li>
              )}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  )
}

/** The groups there are; null until they were read. */
const useHeirs = (): { groups: HeirsView["groups"] | null; problem: Problem | null } => {
  const { desk } = useDesk()
  const [groups, setGroups] = useState<HeirsView["groups"] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    const reading = new AbortController()
    const read = async (): Promise<void> => {
      try {
        setGroups((await desk.heirs(reading.signal)).groups)
      } catch (error) {
        if (!reading.signal.aborted) setProblem(problemOf(error))
      }
    }
    void read()
    return () => reading.abort()
  }, [desk])
  return { groups, problem }
}
