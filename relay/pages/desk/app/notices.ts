import { type Notified, noticeTeller } from "../../../../shared/desk/notices.ts"
import type { DeskPort } from "../../../../shared/desk/port.ts"
import { type Say, speak } from "../../../../shared/i18n/formatter.ts"
import type { en } from "../../../../shared/i18n/push/en.ts"
import type { ToolbarState, WaitingView } from "../../../../shared/protocol/views.ts"
import type { ConversationId } from "../../../../shared/words/ids.ts"
import { isId } from "../../../../shared/words/ids.ts"
import type { Language } from "../../../../shared/words/nouns.ts"
import { isSameBrowser } from "../../../../shared/words/push.ts"
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

/**
 * Notifications of a desk that is open, from its live connection: by the same names as those that come by push, so that
 * one takes the other's place. One tab of the browser shows them. Returns how to stop.
 */
export const tellNotices = ({ port, push, registration }: NoticeParts): (() => void) => {
  const stopped = new AbortController()
  void leading(
    "porchlight.desk.notices",
    () => tell({ port, push, registration }, stopped.signal),
    stopped.signal,
  )
  return () => stopped.abort()
}

const tell = ({ port, push, registration }: NoticeParts, over: AbortSignal): Promise<void> => {
  let notified: Notified | null = null
  let toolbar: ToolbarState | null = null
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

  const teller = noticeTeller({
    notified: () => notified,
    remember: (next) => {
      notified = next
    },
    apply: ({ show, clear }) => void apply(show, clear),
    looking: () => document.visibilityState === "visible" && document.hasFocus(),
  })
  document.addEventListener("visibilitychange", teller.lookedAway, { signal: over })
  window.addEventListener("blur", teller.lookedAway, { signal: over })
  const stop = port.live((news) => {
    if (news.type !== "toolbar") return
    if (toolbar === null && news.toolbar.waitingCount <= news.toolbar.waiting.length) void tidy(news.toolbar)
    toolbar = news.toolbar
    if (push.state.get().kind === "on") void wordsOf(toolbar.me.language).catch(() => undefined)
    teller.take(news.toolbar)
  })
  return new Promise((done) => {
    over.addEventListener("abort", () => {
      stop()
      teller.stop()
      done()
    })
  })
}
