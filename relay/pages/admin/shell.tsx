import type { ComponentType } from "preact"
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks"
import logo from "../../../shared/design/logo.svg"
import { pictureShelf } from "../../../shared/desk/pictures.ts"
import { PicturesContext } from "../../../shared/desk/views/face.tsx"
import type { SettingsView } from "../../../shared/protocol/views.ts"
import type { Language } from "../../../shared/words/nouns.ts"
import { type PageWords, pageWords, WordsContext } from "../kit/words.ts"
import type { AdminApi } from "./api.ts"
import { Changes } from "./changes/view.tsx"
import { AdminContext, UnsavedContext, useAdmin } from "./context.ts"
import { Groups } from "./groups/view.tsx"
import { Hours } from "./hours/view.tsx"
import { MailHealth } from "./mail-health/view.tsx"
import { Names } from "./names/view.tsx"
import { Notices } from "./notices/view.tsx"
import { Persons } from "./persons/view.tsx"
import { Plan } from "./plan.tsx"
import { Queue } from "./queue/view.tsx"
import { hashOf, type Route, SCREENS, type Screen, useRoute } from "./route.ts"
import { Simulator } from "./simulator/view.tsx"
import { Sites } from "./sites/view.tsx"
import { Team } from "./team/view.tsx"
import { Timeline } from "./timeline/view.tsx"
import { useAccount } from "./use-account.ts"
import { Webhooks } from "./webhooks/view.tsx"
import { loadWords, type SayAdmin, tellProblem } from "./words.ts"

const NAV_ID = "admin-nav"

/** Loads what all screens show, or says why they are not shown. */
export const Admin = ({
  api,
  language,
  onEnded,
}: {
  api: AdminApi
  /** Until the agent's own is known. */
  language: Language
  onEnded: () => void
}) => {
  const ended = useRef(onEnded)
  const account = useAccount(
    api,
    useCallback(() => ended.current(), []),
  )
  const { toolbar, settings, problem } = account
  const words = useWordsIn(toolbar?.me.language ?? language)
  const pictures = useMemo(() => pictureShelf(api.picture), [api])
  useEffect(() => pictures.close, [pictures])
  if (words === null) return null
  const { say } = words
  const me = toolbar?.me
  if (me !== undefined && me.role !== "admin") return <NotAdmin say={say} name={me.name} />
  if (me === undefined || settings === null)
    return (
      <main class="page-card">
        <div class="card page-form" role="status">
          <p>{problem === null ? say("reading") : tellProblem(say, problem)}</p>
          {problem === null ? null : (
            <button type="button" class="button" onClick={() => void account.reload().catch(() => undefined)}>
              {say("retry")}
            </button>
          )}
        </div>
      </main>
    )
  return (
    <WordsContext.Provider value={words.page}>
      <AdminContext.Provider
        value={{ api, settings, reload: account.reload, me, say, language: words.language }}
      >
        <PicturesContext.Provider value={pictures}>
          <Frame connected={account.connected} />
        </PicturesContext.Provider>
      </AdminContext.Provider>
    </WordsContext.Provider>
  )
}

interface AdminWords {
  say: SayAdmin
  /** Of what these screens have in common with the relay's other pages. */
  page: PageWords
  language: Language
}

const useWordsIn = (language: Language): AdminWords | null => {
  const [words, setWords] = useState<AdminWords | null>(null)
  useEffect(() => {
    let stale = false
    void Promise.all([loadWords(language), pageWords(language)]).then(([say, page]) => {
      if (stale) return
      document.documentElement.lang = language
      setWords({ say, page, language })
    })
    return () => {
      stale = true
    }
  }, [language])
  return words
}

const NotAdmin = ({ say, name }: { say: SayAdmin; name: string }) => (
  <main class="page-card">
    <div class="card page-form">
      <header class="page-brand">
        <img src={logo} alt="" />
        <h1>{say("not-admin.title")}</h1>
      </header>
      <p>{say("not-admin.why", { name })}</p>
      <p class="page-deeds">
        <a class="button primary" href="/desk">
          {say("to-desk")}
        </a>
      </p>
    </div>
  </main>
)

/** Screens of one's own settings; each stays as it was left, so that nothing half-written is lost. */
const FORMS: Partial<Record<Screen, ComponentType<{ part: string | null }>>> = {
  team: Team,
  groups: Groups,
  names: Names,
  sites: Sites,
  notices: Notices,
  hours: Hours,
  plan: Plan,
}

