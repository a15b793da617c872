import { render } from "preact"
import { pickLanguage } from "../../shared/i18n/pick-language.ts"
import type { BoxLook } from "../../shared/words/look.ts"
import { LANGUAGES, type Language } from "../../shared/words/nouns.ts"
import { TYPING } from "../../shared/words/typing.ts"
import { holdFiles } from "./attach.ts"
import type { BoxEventName, BoxEvents, FromFrame, FromHost } from "./between.ts"
import { type BoxActs, BoxView } from "./box.tsx"
import { dress } from "./dress.ts"
import { openMemory, storageOf } from "./memory.ts"
import { unread } from "./shown.ts"
import { connect } from "./socket.ts"
import { framesDue, type Happening, type Page, startBox, stepBox, type Thread } from "./state.ts"
import { loadWords, type Words } from "./words.ts"

/** The frame's edge: joins state, socket, browser memory, host page and view. Decides nothing itself. */

const query = new URLSearchParams(location.search)
const site = query.get("site") ?? ""
const tag = query.get("group")
const host = query.get("origin") ?? location.origin
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC"
const tabId = crypto.randomUUID()
/** Without a word from the relay for this long, what the light was is no longer known. */
const UNSURE_AFTER = 20_000
/** Time for a first connection, before the launcher shows itself unlit. */
const SHOW_AFTER = 5_000

const root = document.documentElement
const look: BoxLook = JSON.parse(root.dataset.look ?? "{}")
const theme = query.get("theme")
if (theme) root.dataset.theme = theme
dress(root, look)

const memory = openMemory(site, tag, storageOf("localStorage"), storageOf("sessionStorage"))
const first = tag || memory.readTab("group") || null
memory.turnTo(first)
let box = startBox(memory.read(), first)
/** Kept here too, for browsers that keep nothing. */
let draft = memory.readTab("draft")
let words: Words | null = null
let page: Page | null = null
let full = query.has("full")
let shown = false
let told = ""
let unsure: ReturnType<typeof setTimeout> | undefined
let typing: ReturnType<typeof setTimeout> | undefined
let typedAt = 0
const files = holdFiles(
  site,
  () => box.visitor,
  memory.readTab("files"),
  (kept) => {
    memory.keepTab("files", kept)
    paint()
  },
)

const languageNow = (): Language => {
  const asked = LANGUAGES.find((one) => one === query.get("lang"))
  return asked ?? look.language ?? pickLanguage(navigator.languages, box.siteLanguage ?? "en")
}

const tell = (what: FromFrame): void => {
  if (parent !== window) parent.postMessage(what, host)
}

const paint = (): void => {
  const language = languageNow()
  if (words?.language !== language) {
    void loadWords(language).then((loaded) => {
      const first = words === null
      words = loaded
      root.lang = language
      if (first || languageNow() === language) paint()
    })
    if (!words) return
  }
  if (!words || !shown || box.link === "refused") {
    render(null, document.body)
    return
  }
  render(
    <BoxView
      box={box}
      words={words}
      look={look}
      full={full}
      draft={draft}
      files={files}
      acts={acts}
      onRoom={tellRoom}
    />,
    document.body,
  )
}

/** Tells the host page how much room the box needs, when that changed. */
const tellRoom = (room: { width: number; height: number; title: string }): void => {
  const shape: FromFrame = {
    type: "shape",
    open: box.open,
    side: look.side,
    theme: root.dataset.theme,
    ...room,
  }
  const text = JSON.stringify(shape)
  if (text === told) return
  told = text
  tell(shape)
}

const dispatch = (what: Happening): void => {
  const before = box
  box = stepBox(box, what)
  for (;;) {
    const frames = framesDue(box, { language: languageNow(), zone }).filter((frame) => socket.send(frame))
    if (frames.length === 0) break
    if (frames.some(({ type }) => type === "write" || type === "contact" || type === "group")) socket.expect()
    box = stepBox(box, { type: "sent", frames })
  }
  if (box === before) return
  if (box.light !== null) shown = true
  keep(before)
  report(before)
  paint()
}

/** Writes to the browser's memory what changed; only a box that was opened has anything to keep. */
const keep = (before: typeof box): void => {
  if (box.visitor !== null && box.seenSeq !== before.seenSeq) memory.keepSeen(box.seenSeq)
  for (const out of box.outbox) if (!before.outbox.includes(out)) memory.keepOutgoing(out)
  for (const { key } of before.outbox) if (!box.outbox.some((out) => out.key === key)) memory.settle(key)
  if (box.open !== before.open) memory.keepTab("open", box.open ? "1" : "")
}

/** Tells the page's own script. */
const emit = <Name extends BoxEventName>(name: Name, value: BoxEvents[Name]): void =>
  tell({ type: "event", name, value })

