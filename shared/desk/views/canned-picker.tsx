import { useContext, useEffect, useRef, useState } from "preact/hooks"
import type { CannedAnswerView, ConversationView } from "../../protocol/views.ts"
import { cannedFor, fillCanned, type Slash, slashBefore, withCanned } from "../canned.ts"
import { type Problem, problemOf } from "../problem.ts"
import type { DeskState } from "../state.ts"
import { tellProblem } from "../words.ts"
import { DialogContext, useDesk } from "./context.ts"

/** Shown at a time: what is further down is found by typing. */
const SHOWN = 8

interface Picker {
  /** Takes a key of the answer's field; whether it was one of the list's. */
  press(event: KeyboardEvent): boolean
  /** The caret moved, or something was typed. */
  follow(): void
  /** For the field: which option is chosen, while the list is open. */
  active: string | undefined
  list: preact.ComponentChildren
}

/** A slash in an answer opens the canned ones; what is typed after it narrows them down. */
export const useCannedPicker = (
  field: { current: HTMLTextAreaElement | null },
  state: DeskState,
  view: ConversationView,
): Picker => {
  const { desk, say } = useDesk()
  const openDialog = useContext(DialogContext)
  const [slash, setSlash] = useState<Slash | null>(null)
  const [at, setAt] = useState(0)
  /** A slash that is to stay one. */
  const left = useRef<number | null>(null)
  const { answers, problem } = useCanned(slash !== null)
  const fits = slash === null ? [] : cannedFor(answers ?? [], slash.typed).slice(0, SHOWN)
  const open = slash !== null && (fits.length > 0 || slash.typed === "" || problem !== null)

  const follow = (): void => {
    const area = field.current
    const found =
      area === null || area.selectionStart !== area.selectionEnd
        ? null
        : slashBefore(area.value, area.selectionStart)
    if (found === null) left.current = null
    if (found !== null && found.from === left.current) return
    if (found?.from === slash?.from && found?.typed === slash?.typed) return
    setSlash(found)
    setAt(0)
  }

  const choose = (one: CannedAnswerView): void => {
    const area = field.current
    if (slash === null || area === null) return
    const names = { visitor: view.visitor, agent: state.toolbar?.me.name ?? "" }
    const { text, caret } = withCanned(area.value, slash, fillCanned(one.text, names))
    setSlash(null)
    desk.draft(view.id, text)
    area.value = text
    area.focus()
    area.setSelectionRange(caret, caret)
  }

  const press = (event: KeyboardEvent): boolean => {
    if (!open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    const chosen = fits[at]
    if (step !== 0 && fits.length > 0) setAt((at + step + fits.length) % fits.length)
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && chosen) choose(chosen)
    else if (event.key === "Escape") {
      left.current = slash.from
      setSlash(null)
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return {
    press,
    follow,
    active: open && fits.length > 0 ? `desk-canned-${at}` : undefined,
    list: !open ? null : fits.length === 0 ? (
      <div class="desk-canned">
        {problem === null ? null : <p class="small">{tellProblem(say, problem)}</p>}
        {problem === null && answers?.length === 0 ? (
          <p class="small soft">
            {say("canned.none")}{" "}
            <button
              type="button"
              class="button small"
              onClick={() => {
                setSlash(null)
                // There the keyboard is again when the dialog is closed.
                field.current?.focus()
                openDialog("canned")
              }}
            >
              {say("canned.add")}
            </button>
          </p>
        ) : null}
      </div>
    ) : (
      <div class="desk-canned" role="listbox" id="desk-canned" aria-label={say("canned.title")}>
        {problem === null ? null : <p class="small">{tellProblem(say, problem)}</p>}
        {fits.map((one, i) => (
          <div
            key={one.id}
            id={`desk-canned-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            class="desk-canned-one"
            onPointerDown={(event) => {
              event.preventDefault()
              choose(one)
            }}
          >
            <strong dir="auto">{one.name}</strong>
            <span class="small soft" dir="auto">
              {one.text}
            </span>
          </div>
        ))}
      </div>
    ),
  }
}

/** What there is, at once where it was read before, and read again each time it is opened. */
export const useCanned = (
  wanted: boolean,
): {
  answers: readonly CannedAnswerView[] | null
  problem: Problem | null
  read: () => Promise<void>
} => {
  const { desk } = useDesk()
  const [answers, setAnswers] = useState<readonly CannedAnswerView[] | null>(desk.canned.known())
  const [problem, setProblem] = useState<Problem | null>(null)
  const read = async (): Promise<void> => {
    try {
      setAnswers(await desk.canned.read())
      setProblem(null)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  useEffect(() => {
    if (wanted) void read()
  }, [desk, wanted])
  return { answers, problem, read }
}
