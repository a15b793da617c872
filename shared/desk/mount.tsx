import { render } from "preact"
import type { Language } from "../words/nouns.ts"
import { createDesk } from "./desk.ts"
import { listKeeper } from "./keep-lists.ts"
import { keepingPort } from "./keeping-port.ts"
import { openKept } from "./kept.ts"
import type { DeskStorage } from "./memory.ts"
import type { DeskPort } from "./port.ts"
import type { DeskRoute } from "./route.ts"
import { App } from "./views/app.tsx"
import { DeskContext, DeviceContext, type DeviceParts } from "./views/context.ts"
import { PicturesContext } from "./views/face.tsx"
import { loadWords, type SayDesk } from "./words.ts"

export interface DeskOptions {
  /** Until the agent's own language is known from the profile. */
  language: Language
  route: DeskRoute
  /** The person has signed out (`left`), or the token is no longer good (`ended`). The desk has stopped. */
  onSignedOut: (how: "left" | "ended") => void
  /** Where drafts and unsent answers are kept; `localStorage` of the page if left out. */
  storage?: DeskStorage
  /** What the place adds of its own; nothing if left out. */
  device?: DeviceParts
}

/**
 * Shows the desk in an element of a page that has shared/design/tokens.css, base.css and shared/desk/desk.css.
 * Returns how to take it away again.
 */
export const mountDesk = (root: HTMLElement, port: DeskPort, options: DeskOptions): (() => void) => {
  const report = (error: unknown): void => console.error("[porchlight]", error)
  const keeping = keepingPort(port, { kept: openKept(), now: () => Date.now(), report })
  const desk = createDesk({
    port: keeping,
    route: options.route,
    storage: options.storage ?? localStorage,
    now: () => Date.now(),
    onSignedOut: (how) => {
      void keeping.forget()
      options.onSignedOut(how)
    },
  })
  let words: { language: Language; say: SayDesk } | null = null
  let loading: Language | null = null
  let drawing = false
  let gone = false

  const draw = (): void => {
    drawing = false
    if (gone) return
    const language = desk.state().toolbar?.me.language ?? options.language
    if (words?.language !== language) void speakIn(language)
    if (words === null) return
    const tools = { desk, say: words.say, language: words.language, keptFrom: keeping.keptFrom }
    render(
      <DeskContext.Provider value={tools}>
        <DeviceContext.Provider value={options.device ?? null}>
          <PicturesContext.Provider value={desk.pictures}>
            <App state={desk.state()} />
          </PicturesContext.Provider>
        </DeviceContext.Provider>
      </DeskContext.Provider>,
      root,
    )
  }

  const speakIn = async (language: Language): Promise<void> => {
    if (loading === language) return
    loading = language
    const say = await loadWords(language)
    if (loading !== language || gone) return
    loading = null
    words = { language, say }
    root.ownerDocument.documentElement.lang = language
    draw()
  }

  /** Several changes of one moment are one drawing. */
  const lists = listKeeper(keeping, desk.state)
  const stop = desk.subscribe(() => {
    lists.look()
    if (drawing) return
    drawing = true
    queueMicrotask(draw)
  })
  draw()
  desk.start()

  return () => {
    gone = true
    stop()
    lists.stop()
    desk.stop()
    render(null, root)
  }
}
