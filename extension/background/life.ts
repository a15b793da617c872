import { caller } from "../../shared/desk/http-port.ts"
import { withIntentNow } from "../../shared/desk/intent-now.ts"
import { openKept } from "../../shared/desk/kept.ts"
import { noticeTeller } from "../../shared/desk/notices.ts"
import type { IntentNow, IntentWish } from "../../shared/desk/port.ts"
import type { ToolbarState } from "../../shared/protocol/views.ts"
import type { ConversationId } from "../../shared/words/ids.ts"
import type { Intent } from "../../shared/words/nouns.ts"
import { type ConnectionNews, NO_CONNECTION, stepConnection } from "../rules/connection.ts"
import { intentAfter } from "../rules/next-intent.ts"
import { NOTHING_SAVED } from "../rules/saved.ts"
import { clearAlarms, ensureAlarms } from "./alarms.ts"
import { createBadge } from "./badge.ts"
import { createBeats } from "./beats.ts"
import { openDesk } from "./desk-tabs.ts"
import type { Idle } from "./idle.ts"
import { createMenu } from "./menu.ts"
import type { Answer, Ask } from "./messages.ts"
import { applyNotices } from "./notifications.ts"
import * as relay from "./session.ts"
import { createSocket } from "./socket.ts"
import { openState, report } from "./state.ts"
import { openBoot, writeDraft } from "./storage.ts"
import { languageOf, toolbarWords } from "./words.ts"

export interface Life {
  /** Makes sure of alarm and connection, asks the browser whether the person is there, beats if it is time. */
  wake(): Promise<void>
  /** Beats if it is time, or if there is something new to say. */
  beat(): Promise<void>
  answer(message: Ask): Promise<Answer>
  /** The status after the one that is shown, as if it had been pressed in the popup. */
  nextIntent(): Promise<Answer>
}

/**
 * One life of the background, from waking to being stopped:
 *
 *   idle API ─▶ idle ─┐                        ┌─ socket (data frame every 20 s)
 *   alarm ────────────┼─▶ beats ─▶ beat-plan ──┤
 *   socket up/down ───┘                        └─ POST /api/beat (every 30 s without a socket)
 *   relay ─▶ socket ─▶ state ─▶ storage ─▶ popup;  state ─▶ badge, menu
 *
 * Nothing in here ever writes the intent but what a person pressed.
 */