const report = (before: typeof box): void => {
  if (box.light !== before.light && box.light !== null) emit("light", box.light)
  if (unread(box) !== unread(before)) emit("unread", unread(box))
  if (box.open !== before.open) emit(box.open ? "open" : "close", null)
}

const acts: BoxActs = {
  open: () => dispatch({ type: "opened" }),
  close: () => dispatch({ type: "closed" }),
  write: (text) =>
    dispatch({
      type: "wrote",
      message: { key: crypto.randomUUID(), text, page, at: Date.now(), files: files.take() },
    }),
  retry: (key) => dispatch({ type: "retried", key }),
  discard: (key) => dispatch({ type: "discarded", key }),
  leave: (address) => dispatch({ type: "contact", address }),
  draft: (text) => {
    if (!draft) tell({ type: "where" })
    draft = text
    memory.keepTab("draft", text)
    // Before there is a conversation nobody can look.
    if (!text || !box.messages.length || Date.now() - typedAt < TYPING.again) return
    typedAt = Date.now()
    socket.send({ type: "typing", on: true })
  },
  rate: (good, words) => dispatch({ type: "ask", frame: { type: "rate", good, words } }),
  copy: () => dispatch({ type: "ask", frame: { type: "transcript" } }),
  change: () => dispatch({ type: "choosing" }),
  choose: (group) => {
    memory.keepTab("group", group)
    dispatch({ type: "chose", group, kept: turnTo(group) })
  },
}

/** What is signed is passed on as it is; an object is put into words here, where no script of the page's meddles. */
const identify = ({ who, signature }: Extract<FromHost, { type: "identify" }>): void => {
  const said = typeof who === "string" ? who : JSON.stringify(who)
  dispatch({
    type: "ask",
    frame: {
      type: "identify",
      said: said.slice(0, 4000),
      signature: signature ? String(signature).slice(0, 200) : null,
    },
  })
}

/** Keeps the conversation of another group from now on; what is on its way goes along. */
const turnTo = (group: string | null): Thread => {
  if (group === box.group) return box
  for (const { key } of box.outbox) memory.settle(key)
  const kept = memory.turnTo(group)
  for (const out of box.outbox) memory.keepOutgoing(out)
  return kept
}

const socket = connect({
  url: `${location.origin.replace(/^http/, "ws")}/live/visitor`,
  hello: () => ({ type: "hello", site, group: tag, chosen: box.group, tab: tabId, visitor: box.visitor }),
  onPush: (push) => {
    clearTimeout(unsure)
    if (push.type === "welcome" && push.box.groupId !== box.group) {
      const group = push.box.groupId
      dispatch({ type: "moved", group, kept: turnTo(group) })
    }
    if (push.type === "message" || push.type === "ack") {
      const { author, at } = push.message
      emit("message", { from: author, at })
    }
    if (push.type === "typing") {
      clearTimeout(typing)
      typing = setTimeout(() => dispatch({ type: "pushed", push: { ...push, on: false } }), TYPING.ends)
    }
    if (push.type !== "you") return dispatch({ type: "pushed", push })
    const visitor = memory.keepVisitor(push.visitor, box.visitor)
    dispatch({ type: "pushed", push: { type: "you", visitor } })
    // Another tab of this browser was first: be the visitor that it became.
    if (visitor !== push.visitor) socket.restart()
  },
  onEnd: (ending) => {
    dispatch({ type: ending })
    clearTimeout(unsure)
    unsure = setTimeout(() => dispatch({ type: "unsure" }), UNSURE_AFTER)
  },
})

memory.listen((news) => {
  const before = box.visitor
  dispatch({ type: "elsewhere", ...news })
  if (box.visitor !== before) socket.restart()
})

addEventListener("message", ({ source, origin, data: said }: MessageEvent<FromHost | null>) => {
  // Other scripts of the page may say to all frames what they like.
  if (source !== parent || origin !== host || !said) return
  if (said.type === "open" || said.type === "close") acts[said.type]()
  if (said.type === "identify") identify(said)
  if (said.type === "forget") {
    memory.forget()
    location.reload()
  }
  if (said.type !== "host") return
  page = { url: said.url.slice(0, 2000), title: said.title.slice(0, 300) || null }
  if (full === said.full) return
  full = said.full
  paint()
})

const lookAtPage = (): void =>
  dispatch({ type: document.visibilityState === "visible" ? "visible" : "hidden" })
document.addEventListener("visibilitychange", lookAtPage)
lookAtPage()

setTimeout(() => {
  shown = true
  paint()
}, SHOW_AFTER)
// What is said of an opening, "tomorrow" at midnight is "today".
setInterval(paint, 60_000)
tell({ type: "where" })
if (memory.readTab("open")) dispatch({ type: "opened" })
paint()
