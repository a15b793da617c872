import { type NoticeTeller, type Notified, noticesOf, noticeTeller } from "../../../../shared/desk/notices.ts"
import type { DeskPort } from "../../../../shared/desk/port.ts"
import { type Say, speak } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/push/en.ts"
import type { ToolbarState, WaitingView } from "../../../../shared/protocol/views.ts"
import type { ConversationId } from "../../../../shared/words/ids.ts"
import { isId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { isSameBrowser } from "../../../../shared/words/push.ts"
import { type Millis, SECOND } from "../../../../shared/words/time.ts"
import { tabLabel } from "../label.ts"
import { leading } from "../leading.ts"
import type { DevicePush } from "./push.ts"

const CATALOGUES = {
  en: async () => (await import("../../../../shared/i18n/push/en.ts")).en,
  cs: async () => (await import("../../../../shared/i18n/push/cs.ts")).cs,
  de: async () => (await import("../../../../shared/i18n/push/de.ts")).de,
  es: async () => (await import("../../../../shared/i18n/push/es.ts")).es,
  fr: async () => (await import("../../../../shared/i18n/push/fr.ts")).fr,
}

const wordsIn = async (language: Language): Promise<Say<typeof en>> =>
  speak<typeof en>(await CATALOGUES[language](), language)

/** The extension of this very browser runs: it tells its person. */
export const isToldByExtension = ({ devices }: ToolbarState): boolean =>
  devices.some(
    ({ kind, label, running }) =>
      kind === "extension" && running && isSameBrowser(tabLabel(navigator, "tab"), label),
  )

interface NoticeParts {
  port: DeskPort
  push: DevicePush
  registration: Promise<ServiceWorkerRegistration | null>
}

/** Whoever leads has told of a conversation by then, whatever it waited for. */
const TOLD_WITHIN: Millis = 35 * SECOND

/**
 * Notifications of a desk that is open, from its live connection: by the same names as those that come by push, so that
 * one takes the other's place. One tab of the browser shows them; the others listen, so that none is missed when
 * another takes that over. Returns how to stop.
 */
export const tellNotices = ({ port, push, registration }: NoticeParts): (() => void) => {
  const stopped = new AbortController()
  let notified: Notified | null = null
  let toolbar: ToolbarState | null = null
  let teller: NoticeTeller | null = null
  let turn: Promise<void> = Promise.resolve()
  let words: { language: Language; loading: Promise<Say<typeof en>> } | null = null

  /** Loaded before anybody is to be told, so that being told waits for nothing. */
  const wordsOf = (language: Language): Promise<Say<typeof en>> => {
    if (words?.language === language) return words.loading
    const loading = wordsIn(language)
    words = { language, loading }
    // Asked for again once they are needed.
    loading.catch(() => {
      if (words?.loading === loading) words = null
    })
    return loading
  }

  const apply = async (show: readonly WaitingView[], clear: readonly ConversationId[]): Promise<void> => {
    const it = await registration
    if (it === null || toolbar === null) return
    for (const id of clear) for (const shown of await it.getNotifications({ tag: id })) shown.close()
    if (push.state.get().kind !== "on" || isToldByExtension(toolbar)) return
    const say = await wordsOf(toolbar.me.language)
    for (const { id, visitor, site, excerpt, lastAt } of show)
      await it.showNotification(
        visitor === "" ? say("message.unnamed", { site }) : say("message.title", { visitor, site }),
        {
          body: excerpt,
          tag: id,
          lang: toolbar.me.language,
          icon: "/desk/icon-192.png",
          badge: "/desk/badge-96.png",
          timestamp: lastAt,
          data: { conversation: id },
        } as NotificationOptions,
      )
  }

  /** What came by push while no page was open, and was opened elsewhere since. */
  const tidy = async ({ waiting }: ToolbarState): Promise<void> => {
    const open = new Set<string>(waiting.filter(({ opened }) => !opened).map(({ id }) => id))
    for (const shown of (await (await registration)?.getNotifications()) ?? [])
      if (isId("conversation", shown.tag) && !open.has(shown.tag)) shown.close()
  }

  /** One after the other: Chromium forgets a notification when it is asked what is shown just as it appears. */
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch((error: unknown) => {
      console.error("[porchlight] a notification could not be shown or taken away", error)
    })
  }

  /** Another tab leads, or none yet: notes what that one has told of, and what waited before this one was opened. */
  const follow = (now: ToolbarState): void => {
    const { show, notified: all } = noticesOf(now, notified)
    const kept = { ...all }
    for (const { id, lastAt } of show) if (Date.now() - lastAt < TOLD_WITHIN) delete kept[id]
    notified = kept
  }

  const stop = port.live((news) => {
    if (news.type !== "toolbar") return
    const isFirst = toolbar === null
    toolbar = news.toolbar
    if (push.state.get().kind === "on") void wordsOf(toolbar.me.language).catch(() => undefined)
    if (isFirst && toolbar.waitingCount <= toolbar.waiting.length) {
      const first = toolbar
      inTurn(() => tidy(first))
    }
    if (teller === null) follow(toolbar)
    else teller.take(toolbar)
  })

  const lead = (): Promise<void> => {
    const over = stopped.signal
    const leader = noticeTeller({
      notified: () => notified,
      remember: (next) => {
        notified = next
      },
      apply: ({ show, clear }) => inTurn(() => apply(show, clear)),
      looking: () => document.visibilityState === "visible" && document.hasFocus(),
    })
    document.addEventListener("visibilitychange", leader.lookedAway, { signal: over })
    window.addEventListener("blur", leader.lookedAway, { signal: over })
    teller = leader
    if (toolbar !== null) {
      follow(toolbar)
      leader.take(toolbar)
    }
    return new Promise((done) => {
      over.addEventListener("abort", () => {
        leader.stop()
        done()
      })
    })
  }

  void leading("porchlight.desk.notices", lead, stopped.signal)
  return () => {
    stop()
    stopped.abort()
  }
}