export const beginLife = async (idle: Idle): Promise<Life> => {
  const badge = createBadge()
  const menu = createMenu()
  const [boot, state] = await Promise.all([
    openBoot(),
    openState(async (kept) => {
      await Promise.all([badge(kept), menu(kept)])
    }),
    idle.learn(),
  ])
  const session = () => state.get().session
  const connection = (news: ConnectionNews): void =>
    state.change({ connection: stepConnection(state.get().connection, news) })

  const notices = noticeTeller({
    notified: () => state.get().notified,
    remember: (notified) => state.change({ notified }),
    apply: (change) => {
      void applyNotices(change, toolbarWords(languageOf(state.get().toolbar))).catch(report)
    },
  })

  const takeToolbar = (toolbar: ToolbarState): void => {
    if (session() === null) return
    state.change({ toolbar })
    notices.take(toolbar)
  }

  const socket = createSocket({
    up: () => {
      beats.renew()
      void beats.tick()
    },
    down: () => {
      connection({ kind: "socket-lost" })
      void beats.tick()
    },
    toolbar: takeToolbar,
    event: ({ cursor }) => state.change({ cursor }),
    acked: (seq) => beats.acked(seq),
    signedOut: () => forget("relay"),
  })

  const beats = createBeats({
    next: boot.next,
    signedIn: () => session() !== null,
    socketUp: socket.isUp,
    idleState: idle.state,
    tellsIdle: idle.tells,
    overSocket: socket.beat,
    overHttp: async (beat) => {
      const mine = session()
      if (mine !== null) await caller(mine).nothing("POST", "/api/beat", beat)
    },
    taken: (via) => {
      connection({ kind: "acked", via, at: Date.now() })
      if (via === "http") void refresh()
    },
    failed: (error) => {
      if (relay.isSignedOut(error)) forget("relay")
      else connection({ kind: "beat-failed" })
    },
    silent: () => {
      socket.close()
      connect()
    },
    now: () => Date.now(),
  })

  /** Without a socket nothing is pushed to us; so the badge is asked for with every beat. */
  const refresh = async (): Promise<void> => {
    const mine = session()
    if (mine === null || socket.isUp()) return
    try {
      const toolbar = await relay.readToolbar(mine)
      // The socket may have come up meanwhile, with something newer.
      if (session()?.token === mine.token && !socket.isUp()) takeToolbar(toolbar)
    } catch (error) {
      if (relay.isSignedOut(error)) forget("relay")
      else connection({ kind: "beat-failed" })
    }
  }

  const connect = (): void => {
    const mine = session()
    if (mine !== null) socket.ensure(mine, state.get().cursor)
  }

  /** Signed out, here at least. The next one to sign in finds nothing of the last. */
  const forget = (by: "person" | "relay"): void => {
    const told = Object.keys(state.get().notified ?? {}) as ConversationId[]
    notices.stop()
    state.change({ ...NOTHING_SAVED, connection: NO_CONNECTION, ended: by === "relay" })
    beats.stop()
    socket.close()
    // What the desk kept for reading without a connection, also when no page of it is open.
    void openKept().wipe().catch(report)
    void clearAlarms().catch(report)
    void applyNotices({ show: [], clear: told }, toolbarWords(languageOf(null))).catch(report)
  }

  const wake = async (): Promise<void> => {
    if (session() === null) return
    await Promise.all([ensureAlarms(), idle.refresh()])
    connect()
    await beats.tick()
  }

  const signIn = async (origin: string, address: string, code: string): Promise<void> => {
    const signedIn = await relay.signIn(origin, address, code)
    state.change({ ...NOTHING_SAVED, session: signedIn.session, connection: NO_CONNECTION, ended: false })
    takeToolbar(signedIn.toolbar)
    await writeDraft(null)
    beats.renew()
    await wake()
  }

  const setIntent = async (wishAt: (shown: Intent) => IntentWish): Promise<void> => {
    const { session: mine, toolbar } = state.get()
    if (mine === null || toolbar === null) return
    const wish = wishAt(toolbar.me.intent)
    const show = (now: IntentNow): void => {
      const newest = state.get().toolbar
      // A push may have overtaken the answer: the higher version is the newer one.
      if (newest === null || now.version < newest.me.intentVersion) return
      state.change({ toolbar: { ...newest, me: withIntentNow(newest.me, now) } })
    }
    try {
      show(await relay.setIntent(mine, wish, toolbar.me.intentVersion))
      void refresh()
    } catch (error) {
      const current = relay.currentIntent(error)
      if (current !== null) show(current)
      if (relay.isSignedOut(error)) forget("relay")
      throw error
    }
  }

  /** One after the other, so that who presses a status and then its end is not too late by our own doing. */
  let choosing: Promise<unknown> = Promise.resolve()
  const chooseIntent = (wishAt: (shown: Intent) => IntentWish): Promise<void> => {
    const chosen = choosing.then(() => setIntent(wishAt))
    // Who asked is told what went wrong; the next one only waits for it.
    choosing = chosen.catch(() => undefined)
    return chosen
  }

  const setOverride = async (on: boolean): Promise<void> => {
    const mine = session()
    if (mine === null) return
    try {
      await relay.setOverride(mine, on)
      // Over the socket it is pushed; without one the popup would show it with the next beat only.
      await refresh()
    } catch (error) {
      if (relay.isSignedOut(error)) forget("relay")
      throw error
    }
  }

  const signOut = async (unavailable: boolean): Promise<void> => {
    const mine = session()
    if (mine === null) return
    try {
      await relay.signOut(mine, unavailable)
    } catch (error) {
      if (!relay.isSignedOut(error)) throw error
    }
    forget("person")
  }

  const perform = async (message: Ask): Promise<void> => {
    switch (message.type) {
      case "look":
        await wake()
        return refresh()
      case "ask-code":
        await relay.askCode(message.relay, message.address)
        return writeDraft({ relay: message.relay, address: message.address })
      case "sign-in":
        return signIn(message.relay, message.address, message.code)
      case "set-intent":
        void beats.used()
        return chooseIntent(() => message.wish)
      case "set-override":
        void beats.used()
        return setOverride(message.on)
      case "set-idle-after":
        return idle.setAfter(message.minutes)
      case "used":
        return beats.used()
      case "sign-out":
        return signOut(message.unavailable)
      case "forget":
        return forget("person")
      case "open-desk":
        void beats.used()
        return openDesk(message.conversation)
    }
  }

  const answer = (message: Ask): Promise<Answer> => relay.answered(() => perform(message))

  return {
    wake,
    beat: beats.tick,
    answer,
    nextIntent: () =>
      relay.answered(() => {
        void beats.used()
        return chooseIntent((shown) => ({ intent: intentAfter(shown), until: null }))
      }),
  }
}
