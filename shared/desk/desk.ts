import type { ToolbarState } from "../protocol/views.ts"
import { type AttachmentId, type ConversationId, type InboundMailId, randomBase32 } from "../words/ids.ts"
import { Refusal } from "../words/refusals.ts"
import type { Millis } from "../words/time.ts"
import { type CannedShelf, cannedShelf } from "./canned.ts"
import { intentChooser } from "./choose-intent.ts"
import { type Deeds, deedsOf } from "./deeds.ts"
import { type FileTray, fileTray } from "./file-tray.ts"
import { listReader } from "./list-reader.ts"
import { type DeskStorage, type Memory, memoryOf } from "./memory.ts"
import { outbox } from "./outbox.ts"
import type { PendingAnswer } from "./pending.ts"
import { type Pictures, pictureShelf } from "./pictures.ts"
import type { DeskNews, DeskPort, IntentWish, ListName } from "./port.ts"
import { isAbort, problemOf } from "./problem.ts"
import { type DeskAction, reduce, staleAfter } from "./reduce.ts"
import type { DeskRoute } from "./route.ts"
import { type Settings, settingsOf } from "./settings.ts"
import { soon } from "./soon.ts"
import { type DeskState, initialState } from "./state.ts"
import { typingLine } from "./typing.ts"

export interface DeskParts {
  port: DeskPort
  route: DeskRoute
  storage: DeskStorage
  now: () => Millis
  /** The desk is over: the person `left`, or the token is no longer good (`ended`). */
  onSignedOut: (how: "left" | "ended") => void
}

/** The desk without its looks: what it knows, and what a person can do. Views call these and nothing else. */
export interface Desk extends Deeds {
  state(): DeskState
  /** Calls back after every change; returns how to stop. */
  subscribe(changed: () => void): () => void
  start(): void
  stop(): void
  chooseList(list: ListName): void
  readList(): void
  readOlder(): void
  go(id: ConversationId | null): void
  /** Brings a message into view once its conversation is shown; null: it is. */
  lookAt(look: DeskState["look"]): void
  readConversation(): void
  /** The open conversation was looked at for a second, up to `seq`. */
  shown(id: ConversationId, seq: number): void
  draft(id: ConversationId, text: string): void
  files: FileTray
  /** This conversation is in view, so that one hears who writes in it; null: none is. */
  look(id: ConversationId | null): void
  send(id: ConversationId): void
  resend(key: string): void
  /** Takes an unsent answer back into the draft. */
  edit(key: string): void
  drop(key: string): void
  heirs: DeskPort["heirs"]
  search: DeskPort["search"]
  /** Texts at hand. */
  canned: CannedShelf
  original(mail: InboundMailId, signal: AbortSignal): Promise<Blob>
  attachment(id: AttachmentId): Promise<Blob>
  pictures: Pictures
  chooseIntent(wish: IntentWish): void
  /** Stays open by oneself while office hours are closed, or no longer. */
  setOverride(on: boolean): Promise<void>
  /** One's own settings: the calls of the port, whose errors the form shows. */
  settings: Settings
  adminUrl: string
  signOut(unavailable: boolean): Promise<void>
  putAwayMishap(): void
}

