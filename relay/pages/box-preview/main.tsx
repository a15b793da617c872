import { render } from "preact"
import { boxLook } from "../../../shared/words/box-look.ts"
import type { BoxFiles } from "../../chatbox/attach.ts"
import type { BoxActs } from "../../chatbox/box.tsx"
import { dress } from "../../chatbox/dress.ts"
import { Launcher } from "../../chatbox/launcher.tsx"
import { Panel } from "../../chatbox/panel.tsx"
import { type Box, startBox } from "../../chatbox/state.ts"
import { loadWords, type Words } from "../../chatbox/words.ts"
import type { Previewed } from "./previewed.ts"

/** Open box and launcher with the look that the admin page says; nothing of it does anything. */

const nothing = (): void => {}
const ACTS: BoxActs = {
  open: nothing,
  close: nothing,
  write: nothing,
  retry: nothing,
  change: nothing,
  choose: nothing,
  discard: nothing,
  leave: nothing,
  draft: nothing,
  rate: nothing,
  copy: nothing,
}

const FILES: BoxFiles = {
  held: [],
  add: nothing,
  remove: nothing,
  take: () => [],
  load: async () => new Blob(),
}

const boxOf = ({ site, light, language, rates, question, answer }: Previewed, words: Words): Box => {
  const at = Date.now() - 60_000
  const start = startBox({ visitor: null, seenSeq: 9, outbox: [] })
  return {
    ...start,
    link: "live",
    light,
    siteName: site,
    siteLanguage: language,
    open: true,
    messages: [
      { seq: 1, author: "visitor", name: null, text: question, at },
      { seq: 2, author: "agent", name: words.say("message.team"), text: answer, at },
    ],
    after: { ...start.after, ended: rates },
  }
}

const paint = async (shown: Previewed): Promise<void> => {
  const root = document.documentElement
  const look = boxLook(shown)
  const words = await loadWords(shown.language)
  root.lang = shown.language
  root.dataset.theme = shown.theme
  root.style.cssText = ""
  delete root.dataset.ink
  dress(root, look)
  const box = boxOf(shown, words)
  render(
    <div inert class="preview" data-side={look.side}>
      <Panel
        box={box}
        words={words}
        look={look}
        full={false}
        draft=""
        files={FILES}
        acts={ACTS}
        focus={false}
      />
      <Launcher
        button={{ current: null }}
        light={shown.light}
        meaning=""
        unread={0}
        compact={false}
        invitation={shown.light && look.launcher?.[shown.language]}
        say={words.say}
        onOpen={nothing}
      />
    </div>,
    document.body,
  )
}

addEventListener("message", (event: MessageEvent<Previewed | undefined>) => {
  // Other scripts of a page (a test's, an extension's) may say to all frames what they like.
  if (event.source === parent && event.origin === location.origin && event.data?.look) void paint(event.data)
})
parent.postMessage("ready", location.origin)