/** Pictures of what happened or would; drawn anew each time they are looked at. */
const PICTURES: Partial<
  Record<Screen, ComponentType<{ api: AdminApi; settings: SettingsView; language: Language }>>
> = {
  queue: Queue,
  "mail-health": MailHealth,
  timeline: Timeline,
  simulator: Simulator,
  changes: Changes,
  persons: Persons,
  webhooks: Webhooks,
}

const Frame = ({ connected }: { connected: boolean }) => {
  const { say, api, settings, language } = useAdmin()
  const route = useRoute()
  const unsaved = useUnsavedParts()
  const visited = useRef(new Set<Screen>())
  visited.current.add(route.screen)
  const main = useRef<HTMLElement>(null)
  const shown = useRef(route.screen)

  useEffect(() => {
    document.title = `${say(`nav.${route.screen}`)} · ${settings.account.name}`
    if (shown.current === route.screen) return
    shown.current = route.screen
    scrollTo({ top: 0 })
    // Keyboards and screen readers go on where the new screen begins.
    main.current?.focus({ preventScroll: true })
  }, [route.screen, say, settings.account.name])

  const Picture = PICTURES[route.screen]
  return (
    <div class="admin">
      <Head route={route} />
      <Navigation route={route} unsaved={unsaved.screens} />
      {connected ? null : (
        <p class="admin-connection" role="status">
          {say("connection.lost")}
        </p>
      )}
      <main ref={main} class="admin-main" tabIndex={-1} data-screen={route.screen}>
        {SCREENS.map((screen) => {
          const View = FORMS[screen]
          if (View === undefined || !visited.current.has(screen)) return null
          return (
            <div key={screen} class="admin-screen" hidden={screen !== route.screen}>
              <UnsavedContext.Provider value={unsaved.of(screen)}>
                <View part={screen === route.screen ? route.part : null} />
              </UnsavedContext.Provider>
            </div>
          )
        })}
        {Picture === undefined ? null : (
          <div class="admin-screen">
            <Picture api={api} settings={settings} language={language} />
          </div>
        )}
      </main>
    </div>
  )
}

const Head = ({ route }: { route: Route }) => {
  const { say, settings } = useAdmin()
  return (
    <header class="admin-head">
      <img src={logo} alt="" />
      <strong class="admin-account">
        <bdi>{settings.account.name}</bdi>
      </strong>
      <button type="button" class="button small admin-nav-open" popovertarget={NAV_ID}>
        <span class="hidden">{say("nav.label")}: </span>
        {say(`nav.${route.screen}`)}
        <span aria-hidden="true">▾</span>
      </button>
      <a class="button small" href="/desk">
        {say("to-desk")}
      </a>
    </header>
  )
}

/** A column beside the screen; where that has no room, a menu. */
const Navigation = ({ route, unsaved }: { route: Route; unsaved: ReadonlySet<Screen> }) => {
  const { say } = useAdmin()
  return (
    <nav id={NAV_ID} class="admin-nav" popover="auto" aria-label={say("nav.label")}>
      <ul>
        {SCREENS.map((screen) => (
          <li key={screen}>
            <a
              href={hashOf(screen)}
              aria-current={screen === route.screen ? "page" : undefined}
              onClick={() => document.getElementById(NAV_ID)?.hidePopover()}
            >
              {say(`nav.${screen}`)}
              {unsaved.has(screen) ? <span class="pill">{say("unsaved")}</span> : null}
            </a>
          </li>
        ))}
        <li class="admin-nav-desk">
          <a href="/desk">{say("to-desk")}</a>
        </li>
      </ul>
    </nav>
  )
}

/** Which screens have something unsaved; while any has, the browser asks before it closes the page. */
const useUnsavedParts = () => {
  const [parts, setParts] = useState<ReadonlySet<string>>(new Set())
  const tellers = useRef(new Map<Screen, (part: string, unsaved: boolean) => void>())
  const of = (screen: Screen): ((part: string, unsaved: boolean) => void) => {
    const known = tellers.current.get(screen)
    if (known !== undefined) return known
    const tell = (part: string, unsaved: boolean): void =>
      setParts((before) => {
        const key = `${screen} ${part}`
        if (before.has(key) === unsaved) return before
        const after = new Set(before)
        if (unsaved) after.add(key)
        else after.delete(key)
        return after
      })
    tellers.current.set(screen, tell)
    return tell
  }
  useEffect(() => {
    if (parts.size === 0) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [parts.size === 0])
  return {
    of,
    screens: new Set(SCREENS.filter((screen) => [...parts].some((key) => key.startsWith(`${screen} `)))),
  }
}