export const createDesk = (parts: DeskParts): Desk => {
  const { port, route } = parts
  let state = initialState()
  let memory: Memory | null = null
  let over = false
  let leaving = false
  const changed = new Set<() => void>()
  const stops: (() => void)[] = []

  const act = (action: DeskAction): void => {
    const next = reduce(state, action)
    if (next === state) return
    state = next
    for (const listener of changed) listener()
  }

  const end = (how: "left" | "ended"): void => {
    if (over) return
    stop()
    // The relay closes the socket before it has answered: that is no news to who just asked for it.
    parts.onSignedOut(leaving ? "left" : how)
  }

  /** Runs a call; what it rejects with goes to `failed` as a problem, but for what ends the desk. */
  const attempt = async (
    call: () => Promise<void>,
    failed: (problem: ReturnType<typeof problemOf>) => void,
  ): Promise<void> => {
    try {
      await call()
    } catch (error) {
      if (over || isAbort(error)) return
      if (error instanceof Refusal && error.code === "not-signed-in") return end("ended")
      failed(problemOf(error))
    }
  }

  // ── Reading ──────────────────────────────────────────────────────────────────────────────────────────

  const takeToolbar = (toolbar: ToolbarState): void => {
    act({ type: "toolbar", toolbar, at: parts.now() })
    if (memory !== null) return
    memory = memoryOf(parts.storage, toolbar.me.id)
    act({ type: "remembered", ...memory.recall(parts.now()) })
    files.recall(toolbar.me.id)
    answers.sendWaiting()
  }

  const lists = listReader({ port, state: () => state, act, attempt })

  let reading: AbortController | null = null
  const readConversationNow = async (): Promise<void> => {
    const id = state.open?.id
    if (id === undefined) return
    reading?.abort()
    const mine = new AbortController()
    reading = mine
    await attempt(
      async () => act({ type: "conversation-read", view: await port.conversation(id, mine.signal) }),
      (problem) => act({ type: "conversation-failed", id, problem }),
    )
  }

  const conversationSoon = soon(readConversationNow)

  const followRoute = (): void => {
    act({ type: "opened", id: route.read() })
    typing.quiet()
    void readConversationNow()
  }

  // ── News ─────────────────────────────────────────────────────────────────────────────────────────────

  const hear = (news: DeskNews): void => {
    switch (news.type) {
      case "connection":
        act(news)
        if (news.connection.state !== "connected") return
        lists.allChanged()
        conversationSoon.ask()
        answers.sendWaiting()
        return
      case "toolbar":
        takeToolbar(news.toolbar)
        return
      case "event": {
        act({ type: "event", event: news.event })
        const stale = staleAfter(news.event, state.open?.id ?? null)
        if (stale.lists === "all") lists.allChanged()
        else if (stale.lists !== null) lists.changed(stale.lists)
        if (stale.open) conversationSoon.ask()
        return
      }
      case "typing":
        typing.hear(news)
        return
      case "signed-out":
        end("ended")
    }
  }

  const start = (): void => {
    stops.push(port.live(hear), route.listen(followRoute))
    void attempt(
      async () => takeToolbar(await port.toolbar()),
      // Said by the connection's own state; the socket's welcome brings the toolbar.
      () => undefined,
    )
    void lists.read()
    followRoute()
  }

  const stop = (): void => {
    over = true
    for (const stopping of stops.splice(0)) stopping()
    reading?.abort()
    lists.stop()
    conversationSoon.stop()
    answers.stop()
    files.stop()
    typing.stop()
    pictures.close()
  }

  // ── Answers, deeds ───────────────────────────────────────────────────────────────────────────────────

  const answers = outbox({ port, state: () => state, act, attempt, memory: () => memory, now: parts.now })
  const files = fileTray({ port, storage: parts.storage, state: () => state, act, attempt })
  const typing = typingLine({ port, state: () => state, act })

  const write = (id: ConversationId): void => {
    const text = (state.drafts[id] ?? "").trim()
    const sent = (state.files[id] ?? []).every((file) => file.state === "sent")
    if (!sent || (text === "" && !state.files[id])) return
    typing.quiet()
    const view = state.open?.id === id ? state.open.view : null
    const answer: PendingAnswer = {
      key: randomBase32(20),
      conversationId: id,
      text,
      files: files.take(id),
      at: parts.now(),
      state: "waiting",
      problem: null,
      seen: false,
      ...(view && { known: { seq: view.lastSeq, state: view.state, joinedBy: view.joinedBy } }),
    }
    act({ type: "answer-written", answer })
    memory?.keepAnswer(answer)
    memory?.keepDraft(id, "")
    answers.sendWaiting()
  }

  const draft = (id: ConversationId, text: string): void => {
    act({ type: "draft", id, text })
    typing.wrote(id, text)
    memory?.keepDraft(id, text)
  }

  const drop = (key: string): void => {
    act({ type: "answer-dropped", key })
    memory?.dropAnswer(key)
    answers.sendWaiting()
  }

  const edit = (key: string): void => {
    const answer = state.pending.find((one) => one.key === key)
    if (answer === undefined || answer.state === "sending") return
    const kept = state.drafts[answer.conversationId]
    drop(key)
    files.putBack(answer.conversationId, answer.files ?? [])
    draft(answer.conversationId, [answer.text, kept].filter(Boolean).join("\n\n"))
  }

  const deeds = deedsOf({
    port,
    state: () => state,
    act,
    attempt,
    changed: async (id) => {
      lists.changed(id)
      await readConversationNow()
    },
  })

  const told = new Map<ConversationId, number>()
  const shown = (id: ConversationId, seq: number): void => {
    if (seq <= (told.get(id) ?? 0)) return
    told.set(id, seq)
    void attempt(
      async () => {
        await port.open(id, seq)
        act({ type: "watermark", id })
      },
      // Not told after all: the view says it again when the connection is back.
      () => told.delete(id),
    )
  }

  // ── Oneself ──────────────────────────────────────────────────────────────────────────────────────────

  const canned = cannedShelf(port)
  const pictures = pictureShelf((id) => port.picture(id))
  const chooseIntent = intentChooser({ port, state: () => state, act, attempt })

  return {
    state: () => state,
    subscribe: (listener) => {
      changed.add(listener)
      return () => changed.delete(listener)
    },
    start,
    stop,
    chooseList: lists.choose,
    readList: () => void lists.read(),
    readOlder: lists.older,
    go: (id) => route.go(id),
    lookAt: (look) => act({ type: "look", look }),
    readConversation: () => void readConversationNow(),
    shown,
    draft,
    files,
    look: (id) => port.look(id),
    send: write,
    resend: (key) => {
      act({ type: "answer-sure", key })
      answers.sendWaiting()
    },
    edit,
    drop,
    ...deeds,
    heirs: (signal) => port.heirs(signal),
    search: (q, before, signal) => port.search(q, before, signal),
    canned,
    original: (mail, signal) => port.original(mail, signal),
    attachment: (id) => port.attachment(id),
    pictures,
    chooseIntent,
    setOverride: (on) =>
      attempt(
        async () => {
          await port.setOverride(on)
          takeToolbar(await port.toolbar())
        },
        (problem) => act({ type: "mishap", what: "override", problem }),
      ),
    settings: settingsOf(port, async () => takeToolbar(await port.toolbar())),
    adminUrl: `${port.relay}/admin`,
    signOut: async (unavailable) => {
      leaving = true
      await attempt(
        async () => {
          await port.signOut(unavailable)
          memory?.forget()
          end("left")
        },
        (problem) => act({ type: "mishap", what: "sign-out", problem }),
      )
      leaving = false
    },
    putAwayMishap: () => act({ type: "mishap-put-away" }),
  }
}
