import { useEffect, useRef, useState } from "preact/hooks"
import type { FoundView } from "../../protocol/views.ts"
import { type Problem, problemOf } from "../problem.ts"
import { hashOf } from "../route.ts"
import { tellProblem, visitorName } from "../words.ts"
import { useDesk } from "./context.ts"
import { Dialog } from "./dialog.tsx"
import { Face } from "./face.tsx"
import { Icon } from "./icon.tsx"
import { When } from "./when.tsx"

/** After the last key, ms: nobody waits for it, and a word that is being written is not looked for letter by letter. */
const PAUSE = 150

/** What was looked for last, and found: still there when one comes back from what one opened. */
export interface Searched {
  q: string
  found: FoundView[]
  next: number | null
  /** Which of them is chosen. */
  at: number
}

export const NOT_SEARCHED: Searched = { q: "", found: [], next: null, at: 0 }

/** Looks through all that was said. Arrows choose while one types, Enter opens. */
export const Search = ({
  searched,
  onSearched,
  onClose,
}: {
  searched: Searched
  onSearched: (searched: Searched) => void
  onClose: () => void
}) => {
  const { desk, say } = useDesk()
  const [q, setQ] = useState(searched.q)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const { reading, problem, more } = useSearch(q, searched, onSearched)
  const { found, at } = searched
  const asked = q.trim() !== ""

  // What was looked for before gives way to what is typed; what was typed already does not.
  useEffect(() => {
    if (field.current?.value === searched.q) field.current.select()
  }, [])
  useEffect(
    () => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }),
    [at],
  )

  const open = (one: FoundView): void => {
    onClose()
    desk.go(one.summary.id)
    desk.lookAt(one.seq === null ? null : { id: one.summary.id, seq: one.seq })
  }
  const press = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    const chosen = found[at]
    if (step !== 0 && found.length > 0) {
      onSearched({ ...searched, at: Math.min(found.length - 1, Math.max(0, at + step)) })
      if (at + step >= found.length - 2) more()
    } else if (event.key === "Enter" && chosen !== undefined) open(chosen)
    else return
    event.preventDefault()
  }

  return (
    <Dialog id="desk-search" title={say("search.title")} wide onClose={onClose}>
      <div class="desk-search">
        <label class="hidden" for="desk-search-field">
          {say("search.label")}
        </label>
        <input
          ref={field}
          id="desk-search-field"
          class="field"
          type="text"
          inputMode="search"
          enterkeyhint="search"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls="desk-found"
          aria-activedescendant={found.length > 0 ? `desk-found-${at}` : undefined}
          autocomplete="off"
          spellcheck={false}
          maxLength={300}
          placeholder={say("search.placeholder")}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
          onKeyDown={press}
        />
        <p class="small soft desk-search-state" role="status">
          {problem !== null
            ? tellProblem(say, problem)
            : !asked
              ? say("search.start")
              : reading
                ? say("search.reading")
                : found.length === 0
                  ? say("search.none")
                  : say(searched.next === null ? "search.found" : "search.newest", { count: found.length })}
        </p>
        <div ref={list} id="desk-found" class="desk-found" role="listbox" aria-label={say("search.title")}>
          {asked
            ? found.map((one, i) => (
                <Found key={one.summary.id} one={one} at={i} chosen={i === at} onOpen={() => open(one)} />
              ))
            : null}
        </div>
        {asked && searched.next !== null && found.length > 0 ? (
          <button type="button" class="button quiet desk-older" disabled={reading} onClick={more}>
            {say("search.older")}
          </button>
        ) : null}
      </div>
    </Dialog>
  )
}

/** Reads what is asked for, a moment after the last key; what is overtaken is given up. */
const useSearch = (q: string, searched: Searched, onSearched: (searched: Searched) => void) => {
  const { desk } = useDesk()
  const [reading, setReading] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const running = useRef<AbortController | null>(null)

  const read = async (asked: string, before: number | null, known: readonly FoundView[]): Promise<void> => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    setReading(true)
    try {
      const page = await desk.search(asked, before, mine.signal)
      const ids = new Set(known.map(({ summary }) => summary.id))
      const found = [...known, ...page.found.filter(({ summary }) => !ids.has(summary.id))]
      onSearched({ q: asked, found, next: page.next, at: before === null ? 0 : searched.at })
      setProblem(null)
    } catch (error) {
      if (mine.signal.aborted) return
      setProblem(problemOf(error))
    }
    setReading(false)
  }

  useEffect(() => {
    if (q === searched.q) return
    if (q.trim() === "") {
      running.current?.abort()
      setReading(false)
      onSearched({ ...NOT_SEARCHED, q })
      return
    }
    const timer = setTimeout(() => void read(q, null, []), PAUSE)
    return () => clearTimeout(timer)
  }, [q])
  useEffect(() => () => running.current?.abort(), [])

  return {
    reading,
    problem,
    more: () => {
      if (!reading && searched.next !== null && q === searched.q) void read(q, searched.next, searched.found)
    },
  }
}

const Found = ({
  one,
  at,
  chosen,
  onOpen,
}: {
  one: FoundView
  at: number
  chosen: boolean
  onOpen: () => void
}) => {
  const { say } = useDesk()
  const name = visitorName(say, one.summary.visitor)
  const { summary } = one
  return (
    <a
      id={`desk-found-${at}`}
      class="row desk-found-one"
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      href={hashOf(summary.id)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen()
      }}
    >
      <Face name={name} />
      <span class="desk-row-body">
        <span class="desk-row-line">
          <bdi class="desk-row-name">{name}</bdi>
          <When at={one.at} />
        </span>
        <span class="desk-found-text" dir="auto">
          {one.kind === "subject" ? <Icon name="mail" size={14} /> : null}
          {one.snippet.map((part, i) => (part.hit ? <mark key={i}>{part.text}</mark> : part.text))}
        </span>
        <span class="desk-row-site">
          <bdi>{summary.group === null ? summary.site : `${summary.site} · ${summary.group}`}</bdi>
          {summary.state === "closed" ? <span class="pill">{say("mark.closed")}</span> : null}
        </span>
      </span>
    </a>
  )
}
